"""Where access comes from: one queryset per source, joined by UNION ALL (ytelse.md choice 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from tok.kjerne.forberedt import Forberedt
from tok.kjerne.forespoersel import gjeldende
from tok.kjerne.models import Konto
from tok.sak.models import (
    Ansettelse,
    Deltakelse,
    Nivaa,
    Omraade,
    Sak,
    Samtykke,
    Samtykkedeltaker,
    Unntakstilgang,
)
from tok.sak.querysets import DeltakelseSpoerringer
from tok.sak.tilgang import sperrer
from tok.sak.tilgang.roller import ANSATT_I_SAKEN, ANSETTELSESROLLER, DELTAKERROLLER, Adgang, Rolle, Vilkaar


def kontorer(konto: Konto, roller: Iterable[Rolle], i_dag: date) -> QuerySet[Any]:
    """The units where the account holds one of the roles today."""
    return Ansettelse.objects.gjeldende(i_dag).som(*roller).filter(konto=konto).values("enhet")


def virksomme(i_dag: date) -> DeltakelseSpoerringer:
    """The memberships that open something today: who leads a case does so only while employed (N14).

    What protection or a relation closes is no membership at all (N11, N12).
    """
    i_arbeid = Exists(Ansettelse.objects.gjeldende(i_dag).filter(konto=OuterRef("konto")))
    deltar = Deltakelse.objects.gjeldende(i_dag).filter(~Q(rolle__in=ANSATT_I_SAKEN) | i_arbeid)
    return sperrer.virksomme_roller(deltar)


def deltakelser(konto: Konto, i_dag: date) -> DeltakelseSpoerringer:
    """Those of one account."""
    return virksomme(i_dag).filter(konto=konto)


def egne(konto: Konto, qs: QuerySet[Any], roller: Iterable[Rolle], i_dag: date) -> QuerySet[Any]:
    """The rows that name the account; where they name it as somebody of a unit, only while it is that there (N2)."""
    modell: Any = qs.model
    egne = qs.filter(**{modell.EGEN_STI: konto})
    if hasattr(modell, "SAK_STI"):
        egne = egne.filter(sperrer.uhildet(konto, person=f"{modell.SAK_STI}__person"))
    enhet = getattr(modell, "EGEN_ENHET_STI", None)
    return egne.filter(**{f"{enhet}__in": kontorer(konto, roller, i_dag)}) if enhet else egne


# Whose reading the dated rules of age decide (B7), who may open a timed exception, and how far it reaches (N10).
ETTER_ALDER = frozenset({Rolle.PERSON, Rolle.REPRESENTANT})
KAN_AAPNE_UNNTAK = frozenset({Rolle.TOK, Rolle.SYSTEMANSVARLIG})
UNNTAK_TIL_OG_MED = Nivaa.SKJERMET

LEDER_SAKEN = frozenset({Rolle.KOORDINATOR, Rolle.VARA})


@dataclass(frozen=True)
class Arbeid:
    """One employment of today."""

    id: UUID
    rolle: str
    enhet_id: UUID
    enhet: str


@dataclass(frozen=True)
class Stilling:
    """What an account is today: where it works as what, which cases it leads, and all it is in any case."""

    arbeid: tuple[Arbeid, ...]
    ledede_saker: tuple[UUID, ...]
    roller: frozenset[str]


def _stilling(konto_id: UUID, i_dag: date) -> QuerySet[Any]:
    konto = Konto(pk=konto_id)
    arbeid = Ansettelse.objects.gjeldende(i_dag).filter(konto=konto).values_list("rolle", "enhet", "id", "enhet__navn")
    deltar = deltakelser(konto, i_dag)
    ingen = {"n": Cast(Value(None), UUIDField()), "t": Value("", output_field=CharField())}
    ledet = deltar.filter(rolle__in=LEDER_SAKEN).annotate(**ingen).values_list("rolle", "sak", "n", "t").distinct()
    ellers = deltar.exclude(rolle__in=LEDER_SAKEN).annotate(**ingen, s=ingen["n"]).order_by()
    return arbeid.union(ledet, ellers.values_list("rolle", "s", "n", "t").distinct(), all=True)


STILLING = Forberedt(_stilling)


def stilling(konto: Konto, i_dag: date) -> Stilling:
    """Asked once for each answer, by one query, and anew in the next (N1)."""
    minne, noekkel = gjeldende().minne, f"stilling:{konto.pk}:{i_dag}"
    if noekkel not in minne:
        rader = STILLING.rader(konto_id=konto.pk, i_dag=i_dag)
        minne[noekkel] = Stilling(
            arbeid=tuple(Arbeid(id_, rolle, sted, navn) for rolle, sted, id_, navn in rader if id_ is not None),
            ledede_saker=tuple({sak for rolle, sak, id_, _navn in rader if id_ is None and rolle in LEDER_SAKEN}),
            roller=frozenset(rad[0] for rad in rader),
        )
    husket: Stilling = minne[noekkel]
    return husket


def roller_naa(konto: Konto, i_dag: date) -> frozenset[str]:
    """What the account is anywhere today; for menus."""
    return stilling(konto, i_dag).roller


def _i_saken(konto_id: UUID, sak_id: UUID, kontor_id: UUID, i_dag: date) -> QuerySet[Any]:
    konto = Konto(pk=konto_id)
    deltar = deltakelser(konto, i_dag).filter(sak=sak_id).values_list("rolle", flat=True)
    aapen = Sak.objects.filter(sperrer.aapen_sak(konto), pk=sak_id)
    arbeider = Ansettelse.objects.gjeldende(i_dag).filter(Exists(aapen), konto=konto, enhet=kontor_id)
    unntak = Value(str(Rolle.UNNTAK), output_field=CharField())
    inne = unntakene(konto, i_dag).filter(sak=sak_id).annotate(rolle=unntak).values_list("rolle", flat=True)
    return deltar.union(arbeider.values_list("rolle", flat=True), inne)


I_SAKEN = Forberedt(_i_saken)


def roller_i_sak(konto: Konto, sak: Sak, i_dag: date) -> frozenset[Rolle]:
    """What the account is in just this case today, asked once for each answer; for menus and buttons, never a guard."""
    minne, noekkel = gjeldende().minne, f"roller:{konto.pk}:{sak.pk}:{i_dag}"
    if noekkel not in minne:
        rader = I_SAKEN.rader(konto_id=konto.pk, sak_id=sak.pk, kontor_id=sak.kontor_id, i_dag=i_dag)
        kjente = set(Rolle)
        minne[noekkel] = frozenset(Rolle(rolle) for (rolle,) in rader if rolle in kjente)
    husket: frozenset[Rolle] = minne[noekkel]
    return husket


def _samtykke(i_dag: date, vilkaar: Vilkaar) -> Any:
    return Samtykke.objects.gyldige(i_dag, vilkaar.value)


def _fra_ansettelse(
    konto: Konto, adganger: Iterable[Adgang], blant: QuerySet[Any] | None, i_dag: date
) -> list[QuerySet[Any]]:
    kilder = []
    alle = Sak.objects.all() if blant is None else Sak.objects.filter(pk__in=blant)
    for adgang in adganger:
        saker = alle.filter(sperrer.aapen_sak(konto), kontor__in=kontorer(konto, [adgang.rolle], i_dag))
        if adgang.vilkaar is Vilkaar.SAMTYKKE_TOK:
            saker = saker.filter(Exists(_samtykke(i_dag, adgang.vilkaar).filter(sak=OuterRef("pk"))))
        kilder.append(saker.order_by().values("pk"))
    return kilder


def _fra_deltakelse(
    konto: Konto, adganger: Iterable[Adgang], omraade: Omraade | None, i_dag: date
) -> list[QuerySet[Any]]:
    egne = deltakelser(konto, i_dag)
    av_alder = frozenset() if omraade is None else ETTER_ALDER
    uten_vilkaar = [a.rolle for a in adganger if a.vilkaar is Vilkaar.INGEN and a.rolle not in av_alder]
    kilder = [egne.filter(rolle__in=uten_vilkaar).values("sak")] if uten_vilkaar else []
    for adgang in adganger:
        if adgang.vilkaar is Vilkaar.SAMTYKKE_REFERAT:
            omfattet = Samtykkedeltaker.objects.filter(
                deltakelse=OuterRef("pk"), samtykke__in=_samtykke(i_dag, adgang.vilkaar)
            )
            kilder.append(egne.filter(Exists(omfattet), rolle=adgang.rolle).values("sak"))
        elif omraade is not None and adgang.rolle in av_alder:
            av_rollen = egne.filter(rolle=adgang.rolle)
            kilder.append(sperrer.innsyn_etter_alder(av_rollen, adgang.rolle, omraade, i_dag).values("sak"))
    return kilder


def unntakene(konto: Konto, i_dag: date) -> QuerySet[Unntakstilgang]:
    """The timed ways in that open something today: never to a protected address or past a relation (N10)."""
    i_arbeid = Ansettelse.objects.gjeldende(i_dag).filter(konto=konto, rolle__in=KAN_AAPNE_UNNTAK)
    return Unntakstilgang.objects.aapne(i_dag).filter(
        sperrer.uhildet(konto, person="sak__person"),
        Exists(i_arbeid),
        konto=konto,
        sak__vernenivaa__lte=UNNTAK_TIL_OG_MED,
    )


def saker(
    konto: Konto,
    adganger: Iterable[Adgang],
    i_dag: date,
    omraade: Omraade | None = None,
    blant: QuerySet[Any] | None = None,
) -> QuerySet[Any] | None:
    """The keys of the cases the account reaches by any of the ways; None when there is no way at all.

    `omraade` is what is to be seen there, by which age and situation decide for the person and the representatives.
    `blant` are the keys of the few cases that are asked about, so that an office's others are not looked through.
    """
    adganger = list(adganger)
    kilder = _fra_ansettelse(konto, [a for a in adganger if a.rolle in ANSETTELSESROLLER], blant, i_dag)
    kilder += _fra_deltakelse(konto, [a for a in adganger if a.rolle in DELTAKERROLLER], omraade, i_dag)
    if any(a.rolle is Rolle.UNNTAK for a in adganger):
        kilder.append(unntakene(konto, i_dag).values("sak"))
    if not kilder:
        return None
    return kilder[0].union(*kilder[1:], all=True) if len(kilder) > 1 else kilder[0]
