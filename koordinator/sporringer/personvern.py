"""Keeps the person out of what a leader reads: name, birth date, numbers (domene.md §2, N1)."""

from __future__ import annotations

import re
from datetime import date

from tok.kjerne.datotekst import MAANEDER
from tok.sak.models import Sak

# Shorter parts of names are common words too (Dag, Liv, Bo): those are looked for with a capital letter only.
LANGT_NAVN = 4
_NUMMER = re.compile(r"\b\d{6}\s?\d{5}\b")


def avsloerer(sak: Sak, tekst: str) -> str:
    """Return the first piece of the text that says who the person is, or an empty string.

    Looks for every part of the first and last name (also with a genitive s), the birth date as people write it, the
    case number, and anything that looks like a national identity number.
    """
    for del_ in _navnedeler(sak):
        treff = re.search(rf"\b{re.escape(del_)}s?\b", tekst, 0 if len(del_) < LANGT_NAVN else re.IGNORECASE)
        if treff:
            return treff.group()
    treff = _NUMMER.search(tekst)
    if treff:
        return treff.group()
    return next((form for form in [sak.nummer, *_datoformer(sak.person.foedselsdato)] if form in tekst.lower()), "")


def _navnedeler(sak: Sak) -> list[str]:
    ord_ = re.split(r"[\s-]+", sak.person.navn)
    return [ett for ett in ord_ if len(ett) > 1]


def _datoformer(foedt: date) -> list[str]:
    korte = {f"{foedt.day}.{foedt.month}.", f"{foedt.day:02}.{foedt.month:02}."}
    aar = {f"{foedt.year}", f"{foedt.year % 100:02}"}
    maaned = str(MAANEDER[foedt.month - 1])
    return [
        *(f"{kort}{ett}" for kort in korte for ett in aar),
        f"{foedt.day}. {maaned} {foedt.year}",
        foedt.isoformat(),
    ]
