"""Search by name, number, case number or the coordinator's name, in cases and new requests (ytelse.md goal 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower
from django.db.models.sql.compiler import SQLCompiler

from tok.kjerne.foedselsnummer import LENGDE, normaliser
from tok.kjerne.forberedt import Forberedt, Mengde
from tok.kjerne.kryptering import blindindekser
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.kontor import Plass, henvendelser_i, i_kontorene
from tok.oversikt.sporringer.register import Registerrad, les_rader
from tok.oversikt.sporringer.rekkefoelge import noekkel
from tok.sak.models import Deltakelse, Henvendelse, Person, Sak
from tok.sak.querysets import har_nummer

HOEYST = 25  # as many as a page of the register
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


@CharField.register_lookup
class Ligner(Lookup[Any]):
    """`LIKE` with a finished pattern, so that a question with it can be put together and planned once.

    A pattern that is not known when it is planned is taken for a rare one, and the trigram index finds it.
    """

    lookup_name = "ligner"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        venstre, foerste = self.process_lhs(compiler, connection)
        hoeyre, andre = self.process_rhs(compiler, connection)
        return f"{venstre} LIKE {hoeyre}", (*foerste, *andre)


def _moenstre(tekst: str) -> tuple[str, ...]:
    """Each word in lower case, as the trigram index has them; one or two letters must begin the name."""
    ordene = [connection.ops.prep_for_like_query(ord_) for ord_ in tekst.lower().split()]
    return tuple(f"%{ord_}%" if len(ord_) >= TRIGRAM else f"{ord_}%" for ord_ in ordene)


def _personer(moenstre: Iterable[str]) -> QuerySet[Person]:
    personer = Person.objects.annotate(lite_fornavn=Lower("fornavn"), lite_etternavn=Lower("etternavn"))
    for moenster in moenstre:
        personer = personer.filter(Q(lite_fornavn__ligner=moenster) | Q(lite_etternavn__ligner=moenster))
    return personer


def _koordinatorer(starter: Iterable[str]) -> QuerySet[Any]:
    """Accounts where each word begins a part of the name: a space stands before the first one too."""
    kontoer = Konto.objects.annotate(lite_navn=Lower(Concat(Value(" "), "navn")))
    for start in starter:
        kontoer = kontoer.filter(lite_navn__ligner=start)
    return kontoer.values_list("pk")[:KOORDINATORER_HOEYST]


KOORDINATORER = Forberedt(_koordinatorer)


def _nummer(tekst: str) -> tuple[bytes, ...]:
    """The blind indexes of a whole identity number; the number itself is looked for nowhere (N24)."""
    siffer = normaliser(tekst)
    return blindindekser(siffer) if len(siffer) == LENGDE and siffer.isascii() and siffer.isdigit() else ()


def _nye(
    konto: UUID, kontorer: Sequence[UUID], moenstre: Sequence[str], indekser: Sequence[bytes] | None
) -> QuerySet[Any]:
    nye = Henvendelse.objects.filter(henvendelser_i(konto, kontorer), tilstand=Henvendelse.Tilstand.NY)
    om = har_nummer(indekser, "person__") if indekser else Q(person__in=_personer(moenstre))
    return nye.filter(om).select_related("person").order_by("mottatt_dato", "id")[:HENVENDELSER_HOEYST]


NYE = Forberedt(_nye)


def _henvendelser(plass: Plass, tekst: str) -> list[Henvendelsetreff]:
    """The offices' open requests about the one who was looked for; one query."""
    indekser = _nummer(tekst)
    if not indekser and tekst[0].isdigit():
        return []
    if indekser:
        rader: Iterable[Henvendelse] = _nye(plass.konto, plass.kontorer, (), indekser)
    else:
        sted = {"konto": plass.konto, "kontorer": Mengde(plass.kontorer)}
        rader = NYE.objekter(**sted, moenstre=_moenstre(tekst), indekser=None)
    return [Henvendelsetreff(rad.pk, rad.person.navn, rad.mottatt_dato) for rad in rader]


def _saker(
    konto: UUID,
    kontorer: Sequence[UUID],
    i_dag: date,
    moenstre: Sequence[str],
    nummer: Sequence[str],
    ledere: Sequence[UUID],
) -> QuerySet[Any]:
    """Cases by the beginning and end of their number, or by name and by who coordinates them."""
    saker = Sak.objects.filter(i_kontorene(konto, kontorer))
    if nummer:
        saker = saker.filter(Q(nummer__ligner=nummer[0]) | Q(nummer__ligner=nummer[1]))
    else:
        saker = saker.filter(person__in=_personer(moenstre))
    deler: list[QuerySet[Any]] = [saker.order_by().values_list("pk", "nummer")[: HOEYST + 1]]
    if ledere:  # a case has one coordinator at a time (L3), so each of these is another case
        ledet = Deltakelse.objects.gjeldende(i_dag).koordinatorer().filter(konto__in=ledere)
        ledet = ledet.filter(i_kontorene(konto, kontorer, "sak__")).order_by()
        deler.append(ledet.values_list("sak", "sak__nummer")[: HOEYST + 1])
    return deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]


SAKER = Forberedt(_saker)


def _finn(plass: Plass, tekst: str, i_dag: date) -> dict[UUID, str]:
    """Keys and numbers of the cases that fit."""
    if indekser := _nummer(tekst):
        saker = Sak.objects.filter(i_kontorene(plass.konto, plass.kontorer), har_nummer(indekser, "person__"))
        return dict(saker.values_list("pk", "nummer")[: HOEYST + 1])
    likt = connection.ops.prep_for_like_query(tekst)
    nummer = (f"{likt}%", f"%{likt}") if tekst[0].isdigit() else ()
    starter = tuple(f"% {connection.ops.prep_for_like_query(ord_)}%" for ord_ in tekst.lower().split())
    ledere = () if nummer else Mengde(pk for (pk,) in KOORDINATORER.rader(starter=starter))
    rader = SAKER.rader(
        konto=plass.konto,
        kontorer=Mengde(plass.kontorer),
        i_dag=i_dag,
        moenstre=() if nummer else _moenstre(tekst),
        nummer=nummer,
        ledere=ledere,
    )
    return {rad[0]: rad[1] for rad in rader}


def soek(plass: Plass, tekst: str, i_dag: date) -> Treff:
    """The offices' cases that fit, in Norwegian order of name, at most 25, and their open requests; four queries."""
    tekst = " ".join(tekst.split())
    if not tekst:
        return Treff([], [], False, None)
    funnet = _finn(plass, tekst, i_dag)
    rader = les_rader(list(funnet)[:HOEYST], i_dag)
    eksakt = next((pk for pk, nummer in funnet.items() if nummer == tekst), None)
    return Treff(
        rader=sorted(rader.values(), key=lambda rad: (noekkel(rad.navn), rad.nummer)),
        henvendelser=_henvendelser(plass, tekst),
        har_flere=len(funnet) > HOEYST,
        noeyaktig=eksakt if SAKSNUMMER.fullmatch(tekst) else None,
    )
