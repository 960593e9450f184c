"""What waits for an office, looked for among all its cases: the slow way that the kept rows are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ansvarsgruppe.models import Ansvarsgruppe
from koordinator.models import Forespoersel, Oppnevning
from tok.kjerne.klokke import lokal_dato
from tok.oversikt.models import Ventende
from tok.sak.models import Ansettelse, Deltakelse, Frist, Sak

Rad = tuple[str, UUID, date]  # what waits, the row it is done with, and since when
Hva = Ventende.Hva
Svar = Forespoersel.Tilstand


def ventende(i_dag: date) -> set[Rad]:
    """All that waits on the day, in every open case; deadlines of the coming week."""
    return {rad for sak in Sak.objects.all() for rad in _i_saken(sak, i_dag)}


def _i_saken(sak: Sak, i_dag: date) -> Iterator[Rad]:
    ledere = Deltakelse.objects.koordinatorer().filter(sak=sak)
    har_naa = ledere.gjeldende(i_dag)
    if not har_naa:
        frister = Frist.objects.aapne().filter(sak=sak, mottaker="koordinator", forfall__gte=i_dag)
        yield from ((Hva.FRIST, frist.pk, frist.forfall) for frist in frister if (frist.forfall - i_dag).days <= 7)
    if sak.tilstand != Sak.Tilstand.AAPEN:
        return
    if not ledere.ikke_slutt(i_dag):
        yield Hva.UTEN_KOORDINATOR, sak.pk, sak.aapnet_dato
        yield from _skal_spoerres(sak, [d.til_dato for d in ledere if d.til_dato])
    yield from _spurt(sak, i_dag)
    if har_naa and sak.oensker_gruppe and not Ansvarsgruppe.objects.filter(sak=sak).exists():
        yield Hva.OPPRETT_GRUPPE, sak.pk, har_naa[0].fra_dato


def _skal_spoerres(sak: Sak, sluttet: list[date]) -> Iterator[Rad]:
    """Never asked, or the last answer was no; nothing while a leader is asked or a yes is not used."""
    brukt = Exists(Oppnevning.objects.filter(forespoersel=OuterRef("pk")))
    spurt = Forespoersel.objects.filter(sak=sak).exclude(tilstand=Svar.TRUKKET)
    if spurt.filter(Q(tilstand=Svar.SENDT) | Q(tilstand=Svar.GODKJENT) & ~brukt).exists():
        return
    siste: Any = spurt.order_by("sendt_tid", "pk").last()
    if siste is not None and siste.tilstand == Svar.AVSLAATT:
        yield Hva.SPOER_ANNEN, sak.pk, lokal_dato(siste.svart_tid)
    elif sak.oensker_koordinator or sak.oensker_gruppe or sak.oensker_plan:
        yield Hva.SPOER, sak.pk, max([sak.aapnet_dato, *sluttet])


def _spurt(sak: Sak, i_dag: date) -> Iterator[Rad]:
    spurt = Forespoersel.objects.filter(sak=sak)
    for ja in spurt.kan_brukes():
        yield Hva.OPPNEVN, ja.pk, lokal_dato(ja.svart_tid)
    for rad in spurt.venter():
        leder = Ansettelse.objects.gjeldende(i_dag).som("leder").filter(konto=rad.leder, enhet=rad.enhet)
        if not leder.exists():
            yield Hva.SPOER_PAA_NYTT, rad.pk, lokal_dato(rad.sendt_tid)
