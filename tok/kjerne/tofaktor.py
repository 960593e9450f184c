"""What allauth asks the house about second factors: whose passkeys they are, and which may be taken away."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tok.kjerne.oekter import maskin

ANDRE_FAKTORER = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes come along with these


class Tofaktoradapter(DefaultMFAAdapter):
    """Passkeys belong to the address people are given in e-mail, and the last second factor stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Dette er den siste måten å bekrefte innloggingen på. Legg til en annen først."
        ),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host of TOK_NETTADRESSE, never what a request says its host is."""
        return {"id": urlsplit(settings.TOK_NETTADRESSE).hostname or "", "name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A first name for a new key, after the machine it is made on; the owner may change it."""
        sted = maskin(context.request.headers.get("User-Agent", ""))
        return _("Passnøkkel på %(maskin)s") % {"maskin": sted} if sted else _("Passnøkkel")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last second factor where two are required (ASVS 6.3.3)."""
        if not settings.TOK_KREV_TOTP or authenticator.type not in ANDRE_FAKTORER:
            return True
        andre = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=ANDRE_FAKTORER)
        return andre.exclude(pk=authenticator.pk).exists()
