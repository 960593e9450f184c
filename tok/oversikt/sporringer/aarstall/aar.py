"""The year asked for, the day its state is taken, and the cases of it (L24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tok.kjerne.models import Konto
from tok.oversikt.sporringer.celler import midnatt
from tok.sak.models import Sak
from tok.sak.tilgang import sperrer


@dataclass(frozen=True)
class Aar:
    """The year asked for, and the day its state is taken: 31 December, or today in a year that is not over."""

    aar: int
    per: date

    @classmethod
    def lag(cls, aar: int, i_dag: date) -> Aar:
        return cls(aar, min(date(aar, 12, 31), i_dag))

    @property
    def foerste(self) -> date:
        return date(self.aar, 1, 1)

    @property
    def moete_tid(self) -> dict[str, Any]:
        return {"start_tid__gte": midnatt(self.foerste), "start_tid__lt": self.slutt}

    @property
    def slutt(self) -> Any:
        """The first moment after the day."""
        return midnatt(self.per + timedelta(days=1))


def saker(aar: Aar, konto: Konto, kontorer: Iterable[UUID] | None) -> QuerySet[Sak]:
    """The cases that were open at some time of the year; `None` is every office, for the command.

    What is closed to the account is not in the file, for a line of it would tell that the case is there (N11, N12).
    """
    alle = Sak.objects.filter(
        Q(avsluttet_dato__isnull=True) | Q(avsluttet_dato__gte=aar.foerste),
        sperrer.aapen_sak(konto),
        aapnet_dato__lte=aar.per,
    )
    return alle if kontorer is None else alle.filter(kontor__in=list(kontorer))
