"""What the weekly control reads: a few questions for the whole week, however many rows it has (N9, ytelse.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from tok.kjerne.klokke import OSLO
from tok.sak.models import Ansettelse, Habilitet, Innsyn, Loggfunn, Person
from tok.sak.sporringer.loggkontroll import start
from tok.sak.tilgang.roller import Rolle
from tok.sak.ukekontroll import grenser
from tok.sak.ukekontroll.regler import OM_EN_RELASJON, Adresse, Fakta, Oppslag, Rad, er_mange

# The person and those who stand for the person look at their own; nobody asks why.
SER_SITT_EGET = [str(rolle) for rolle in (Rolle.PERSON, Rolle.REPRESENTANT, Rolle.STOETTEPERSON, Rolle.SYSTEM)]
BOR_SAMMEN = [
    str(relasjon)
    for relasjon in (
        Habilitet.Relasjon.SELV,
        Habilitet.Relasjon.FORELDER,
        Habilitet.Relasjon.BARN,
        Habilitet.Relasjon.PARTNER,
        Habilitet.Relasjon.SOESKEN,
        Habilitet.Relasjon.FELLES_BARN,
    )
]


@dataclass(frozen=True)
class Dag:
    """An account's day: how many persons it looked up as what, and the rows."""

    konto_id: UUID
    konto_navn: str
    rolle: str
    antall: int
    rader: tuple[Rad, ...]


def uke_slutt(uke_fra: date) -> date:
    """The Monday after."""
    return uke_fra + timedelta(weeks=1)


def innsyn(fra: date, til: date) -> QuerySet[Innsyn]:
    """The rows of a period that are of one person, seen in somebody's work."""
    rader = Innsyn.objects.filter(tid__gte=start(fra), tid__lt=start(til), person_id__isnull=False)
    return rader.exclude(rolle__in=SER_SITT_EGET).exclude(handling=Innsyn.Handling.EKSPORT)


def les_oppslag(uke_fra: date) -> list[Oppslag]:
    """The week by account and person, put together by the database."""
    har_rolle = Q(grunnlag_type="deltakelse") | Q(sak__saksbehandler=F("konto"))
    grupper: Any = (
        innsyn(uke_fra, uke_slutt(uke_fra))
        .values("konto_id", "person_id")
        .annotate(
            navn=Max("konto_navn"),
            ider=ArrayAgg("pk", order_by="pk"),
            tider=ArrayAgg("tid", order_by="pk"),
            har_rolle=BoolOr(har_rolle),
            vernet=BoolOr("er_beskyttet"),
            ved_unntak=ArrayAgg("pk", filter=Q(grunnlag_type="unntakstilgang"), default=Value([])),
        )
        .order_by("konto_id", "person_id")
    )
    return [
        Oppslag(
            konto_id=rad["konto_id"],
            konto_navn=rad["navn"],
            person_id=rad["person_id"],
            rader=_rader(rad["ider"], rad["tider"]),
            har_rolle=bool(rad["har_rolle"]),
            vernet=rad["vernet"],
            ved_unntak=frozenset(rad["ved_unntak"]),
        )
        for rad in grupper
    ]


def _rader(ider: Iterable[int], tider: Iterable[datetime]) -> tuple[Rad, ...]:
    return tuple(Rad(pk, tid.astimezone(OSLO)) for pk, tid in zip(ider, tider, strict=True))


def les_fakta(oppslag: Iterable[Oppslag], uke_fra: date) -> Fakta:
    """Names, homes and places of work of those the week's rows are about."""
    personer = {ett.person_id for ett in oppslag}
    kontoer = {ett.konto_id for ett in oppslag}
    folk = list(Person.objects.filter(pk__in=personer).values_list("pk", "etternavn", "adresse"))
    return Fakta(
        etternavn={pk: etternavn for pk, etternavn, _adresse in folk},
        adresser={pk: adresse for pk, _navn, tekst in folk if (adresse := Adresse.les(tekst))},
        bosteder=_bosteder(kontoer),
        ansatte=_ansatte(personer, uke_fra),
        enheter=_enheter(Ansettelse.objects.filter(konto__in=kontoer), "konto", uke_fra),
    )


