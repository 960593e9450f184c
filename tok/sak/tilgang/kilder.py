"""Where access comes from: one queryset per source, joined by UNION ALL (ytelse.md choice 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Deltakelse, Sak, Samtykke, Samtykkedeltaker
from tok.sak.querysets import DeltakelseSpoerringer
from tok.sak.tilgang.roller import ANSATT_I_SAKEN, ANSETTELSESROLLER, DELTAKERROLLER, Adgang, Rolle, Vilkaar


def kontorer(konto: Konto, roller: Iterable[Rolle], i_dag: date) -> QuerySet[Any]:
    """The units where the account holds one of the roles today."""
    return Ansettelse.objects.gjeldende(i_dag).som(*roller).filter(konto=konto).values("enhet")


def virksomme(i_dag: date) -> DeltakelseSpoerringer:
    """The memberships that open something today: who leads a case does so only while employed (N14)."""
    i_arbeid = Exists(Ansettelse.objects.gjeldende(i_dag).filter(konto=OuterRef("konto")))
    return Deltakelse.objects.gjeldende(i_dag).filter(~Q(rolle__in=ANSATT_I_SAKEN) | i_arbeid)


def deltakelser(konto: Konto, i_dag: date) -> DeltakelseSpoerringer:
    """Those of one account."""
    return virksomme(i_dag).filter(konto=konto)


def egne(konto: Konto, qs: QuerySet[Any], roller: Iterable[Rolle], i_dag: date) -> QuerySet[Any]:
    """The rows that name the account; where they name it as somebody of a unit, only while it is that there (N2)."""
    modell: Any = qs.model
    egne = qs.filter(**{modell.EGEN_STI: konto})
    enhet = getattr(modell, "EGEN_ENHET_STI", None)
    return egne.filter(**{f"{enhet}__in": kontorer(konto, roller, i_dag)}) if enhet else egne


def roller_naa(konto: Konto, i_dag: date) -> frozenset[str]:
    """What the account is anywhere today, asked once for each request's account object; for menus, never as a guard."""
    husket: tuple[date, frozenset[str]] | None = getattr(konto, "_roller_naa", None)
    if husket is None or husket[0] != i_dag:
        arbeider = Ansettelse.objects.gjeldende(i_dag).filter(konto=konto).values_list("rolle", flat=True)
        deltar = deltakelser(konto, i_dag).values_list("rolle", flat=True)
        husket = (i_dag, frozenset(arbeider.union(deltar)))
        konto._roller_naa = husket  # type: ignore[attr-defined]
    return husket[1]


def roller_i_sak(konto: Konto, sak: Sak, i_dag: date) -> frozenset[Rolle]:
    """What the account is in just this case today; for menus and buttons, never as a guard."""
    deltar = deltakelser(konto, i_dag).filter(sak=sak).values_list("rolle", flat=True)
    arbeider = (
        Ansettelse.objects.gjeldende(i_dag).filter(konto=konto, enhet=sak.kontor_id).values_list("rolle", flat=True)
    )
    kjente = set(Rolle)
    return frozenset(Rolle(rolle) for rolle in deltar.union(arbeider) if rolle in kjente)


def _samtykke(i_dag: date, vilkaar: Vilkaar) -> Any:
    return Samtykke.objects.gyldige(i_dag, vilkaar.value)


def _fra_ansettelse(konto: Konto, adganger: Iterable[Adgang], i_dag: date) -> list[QuerySet[Any]]:
    kilder = []
    for adgang in adganger:
        saker = Sak.objects.filter(kontor__in=kontorer(konto, [adgang.rolle], i_dag))
        if adgang.vilkaar is Vilkaar.SAMTYKKE_TOK:
            saker = saker.filter(Exists(_samtykke(i_dag, adgang.vilkaar).filter(sak=OuterRef("pk"))))
        kilder.append(saker.order_by().values("pk"))
    return kilder


def _fra_deltakelse(konto: Konto, adganger: Iterable[Adgang], i_dag: date) -> list[QuerySet[Any]]:
    egne = deltakelser(konto, i_dag)
    uten_vilkaar = [adgang.rolle for adgang in adganger if adgang.vilkaar is Vilkaar.INGEN]
    kilder = [egne.filter(rolle__in=uten_vilkaar).values("sak")] if uten_vilkaar else []
    for adgang in adganger:
        if adgang.vilkaar is Vilkaar.SAMTYKKE_REFERAT:
            omfattet = Samtykkedeltaker.objects.filter(
                deltakelse=OuterRef("pk"), samtykke__in=_samtykke(i_dag, adgang.vilkaar)
            )
            kilder.append(egne.filter(Exists(omfattet), rolle=adgang.rolle).values("sak"))
    return kilder


def saker(konto: Konto, adganger: Iterable[Adgang], i_dag: date) -> QuerySet[Any] | None:
    """The keys of the cases the account reaches by any of the ways; None when there is no way at all."""
    adganger = list(adganger)
    kilder = _fra_ansettelse(konto, [a for a in adganger if a.rolle in ANSETTELSESROLLER], i_dag)
    kilder += _fra_deltakelse(konto, [a for a in adganger if a.rolle in DELTAKERROLLER], i_dag)
    if not kilder:
        return None
    return kilder[0].union(*kilder[1:], all=True) if len(kilder) > 1 else kilder[0]
