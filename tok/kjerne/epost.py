"""How a row of the outbox becomes an e-mail, and how the mail server is asked what it has taken (N19, P2)."""

from __future__ import annotations

import re
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused  # noqa: TID251 -- the outbox's hand
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives  # noqa: TID251 -- the outbox's hand

from tok.kjerne.models import Varsel

ICS_NAVN = "innkalling.ics"
METODE = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)


class UgyldigHode(ValueError):
    """A header field that is empty, or that would begin a line of its own (ASVS 1.3.11)."""


def sjekk_hode(navn: str, verdi: str) -> str:
    """Return the value of a header field; raise UgyldigHode if it is empty or holds a line break."""
    if not verdi.strip():
        raise UgyldigHode(f"{navn} is empty")
    if "\r" in verdi or "\n" in verdi or "\x00" in verdi:
        raise UgyldigHode(f"{navn} holds a line break")
    return verdi


def sjekk_adresse(epost: str) -> str:
    """Return one plain address; raise UgyldigHode for a list, a display name or anything that is not an address."""
    sjekk_hode("To", epost)
    navn, adresse = parseaddr(epost)
    if navn or adresse != epost or "@" not in adresse:
        raise UgyldigHode("To is not one plain address")
    return epost


def meldings_id(noekkel: str) -> str:
    """Return the Message-ID of a key: always the same, so that a message sent twice can be known as one."""
    return f"<{uuid5(NAMESPACE_URL, noekkel)}@{urlsplit(settings.TOK_NETTADRESSE).hostname or 'localhost'}>"


def bygg(varsel: Varsel) -> EmailMultiAlternatives:
    """Return the message as it is sent: plain text with a link, and the invitation where there is one (R64).

    The invitation stands twice, as calendar programs want it: as another form of the text, which says whether it is
    a request or takes one back, and as a file.
    """
    melding = EmailMultiAlternatives(
        subject=varsel.emne,
        body=varsel.tekst,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[varsel.epost],
        headers={"Message-ID": varsel.meldings_id, "Auto-Submitted": "auto-generated"},
    )
    if varsel.kalender:
        metode = METODE.search(varsel.kalender)
        melding.attach_alternative(varsel.kalender, f"text/calendar; method={metode[1] if metode else 'REQUEST'}")
        melding.attach(ICS_NAVN, varsel.kalender, "text/calendar")
    return melding


def er_mottatt(melding: str) -> bool | None:
    """Ask the mail server's own log whether it took a Message-ID; None where there is no log to ask."""
    logg = settings.TOK_MOTTAKSLOGG
    if logg is None or not logg.parent.is_dir():
        return None
    if not logg.exists():
        return False
    with logg.open() as linjer:
        return any(linje.strip() == melding for linje in linjer)


def er_klart_avslag(feil: Exception) -> bool:
    """Tell whether the server said no; all else that goes wrong while sending leaves doubt whether it was taken."""
    return isinstance(feil, SMTPResponseException | SMTPRecipientsRefused | SMTPSenderRefused)


def feilnavn(feil: Exception) -> str:
    """Return the error's class and code; never its text, which may quote an address."""
    kode = getattr(feil, "smtp_code", None)
    if isinstance(feil, SMTPRecipientsRefused):
        kode = next((svar[0] for svar in feil.recipients.values()), None)
    return f"{type(feil).__name__} {kode}"[:100] if kode else type(feil).__name__[:100]
