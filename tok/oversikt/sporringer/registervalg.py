"""What the register can be filtered by: its coordinators and units, as far as a list of them is of use (R232)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value

from tok.kjerne.forberedt import Forberedt, Mengde
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.kontor import Plass, i_kontorene
from tok.oversikt.sporringer.rekkefoelge import noekkel
from tok.sak.models import Deltakelse, Enhet

KOORDINATORER_HOEYST = 60  # longer than this is no list to choose from: one searches for the name
LEDEDE_HOEYST = 1500  # coordinated cases that are looked through to make the list

Valg = tuple[tuple[str, str], ...]


def _koordinatorer(konto: UUID, kontorer: Sequence[UUID], i_dag: date) -> QuerySet[Any]:
    leder = Deltakelse.objects.gjeldende(i_dag).koordinatorer()
    i_kontoret = leder.filter(i_kontorene(konto, kontorer, "sak__"), konto=OuterRef("pk"))
    # The first case of each is enough; as an EXISTS, PostgreSQL would read all the cases of them all.
    en_sak = Subquery(i_kontoret.order_by().values("pk")[:1])
    return _som("koordinator", Konto.objects.alias(en_sak=en_sak).filter(en_sak__isnull=False))


def _som(hva: str, qs: QuerySet[Any]) -> QuerySet[Any]:
    return qs.order_by().annotate(hva=Value(hva, output_field=CharField())).values_list("hva", "id", "navn")


def _valg(konto: UUID, kontorer: Sequence[UUID], i_dag: date) -> QuerySet[Any]:
    # Asked once, before the list: past so many cases nobody looks for whose they are.
    mange = Deltakelse.objects.gjeldende(i_dag).koordinatorer().order_by()[LEDEDE_HOEYST : LEDEDE_HOEYST + 1]
    koordinatorer = _koordinatorer(konto, kontorer, i_dag).filter(~Exists(mange))[: KOORDINATORER_HOEYST + 1]
    return koordinatorer.union(_som("enhet", Enhet.objects.all()), all=True)


VALG = Forberedt(_valg)


def valg(plass: Plass, i_dag: date, valgt: UUID | None = None) -> tuple[Valg, Valg]:
    """Who coordinates a case of the offices today, and all units, in Norwegian order, for the filter; one query.

    Where there are too many to choose among, just the one already chosen: the others are searched for.
    """
    kontorer = Mengde(plass.kontorer)
    rader: list[tuple[str, UUID, str]] = VALG.rader(konto=plass.konto, kontorer=kontorer, i_dag=i_dag)
    koordinatorer = [rad for rad in rader if rad[0] == "koordinator"]
    if not 0 < len(koordinatorer) <= KOORDINATORER_HOEYST:
        koordinatorer = list(_koordinatorer(plass.konto, kontorer, i_dag).filter(pk=valgt)) if valgt else []
    return _ordnet(koordinatorer), _ordnet(rad for rad in rader if rad[0] == "enhet")


def _ordnet(rader: Iterable[tuple[str, UUID, str]]) -> Valg:
    like = sorted((noekkel(navn), str(pk), navn) for _hva, pk, navn in rader)
    return tuple((pk, navn) for _orden, pk, navn in like)
