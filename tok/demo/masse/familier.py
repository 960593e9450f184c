"""Which family a case number belongs to, and the person the case is about."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

from tok.demo.masse.navn import GATER, NORSK, PLASSER, RUNDE, Opphav
from tok.demo.personer import TENOR
from tok.kjerne.fristregning import legg_til_maaneder
from tok.sak.models import Nivaa, Person

# How many of each family have a case, in a round of twelve case numbers.
STOERRELSER = (1, 1, 2, 1, 1, 3, 1, 1, 1)
BLOKK = sum(STOERRELSER)
FLEST = 28_000  # more would give two persons the same number
VOKSNE = 0.36  # of those who are alone in their family
YNGST = 3
NIVAA = {"": Nivaa.INGEN, "fortrolig": Nivaa.FORTROLIG, "strengt": Nivaa.STRENGT}


@dataclass(frozen=True)
class Familie:
    """Parents, home and language; the same for all its children."""

    nummer: int
    etternavn: str
    opphav: Opphav
    mor: str
    far: str
    adresse: str
    telefon: str
    tolkespraak: str
    maalform: str
    barn: int

    @property
    def kaller(self) -> str:
        """The parent who turned to the office."""
        return self.mor or self.far


def ny_id(tilfeldig: random.Random) -> UUID:
    """A key that comes out the same for the same seed."""
    return UUID(int=tilfeldig.getrandbits(128), version=4)


def lykke(*frø: object) -> random.Random:
    """Chance that comes out the same each time."""
    return random.Random(":".join(map(str, frø)))  # noqa: S311 -- not a secret: the same rows each time


def plass(nummer: int) -> tuple[int, int, int]:
    """The family of a case number (from 0), which of its children it is, and how many they are."""
    blokk, rest = divmod(nummer, BLOKK)
    for nr, antall in enumerate(STOERRELSER):
        if rest < antall:
            return blokk * len(STOERRELSER) + nr, rest, antall
        rest -= antall
    raise AssertionError("a round holds every number")


def familie(froe: int, nummer: int, antall: int) -> Familie:
    """The family with this number."""
    tilfeldig = lykke(froe, "familie", nummer)
    runde, plassen = divmod(nummer, len(RUNDE))
    opphav = RUNDE[plassen]
    # Surnames are dealt, not drawn, so that a small municipality has no two families of the same name.
    navn = opphav.etternavn[(froe + PLASSER[plassen] + runde * RUNDE.count(opphav)) % len(opphav.etternavn)]
    mor = f"{tilfeldig.choice(opphav.kvinner)} {navn}"
    far = f"{tilfeldig.choice(opphav.menn)} {navn}"
    alene = tilfeldig.random()
    return Familie(
        nummer=nummer,
        etternavn=navn,
        opphav=opphav,
        mor="" if alene < 0.12 else mor,
        far="" if 0.12 <= alene < 0.5 else far,
        adresse=f"{tilfeldig.choice(GATER)} {tilfeldig.randrange(1, 90)}, 0000 Fjordvik",
        telefon=f"12 34 8{tilfeldig.randrange(10)} {tilfeldig.randrange(100):02}",
        tolkespraak=opphav.tolkespraak if tilfeldig.random() < 0.6 else "",
        maalform="nn" if opphav is NORSK and tilfeldig.random() < 0.15 else "nb",
        barn=antall,
    )


def lag_person(froe: int, nummer: int, fam: Familie, barn_nr: int, i_dag: date, vern: str) -> Person:
    """The person of a case number; the key, the name and the birth follow from the seed, the number and the day.

    The level stands in memory, for what is made of the person; in the database it comes of the protection (`vernet`).
    """
    tilfeldig = lykke(froe, "person", nummer)
    voksen = fam.barn == 1 and tilfeldig.random() < VOKSNE
    if voksen:
        aar = 18 + min(tilfeldig.randrange(60), tilfeldig.randrange(60))
        navnene = (fam.opphav.kvinner, fam.opphav.menn)[nummer % 2]
        fornavn = tilfeldig.choice([navn for navn in navnene if f"{navn} {fam.etternavn}" not in (fam.mor, fam.far)])
    else:
        # Two years at least between brothers and sisters.
        aar = YNGST + tilfeldig.randrange(13 if fam.barn == 1 else 4) + 4 * barn_nr
        valg = (fam.opphav.jenter, fam.opphav.gutter)[lykke(froe, fam.nummer).randrange(2) ^ (barn_nr % 2)]
        start = lykke(froe, fam.nummer, "navn").randrange(len(valg))
        fornavn = valg[(start + barn_nr * 5) % len(valg)]
    foedt, kode = _foedt_og_nummer(tilfeldig, nummer, aar, i_dag)
    person = Person(
        id=ny_id(tilfeldig),
        fornavn=fornavn,
        etternavn=fam.etternavn,
        foedselsdato=foedt,
        adresse="" if vern else fam.adresse,
        adressebeskyttelse=vern or Person.Adressebeskyttelse.INGEN,
        vernenivaa=NIVAA[vern],
        telefon=f"12 34 7{tilfeldig.randrange(10)} {tilfeldig.randrange(100):02}" if aar >= 15 else "",
        maalform=fam.maalform,
        tolkespraak=fam.tolkespraak,
    )
    if tilfeldig.random() >= 0.03:
        person.sett_nummer(kode)
    return person


def _foedt_og_nummer(tilfeldig: random.Random, nummer: int, aar: int, i_dag: date) -> tuple[date, str]:
    """A birth date of that age, and a synthetic number nobody else has: day and running number follow the case."""
    loepenr, dag0 = divmod(nummer % FLEST, 28)
    while True:
        grovt = legg_til_maaneder(i_dag.replace(day=1), -(12 * aar + tilfeldig.randrange(1, 12)))
        foedt = grovt + timedelta(days=dag0)
        foran = f"{foedt.day:02}{foedt.month + TENOR}{foedt:%y}{loepenr:03}"
        k1 = calc_check_digit1(foran)
        kode = f"{foran}{k1}{calc_check_digit2(foran + k1)}"
        if len(kode) == 11 and kode.isdigit():
            return foedt, kode
        aar = max(aar + tilfeldig.choice((0, 0, 1)), YNGST)
