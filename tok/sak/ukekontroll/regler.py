"""The seven rules as pure functions over what one account looked up of one person in a week (N9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from tok.kjerne.kalender import er_fridag
from tok.sak.models import Loggfunn
from tok.sak.ukekontroll import grenser

Regel = Loggfunn.Regel
ADRESSE = re.compile(r"^\s*(?P<gate>.+?)\s+(?P<nummer>\d+)\s*[A-Za-zÆØÅæøå]?\s*(?:,\s*(?P<sted>.+?))?\s*$")


class Rad(NamedTuple):
    """One row of the log: its key and when, in Oslo."""

    id: int
    tid: datetime


@dataclass(frozen=True)
class Oppslag:
    """All that one account looked up of one person in the week.

    `har_rolle` is to take part in the case or to have it on one's desk; `ved_unntak` are the rows by timed exception.
    """

    konto_id: UUID
    konto_navn: str
    person_id: UUID
    rader: tuple[Rad, ...]
    har_rolle: bool
    vernet: bool
    ved_unntak: frozenset[int] = frozenset()

    @property
    def ider(self) -> tuple[int, ...]:
        return tuple(rad.id for rad in self.rader)


class Adresse(NamedTuple):
    """A street with a house number; letters within the house are neighbours of each other."""

    gate: str
    nummer: int
    sted: str

    @classmethod
    def les(cls, tekst: str) -> Adresse | None:
        """None for an address without a house number, of which nothing can be said."""
        treff = ADRESSE.match(tekst)
        if treff is None:
            return None
        return cls(treff["gate"].casefold(), int(treff["nummer"]), (treff["sted"] or "").casefold())

    def er_nabo(self, annen: Adresse) -> bool:
        """The same house, or one a few numbers off in the same street."""
        avstand = abs(self.nummer - annen.nummer)
        samme_sted = not self.sted or not annen.sted or self.sted == annen.sted
        return samme_sted and self.gate == annen.gate and avstand <= grenser.HUSNUMRE.verdi


@dataclass(frozen=True)
class Fakta:
    """What is known of those the rows are about: read once for the week."""

    etternavn: Mapping[UUID, str] = field(default_factory=dict)
    adresser: Mapping[UUID, Adresse] = field(default_factory=dict)
    bosteder: Mapping[UUID, Collection[Adresse]] = field(default_factory=dict)  # of accounts, as far as registered
    ansatte: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)  # persons who are employees: their units
    enheter: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)  # of accounts


def navneledd(navn: str) -> frozenset[str]:
    """The parts of a family name: `Berg-Hansen` and `Berg Hansen` are Berg and Hansen."""
    return frozenset(re.split(r"[\s-]+", navn.casefold().strip())) - {""}


def eget_navn(oppslag: Oppslag, fakta: Fakta) -> tuple[int, ...]:
    """The account's last name is one of the person's family names."""
    eget = navneledd(oppslag.konto_navn.rpartition(" ")[2])
    return oppslag.ider if eget & navneledd(fakta.etternavn.get(oppslag.person_id, "")) else ()


def nabo(oppslag: Oppslag, fakta: Fakta) -> tuple[int, ...]:
    """The person lives where the account or its family is registered, or next door."""
    hjem = fakta.adresser.get(oppslag.person_id)
    if hjem is None:
        return ()
    er_naer = any(hjem.er_nabo(bosted) for bosted in fakta.bosteder.get(oppslag.konto_id, ()))
    return oppslag.ider if er_naer else ()


def kollega(oppslag: Oppslag, fakta: Fakta) -> tuple[int, ...]:
    """The person works for the municipality: next to the account, or far away and the account has no part in it."""
    arbeidssteder = fakta.ansatte.get(oppslag.person_id)
    if arbeidssteder is None:
        return ()
    er_naer = arbeidssteder & fakta.enheter.get(oppslag.konto_id, frozenset())
    return oppslag.ider if er_naer or not oppslag.har_rolle else ()


def utenfor_arbeidstid(oppslag: Oppslag, fakta: Fakta) -> tuple[int, ...]:
    """Evenings, nights, Saturdays, Sundays and holidays; who takes part may well write in the evening."""
    funnet = tuple(rad.id for rad in oppslag.rader if er_utenfor_arbeidstid(rad.tid))
    grense = grenser.UTENFOR_MED_ROLLE if oppslag.har_rolle else grenser.UTENFOR_UTEN_ROLLE
    return funnet if len(funnet) >= grense.verdi else ()


def unntak(oppslag: Oppslag, fakta: Fakta) -> tuple[int, ...]:
    """Every use of a timed exception is looked into (N10)."""
    return tuple(rad.id for rad in oppslag.rader if rad.id in oppslag.ved_unntak)


def vernet(oppslag: Oppslag, fakta: Fakta) -> tuple[int, ...]:
    """A protected person, by somebody who has no part in the case."""
    return oppslag.ider if oppslag.vernet and not oppslag.har_rolle else ()


def er_utenfor_arbeidstid(tid: datetime) -> bool:
    """By the clock in Oslo."""
    i_dagen = grenser.DAGEN_BEGYNNER.verdi <= tid.hour < grenser.DAGEN_SLUTTER.verdi
    return not i_dagen or er_fridag(tid.date())


def er_mange(antall: int, eget_vanlig: float | None, rollens_vanlige: float | None) -> bool:
    """So many persons in a day is unusual both for the account and for its role; None is a usual nobody knows."""
    kjente = [vanlig for vanlig in (eget_vanlig, rollens_vanlige) if vanlig is not None]
    grense = max(kjente, default=0) * grenser.MANGE_PROSENT.verdi / 100
    return antall >= grenser.MANGE_MINST.verdi and antall > grense


# Of one person. The seventh, unusual volume, looks at an account's day: `er_mange`.
OM_EN_PERSON: Mapping[Loggfunn.Regel, Callable[[Oppslag, Fakta], tuple[int, ...]]] = {
    Regel.EGET_NAVN: eget_navn,
    Regel.NABO: nabo,
    Regel.KOLLEGA: kollega,
    Regel.UTENFOR_ARBEIDSTID: utenfor_arbeidstid,
    Regel.UNNTAK: unntak,
    Regel.VERNET: vernet,
}
# A relation is what it is: when a leader has assessed it, it is not asked about again next week.
OM_EN_RELASJON = frozenset({Regel.EGET_NAVN, Regel.NABO, Regel.KOLLEGA})
