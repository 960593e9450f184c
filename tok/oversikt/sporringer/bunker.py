"""The piles of Min dag: few rows a tired person can read, how many there are, and a page for each pile alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import IntegerField, Q, QuerySet, Subquery, Value

KORT = 7  # shown of each pile on Min dag
VISES = 25  # shown on the page of one pile
HOEYST = VISES + 1  # row 26 says that there are more
T = TypeVar("T")


class Merke(NamedTuple):
    """Where a page of a pile ends: the keyset, and what it looks like in an address."""

    naar: date | datetime
    noekkel: UUID

    def __str__(self) -> str:
        return f"{self.naar.isoformat()}_{self.noekkel.hex}"

    @classmethod
    def les(cls, tekst: str) -> Merke | None:
        """None for anything that is not a mark, so that a spoilt address shows the first page."""
        naar, _skille, noekkel = tekst.partition("_")
        try:
            tid = datetime.fromisoformat(naar)
            return cls(tid.replace(tzinfo=tid.tzinfo or UTC) if "T" in naar else tid.date(), UUID(noekkel))
        except ValueError:
            return None


class Utsnitt(NamedTuple):
    """What of Min dag is asked for: all the piles in short, or one alone from a mark on."""

    bare: str = ""
    etter: Merke | None = None

    @classmethod
    def les(cls, bare: str, etter: str, kjente: Iterable[str], med_klokkeslett: str) -> Utsnitt:
        """From an address; one that is spoilt shows the first page, or all the piles."""
        if bare not in kjente:
            return ALT
        merke = Merke.les(etter)
        har_klokke = merke is not None and isinstance(merke.naar, datetime)
        return cls(bare, merke if har_klokke == (bare == med_klokkeslett) else None)

    def tar(self, *ankere: str) -> bool:
        """Whether any of these piles is to be shown."""
        return not self.bare or self.bare in ankere

    @property
    def fra(self) -> Sequence[date | datetime | UUID]:
        """The mark as an argument of a question."""
        return self.etter or ()


ALT = Utsnitt()


def etter_merket(qs: QuerySet[Any], etter: Sequence[Any], naar: str, noekkel: str) -> QuerySet[Any]:
    """The rows after the mark in an order by these two, as an index walks them; all of them without a mark."""
    if not etter:
        return qs
    er_etter = Q(**{f"{naar}__gt": etter[0]}) | Q(**{f"{noekkel}__gt": etter[1]})
    return qs.filter(er_etter, **{f"{naar}__gte": etter[0]})


class Antall(Subquery):
    """How many rows there are, as far as the slice goes."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _rader)"
    output_field = IntegerField()


def kortet(qs: QuerySet[Any], kort: bool, *kolonner: Any) -> QuerySet[Any]:
    """The first rows of `qs`, an ordered pile, and last in each how many there are; counted only where few are read.

    What is counted is keys alone: to show seven rows, it would be dear to read all that belongs to 26.
    """
    antall = Antall(qs.order_by().values("pk")[:HOEYST]) if kort else Value(0)
    return qs.annotate(antall=antall).values_list(*kolonner, "antall")[: KORT if kort else HOEYST]


@dataclass(frozen=True)
class MinDagRad:
    """One piece of work in the row grammar of `deler/_rad.html`."""

    frist: date | None
    setning: str
    hvem: str
    url: str
    handling: str
    saksnummer: str = ""
    sak_url: str = ""
    kontakt: str = ""
    telefon: str = ""
    siden: date | None = None  # for work without a date: since when it has waited
    lovfrist: bool = False
    sak_id: UUID | None = None


@dataclass
class Bunke:
    """A group of rows, cut to what a person can read."""

    navn: str
    anker: str
    rader: list[MinDagRad] = field(default_factory=list)
    funnet: int = 0
    neste: str = ""  # the mark after the last row shown; empty when all are shown

    def fyll(
        self,
        utsnitt: Utsnitt,
        funnet: Sequence[T],
        lag: Callable[[T], MinDagRad],
        merke: Callable[[T], Merke],
        antall: int = 0,
    ) -> Bunke:
        """Make the rows that are shown; `funnet` in order, `antall` where there are more than were read."""
        vist = funnet[: VISES if utsnitt.bare else KORT]
        self.rader, self.funnet = [lag(rad) for rad in vist], min(max(antall, len(funnet)), HOEYST)
        self.neste = str(merke(vist[-1])) if len(vist) < self.funnet else ""
        return self

    @property
    def vist(self) -> int:
        """How many are shown, where there are more; else 0."""
        return len(self.rader) if self.neste else 0

    @property
    def antall(self) -> str:
        return f"{VISES}+" if self.funnet > VISES else str(self.funnet)
