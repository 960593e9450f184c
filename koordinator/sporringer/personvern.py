"""Keeps the person out of what a leader reads: names, dates, numbers, address, family (domene.md §2, N1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from tok.kjerne.datotekst import MAANEDER
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Henvendelse, Sak

# Shorter parts of names are common words too (Dag, Liv): those are looked for with a capital letter only.
LANGT_NAVN = 4
# A part of two letters says nothing, and is in too many words.
KORTESTE_NAVN = 3
# What stands where a child has no name yet.
PLASSHOLDERE = frozenset({"ufødt", "barn", "barnet", "baby", "babyen", "jente", "gutt", "termin"})
# What people write before or instead of a name when they say who asks.
ROLLEORD = frozenset(
    re.findall(
        r"\w+",
        """
        avdeling barnehage barnehagen barnevern barnevernet barneverntjenesten daglig far fastlege fastlegen
        rådgiver fosterforelder forelder foreldre fysioterapeut helsesykepleier hjemmetjenesten jordmor kollega
        kontaktlærer koordinator lege leder lærer mamma mor mormor nav onkel pappa pedagog ppt psykolog rektor
        saksbehandler skole skolen tjenesten sosionom kommune kommunen spesialpedagog
        sykehus sykehuset sykepleier søster tante tjeneste verge
        """,
    )
)
_NUMMER = re.compile(r"\b\d{6}\s?\d{5}\b")
_TELEFON = re.compile(r"(?<!\d)(?:\+47 ?)?(?:\d{8}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3})(?!\d)")


def avsloerer(sak: Sak, tekst: str, *, om: Konto | None = None) -> str:
    """Return the first piece of the text that says who the person is, or an empty string.

    Looks for every part of the person's name (also with a genitive s), the names of who asked and of the others in the
    case, the birth date as people write it, the case number, the registered address, and anything that looks like a
    telephone or a national identity number. `om` is the employee the leader is asked about, who may be named.
    """
    treff = _navn(_navnedeler(sak.person.fornavn, sak.person.etternavn), tekst) or _navn(
        _andres_navn(sak, om), tekst, bare_stor=True
    )
    if treff:
        return treff
    for moenster in (_NUMMER, _TELEFON):
        nummer = moenster.search(tekst)
        if nummer:
            return nummer.group()
    former = [sak.nummer, *_datoformer(sak.person.foedselsdato), *_adresseformer(sak)]
    return next((form for form in former if form in tekst.lower()), "")


def _navn(deler: Iterable[str], tekst: str, *, bare_stor: bool = False) -> str:
    for del_ in deler:
        stor = bare_stor or len(del_) < LANGT_NAVN
        treff = re.search(rf"\b{re.escape(del_)}s?\b", tekst, 0 if stor else re.IGNORECASE)
        if treff:
            return treff.group()
    return ""


def _navnedeler(*navn: str) -> list[str]:
    ord_ = (ett for ett in re.split(r"[^\w]+", " ".join(navn)) if len(ett) >= KORTESTE_NAVN)
    return [ett for ett in ord_ if ett.lower() not in PLASSHOLDERE and not ett.isdigit()]


def _andres_navn(sak: Sak, om: Konto | None) -> Iterator[str]:
    """Parts of the names of who asked and of those in the case, but not of the employee it is about."""
    navn = [*Henvendelse.objects.filter(sak=sak).values_list("avsender_navn", flat=True)]
    for par in Deltakelse.objects.filter(sak=sak).values_list("konto__navn", "kontakt__navn"):
        navn += [ett for ett in par if ett]
    egne = set(_navnedeler(om.navn)) if om is not None else set()
    for del_ in _navnedeler(*navn):
        if del_[0].isupper() and del_ not in egne and del_.lower() not in ROLLEORD:
            yield del_


def _adresseformer(sak: Sak) -> list[str]:
    """The registered addresses of the person and the family: the street with its number, and without."""
    adresser = [sak.person.adresse]
    adresser += Deltakelse.objects.filter(sak=sak, kontakt__isnull=False).values_list("kontakt__postadresse", flat=True)
    gater = (re.split(r"[,\n]", adresse)[0].strip().lower() for adresse in adresser)
    return [
        form for gate in gater if gate for form in (gate, re.sub(r"\s+\d+\s*\w?$", "", gate)) if len(form) > LANGT_NAVN
    ]


def _datoformer(foedt: date) -> list[str]:
    korte = {f"{foedt.day}.{foedt.month}.", f"{foedt.day:02}.{foedt.month:02}."}
    aar = {f"{foedt.year}", f"{foedt.year % 100:02}"}
    maaned = str(MAANEDER[foedt.month - 1])
    return [
        *(f"{kort}{ett}" for kort in korte for ett in aar),
        f"{foedt.day}. {maaned} {foedt.year}",
        foedt.isoformat(),
    ]
