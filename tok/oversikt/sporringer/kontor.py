"""What the account is today, read once for a page: its offices and what it may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.query_utils import FilteredRelation

from tok.kjerne.models import Konto
from tok.sak.tilgang import Rett, Rolle, kilder
from tok.sak.tilgang.roller import ANSETTELSESROLLER, DELTAKERROLLER

I_SAKER = frozenset(Rett.SE_SAK.roller & DELTAKERROLLER)
PAA_KONTORET = frozenset(Rett.SE_SAK.roller & ANSETTELSESROLLER)


@dataclass(frozen=True)
class Plass:
    """Where the account stands today: the offices whose every case it may see (SE_SAK), and the cases it leads."""

    kontorer: tuple[UUID, ...]
    ledede_saker: tuple[UUID, ...]
    er_leder: bool


def plass(konto: Konto, i_dag: date) -> Plass:
    """From the one query that is asked for each answer (tilgang.kilder.stilling), with the same rows as the door."""
    er = kilder.stilling(konto, i_dag)
    return Plass(
        kontorer=tuple(arbeid.enhet_id for arbeid in er.arbeid if arbeid.rolle in PAA_KONTORET),
        ledede_saker=er.ledede_saker,
        er_leder=Rolle.LEDER in er.roller,
    )


def koordinator_i(sti: str, i_dag: date) -> FilteredRelation:
    """Today's coordinator as one join; the database keeps it to at most one row per case (L3)."""
    felt = f"{sti}deltakelser"
    return FilteredRelation(
        felt,
        condition=Q(**{f"{felt}__rolle": Rolle.KOORDINATOR, f"{felt}__fra_dato__lte": i_dag})
        & (Q(**{f"{felt}__til_dato__isnull": True}) | Q(**{f"{felt}__til_dato__gt": i_dag})),
    )
