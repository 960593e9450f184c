"""Activating TOTP, as allauth has it; the session that did it has then logged in with TOTP (ASVS 6.3.3)."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse

from tok.kjerne.aapent import aapen


@aapen
class AktiverTotp(ActivateTOTPView):
    """Needs no right, for it is about the account itself; allauth asks for the log-in and for the password anew."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Note the code that was just proved right: only here is it sure that this session proved it."""
        svar: HttpResponse = super().form_valid(form)
        totp = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        record_authentication(self.request, self.request.user, "mfa", id=totp.pk, type=totp.type, reauthenticated=True)
        return svar
