"""Roles, how wide a right reaches, and what a role must have besides (domene.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rolle(StrEnum):
    """From Ansettelse above the line, from Deltakelse below it."""

    TOK = "tok"
    LEDER = "leder"
    SYSTEMANSVARLIG = "systemansvarlig"
    PERSONVERNOMBUD = "personvernombud"
    ANSATT = "ansatt"
    # from the case
    KOORDINATOR = "koordinator"
    VARA = "vara"
    MEDKOORDINATOR = "medkoordinator"
    FAST = "fast"
    VED_BEHOV = "ved_behov"
    PERSON = "person"
    REPRESENTANT = "representant"
    STOETTEPERSON = "stoetteperson"
    # from a timed exception with a written reason (N10)
    UNNTAK = "unntak"
    SYSTEM = "system"


ANSETTELSESROLLER = frozenset({Rolle.TOK, Rolle.LEDER, Rolle.SYSTEMANSVARLIG, Rolle.PERSONVERNOMBUD, Rolle.ANSATT})
DELTAKERROLLER = frozenset(
    {
        Rolle.KOORDINATOR,
        Rolle.VARA,
        Rolle.MEDKOORDINATOR,
        Rolle.FAST,
        Rolle.VED_BEHOV,
        Rolle.PERSON,
        Rolle.REPRESENTANT,
        Rolle.STOETTEPERSON,
    }
)
# Roles one has by one's work for the municipality, and no longer than it: the others may come from outside it (N14).
ANSATT_I_SAKEN = frozenset({Rolle.KOORDINATOR, Rolle.VARA, Rolle.MEDKOORDINATOR})


class Omfang(StrEnum):
    """How wide a right reaches."""

    SAK = "sak"  # the cases one takes part in, and for TOK those of the own office
    ENHET = "enhet"  # rows of the own office
    EGEN = "egen"  # rows that name the account itself
    SYSTEM = "system"  # no object: a page or an act of the whole office


class Vilkaar(StrEnum):
    """What a role must have besides an active membership."""

    INGEN = ""
    SAMTYKKE_REFERAT = "referat"  # covered by name in a valid consent to minutes (L13, L19)
    SAMTYKKE_TOK = "tok"  # the person's consent covers the office
    INNKALT = "innkalt"  # called to just this meeting


@dataclass(frozen=True)
class Adgang:
    """One role's way into a right."""

    rolle: Rolle
    vilkaar: Vilkaar = Vilkaar.INGEN


def med(rolle: Rolle, vilkaar: Vilkaar) -> Adgang:
    """The role, but only with what `vilkaar` asks."""
    return Adgang(rolle, vilkaar)
