"""The people we know already who may be the one a request is about: what the office is shown of them (L25)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tok.kjerne.datotekst import dato
from tok.kjerne.kryptering import blindindeks
from tok.sak.models import Henvendelse, Person, Sak
from tok.sak.opplysninger import Personopplysninger

# What a request may tell that is new about a person we know; names and birth date are mended in the case.
KAN_OPPDATERES = ("telefon", "adresse", "adressebeskyttelse", "tolkespraak", "maalform", "nummer")


@dataclass(frozen=True)
class Forskjell:
    """One field where the form says something else than what is registered."""

    felt: str
    gammel: str
    ny: str


@dataclass(frozen=True)
class Kjent:
    """One person we know; of a protected one nothing but that there is one."""

    person: Person
    samme_nummer: bool
    sak: Sak | None
    henvendelse: Henvendelse | None
    forskjeller: list[Forskjell]

    @property
    def skjermet(self) -> bool:
        return self.person.er_skjermet

    @property
    def tekst(self) -> str:
        """The line to choose."""
        ordet = _("termin") if self.person.er_termin else _("født")
        hvem = f"{self.person.navn}, {ordet} {dato(self.person.foedselsdato)}"
        if self.person.er_termin and not self.person.fornavn:
            hvem = self.person.navn
        if self.sak is not None:
            return _("%(hvem)s, har åpen sak %(nummer)s") % {"hvem": hvem, "nummer": self.sak.nummer}
        if self.henvendelse is not None:
            kom = dato(self.henvendelse.mottatt_dato)
            return _("%(hvem)s, har en henvendelse fra %(dato)s") % {"hvem": hvem, "dato": kom}
        return hvem


def finn_kjente(data: dict[str, Any], kontorer: Iterable[UUID]) -> list[Kjent]:
    """Those who may be the one in the form, with what the own office has on them; at most three queries."""
    indeks = blindindeks(data["nummer"]) if data.get("nummer") else None
    personer = list(
        Person.objects.lignende(
            fornavn=data["fornavn"],
            etternavn=data["etternavn"],
            foedselsdato=data["foedselsdato"],
            nummer_indeks=indeks,
        )
    )
    if not personer:
        return []
    her = {"kontor__in": list(kontorer), "person__in": personer}
    saker = {sak.person_id: sak for sak in Sak.objects.aapne().filter(**her)}
    nye = {h.person_id: h for h in Henvendelse.objects.filter(**her, tilstand=Henvendelse.Tilstand.NY)}
    return [
        Kjent(
            person=person,
            samme_nummer=indeks is not None and bytes(person.nummer_indeks or b"") == indeks,
            sak=saker.get(person.pk),
            henvendelse=nye.get(person.pk),
            forskjeller=[] if person.er_skjermet else _forskjeller(person, data, indeks),
        )
        for person in personer
    ]


def _forskjeller(person: Person, data: dict[str, Any], indeks: bytes | None) -> list[Forskjell]:
    """Registered and typed, side by side; an empty field of the form says nothing."""
    funnet = []
    for navn in _nye_felt(person, data, indeks):
        if navn == "nummer":
            gammel = _("et annet nummer") if person.nummer_indeks is not None else ""
            funnet.append(Forskjell(_("Nummer"), gammel, data["nummer"]))
            continue
        gammel, ny = getattr(person, navn), _verdier(person, data)[navn]
        felt: Any = Person._meta.get_field(navn)
        valg = dict(felt.choices or [])
        vist = str(felt.verbose_name)
        funnet.append(Forskjell(vist[:1].upper() + vist[1:], str(valg.get(gammel, gammel)), str(valg.get(ny, ny))))
    return funnet


def _verdier(person: Person, data: dict[str, Any]) -> dict[str, Any]:
    """The typed values; a strictly confidential address empties the registered one."""
    verdier = {navn: data.get(navn) or getattr(person, navn) for navn in KAN_OPPDATERES if navn != "nummer"}
    if verdier["adressebeskyttelse"] == Person.Adressebeskyttelse.STRENGT_FORTROLIG:
        verdier["adresse"] = ""
    return verdier


def _nye_felt(person: Person, data: dict[str, Any], indeks: bytes | None) -> list[str]:
    nye = [navn for navn, ny in _verdier(person, data).items() if getattr(person, navn) != ny]
    har_nytt = indeks is not None and bytes(person.nummer_indeks or b"") != indeks
    return [*nye, "nummer"] if har_nytt else nye


def oppdatert(person: Person, data: dict[str, Any]) -> Personopplysninger:
    """The registered person with what is new in the form; an empty number keeps the registered one."""
    naa = {felt.name: getattr(person, felt.name) for felt in fields(Personopplysninger) if felt.name != "nummer"}
    return replace(Personopplysninger(**naa, nummer=data.get("nummer", "")), **_verdier(person, data))
