"""A page at a time of the case's two logs: what has been done, and who has looked (N7, L21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from tok.sak.models import Innsyn, Sak

VIST = 100


@dataclass(frozen=True)
class Merke:
    """Where a page ends, newest first: the keyset, and what it looks like in an address."""

    tid: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.tid.isoformat()}_{self.pk}"

    @classmethod
    def les(cls, tekst: str) -> Merke | None:
        """None for anything that is not a mark, so that a spoilt address shows the first page."""
        tid, _skille, pk = tekst.partition("_")
        try:
            merke = cls(datetime.fromisoformat(tid), int(pk))
        except ValueError:
            return None
        er_mulig = merke.tid.tzinfo is not None and 0 <= merke.pk < 2**63
        return merke if er_mulig else None

    def eldre(self) -> Q:
        return Q(tid__lte=self.tid) & (Q(tid__lt=self.tid) | Q(pk__lt=self.pk))


@dataclass(frozen=True)
class Side:
    """One page, and the mark the next one begins after."""

    rader: list[Any]
    neste: Merke | None


def innsyn(sak: Sak) -> list[QuerySet[Innsyn]]:
    """Who has seen the case, and who has seen the person outside any case: the requests it came of."""
    return [
        Innsyn.objects.filter(sak=sak),
        Innsyn.objects.filter(sak__isnull=True, person_id=sak.person_id),
    ]


def side(kilder: Iterable[QuerySet[Any]], etter: Merke | None, antall: int = 0) -> Side:
    """The next rows out of all the sources, each read by its own index and no further than a page of `antall`."""
    antall = antall or VIST
    rader: list[Any] = []
    for kilde in kilder:
        eldre = kilde.filter(etter.eldre()) if etter else kilde
        rader += eldre.order_by("-tid", "-pk")[: antall + 1]
    rader = sorted(rader, key=lambda rad: (rad.tid, rad.pk), reverse=True)
    vist = rader[:antall]
    return Side(vist, Merke(vist[-1].tid, vist[-1].pk) if len(rader) > antall else None)
