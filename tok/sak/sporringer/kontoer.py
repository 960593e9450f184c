"""Accounts as those who manage them see them: who, how reached, where they work, when last here; never of a case.

A name among the accounts tells that somebody lives in the municipality, so an account of a protected family is in no
list: it is found by its whole e-mail address alone (N11, L20).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from tok.kjerne.models import Konto, Oekt
from tok.sak.models import Ansettelse, Deltakelse, Nivaa, Vern

VIST = 50
FAMILIEN = (Deltakelse.Rolle.PERSON, Deltakelse.Rolle.REPRESENTANT)


@dataclass(frozen=True)
class Side:
    """One page of accounts by name; `neste` is the key of the last one, when there are more."""

    rader: list[Konto]
    neste: UUID | None


def til_forvaltning(i_dag: date) -> QuerySet[Konto]:
    """All accounts but the system's own, each with when it was last seen and, in `arbeid`, where it works."""
    oekter = Oekt.objects.filter(konto=OuterRef("pk")).order_by().values("konto")
    arbeid = Ansettelse.objects.ikke_slutt(i_dag).select_related("enhet").order_by("fra_dato", "pk")
    sist_sett = Greatest("last_login", Subquery(oekter.annotate(sist=Max("sett_tid")).values("sist")))
    kontoer = Konto.objects.filter(er_system=False).annotate(sist_sett=sist_sett)
    return kontoer.prefetch_related(Prefetch("ansettelser", queryset=arbeid, to_attr="arbeid"))


def _i_liste(i_dag: date) -> QuerySet[Konto]:
    """Those that may stand in a list."""
    i_vernet_sak = Deltakelse.objects.filter(
        konto=OuterRef("pk"), rolle__in=FAMILIEN, sak__vernenivaa__gte=Nivaa.FORTROLIG
    )
    vernet = Vern.objects.virksomme().filter(konto=OuterRef("pk"), nivaa__gte=Nivaa.FORTROLIG)
    return til_forvaltning(i_dag).filter(~Exists(i_vernet_sak), ~Exists(vernet)).order_by("navn", "pk")


def side(etter: UUID | None, i_dag: date) -> Side:
    """The page after this account, the first page where there is none such; only a key stands in the address."""
    rader = _i_liste(i_dag)
    navn = Konto.objects.filter(pk=etter).values_list("navn", flat=True).first() if etter else None
    if navn is not None:
        rader = rader.filter(Q(navn__gt=navn) | Q(navn=navn, pk__gt=etter))
    return _side(rader)


def soek(tekst: str, i_dag: date) -> Side:
    """By part of the name or the e-mail; a whole e-mail address finds any account."""
    delvis = _i_liste(i_dag).filter(Q(navn__icontains=tekst) | Q(epost__icontains=tekst))
    hel: QuerySet[Any] = til_forvaltning(i_dag).filter(epost__iexact=tekst)
    treff = list(hel)
    return Side(treff, None) if treff else _side(delvis)


def _side(rader: QuerySet[Konto]) -> Side:
    lest = list(rader[: VIST + 1])
    return Side(lest[:VIST], lest[VIST - 1].pk if len(lest) > VIST else None)
