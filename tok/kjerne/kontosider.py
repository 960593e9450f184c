"""The pages about one's own log-in: factors, passkeys and sessions. They need no right, but two factors (ASVS 7.5)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from tok.kjerne import oekter
from tok.kjerne.aapent import aapen, egen_konto
from tok.kjerne.klokke import naa
from tok.kjerne.skrevet import maa_logge_inn


@egen_konto
class Sikkerhet(IndexView):
    """Log-in and security: what one logs in with, and where one is logged in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What allauth knows, whether the code app may be turned off, and how many sessions there are."""
        innhold: dict[str, Any] = super().get_context_data(**kwargs)
        app = innhold["authenticators"].get(Authenticator.Type.TOTP)
        return {
            **innhold,
            "kan_slaa_av": app is not None and get_adapter().can_delete_authenticator(app.instance),
            "antall_oekter": oekter.mine(self.request.user, tid=naa()).count(),
        }


@aapen
class Bekreft(AuthenticateView):
    """The second factor, after the password: the code or the passkey, whichever the account has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Only the password is known yet, so this tells what its owner sees anyway."""
        har = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return {
            **super().get_context_data(**kwargs),
            "har_kodeapp": Authenticator.Type.TOTP in har,
            "har_passnoekkel": Authenticator.Type.WEBAUTHN in har,
        }


@aapen
class LoggInnMedPassnoekkel(LoginWebAuthnView):
    """Log in with a passkey alone; what it is asked with is the same for everybody (ASVS 6.3.8)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A new challenge; each is a row among the sessions, so there is a limit to how many."""
        for_mange = ratelimit.consume_or_429(request, app="allauth.mfa", action="webauthn_begin", limit_get=True)
        return for_mange or super().get(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Back to the log-in page with what was wrong, and still on the way to the same page."""
        svar: HttpResponse = super().form_invalid(form)
        videre = get_next_redirect_url(self.request)
        if videre:
            svar.headers["Location"] += f"?{urlencode({'next': videre})}"
        return svar


@egen_konto
class LeggTilPassnoekkel(AddWebAuthnView):
    """A new passkey: kept in the key itself, and opened by its owner (resident, user verified)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The browser's orders; allauth would ask for a key that cannot log in alone."""
        innhold: dict[str, Any] = super().get_context_data(**kwargs)
        return {**innhold, "js_data": {"creation_options": begin_registration(self.request.user, True)}}

    def form_valid(self, form: Any) -> HttpResponse:
        """The session that made the key has just used it, so it has two factors from here on (ASVS 7.2.4)."""
        svar: HttpResponse = super().form_valid(form)
        mine = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        ny = mine.latest("pk")
        record_authentication(self.request, self.request.user, "mfa", id=ny.pk, type=ny.type, reauthenticated=True)
        self.request.session.cycle_key()
        return svar


@egen_konto
class FjernPassnoekkel(RemoveWebAuthnView):
    """Take a passkey away, but not the last second factor."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether this one may go."""
        return {
            **super().get_context_data(**kwargs),
            "kan_fjernes": get_adapter().can_delete_authenticator(self.object),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse the last one, whatever page the button was pressed on."""
        if not get_adapter().can_delete_authenticator(self.object):
            return self.render_to_response(self.get_context_data(form=form), status=409)
        svar: HttpResponse = super().form_valid(form)
        return svar


@egen_konto
class BekreftMedPassnoekkel(ReauthenticateWebAuthnView):
    """Show with a passkey that it is still oneself."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """allauth sends one to the log-in page; here one may try again."""
        return self.render_to_response(self.get_context_data(form=form))


class _MinSide(View):
    """A page for whoever is logged in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Log in first."""
        if not request.user.is_authenticated:
            return maa_logge_inn(request)
        return super().dispatch(request, *args, **kwargs)


@egen_konto
class Oekter(_MinSide, TemplateView):
    """Where one is logged in (ASVS 7.5.2)."""

    template_name = "kjerne/oekter.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The sessions, this one first."""
        denne = self.request.session.session_key
        alle = list(oekter.mine(self.request.user, tid=naa()))  # type: ignore[arg-type]  # never anonymous here
        return {
            **super().get_context_data(**kwargs),
            "denne": next((oekt for oekt in alle if oekt.session_key == denne), None),
            "andre": [oekt for oekt in alle if oekt.session_key != denne],
            "timer": settings.TOK_OEKT_HOEYST_TIMER,
            "minutter": settings.SESSION_COOKIE_AGE // 60,
        }


class _Avslutt(_MinSide):
    """A button of the list: asks who it is first; an old bookmark of it leads to the list."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Nothing happens by a link."""
        return redirect("kjerne:oekter")

    @method_decorator(reauthentication_required)
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """End, say so, and show the list."""
        messages.success(request, self.avslutt(request, **kwargs))
        return HttpResponseRedirect(reverse("kjerne:oekter"))

    def avslutt(self, request: HttpRequest, **kwargs: Any) -> str:
        raise NotImplementedError


@egen_konto
class AvsluttOekt(_Avslutt):
    """End one other session."""

    def avslutt(self, request: HttpRequest, **kwargs: Any) -> str:
        """Gone already is as good as ended."""
        merke: UUID = kwargs["merke"]
        oekter.avslutt(request.user, merke)  # type: ignore[arg-type]  # never anonymous here
        return _("Du er logget ut på den enheten.")


@egen_konto
class AvsluttAndre(_Avslutt):
    """End all other sessions."""

    def avslutt(self, request: HttpRequest, **_kwargs: Any) -> str:
        """How many there were."""
        antall = oekter.avslutt_andre(request.user, unntatt=request.session.session_key)  # type: ignore[arg-type]
        return ngettext("Du er logget ut på %(n)s annen enhet.", "Du er logget ut på %(n)s andre enheter.", antall) % {
            "n": antall
        }
