"""What the privacy officer, the leaders and each account read of the reading log; never what a case holds.

`uhildet` says of a path to a person that the officer has no relation to that person: rows about others are as if they
were not there, since whose case it is and who sees it is told by the log too (N12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto, Sikkerhetslogg
from tok.sak.models import Ansettelse, Innsyn, Loggfunn, Sak, Ukekontroll, Unntakstilgang
from tok.sak.models.spor import rolle_i_ord

EN_DAG, EN_UKE = timedelta(days=1), timedelta(weeks=1)
VIST = 100
GAMMELT = timedelta(days=14)

Regel = Loggfunn.Regel
Uhildet = Callable[[str], Q]
FORKLART = {
    Regel.EGET_NAVN: _("Slo opp en person med samme etternavn som seg selv."),
    Regel.NABO: _("Slo opp en person som bor på samme adresse eller rett ved."),
    Regel.KOLLEGA: _("Slo opp en person som er ansatt i kommunen."),
    Regel.MANGE: _("Slo opp uvanlig mange personer på én dag."),
    Regel.UTENFOR_ARBEIDSTID: _("Slo opp en person flere ganger utenfor arbeidstida."),
    Regel.UNNTAK: _("Brukte unntakstilgang."),
    Regel.VERNET: _("Slo opp en person med vern, uten å ha en oppgave i saken."),
}


def start(dag: date) -> datetime:
    """Midnight in Oslo."""
    return datetime.combine(dag, time.min, tzinfo=OSLO)


def mandag(dag: date) -> date:
    """The Monday of the week a day is in."""
    return dag - timedelta(days=dag.weekday())


@dataclass(frozen=True)
class Funnlinje:
    """One finding with its sentence; `saksnummer` is shown to the officer alone."""

    funn: Loggfunn
    setning: Any
    saksnummer: str
    er_gammelt: bool


@dataclass(frozen=True)
class Avvist:
    """Refused attempts of one day."""

    dag: date
    antall: int
    kontoer: int


@dataclass(frozen=True)
class Ukebilde:
    """The privacy officer's week. `forrige` and `neste` are Mondays to leaf to; `neste` is None in this week."""

    fra: date
    til: date
    forrige: date
    neste: date | None
    kontroll: Ukekontroll | None
    funn: list[Funnlinje]
    eldre: list[Funnlinje]
    unntak: list[Unntakstilgang]
    avvist: list[Avvist]
    vernede: list[dict[str, Any]]


def les_uke(fra: date, uhildet: Uhildet, *, naa: datetime, i_dag: date) -> Ukebilde:
    """Read the week from a Monday, by a fixed number of questions."""
    til = fra + EN_UKE
    i_uka = {"tid__gte": start(fra), "tid__lt": start(til)}
    alle = Loggfunn.objects.filter(uhildet("person_id")).select_related("leder", "lukket_av")
    funn = alle.order_by("lukket_tid", "konto_navn", "regel")
    aapne = funn.filter(lukket_tid=None, uke_fra__lt=fra).order_by("funnet_tid", "pk")
    egne, eldre = list(funn.filter(uke_fra=fra)[:VIST]), list(aapne[:VIST])
    linjer = linjene([*egne, *eldre], naa=naa)
    unntak = Unntakstilgang.objects.filter(
        uhildet("sak__person"), aapnet_tid__gte=start(fra), aapnet_tid__lt=start(til)
    )
    vernede = (
        Innsyn.objects.filter(uhildet("person_id"), **i_uka, er_beskyttet=True)
        .exclude(rolle__in=["person", "representant"])
        .values("konto", "konto_navn", "rolle", "sak__nummer")
        .annotate(antall=Count("pk"), sist=Max("tid"))
        .order_by("-antall", "konto_navn")
    )
    return Ukebilde(
        fra=fra,
        til=til - EN_DAG,
        forrige=fra - EN_UKE,
        neste=til if til <= i_dag else None,
        kontroll=Ukekontroll.objects.filter(uke_fra=fra).first(),
        funn=linjer[: len(egne)],
        eldre=linjer[len(egne) :],
        unntak=list(unntak.select_related("sak", "leder").order_by("aapnet_tid")[:VIST]),
        avvist=_avvist(i_uka),
        vernede=[{**rad, "rolle": rolle_i_ord(rad["rolle"])} for rad in vernede[:VIST]],
    )


