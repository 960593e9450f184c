"""Ports the floors fill at start-up, so that they meet in the case and not in each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tok.kjerne.fristregning import Fristregel
from tok.kjerne.models import Konto
from tok.sak.models import Sak
from tok.sak.tilgang import Rett


@dataclass(frozen=True)
class Fristtekst:
    """How a deadline is shown: a sentence, where it is done, and the verb on the link."""

    setning: str
    url: str
    knapp: str


@dataclass(frozen=True)
class Fristbidrag:
    """One rule of a floor with its words. `tekst` takes the base date, the object's key and the case's key."""

    regel: Fristregel
    tekst: Callable[[date, UUID, UUID], Fristtekst]


@dataclass(frozen=True)
class Oppslag:
    """One thing a floor shows on the case page: a card drawn by its own template from plain data."""

    mal: str
    rekkefoelge: int
    data: Callable[[Sak, Konto, date], dict[str, object] | None]


@dataclass(frozen=True)
class Fane:
    """A tab of the case page: name, URL name (takes the case's key), order, and the right that opens it."""

    navn: str
    url_navn: str
    rekkefoelge: int
    rett: Rett


fristregler: dict[str, Fristbidrag] = {}
oppslag: list[Oppslag] = []
faner: list[Fane] = []
hinder: list[Callable[[Sak, date], list[str]]] = []


def registrer_frist(bidrag: Fristbidrag) -> None:
    """Make a rule known to the sweep, the lists and the case page."""
    fristregler[bidrag.regel.kode] = bidrag
