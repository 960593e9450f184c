"""Ports the floors fill at start-up, so that they meet in the case and not in each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Model

from tok.kjerne import klokke, meny
from tok.kjerne.fristregning import Fristregel
from tok.kjerne.models import Konto
from tok.sak.models import Sak
from tok.sak.tilgang import Rett, kilder

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrEllerLoefte


@dataclass(frozen=True)
class Fristtekst:
    """How a deadline is shown: a sentence, where it is done, and the verb on the link."""

    setning: str
    url: str
    knapp: str


@dataclass(frozen=True)
class Fristbidrag:
    """One rule of a floor with its words. `tekst` takes the base date, the object's key and the case's key.

    `mottakers_url` takes the object's key, and is given where the receiver has a page that others cannot open: a leader
    answers where no one from the case comes. `er_mottakers` tells whether the object still is the named receiver's on
    the date: what a leader who has moved was asked, comes back to the office.
    """

    regel: Fristregel
    tekst: Callable[[date, UUID, UUID], Fristtekst]
    mottakers_url: Callable[[UUID], str] | None = None
    er_mottakers: Callable[[Konto, UUID, date], bool] | None = None


@dataclass(frozen=True)
class Oppslag:
    """One thing a floor shows on the case page: a card drawn by its own template from plain data."""

    mal: str
    rekkefoelge: int
    data: Callable[[Sak, Konto, date], dict[str, object] | None]


@dataclass(frozen=True)
class Fane:
    """A tab of the case page: name, URL name (takes the case's key), order, and the right that opens it."""

    navn: StrEllerLoefte
    url_navn: str
    rekkefoelge: int
    rett: Rett


@dataclass(frozen=True)
class Utsendt:
    """One thing about a case that lies with somebody else than the person: a letter, a calendar file, minutes.

    `konto_id` is the account it went to, None for a letter. `uansett`: it is called back also from those who may see
    the case, because it does not lie behind the door: a place in a calendar (L20).
    """

    hva: str
    mottaker: str
    konto_id: UUID | None
    objekt_type: str
    objekt_id: UUID
    sendt_tid: datetime
    uansett: bool = False


fristregler: dict[str, Fristbidrag] = {}
oppslag: list[Oppslag] = []
faner: list[Fane] = []
varselretter: dict[str, Rett] = {}  # class name of a row -> the right a message about it asks for when it is sent
# What the system knows of a point of the checklists, by the point's source: ticked when all of them say so (R29–R30).
kjente_kryss: dict[str, list[Callable[[Sak, date], bool]]] = defaultdict(list)
hinder: list[Callable[[Sak, date], list[str]]] = []
# Why a row cannot be hidden from guardians, in plain words; empty when it can, or when it is none of the floor's (N20).
hindrer_skjuling: list[Callable[[Model], str]] = []
utsendt: list[Callable[[Sak], Iterable[Utsendt]]] = []  # what a floor has sent out, to be called back (N11)


def registrer_meny(navn: StrEllerLoefte, url_navn: str, rett: Rett, *, rekkefoelge: int, soek: bool = False) -> None:
    """Put a line in the main menu for those whose role has the right somewhere."""

    def vis(konto: Konto) -> bool:
        return bool(rett.roller & kilder.roller_naa(konto, klokke.i_dag()))

    meny.registrer(meny.Menypunkt(navn, url_navn, vis, rekkefoelge=rekkefoelge, soek=soek))


def registrer_frist(bidrag: Fristbidrag) -> None:
    """Make a rule known to the sweep, the lists and the case page."""
    fristregler[bidrag.regel.kode] = bidrag