def _avvist(i_uka: dict[str, datetime]) -> list[Avvist]:
    per_dag = (
        Sikkerhetslogg.objects.filter(**i_uka, hva="avvist")
        .annotate(dag=TruncDate("tid", tzinfo=OSLO))
        .values("dag")
        .annotate(antall=Count("pk"), kontoer=Count("konto_id", distinct=True))
        .order_by("dag")
    )
    return [Avvist(rad["dag"], rad["antall"], rad["kontoer"]) for rad in per_dag]


def linjene(funnene: Iterable[Loggfunn], *, naa: datetime) -> list[Funnlinje]:
    """Findings with their sentences, and the case number of the first row of each that is of one person."""
    funnene = list(funnene)
    foerste = [funn.innsyn_ider[0] for funn in funnene if funn.person_id]
    numre = dict(Innsyn.objects.filter(pk__in=foerste).values_list("pk", "sak__nummer"))
    return [
        Funnlinje(
            funn=funn,
            setning=FORKLART[Regel(funn.regel)],
            saksnummer=numre.get(funn.innsyn_ider[0]) or "" if funn.person_id else "",
            er_gammelt=funn.er_aapent and funn.funnet_tid <= naa - GAMMELT,
        )
        for funn in funnene
    ]


def radene(funn: Loggfunn, uhildet: Uhildet) -> QuerySet[Innsyn]:
    """The rows a finding names, the oldest first, no more than a person can read."""
    rader = Innsyn.objects.filter(uhildet("person_id"), pk__in=funn.innsyn_ider[:VIST])
    return rader.select_related("sak").order_by("tid", "pk")


@dataclass(frozen=True)
class Treff:
    """What a search in the log found: whose rows, or of which case, and whether there are more."""

    sak: Sak | None
    kontoer: list[Konto]
    rader: list[Innsyn]
    har_flere: bool


def soek(tekst: str, fra: date, til: date, uhildet: Uhildet) -> Treff:
    """By the whole case number, or else by the account's name; `til` is the last day."""
    sak = Sak.objects.filter(uhildet("person"), nummer=tekst).select_related("person").first()
    kontoer = [] if sak else list(Konto.objects.filter(navn__icontains=tekst).order_by("navn", "pk")[:VIST])
    hvem = Q(sak=sak) if sak else Q(konto__in=kontoer)
    rader = Innsyn.objects.filter(hvem, uhildet("person_id"), tid__gte=start(fra), tid__lt=start(til + EN_DAG))
    funnet = list(rader.select_related("sak").order_by("-tid", "-pk")[: VIST + 1])
    return Treff(sak, kontoer, funnet[:VIST], len(funnet) > VIST)


def ansattes(leder: Konto, i_dag: date) -> QuerySet[Innsyn]:
    """What own staff looked at as somebody of the leader's own units, while they worked there (N7)."""
    ledet = Ansettelse.objects.gjeldende(i_dag).som(Ansettelse.Rolle.LEDER).filter(konto=leder)
    navn_til = dict(ledet.values_list("enhet", "enhet__navn"))
    egne = list(navn_til)
    arbeid = Ansettelse.objects.filter(konto=OuterRef("konto"), fra_dato__lte=OuterRef("dag"))
    arbeid = arbeid.filter(Q(til_dato__isnull=True) | Q(til_dato__gt=OuterRef("dag")))
    ansatte = Ansettelse.objects.filter(enhet__in=egne).exclude(konto=leder)
    rader = Innsyn.objects.filter(konto__in=ansatte.values("konto")).annotate(dag=TruncDate("tid", tzinfo=OSLO))
    er_her = Exists(arbeid.filter(enhet__in=egne))
    andre_steder = Exists(arbeid.exclude(enhet__in=egne))
    return rader.filter(er_her, Q(enhet__in=navn_til.values()) | Q(enhet="") & ~andre_steder)
