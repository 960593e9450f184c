"""The case page: what is read besides the head, and only what this account may see of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tok.kjerne.forberedt import Forberedt
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.rekkefoelge import noekkel
from tok.sak import bidrag
from tok.sak.dagbok import Dagbokslinje, setninger
from tok.sak.models import Avkryssing, Deltakelse, Hendelse, Sak, Sjekkpunkt, Tiltak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.skjulte import uten_skjulte, uten_spor

SISTE = 5
TILTAK_HOEYST = 10
ROLLER_I_REKKEFOELGE = ("person", "representant", "koordinator", "vara", "medkoordinator", "fast", "stoetteperson")


@dataclass(frozen=True)
class Kort:
    """A floor's card: its template and its plain data."""

    mal: str
    data: dict[str, object]


@dataclass(frozen=True)
class Punkt:
    """One point of a checklist, when it was ticked, and whether the case itself tells that it is done."""

    id: int
    tekst: str
    kilde: str
    tid: datetime | None
    er_kjent: bool = False

    @property
    def er_gjort(self) -> bool:
        return self.tid is not None or self.er_kjent


@dataclass(frozen=True)
class Sjekkstatus:
    """One checklist of the case and how far it has come."""

    navn: str
    punkter: list[Punkt]
    er_neste: bool = False  # the first that is not done stands open

    @property
    def alle(self) -> int:
        return len(self.punkter)

    @property
    def gjort(self) -> int:
        return sum(1 for punkt in self.punkter if punkt.er_gjort)


@dataclass(frozen=True)
class SakOversikt:
    """The case page. None means: not for this account."""

    kort: list[Kort]
    faste: list[Deltakelse]
    ved_behov: list[Deltakelse]
    tiltak: list[Tiltak]
    bare_egne_tiltak: bool
    flere_tiltak: bool
    sjekklister: list[Sjekkstatus] | None
    dagbok: list[Dagbokslinje] | None

    @property
    def antall_deltakere(self) -> int:
        return len(self.faste) + len(self.ved_behov)


SPOERRES = (Rett.LESE_REFERAT, Rett.SE_LOGG, Rett.KRYSSE_AV)


def _retter(konto_id: UUID, sak_id: UUID, i_dag: date) -> QuerySet[Any]:
    denne, konto = Sak.objects.filter(pk=OuterRef("pk")), Konto(pk=konto_id)
    spoersmaal: dict[str, Any] = {r.name.lower(): Exists(r.synlige(konto, denne, i_dag=i_dag)) for r in SPOERRES}
    return Sak.objects.filter(pk=sak_id).annotate(**spoersmaal).values_list(*spoersmaal)


RETTER = Forberedt(_retter)


def _holder(sak: Sak, konto: Konto, i_dag: date) -> dict[Rett, bool]:
    """Which of the rights hold for just this case: one query, answered by the door itself."""
    (svar,) = RETTER.rader(konto_id=konto.pk, sak_id=sak.pk, i_dag=i_dag)
    return {rett: konto.is_active and holder for rett, holder in zip(SPOERRES, svar, strict=True)}


DELTAKERE = Forberedt(
    lambda sak_id, i_dag: (
        Deltakelse.objects.gjeldende(i_dag).filter(sak=sak_id).select_related("konto", "kontakt", "enhet")
    )
)


def deltakere(sak: Sak, i_dag: date) -> tuple[list[Deltakelse], list[Deltakelse]]:
    """Who takes part today, the family first; apart from them those who are called when needed."""
    alle: list[Deltakelse] = DELTAKERE.objekter(sak_id=sak.pk, i_dag=i_dag)
    for deltakelse in alle:
        deltakelse.sak = sak
    plass = {rolle: nr for nr, rolle in enumerate(ROLLER_I_REKKEFOELGE)}
    alle.sort(key=lambda d: (plass.get(d.rolle, len(plass)), noekkel(d.navn)))
    ved_behov = Deltakelse.Rolle.VED_BEHOV
    return [d for d in alle if d.rolle != ved_behov], [d for d in alle if d.rolle == ved_behov]


def _tiltakene(sak_id: UUID, konto_id: UUID, i_dag: date, alle: bool) -> QuerySet[Tiltak]:
    tiltak = Tiltak.objects.filter(sak=sak_id, tilstand=Tiltak.Tilstand.AAPENT)
    tiltak = uten_skjulte(Konto(pk=konto_id), tiltak, i_dag)
    if not alle:
        egne = Deltakelse.objects.gjeldende(i_dag).filter(sak=sak_id, konto=konto_id)
        tiltak = tiltak.filter(ansvarlig_deltakelse__in=egne)
    return tiltak.order_by("frist_dato", "id")[: TILTAK_HOEYST + 1]


