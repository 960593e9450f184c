"""«Kontoret nå»: how many wait for what, counted only as far as a person needs (R232, R87, R36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ansvarsgruppe import frister
from tok.sak.models import Deltakelse, Frist, Sak

TELLES = 100  # «99+» says enough, and keeps the page as quick with a million cases


@dataclass(frozen=True)
class KontoretNaa:
    """Three numbers; 100 means 100 or more."""

    uten_koordinator: int
    sene_referat: int
    uten_gjennomgang: int


def uten_koordinator(saker: QuerySet[Sak], i_dag: date) -> QuerySet[Sak]:
    """Those that nobody coordinates today."""
    gjelder = Deltakelse.objects.gjeldende(i_dag).koordinatorer()
    return saker.filter(~Exists(gjelder.filter(sak=OuterRef("pk"))))


def over_fristen(saker: QuerySet[Sak], regel: str, i_dag: date) -> QuerySet[Sak]:
    """Those with an open deadline of the rule that has passed."""
    return saker.filter(Exists(Frist.objects.over(i_dag).filter(sak=OuterRef("pk"), regel=regel)))


def _telt(qs: QuerySet[Frist] | QuerySet[Sak]) -> int:
    return len(qs.order_by().values_list("pk")[:TELLES])


def kontoret_naa(kontorer: tuple[UUID, ...], i_dag: date) -> KontoretNaa:
    """Three capped counts over the offices' open cases."""
    saker = Sak.objects.aapne().filter(kontor__in=kontorer)
    over = Frist.objects.over(i_dag).filter(sak__kontor__in=kontorer)
    return KontoretNaa(
        uten_koordinator=_telt(uten_koordinator(saker, i_dag)),
        sene_referat=_telt(over.filter(regel=frister.REFERAT.kode)),
        uten_gjennomgang=_telt(over.filter(regel=frister.AARLIG_GJENNOMGANG.kode)),
    )
