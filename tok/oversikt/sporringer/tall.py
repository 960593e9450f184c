"""«Kontoret nå»: how many wait for what, counted only as far as a person needs (R232, R87, R36)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value

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
    """Those that nobody coordinates, or is appointed to from a later day."""
    gjelder = Deltakelse.objects.ikke_slutt(i_dag).koordinatorer()
    return saker.filter(~Exists(gjelder.filter(sak=OuterRef("pk"))))


def over_fristen(saker: QuerySet[Sak], regel: str, i_dag: date) -> QuerySet[Sak]:
    """Those with an open deadline of the rule that has passed."""
    return saker.filter(Exists(Frist.objects.over(i_dag).filter(sak=OuterRef("pk"), regel=regel)))


def _telles(qs: QuerySet[Any], hva: str) -> QuerySet[Any]:
    return qs.order_by().annotate(hva=Value(hva, output_field=CharField())).values_list("hva", flat=True)[:TELLES]


def kontoret_naa(kontorer: tuple[UUID, ...], i_dag: date) -> KontoretNaa:
    """Three capped counts over the offices' open cases; one query."""
    saker = Sak.objects.aapne().filter(kontor__in=kontorer)
    over = Frist.objects.over(i_dag).filter(sak__kontor__in=kontorer)
    antall = Counter(
        _telles(uten_koordinator(saker, i_dag), "koordinator").union(
            _telles(over.filter(regel=frister.REFERAT.kode), "referat"),
            _telles(over.filter(regel=frister.AARLIG_GJENNOMGANG.kode), "gjennomgang"),
            all=True,
        )
    )
    return KontoretNaa(
        uten_koordinator=antall["koordinator"],
        sene_referat=antall["referat"],
        uten_gjennomgang=antall["gjennomgang"],
    )
