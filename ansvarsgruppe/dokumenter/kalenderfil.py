"""The calendar file of one recipient: when, a neutral title and a link; no names and no case content (N19, L20)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import parseaddr
from functools import cache
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from ansvarsgruppe.models import Innkalling, Moete
from tok.kjerne.klokke import OSLO
from tok.sak.models import Deltakelse
from tok.sak.varsler import nettadresse

Metode = Literal["REQUEST", "CANCEL"]
PRODUKT: Final = "-//TOK//Innkalling//NO"


def lenke(moete: Moete) -> str:
    """The absolute address of the meeting's page."""
    return nettadresse("ansvarsgruppe:moete", moete.pk)


def kalenderfil(*, moete: Moete, deltakelse: Deltakelse, skjermet: bool, metode: Metode, naa: datetime) -> str:
    """One event for one attendee (R62): the same UID each time, a higher SEQUENCE when the meeting is changed.

    An account keeps the UID when it is called in another role; a calendar never holds the meeting twice.

    `skjermet` (`Sak.skjuler_sted`) hides the place: the calendar of a recipient is no safe place for it (L20, N11).
    """
    hendelse = Event()
    hendelse.add(
        "uid", f"{moete.pk}.{deltakelse.konto_id or deltakelse.pk}@{urlsplit(settings.TOK_NETTADRESSE).hostname}"
    )
    hendelse.add("dtstamp", naa.astimezone(UTC))
    hendelse.add("sequence", moete.sekvens)
    hendelse.add("dtstart", moete.start_tid.astimezone(OSLO))
    hendelse.add("dtend", moete.slutt_tid.astimezone(OSLO))
    hendelse.add("summary", _("Møte"))
    hendelse.add("location", _sted(moete, skjermet))
    hendelse.add("description", lenke(moete))
    hendelse.add("url", lenke(moete))
    hendelse.add("class", "PRIVATE")
    hendelse.add("status", "CANCELLED" if metode == "CANCEL" else "CONFIRMED")
    hendelse.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    hendelse.add("attendee", _deltaker(deltakelse))
    kalender = Calendar()
    kalender.add("prodid", PRODUKT)
    kalender.add("version", "2.0")
    kalender.add("method", metode)
    kalender.add_component(_tidssone(moete.start_tid.astimezone(OSLO).year))
    kalender.add_component(hendelse)
    return kalender.to_ical().decode()


def avlysning(innkalling: Innkalling, *, sekvens: int, naa: datetime) -> str:
    """Take back what the recipient was sent: their own time, no place, and nothing of what has been changed since.

    It also goes to who has lost the right to see the meeting, so it may tell of no new time or place (N2, N19).
    """
    kalender: Any = Calendar.from_ical(innkalling.kalender)
    [hendelse] = kalender.walk("VEVENT")
    for felt in ("location", "description", "url", "dtstamp", "sequence", "status"):
        hendelse.pop(felt, None)
    hendelse.add("dtstamp", naa.astimezone(UTC))
    hendelse.add("sequence", sekvens)
    hendelse.add("status", "CANCELLED")
    del kalender["method"]
    kalender.add("method", "CANCEL")
    return str(kalender.to_ical().decode())


@cache
def _tidssone(aar: int) -> Timezone:
    """The rules of Oslo round a year; the library takes 20 ms to work them out."""
    return Timezone.from_tzid(OSLO.key, first_date=date(aar - 1, 1, 1), last_date=date(aar + 2, 1, 1))


def _sted(moete: Moete, skjermet: bool) -> str:
    if skjermet:
        return _("Se innkallingen")
    return moete.sted or _("Videomøte")


def _deltaker(deltakelse: Deltakelse) -> vCalAddress:
    """The recipient alone; who has no e-mail is named by the key of the participation."""
    epost = (deltakelse.konto and deltakelse.konto.epost) or (deltakelse.kontakt and deltakelse.kontakt.epost)
    adresse = vCalAddress(f"mailto:{epost}" if epost else f"urn:uuid:{deltakelse.pk}")
    adresse.params["ROLE"] = vText("REQ-PARTICIPANT")
    adresse.params["PARTSTAT"] = vText("NEEDS-ACTION")
    adresse.params["RSVP"] = vText("FALSE")
    return adresse
