"""The people we know already who may be the one a request is about: what the office is shown of them (L25)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tok.kjerne.datotekst import dato
from tok.kjerne.kryptering import blindindekser
from tok.kjerne.models import Konto
from tok.sak.models import Henvendelse, Person, Sak
from tok.sak.opplysninger import Personopplysninger
from tok.sak.querysets import har_nummer
from tok.sak.tilgang import sperrer

# What a request may tell that is new about a person we know; names and birth date are mended in the case.
KAN_OPPDATERES = ("telefon", "adresse", "tolkespraak", "maalform", "nummer")


@dataclass(frozen=True)
class Forskjell:
    """One field where the form says something else than what is registered."""

    felt: str
    gammel: str
    ny: str


@dataclass(frozen=True)
class Kjent:
    """One person we know, and the account may know of."""

    person: Person
    samme_nummer: bool
    sak: Sak | None
    henvendelse: Henvendelse | None
    forskjeller: list[Forskjell]

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


def finn_lukket(data: dict[str, Any], konto: Konto) -> Person | None:
    """The one in the form, when we know the person and the account may not; one query.

    Sure enough to be one and the same: by the number, or by the whole name and the birth date where no number speaks
    against it. The request goes to that person unseen, so that nothing tells of it and no duplicate is made.
    """
    indekser = blindindekser(data["nummer"]) if data.get("nummer") else ()
    samme = Q(fornavn__iexact=data["fornavn"], etternavn__iexact=data["etternavn"], foedselsdato=data["foedselsdato"])
    if indekser:
        samme = har_nummer(indekser) | samme & Q(nummer_indeks__isnull=True)
    lukkede = list(Person.objects.filter(~sperrer.aapne_personer(konto), samme).order_by("pk"))
    return next((p for p in lukkede if not set(p.indekser).isdisjoint(indekser)), next(iter(lukkede), None))


def finn_kjente(data: dict[str, Any], kontorer: Iterable[UUID], konto: Konto) -> list[Kjent]:
    """Those who may be the one in the form, with what the own office has on them; at most three queries."""
    indekser = blindindekser(data["nummer"]) if data.get("nummer") else ()
    personer = list(
        Person.objects.filter(sperrer.aapne_personer(konto)).lignende(
            fornavn=data["fornavn"],
            etternavn=data["etternavn"],
            foedselsdato=data["foedselsdato"],
            indekser=indekser,
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
            samme_nummer=not set(person.indekser).isdisjoint(indekser),
            sak=saker.get(person.pk),
            henvendelse=nye.get(person.pk),
            forskjeller=_forskjeller(person, data, indekser),
        )
        for person in personer
    ]


def _forskjeller(person: Person, data: dict[str, Any], indekser: Collection[bytes]) -> list[Forskjell]:
    """Registered and typed, side by side; an empty field of the form says nothing."""
    funnet = []
    for navn in _nye_felt(person, data, indekser):
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
    """The typed values, or what is registered where nothing was typed."""
    return {navn: data.get(navn) or getattr(person, navn) for navn in KAN_OPPDATERES if navn != "nummer"}


def _nye_felt(person: Person, data: dict[str, Any], indekser: Collection[bytes]) -> list[str]:
    nye = [navn for navn, ny in _verdier(person, data).items() if getattr(person, navn) != ny]
    har_nytt = bool(indekser) and set(person.indekser).isdisjoint(indekser)
    return [*nye, "nummer"] if har_nytt else nye


def oppdatert(person: Person, data: dict[str, Any]) -> Personopplysninger:
    """The registered person with what is new in the form; an empty number keeps the registered one."""
    naa = {felt.name: getattr(person, felt.name) for felt in fields(Personopplysninger) if felt.name != "nummer"}
    return replace(Personopplysninger(**naa, nummer=data.get("nummer", "")), **_verdier(person, data))
