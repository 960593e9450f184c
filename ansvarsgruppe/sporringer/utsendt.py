"""What the group's meetings have put in other people's hands: letters, places in calendars, minutes (N11, L20)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ansvarsgruppe.models import Innkalling, Levering, Moete
from tok.kjerne import datotekst
from tok.sak.bidrag import Utsendt
from tok.sak.models import Deltakelse, Sak

_FOLDET = re.compile(r"\r?\n[ \t]")  # a long line of a calendar file goes on after a blank
_STED = re.compile(r"^LOCATION[^:\r\n]*:([^\r\n]+)", re.MULTILINE)


def har_sted(kalender: str) -> bool:
    """Whether a calendar file tells where; one of a protected case or of a video meeting does not."""
    funnet = _STED.search(_FOLDET.sub("", kalender))
    return funnet is not None and funnet[1].strip() not in _uten_sted()


def _uten_sted() -> set[str]:
    ordene: set[str] = set()
    for kode, _navn in settings.LANGUAGES:
        with override(kode):
            ordene |= {_("Se innkallingen"), _("Videomøte")}
    return ordene


def utsendt(sak: Sak) -> Iterator[Utsendt]:
    """Everything that went to others than the person; the last calendar file replaces the others."""
    yield from _innkallinger(sak)
    yield from _referater(sak)


def _innkallinger(sak: Sak) -> Iterator[Utsendt]:
    rader = Innkalling.objects.filter(moete__gruppe__sak=sak).exclude(deltakelse__rolle=Deltakelse.Rolle.PERSON)
    rader = rader.select_related("moete", "deltakelse__konto", "deltakelse__kontakt", "deltakelse__sak__person")
    siste: dict[Any, Innkalling] = {}
    for rad in rader.order_by("sekvens"):
        if rad.kanal == Innkalling.Kanal.PAPIR:
            yield _ting(_("Innkalling i posten, møtet %(dato)s"), rad.moete, rad, rad.sendt_tid)
        elif rad.kanal == Innkalling.Kanal.KONTO:
            siste[rad.moete_id, rad.deltakelse_id] = rad
    for rad in siste.values():
        if har_sted(rad.kalender):
            yield _ting(_("Kalenderfil med sted, møtet %(dato)s"), rad.moete, rad, rad.sendt_tid, uansett=True)


def _referater(sak: Sak) -> Iterator[Utsendt]:
    rader = Levering.objects.filter(referat__moete__gruppe__sak=sak).exclude(kanal=Levering.Kanal.ANNEN)
    rader = rader.exclude(deltakelse__rolle=Deltakelse.Rolle.PERSON)
    for rad in rader.select_related(
        "referat__moete", "deltakelse__konto", "deltakelse__kontakt", "deltakelse__sak__person"
    ):
        yield _ting(_("Referat fra møtet %(dato)s"), rad.referat.moete, rad, rad.levert_tid)


def _ting(tekst: str, moete: Moete, rad: Innkalling | Levering, tid: datetime, *, uansett: bool = False) -> Utsendt:
    return Utsendt(
        hva=tekst % {"dato": datotekst.dato(moete.start_tid)},
        mottaker=rad.deltakelse.navn,
        konto_id=None if rad.kanal == Innkalling.Kanal.PAPIR else rad.deltakelse.konto_id,
        objekt_type=type(rad).__name__,
        objekt_id=rad.pk,
        sendt_tid=tid,
        uansett=uansett,
    )
