"""The code app, as allauth has it: the session that proved its code has logged in with two factors (ASVS 6.3.3)."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator

from tok.kjerne.aapent import egen_konto


@egen_konto
class AktiverTotp(ActivateTOTPView):
    """The first code app, or a new one in the place of the old, so that nobody is without in between."""

    @method_decorator(reauthentication_required(app="allauth.mfa"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """allauth sends whoever has an app to turn it off first; here the new one replaces it."""
        svar: HttpResponseBase = super(ActivateTOTPView, self).dispatch(request, *args, **kwargs)
        return svar

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is an app to replace."""
        return {**super().get_context_data(**kwargs), "bytter": self._mine().exists()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Note the code that was just proved right: only here is it sure that this session proved it (ASVS 7.2.4)."""
        with transaction.atomic():
            self._mine().delete()
            svar: HttpResponse = super().form_valid(form)
        totp = self._mine().get()
        record_authentication(self.request, self.request.user, "mfa", id=totp.pk, type=totp.type, reauthenticated=True)
        self.request.session.cycle_key()
        return svar

    def _mine(self) -> Any:
        return Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP)