TILTAK = Forberedt(_tiltakene)


def _tiltak(sak: Sak, konto: Konto, i_dag: date, alle: bool) -> list[Tiltak]:
    """All open tasks for those who may read the minutes they come from; one's own for everybody else (L13)."""
    return TILTAK.objekter(sak_id=sak.pk, konto_id=konto.pk, i_dag=i_dag, alle=alle)


def _er_kjent(sak: Sak, kilde: str, i_dag: date) -> bool:
    """Derived, not ticked: what the floors know of the point (`bidrag.kjente_kryss`)."""
    vet = bidrag.kjente_kryss.get(kilde, [])
    return bool(vet) and all(ett(sak, i_dag) for ett in vet)


def _punkter(sak_id: UUID, aapnet: date) -> QuerySet[Any]:
    gjaldt = Q(sjekkliste__gjelder_fra__lte=aapnet) & (
        Q(sjekkliste__gjelder_til__isnull=True) | Q(sjekkliste__gjelder_til__gt=aapnet)
    )
    kryss = Avkryssing.objects.filter(sak=sak_id, punkt=OuterRef("pk")).values("tid")[:1]
    punkter = Sjekkpunkt.objects.filter(gjaldt).order_by("sjekkliste", "nr")
    return punkter.values_list("sjekkliste__navn", "id", "tekst", "kilde", Subquery(kryss))


PUNKTER = Forberedt(_punkter)


def sjekkstatus(sak: Sak, i_dag: date) -> list[Sjekkstatus]:
    """The lists that held when the case was opened, with their ticks (C8); one query, and those of what is known."""
    punkter = PUNKTER.rader(sak_id=sak.pk, aapnet=sak.aapnet_dato)
    lister = groupby(punkter, key=itemgetter(0))
    statuser = [
        Sjekkstatus(
            navn,
            [
                Punkt(noekkel, tekst, kilde, tid, er_kjent=tid is None and _er_kjent(sak, kilde, i_dag))
                for _navn, noekkel, tekst, kilde, tid in rader
            ],
        )
        for navn, rader in lister
    ]
    neste = next((status for status in statuser if status.gjort < status.alle), None)
    return [replace(status, er_neste=status is neste) for status in statuser]


def _hendelsene(sak_id: UUID, konto_id: UUID, i_dag: date, antall: int) -> QuerySet[Hendelse]:
    synlige = uten_spor(Konto(pk=konto_id), Hendelse.objects.filter(sak=sak_id), i_dag)
    return synlige.order_by("-tid", "-id")[:antall]


HENDELSER = Forberedt(_hendelsene)


def siste_hendelser(sak: Sak, konto: Konto, i_dag: date, antall: int = SISTE) -> list[Dagbokslinje]:
    """The newest lines of the diary that are not hidden from the account."""
    return setninger(HENDELSER.objekter(sak_id=sak.pk, konto_id=konto.pk, i_dag=i_dag, antall=antall))


def les_sak(sak: Sak, konto: Konto, i_dag: date) -> SakOversikt:
    """Everything on the case page but the head, with a number of queries that does not grow with the rows."""
    holder = _holder(sak, konto, i_dag)
    faste, ved_behov = deltakere(sak, i_dag)
    tiltak = _tiltak(sak, konto, i_dag, holder[Rett.LESE_REFERAT])
    kort = (
        Kort(oppslag.mal, data)
        for oppslag in sorted(bidrag.oppslag, key=lambda o: o.rekkefoelge)
        if (data := oppslag.data(sak, konto, i_dag)) is not None
    )
    return SakOversikt(
        kort=list(kort),
        faste=faste,
        ved_behov=ved_behov,
        tiltak=tiltak[:TILTAK_HOEYST],
        bare_egne_tiltak=not holder[Rett.LESE_REFERAT],
        flere_tiltak=len(tiltak) > TILTAK_HOEYST,
        sjekklister=sjekkstatus(sak, i_dag) if holder[Rett.KRYSSE_AV] else None,
        dagbok=siste_hendelser(sak, konto, i_dag) if holder[Rett.SE_LOGG] else None,
    )
