"""What the account is today, read once for a page: its offices and what it may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.query_utils import FilteredRelation

from tok.kjerne.models import Konto
from tok.oversikt.models import Ventende
from tok.sak.tilgang import Rett, Rolle, kilder, sperrer
from tok.sak.tilgang.roller import ANSETTELSESROLLER, DELTAKERROLLER

I_SAKER = frozenset(Rett.SE_SAK.roller & DELTAKERROLLER)
PAA_KONTORET = frozenset(Rett.SE_SAK.roller & ANSETTELSESROLLER)


@dataclass(frozen=True)
class Plass:
    """Who asks, and where the account stands today: the offices whose cases it may see, and the cases it leads."""

    konto: UUID
    kontorer: tuple[UUID, ...]
    ledede_saker: tuple[UUID, ...]
    er_leder: bool


def plass(konto: Konto, i_dag: date) -> Plass:
    """From the one query that is asked for each answer (tilgang.kilder.stilling), with the same rows as the door."""
    er = kilder.stilling(konto, i_dag)
    return Plass(
        konto=konto.pk,
        kontorer=tuple(dict.fromkeys(arbeid.enhet_id for arbeid in er.arbeid if arbeid.rolle in PAA_KONTORET)),
        ledede_saker=er.ledede_saker,
        er_leder=Rolle.LEDER in er.roller,
    )


def i_kontorene(konto: UUID, kontorer: Iterable[UUID], sti: str = "") -> Q:
    """Rows of the offices' cases, without those that protection or a relation closes to the account (N11, N12).

    Every list, search, count and file of the roof begins with this, so that what is closed is not even counted.
    """
    return Q(**{f"{sti}kontor__in": kontorer}) & sperrer.aapen_sak(Konto(pk=konto), sti)


def ventende_i(konto: UUID, kontorer: Iterable[UUID], i_dag: date) -> QuerySet[Ventende]:
    """What waits for the offices today, in cases that are open to the account."""
    aapne = sperrer.aapen_sak(Konto(pk=konto), "sak__")
    return Ventende.objects.gjeldende(i_dag).filter(aapne, kontor__in=kontorer)


def henvendelser_i(konto: UUID, kontorer: Iterable[UUID]) -> Q:
    """The same for requests, by the person they are about."""
    return Q(kontor__in=kontorer) & sperrer.aapen_person(Konto(pk=konto))


def koordinator_i(sti: str, i_dag: date) -> FilteredRelation:
    """Today's coordinator as one join; the database keeps it to at most one row per case (L3)."""
    felt = f"{sti}deltakelser"
    return FilteredRelation(
        felt,
        condition=Q(**{f"{felt}__rolle": Rolle.KOORDINATOR, f"{felt}__fra_dato__lte": i_dag})
        & (Q(**{f"{felt}__til_dato__isnull": True}) | Q(**{f"{felt}__til_dato__gt": i_dag})),
    )
