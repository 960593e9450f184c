"""The one-minute tour: what each role does at work, each step a link to a real page found when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from tok.kjerne.models import Konto
from tok.sak.tilgang import Rett

Finn = Callable[[Konto, date], str]
Utvalg = Callable[[date], QuerySet[Any]]


@dataclass(frozen=True)
class Steg:
    """One thing the role does: in a few words, in a sentence, and where."""

    tittel: Any
    tekst: Any
    finn: Finn


@dataclass(frozen=True)
class Funnet:
    """A step whose page exists now."""

    nr: int
    tittel: str
    tekst: str
    url: str


def side(url_navn: str, rett: Rett | None = None) -> Finn:
    """A page without a key, for those who have its right."""

    def finn(konto: Konto, i_dag: date) -> str:
        return reverse(url_navn) if rett is None or rett.har(konto, i_dag=i_dag) else ""

    return finn


def foerste(url_navn: str, rett: Rett, utvalg: Utvalg) -> Finn:
    """The page of the first row the account may reach by the right; none, when it reaches none."""

    def finn(konto: Konto, i_dag: date) -> str:
        rad = rett.synlige(konto, utvalg(i_dag), i_dag=i_dag).first()
        return reverse(url_navn, args=[rad.pk]) if rad is not None else ""

    return finn


def en_av(*veier: Finn) -> Finn:
    """The first of several that leads somewhere."""

    def finn(konto: Konto, i_dag: date) -> str:
        return next((url for vei in veier if (url := vei(konto, i_dag))), "")

    return finn


def finn_steg(steg: Iterable[Steg], konto: Konto, i_dag: date) -> list[Funnet]:
    """The steps that lead somewhere today, numbered; a page is shown once."""
    funnet: dict[str, Funnet] = {}
    for ett in steg:
        url = ett.finn(konto, i_dag)
        if url and url not in funnet:
            funnet[url] = Funnet(len(funnet) + 1, str(ett.tittel), str(ett.tekst), url)
    return list(funnet.values())
