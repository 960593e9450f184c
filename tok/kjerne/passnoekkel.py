"""Passkeys at log-in and on the account: allauth's forms, and a strict reading of what browsers send (ADR 0014)."""

from __future__ import annotations

import re
import struct
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse

from tok.kjerne.klokke import naa
from tok.kjerne.models import Sikkerhetslogg

AVVIST = _("Passnøkkelen ble ikke godtatt. Prøv igjen, eller bruk en annen måte.")
FOR_MANGE = "too_many_login_attempts"
STOERST = 20_000  # characters; an answer from a key is about 1,000, with certificates some thousands
NAVN_HOEYST = 60
BASE64URL = re.compile(r"^[A-Za-z0-9_=-]*$")
TELLER = "teller"
# What fido2 says of bytes that are cut off or of another kind.
I_STYKKER = (ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)


def _er_tekst(verdi: Any) -> bool:
    return isinstance(verdi, str) and BASE64URL.match(verdi) is not None


def velformet(svar: Any) -> bool:
    """Whether it has the shape of an answer from a key.

    fido2 trusts the types it is given: a number where bytes should be makes it ask for that much memory.
    """
    if not isinstance(svar, dict) or not isinstance(svar.get("response"), dict):
        return False
    deler = [verdi for navn, verdi in svar["response"].items() if navn != "transports" and verdi is not None]
    transporter = svar["response"].get("transports", [])
    return (
        all(_er_tekst(svar.get(navn)) for navn in ("id", "rawId", "type"))
        and all(_er_tekst(verdi) for verdi in deler)
        and isinstance(transporter, list)
        and all(isinstance(verdi, str) for verdi in transporter)
        and isinstance(svar.get("clientExtensionResults", {}), dict)
    )


class Noekkelsvar(forms.JSONField):
    """What the key answered, as the browser gives it."""

    widget = forms.HiddenInput
    default_error_messages = {"required": AVVIST, "invalid": AVVIST}

    def to_python(self, value: Any) -> Any:
        """Refuse what is too large, too deep or of another shape, before anybody reads it."""
        if isinstance(value, str) and len(value) > STOERST:
            raise ValidationError(AVVIST, code="invalid")
        try:
            svar = super().to_python(value)
        except RecursionError as feil:
            raise ValidationError(AVVIST, code="invalid") from feil
        if svar is not None and not velformet(svar):
            raise ValidationError(AVVIST, code="invalid")
        return svar

    def bound_data(self, data: Any, initial: Any) -> str:
        """An answer is used once, and never sent back to the page."""
        return ""

    def prepare_value(self, value: Any) -> str:
        """As above."""
        return ""


class _Bekreft(AuthenticateWebAuthnForm):
    """One answer to all that is wrong, so that it tells nothing of who has an account (ASVS 6.3.8)."""

    credential = Noekkelsvar()

    def clean_credential(self) -> Authenticator:
        """Return the key; refuse one whose signatures are counted backwards, which means that there are two of it."""
        svar = self.cleaned_data["credential"]
        try:
            noekkel: Authenticator = super().clean_credential()
        except (ValidationError, *I_STYKKER) as feil:
            if getattr(feil, "code", "") == FOR_MANGE:
                raise
            raise ValidationError(AVVIST, code="avvist") from feil
        _tell(noekkel, AuthenticationResponse.from_dict(svar).response.authenticator_data.counter)
        return noekkel


def _tell(noekkel: Authenticator, teller: int) -> None:
    """Keys in the cloud do not count and answer 0 each time (WebAuthn §6.1.1)."""
    sist = noekkel.data.get(TELLER, noekkel.wrap().authenticator_data.counter)
    if (teller or sist) and teller <= sist:
        Sikkerhetslogg.objects.create(
            tid=naa(), konto_id=noekkel.user_id, hva="passnøkkel avvist: telleren gikk ikke fram"
        )
        raise ValidationError(AVVIST, code="kopi")
    noekkel.data[TELLER] = teller
    noekkel.save(update_fields=["data"])


class Innlogging(_Bekreft, LoginWebAuthnForm):
    """Log in with a passkey alone."""


class Tofaktor(_Bekreft):
    """A passkey after the password."""


class Bekreftelse(_Bekreft, ReauthenticateWebAuthnForm):
    """A passkey before the log-in is changed."""


class NyPassnoekkel(AddWebAuthnForm):
    """A new key: each may log in alone, so each asks its owner for a finger, a face or a code."""

    name = forms.CharField(
        label=_("Navn på passnøkkelen"),
        max_length=NAVN_HOEYST,
        required=False,
        help_text=_("Så du kjenner den igjen senere."),
    )
    credential = Noekkelsvar()
    passwordless = None

    def clean(self) -> dict[str, Any]:
        """Check the answer as allauth does, whatever may be wrong inside its bytes."""
        try:
            rene: dict[str, Any] = super().clean()
        except (ValidationError, *I_STYKKER) as feil:
            raise ValidationError(AVVIST, code="avvist") from feil
        return rene


class EndreNavn(EditWebAuthnForm):
    """A new name for a key."""

    name = forms.CharField(label=_("Navn"), max_length=NAVN_HOEYST)
