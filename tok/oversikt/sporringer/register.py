"""The register: pick 26 cases by an index, then read what is shown of those alone (R232, ytelse.md goal 1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from ansvarsgruppe import frister
from ansvarsgruppe.models import Moete
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.kontor import koordinator_i
from tok.oversikt.sporringer.rekkefoelge import norsk
from tok.oversikt.sporringer.tall import over_fristen, uten_koordinator
from tok.sak.models import Deltakelse, Enhet, Frist, Person, Sak
from tok.sak.models.folk import kallenavn

SIDE = 25


@dataclass(frozen=True)
class Utvalg:
    """What the register is filtered by."""

    tilstand: str = Sak.Tilstand.AAPEN
    koordinator: UUID | None = None
    enhet: UUID | None = None
    mangler: str = ""  # koordinator, referat or gjennomgang


@dataclass(frozen=True)
class Merke:
    """Where a page of the list ends: the keyset, and what it looks like in an address."""

    aapnet: date
    sak_id: UUID

    def __str__(self) -> str:
        return f"{self.aapnet.isoformat()}_{self.sak_id.hex}"

    @classmethod
    def les(cls, tekst: str) -> Merke | None:
        """None for anything that is not a mark, so that a spoilt address shows the first page."""
        dato, _skille, noekkel = tekst.partition("_")
        try:
            return cls(date.fromisoformat(dato), UUID(noekkel))
        except ValueError:
            return None


@dataclass(frozen=True)
class Registerrad:
    """One case as the register shows it."""

    sak_id: UUID
    nummer: str
    navn: str
    foedselsdato: date
    skjermet: bool
    tilstand: str
    aapnet: date
    avsluttet: date | None
    koordinator: str
    koordinator_telefon: str
    koordinator_fra: date | None  # is appointed, and begins later
    enhet: str
    gruppe_opprettet: date | None
    neste_moete: datetime | None
    gjennomgang: date | None


@dataclass(frozen=True)
class Registerside:
    """One page, and the mark the next one begins after."""

    rader: list[Registerrad]
    neste: Merke | None


def _filtrert(saker: QuerySet[Sak], utvalg: Utvalg, i_dag: date) -> QuerySet[Sak]:
    leder = Deltakelse.objects.gjeldende(i_dag).koordinatorer().filter(sak=OuterRef("pk"))
    if utvalg.koordinator:
        saker = saker.filter(Exists(leder.filter(konto=utvalg.koordinator)))
    if utvalg.enhet:
        saker = saker.filter(Exists(leder.filter(enhet=utvalg.enhet)))
    if utvalg.mangler == "koordinator":
        saker = uten_koordinator(saker, i_dag)
    elif utvalg.mangler == "referat":
        saker = over_fristen(saker, frister.REFERAT.kode, i_dag)
    elif utvalg.mangler == "gjennomgang":
        saker = over_fristen(saker, frister.AARLIG_GJENNOMGANG.kode, i_dag)
    return saker


def _plukk(kontorer: Iterable[UUID], utvalg: Utvalg, etter: Merke | None, i_dag: date) -> list[tuple[date, UUID]]:
    """The keys of the page and one more: each office and state walks its own index, and the best are kept."""
    tilstander = [utvalg.tilstand] if utvalg.tilstand else list(Sak.Tilstand.values)
    deler: list[QuerySet[Any]] = []
    for kontor in kontorer:
        for tilstand in tilstander:
            saker = _filtrert(Sak.objects.filter(kontor=kontor, tilstand=tilstand), utvalg, i_dag)
            if etter:
                saker = saker.filter(aapnet_dato__lte=etter.aapnet)
                saker = saker.filter(Q(aapnet_dato__lt=etter.aapnet) | Q(id__lt=etter.sak_id))
            deler.append(saker.order_by("-aapnet_dato", "-id").values_list("aapnet_dato", "id")[: SIDE + 1])
    if not deler:
        return []
    alle = deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]
    return sorted(alle, key=lambda rad: (rad[0], rad[1].int), reverse=True)[: SIDE + 1]


KOLONNER = (
    "id",
    "nummer",
    "person__fornavn",
    "person__etternavn",
    "person__foedselsdato",
    "person__adressebeskyttelse",
    "tilstand",
    "aapnet_dato",
    "avsluttet_dato",
    "koordinator__konto__navn",
    "koordinator__konto__telefon",
    "koordinator__enhet__navn",
    "kommende",
    "kommende_fra",
    "gruppe__opprettet_dato",
    "neste_moete",
    "gjennomgang",
)


def les_rader(noekler: Iterable[UUID], i_dag: date) -> dict[UUID, Registerrad]:
    """What the lists show of just these cases, in one query."""
    midnatt = datetime.combine(i_dag, time(), tzinfo=OSLO)
    moeter = Moete.objects.filter(gruppe__sak=OuterRef("pk"), start_tid__gte=midnatt).exclude(
        tilstand=Moete.Tilstand.AVLYST
    )
    gjennomgang = Frist.objects.aapne().filter(sak=OuterRef("pk"), regel=frister.AARLIG_GJENNOMGANG.kode)
    kommende = Deltakelse.objects.kommende(i_dag).koordinatorer().filter(sak=OuterRef("pk")).order_by("fra_dato")
    rader = (
        Sak.objects.filter(pk__in=list(noekler))
        .annotate(
            kommende=Subquery(kommende.values("konto__navn")[:1]),
            kommende_fra=Subquery(kommende.values("fra_dato")[:1]),
            koordinator=koordinator_i("", i_dag),
            neste_moete=Subquery(moeter.order_by().values("gruppe__sak").values(tid=Min("start_tid"))),
            gjennomgang=Subquery(gjennomgang.values("forfall")[:1]),
        )
        .values_list(*KOLONNER)
    )
    return {rad[0]: _rad(*rad) for rad in rader}


def _rad(
    sak_id: UUID, nummer: str, fornavn: str, etternavn: str, foedt: date, beskyttelse: str, tilstand: str, *resten: Any
) -> Registerrad:
    aapnet, avsluttet, koordinator, telefon, enhet, kommende, fra, gruppe, moete, gjennomgang = resten
    return Registerrad(
        sak_id=sak_id,
        nummer=nummer,
        navn=kallenavn(fornavn, etternavn),
        foedselsdato=foedt,
        skjermet=beskyttelse != Person.Adressebeskyttelse.INGEN,
        tilstand=tilstand,
        aapnet=aapnet,
        avsluttet=avsluttet,
        koordinator=koordinator or kommende or "",
        koordinator_telefon=telefon or "",
        koordinator_fra=None if koordinator else fra,
        enhet=enhet or "",
        gruppe_opprettet=gruppe,
        neste_moete=moete,
        gjennomgang=gjennomgang,
    )


def side(kontorer: Iterable[UUID], utvalg: Utvalg, etter: Merke | None, i_dag: date) -> Registerside:
    """One page of the offices' cases, newest first: two queries, as quick on page 1,000 as on page 1."""
    plukket = _plukk(kontorer, utvalg, etter, i_dag)
    vises, mer = plukket[:SIDE], plukket[SIDE:]
    rader = les_rader([noekkel for _aapnet, noekkel in vises], i_dag)
    return Registerside(
        rader=[rader[noekkel] for _aapnet, noekkel in vises if noekkel in rader],
        neste=Merke(*vises[-1]) if mer else None,
    )


def koordinatorer(kontorer: Iterable[UUID], i_dag: date) -> list[tuple[str, str]]:
    """Those who coordinate a case of the offices today, in Norwegian order, for the filter."""
    leder = Deltakelse.objects.gjeldende(i_dag).koordinatorer()
    i_kontoret = leder.filter(konto=OuterRef("pk"), sak__kontor__in=list(kontorer))
    kontoer = Konto.objects.filter(Exists(i_kontoret)).order_by(norsk("navn"), "id")
    return [(str(noekkel), navn) for noekkel, navn in kontoer.values_list("id", "navn")]


def enheter() -> list[tuple[str, str]]:
    """All units in Norwegian order, for the filter."""
    rader = Enhet.objects.order_by(norsk("navn"), "id").values_list("id", "navn")
    return [(str(noekkel), navn) for noekkel, navn in rader]
