"""The person's and the family's own page of one case: what happens next, who helps, what is agreed (R7, R17, L21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ansvarsgruppe.models import Innkalling, Moete, Referat
from ansvarsgruppe.sporringer import punkttekster, siste_innkallinger
from ansvarsgruppe.sporringer.skjult import merket
from tok.kjerne.forberedt import Forberedt
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.oversikt.sporringer import saken
from tok.oversikt.sporringer.sett import Sett, hvem_har_sett
from tok.sak.models import Deltakelse, Notat, Sak, Saksdokument, Samtykke, Tiltak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.notater import notatene
from tok.sak.tilgang.skjulte import uten_skjulte

HOEYST = 10
SISTE_SETT = 5
SPOERRES = (Rett.SE_MOETE, Rett.LESE_REFERAT, Rett.SE_DOKUMENTER, Rett.SE_SAMTYKKE, Rett.SE_LOGG)


@dataclass(frozen=True)
class Neste:
    """The next meeting: itself, its agenda, who is called, and whether the reader is."""

    moete: Moete
    punkter: list[str]
    innkalte: list[Innkalling]
    er_kalt: bool


@dataclass(frozen=True)
class MinSak:
    """What stands on the page. None means: not for this account at this age."""

    se_moeter: bool
    neste: Neste | None
    koordinator: Deltakelse | None
    vara: Deltakelse | None
    andre: list[Deltakelse]
    notater: list[Notat]
    tiltak: list[Tiltak]
    referat: Referat | None
    samtykker: list[Samtykke] | None
    dokumenter: list[Saksdokument] | None
    sett: list[Sett] | None


def _retter(konto_id: UUID, sak_id: UUID, i_dag: date) -> QuerySet[Any]:
    denne, konto = Sak.objects.filter(pk=OuterRef("pk")), Konto(pk=konto_id)
    spoersmaal: dict[str, Any] = {r.name.lower(): Exists(r.synlige(konto, denne, i_dag=i_dag)) for r in SPOERRES}
    return Sak.objects.filter(pk=sak_id).annotate(**spoersmaal).values_list(*spoersmaal)


def _saker(konto_id: UUID, i_dag: date) -> QuerySet[Sak]:
    mine = Rett.SE_EGEN_SAK.synlige(Konto(pk=konto_id), Sak.objects.all(), i_dag=i_dag)
    return mine.select_related("person").order_by("tilstand", "person__fornavn", "nummer")[:HOEYST]


def _neste_moete(sak_id: UUID, konto_id: UUID, i_dag: date, naa: datetime) -> QuerySet[Moete]:
    aapne = Moete.objects.filter(gruppe__sak=sak_id, tilstand__in=["planlagt", "innkalt"], slutt_tid__gte=naa)
    synlige = merket(uten_skjulte(Konto(pk=konto_id), aapne, i_dag))
    return synlige.select_related("gruppe__sak__person").order_by("start_tid", "pk")[:1]


def _siste_referat(sak_id: UUID, konto_id: UUID, i_dag: date) -> QuerySet[Referat]:
    ferdige = Referat.objects.filter(moete__gruppe__sak=sak_id, tilstand=Referat.Tilstand.FERDIG)
    synlige = uten_skjulte(Konto(pk=konto_id), ferdige, i_dag)
    return synlige.select_related("moete").order_by("-moete__start_tid", "-versjon")[:1]


def _dokumenter(sak_id: UUID, konto_id: UUID, i_dag: date) -> QuerySet[Saksdokument]:
    """Letters to others and the minutes are not among them: these have doors of their own."""
    egne = Saksdokument.objects.filter(sak=sak_id).exclude(type__in=["innkalling", "referat"])
    return uten_skjulte(Konto(pk=konto_id), egne, i_dag).order_by("-dato", "tittel")[:HOEYST]


RETTER, SAKER, NESTE = Forberedt(_retter), Forberedt(_saker), Forberedt(_neste_moete)
REFERAT, DOKUMENTER = Forberedt(_siste_referat), Forberedt(_dokumenter)
SAMTYKKER = Forberedt(
    lambda sak_id, i_dag: Samtykke.objects.gyldige(i_dag).filter(sak=sak_id).order_by("gyldig_tom", "pk")
)


def mine_saker(konto: Konto, i_dag: date) -> list[Sak]:
    """The cases the account may see as the person or for it, the open first."""
    return SAKER.objekter(konto_id=konto.pk, i_dag=i_dag) if konto.is_active else []


def _neste(sak: Sak, konto: Konto, naa: datetime) -> Neste | None:
    i_dag = lokal_dato(naa)
    moete = next(iter(NESTE.objekter(sak_id=sak.pk, konto_id=konto.pk, i_dag=i_dag, naa=naa)), None)
    if moete is None:
        return None
    innkalte = siste_innkallinger(moete)
    er_kalt = any(rad.deltakelse.konto_id == konto.pk for rad in innkalte)
    return Neste(moete, punkttekster(moete), innkalte, er_kalt)


def les(sak: Sak, konto: Konto, naa: datetime) -> MinSak:
    """Everything on the page, with a number of queries that does not grow with the rows."""
    i_dag = lokal_dato(naa)
    (svar,) = RETTER.rader(konto_id=konto.pk, sak_id=sak.pk, i_dag=i_dag)
    kan = {rett for rett, holder in zip(SPOERRES, svar, strict=True) if holder and konto.is_active}
    hvor = {"sak_id": sak.pk, "konto_id": konto.pk, "i_dag": i_dag}
    faste, ved_behov = saken.deltakere(sak, i_dag)
    leser = Rett.LESE_REFERAT in kan
    ledere = {d.rolle: d for d in reversed(faste) if d.rolle in ("koordinator", "vara")}
    return MinSak(
        se_moeter=Rett.SE_MOETE in kan,
        neste=_neste(sak, konto, naa) if Rett.SE_MOETE in kan else None,
        koordinator=ledere.get("koordinator"),
        vara=ledere.get("vara"),
        andre=[d for d in (*faste, *ved_behov) if d.rolle not in ledere],
        notater=notatene(sak, konto, i_dag, antall=HOEYST),
        tiltak=saken.TILTAK.objekter(**hvor, alle=leser)[:HOEYST],
        referat=next(iter(REFERAT.objekter(**hvor)), None) if leser else None,
        samtykker=SAMTYKKER.objekter(sak_id=sak.pk, i_dag=i_dag) if Rett.SE_SAMTYKKE in kan else None,
        dokumenter=DOKUMENTER.objekter(**hvor) if Rett.SE_DOKUMENTER in kan else None,
        sett=hvem_har_sett(sak, konto, i_dag, antall=SISTE_SETT, andre=True).rader if Rett.SE_LOGG in kan else None,
    )