def _bosteder(kontoer: Iterable[UUID]) -> dict[UUID, set[Adresse]]:
    """Where accounts live, as far as they or their family are registered as persons."""
    bosteder: dict[UUID, set[Adresse]] = defaultdict(set)
    familie = Habilitet.objects.virksomme().filter(konto__in=kontoer, relasjon__in=BOR_SAMMEN)
    for konto, tekst in familie.values_list("konto", "person__adresse"):
        if adresse := Adresse.les(tekst):
            bosteder[konto].add(adresse)
    return bosteder


def _ansatte(personer: Iterable[UUID], uke_fra: date) -> dict[UUID, frozenset[UUID]]:
    """Persons who are employees too, and where they work."""
    selv = Habilitet.objects.virksomme().filter(person__in=personer, relasjon=Habilitet.Relasjon.SELV)
    konto_til = dict(selv.values_list("person", "konto"))
    enheter = _enheter(Ansettelse.objects.filter(konto__in=set(konto_til.values())), "konto", uke_fra)
    return {person: enheter[konto] for person, konto in konto_til.items() if konto in enheter}


def _enheter(ansettelser: Any, noekkel: str, uke_fra: date) -> dict[UUID, frozenset[UUID]]:
    funnet: dict[UUID, set[UUID]] = defaultdict(set)
    i_uka = ansettelser.filter(Q(til_dato__isnull=True) | Q(til_dato__gt=uke_fra), fra_dato__lt=uke_slutt(uke_fra))
    for konto, enhet in i_uka.values_list(noekkel, "enhet"):
        funnet[konto].add(enhet)
    return {konto: frozenset(enheter) for konto, enheter in funnet.items()}


def mange_dager(uke_fra: date) -> Iterator[Dag]:
    """The days of the week with unusually many persons, against the account's own usual day and the role's."""
    foer = uke_fra - timedelta(weeks=grenser.VANLIG_UKER.verdi)
    egne: dict[UUID, list[int]] = defaultdict(list)
    rollens: dict[str, list[int]] = defaultdict(list)
    for konto, rolle, antall in _per_dag(innsyn(foer, uke_fra)).values_list("konto_id", "rolle", "antall"):
        egne[konto].append(antall)
        rollens[rolle].append(antall)
    i_uka = _per_dag(innsyn(uke_fra, uke_slutt(uke_fra)))
    for konto, rolle, antall, dag in i_uka.filter(antall__gte=grenser.MANGE_MINST.verdi).values_list(
        "konto_id", "rolle", "antall", "dag"
    ):
        eget = median(egne[konto]) if len(egne[konto]) >= grenser.VANLIG_DAGER.verdi else None
        rollen = median(rollens[rolle]) if rollens[rolle] else None
        if er_mange(antall, eget, rollen):
            yield _dagen(konto, rolle, antall, dag)


def _per_dag(rader: QuerySet[Innsyn]) -> Any:
    per_dag = rader.annotate(dag=TruncDate("tid", tzinfo=OSLO)).values("konto_id", "rolle", "dag")
    return per_dag.annotate(antall=Count("person_id", distinct=True)).order_by("konto_id", "rolle", "dag")


def _dagen(konto: UUID, rolle: str, antall: int, dag: date) -> Dag:
    rader = list(
        innsyn(dag, dag + timedelta(days=1))
        .filter(konto=konto, rolle=rolle)
        .order_by("pk")
        .values_list("pk", "tid", "konto_navn")
    )
    ider, tider, navn = zip(*rader, strict=True)
    return Dag(konto, navn[-1], rolle, antall, _rader(ider, tider))


def alt_vurdert(uke_fra: date) -> set[tuple[str, UUID, UUID | None]]:
    """Relations a leader has assessed lately: rule, account, person."""
    siden = uke_fra - timedelta(weeks=grenser.VURDERT_UKER.verdi)
    lukkede = Loggfunn.objects.filter(
        regel__in=OM_EN_RELASJON, uke_fra__gte=siden, uke_fra__lt=uke_fra, lukket_tid__isnull=False
    )
    return set(lukkede.values_list("regel", "konto", "person_id"))
