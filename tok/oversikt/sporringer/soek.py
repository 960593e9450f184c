"""Search by name, number, case number or the coordinator's name, in cases and new requests (ytelse.md goal 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from tok.kjerne.foedselsnummer import LENGDE, normaliser
from tok.kjerne.kryptering import blindindeks
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.register import Registerrad, les_rader
from tok.oversikt.sporringer.rekkefoelge import noekkel
from tok.sak.models import Deltakelse, Henvendelse, Person, Sak

HOEYST = 50
KOORDINATORER_HOEYST = 10  # the accounts are found first: few, and the cases by their index
TRIGRAM = 3  # from three letters a word may stand anywhere in the name
HENVENDELSER_HOEYST = 10
SAKSNUMMER = re.compile(r"\d{4}/\d{1,5}")


@dataclass(frozen=True)
class Henvendelsetreff:
    """A request nobody has settled yet."""

    id: UUID
    navn: str
    mottatt: date


@dataclass(frozen=True)
class Treff:
    """What was found; `har_flere` asks for a longer word."""

    rader: list[Registerrad]
    henvendelser: list[Henvendelsetreff]
    har_flere: bool
    noeyaktig: UUID | None  # the one case whose number was typed in full


def _navn_ligner(ord_: str) -> Q:
    """Both names in lower case, as the trigram index has them; one or two letters must begin the name."""
    hvordan = "contains" if len(ord_) >= TRIGRAM else "startswith"
    return Q(**{f"lite_fornavn__{hvordan}": ord_}) | Q(**{f"lite_etternavn__{hvordan}": ord_})


def _personer(ordene: Iterable[str]) -> QuerySet[Person]:
    personer = Person.objects.annotate(lite_fornavn=Lower("fornavn"), lite_etternavn=Lower("etternavn"))
    for ord_ in ordene:
        personer = personer.filter(_navn_ligner(ord_))
    return personer


def _koordinatorer(ordene: Iterable[str]) -> QuerySet[Konto]:
    kontoer = Konto.objects.annotate(lite_navn=Lower("navn"))
    for ord_ in ordene:
        kontoer = kontoer.filter(Q(lite_navn__startswith=ord_) | Q(lite_navn__contains=f" {ord_}"))
    return kontoer


def _nummer(tekst: str) -> bytes | None:
    """The blind index of a whole identity number; the number itself is looked for nowhere (N24)."""
    siffer = normaliser(tekst)
    return blindindeks(siffer) if len(siffer) == LENGDE and siffer.isascii() and siffer.isdigit() else None


def _henvendelser(kontorer: list[UUID], tekst: str) -> list[Henvendelsetreff]:
    """The offices' open requests about the one who was looked for; one query."""
    nummer = _nummer(tekst)
    if nummer is None and tekst[0].isdigit():
        return []
    nye = Henvendelse.objects.filter(kontor__in=kontorer, tilstand=Henvendelse.Tilstand.NY).select_related("person")
    om = {"person__nummer_indeks": nummer} if nummer else {"person__in": _personer(tekst.lower().split())}
    rader = nye.filter(**om).order_by("mottatt_dato", "id")[:HENVENDELSER_HOEYST]
    return [Henvendelsetreff(rad.pk, rad.person.navn, rad.mottatt_dato) for rad in rader]


def _kilder(saker: QuerySet[Sak], tekst: str, i_dag: date) -> list[QuerySet[Any]]:
    ordene = tekst.lower().split()
    if (nummer := _nummer(tekst)) is not None:
        return [saker.filter(person__nummer_indeks=nummer)]
    if tekst[0].isdigit():
        return [saker.filter(Q(nummer__startswith=tekst) | Q(nummer__endswith=tekst))]
    funnet = [saker.filter(person__in=_personer(ordene))]
    if ledere := list(_koordinatorer(ordene).values_list("pk", flat=True)[:KOORDINATORER_HOEYST]):
        ledet = Deltakelse.objects.gjeldende(i_dag).koordinatorer().filter(konto__in=ledere)
        funnet.append(saker.filter(pk__in=ledet.values("sak")))
    return funnet


def soek(kontorer: Iterable[UUID], tekst: str, i_dag: date) -> Treff:
    """The offices' cases that fit, in Norwegian order of name, at most 50, and their open requests; four queries."""
    tekst = " ".join(tekst.split())
    if not tekst:
        return Treff([], [], False, None)
    kontorer = list(kontorer)
    saker = Sak.objects.filter(kontor__in=kontorer)
    deler = [kilde.order_by().values_list("pk", "nummer")[: HOEYST + 1] for kilde in _kilder(saker, tekst, i_dag)]
    funnet = dict(deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0])
    rader = les_rader(list(funnet)[:HOEYST], i_dag)
    eksakt = next((pk for pk, nummer in funnet.items() if nummer == tekst), None)
    return Treff(
        rader=sorted(rader.values(), key=lambda rad: (noekkel(rad.navn), rad.nummer)),
        henvendelser=_henvendelser(kontorer, tekst),
        har_flere=len(funnet) > HOEYST,
        noeyaktig=eksakt if SAKSNUMMER.fullmatch(tekst) else None,
    )
