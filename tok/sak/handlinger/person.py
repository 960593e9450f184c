"""What is written down about the person: registered once, mended when it is wrong or has changed (L25, L26)."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tok.kjerne.kryptering import blindindekser
from tok.kjerne.models import Konto
from tok.sak.alderskifte import foedselsdato_rettet
from tok.sak.models import Person, Sak
from tok.sak.opplysninger import Personopplysninger
from tok.sak.protokoll import noter
from tok.sak.querysets import har_nummer
from tok.sak.tilgang import Avslag, Rett, krever

BESKYTTELSE = Person.Adressebeskyttelse


class NummeretErKjent(Avslag):
    """Another person has this number."""

    melding = _("Vi har allerede en person med dette nummeret. Velg personen i lista over treff.")
    felt = "nummer"


class NummeretTilhoererEnAnnen(NummeretErKjent):
    """Another person has this number, and the person here is already registered."""

    melding = _("En annen person er registrert med dette nummeret. Se etter om nummeret er riktig.")


class StrengtUtenAdresse(Avslag):
    """A strictly confidential address is not kept here at all (L25)."""

    melding = _("En strengt fortrolig adresse skal ikke stå her. Fjern adressen.")
    felt = "adresse"


class UfoedtHarIkkeNummer(Avslag):
    """A child that is not born has no number."""

    melding = _("Et barn som ikke er født, har ikke noe nummer ennå.")
    felt = "nummer"


def _sett_felt(person: Person, opplysninger: Personopplysninger) -> None:
    for felt in fields(opplysninger):
        if felt.name != "nummer":
            setattr(person, felt.name, getattr(opplysninger, felt.name))


def lagre_person(person: Person, *, feil: type[NummeretErKjent] = NummeretErKjent) -> Person:
    """Save within the running handling.

    Raises:
        StrengtUtenAdresse, UfoedtHarIkkeNummer: what is written cannot stand together.
        NummeretErKjent: the number is another's, also when that one came first by a hair.
    """
    if person.adressebeskyttelse == BESKYTTELSE.STRENGT_FORTROLIG and person.adresse:
        raise StrengtUtenAdresse
    if person.er_termin and person.nummer_indeks is not None:
        raise UfoedtHarIkkeNummer
    if person.indekser and Person.objects.filter(har_nummer(person.indekser)).exclude(pk=person.pk).exists():
        raise feil
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as brudd:
        if "nummer_indeks" in str(getattr(getattr(brudd.__cause__, "diag", None), "constraint_name", "")):
            raise feil from None
        raise
    return person


def ny_person(opplysninger: Personopplysninger) -> Person:
    """A person nobody had registered.

    Raises:
        NummeretErKjent, StrengtUtenAdresse, UfoedtHarIkkeNummer
    """
    person = Person()
    _sett_felt(person, opplysninger)
    person.sett_nummer(opplysninger.nummer or None)
    return lagre_person(person)


def endret(person: Person, opplysninger: Personopplysninger, *, behold_nummer: bool = False) -> list[str]:
    """The names of the fields that would change, in the order they are asked for."""
    ulike = [
        felt.name
        for felt in fields(opplysninger)
        if felt.name != "nummer" and getattr(person, felt.name) != getattr(opplysninger, felt.name)
    ]
    indekser = blindindekser(opplysninger.nummer) if opplysninger.nummer else ()
    samme = indekser == person.indekser or not set(indekser).isdisjoint(person.indekser)
    return ulike if behold_nummer or samme else [*ulike, "nummer"]


def skriv_person(person: Person, opplysninger: Personopplysninger, *, behold_nummer: bool) -> list[str]:
    """Change a known person under lock, within the running handling; the names of the fields that changed.

    Raises:
        NummeretTilhoererEnAnnen, StrengtUtenAdresse, UfoedtHarIkkeNummer
    """
    rad = Person.objects.select_for_update().get(pk=person.pk)
    ulike = endret(rad, opplysninger, behold_nummer=behold_nummer)
    _sett_felt(rad, opplysninger)
    if "nummer" in ulike:
        rad.sett_nummer(opplysninger.nummer or None)
    lagre_person(rad, feil=NummeretTilhoererEnAnnen)
    return ulike


@krever(Rett.ENDRE_PERSON)
def endre_person(
    *, sak: Sak, opplysninger: Personopplysninger, behold_nummer: bool, av: Konto, naa: datetime
) -> Person:
    """Mend what is written about the case's person: a name, a birth, a new address (L25, L26).

    Raises:
        NummeretTilhoererEnAnnen, StrengtUtenAdresse, UfoedtHarIkkeNummer
    """
    foer = sak.person.foedselsdato
    ulike = skriv_person(sak.person, opplysninger, behold_nummer=behold_nummer)
    if {"foedselsdato", "er_termin"} & set(ulike):
        foedselsdato_rettet(sak.person, foer=foer, av=av, naa=naa)
    noter(sak=sak, felt=[_feltnavn(navn) for navn in ulike])
    return Person.objects.get(pk=sak.person_id)


def _feltnavn(navn: str) -> str:
    felt: Any = Person._meta.get_field("nummer_kryptert" if navn == "nummer" else navn)
    return str(felt.verbose_name)
