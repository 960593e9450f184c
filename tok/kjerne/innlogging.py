"""Log-in: nobody signs up, allauth's mail goes by the outbox, and TOTP is required (ASVS 6.3.3, 6.4.3, 7.2.4, N13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tok.kjerne import forespoersel, klokke
from tok.kjerne.aapent import er_aapen
from tok.kjerne.models import Konto
from tok.kjerne.skrevet import maa_logge_inn
from tok.kjerne.utboks import INNLOGGING, legg_i

GetResponse = Callable[[HttpRequest], HttpResponse]

# All that an account without TOTP may open. Recovery codes are shown right after activation, when it has TOTP.
UTEN_TOTP = {"mfa_activate_totp", "account_reauthenticate", "account_logout"}
UTLOGGING = {"account_logout"}


class Kontoadapter(DefaultAccountAdapter):
    """What allauth asks the house about."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the municipality."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the message in the outbox; its text, which may hold a key to the account, is wiped when it has left."""
        melding = self.render_mail(template_prefix, email, {"request": self.request, "email": email} | context)
        konto = context.get("user")
        legg_i(
            noekkel=f"{INNLOGGING}:{template_prefix}:{uuid4()}",
            mottaker=konto if isinstance(konto, Konto) else None,
            epost=email,
            emne=melding.subject,
            tekst=str(melding.body),
            naa=klokke.naa(),
            gjelder_type=INNLOGGING,
        )

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner of the account, at the account's own address, that its log-in was changed (ASVS 6.3.7)."""
        self.send_mail(template_prefix, email or cast(Konto, user).epost, {**(context or {}), "user": user})

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for the password again before the log-in is changed, but not of one who just gave it to get TOTP."""
        if app == "allauth.mfa" and _nettopp_innlogget(self.request) and not is_mfa_enabled(self.request.user):
            return False
        return super().is_reauthentication_required(app=app)


def _nettopp_innlogget(request: HttpRequest) -> bool:
    innlogginger = get_authentication_records(request, request.user)
    grense = klokke.naa().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(innlogginger) and innlogginger[-1]["at"] > grense


def innloggingsnivaa(request: HttpRequest) -> str:
    """How the present account logged in, for the logs: "totp", "passord", or "ingen" (N3)."""
    if not request.user.is_authenticated:
        return "ingen"
    maater = {rad.get("method") for rad in get_authentication_records(request, request.user)}
    return "totp" if "mfa" in maater else "passord"


class Forespoerselsmerke:
    """Give each request an id and its level of log-in, which the reading log notes (N3)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name the request while it is answered."""
        forespoersel.sett(forespoersel.Forespoersel(innlogging=innloggingsnivaa(request)))
        try:
            return self.get_response(request)
        finally:
            forespoersel.sett(None)


class KrevTotp:
    """Let in just the sessions that were opened with TOTP (ASVS 6.3.3); off where TOK_KREV_TOTP is.

    An account without TOTP is sent to activate it, whatever it asks for. Where the account has TOTP, a session that
    was opened without it, before it was activated elsewhere, is ended.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as usual; the check is made when the address is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let through who is not logged in, who used TOTP, and the few pages the others need."""
        if not settings.TOK_KREV_TOTP or not request.user.is_authenticated or er_aapen(view):
            return None
        side = request.resolver_match.url_name if request.resolver_match else None
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return None if side in UTEN_TOTP else HttpResponseRedirect(reverse("mfa_activate_totp"))
        if side in UTLOGGING or innloggingsnivaa(request) == "totp":
            return None
        logout(request)
        return maa_logge_inn(request)
