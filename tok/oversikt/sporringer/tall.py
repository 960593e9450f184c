"""«Kontoret nå», and post that did not come through: counted only as far as a person needs (R232, R87, R36, P1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ansvarsgruppe import frister
from tok.kjerne.forberedt import Forberedt, Mengde
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.oversikt.models import Ventende
from tok.oversikt.sporringer.bunker import Bunke, MinDagRad
from tok.oversikt.sporringer.kontor import Plass, i_kontorene, ventende_i
from tok.sak.models import Deltakelse, Frist, Sak
from tok.sak.tilgang import post

POST = "post"

TELLES = 100  # «99+» says enough, and keeps the page as quick with a million cases


@dataclass(frozen=True)
class KontoretNaa:
    """Three numbers; 100 means 100 or more."""

    uten_koordinator: int
    sene_referat: int
    uten_gjennomgang: int


def uten_koordinator(saker: QuerySet[Sak], i_dag: date) -> QuerySet[Sak]:
    """Those that nobody coordinates, or is appointed to from a later day."""
    gjelder = Deltakelse.objects.ikke_slutt(i_dag).koordinatorer()
    return saker.filter(~Exists(gjelder.filter(sak=OuterRef("pk"))))


def _telles(qs: QuerySet[Any], hva: str) -> QuerySet[Any]:
    return qs.annotate(hva_=Value(hva, output_field=CharField())).values_list("hva_")[:TELLES]


def _tall(konto: UUID, kontorer: Sequence[UUID], i_dag: date) -> QuerySet[Any]:
    uten = ventende_i(konto, kontorer, i_dag).filter(hva=Ventende.Hva.UTEN_KOORDINATOR)
    # By the index of open ones.
    over = Frist.objects.over(i_dag).filter(i_kontorene(konto, kontorer, "sak__")).order_by("forfall")
    return _telles(uten, "koordinator").union(
        _telles(over.filter(regel=frister.REFERAT.kode), "referat"),
        _telles(over.filter(regel=frister.AARLIG_GJENNOMGANG.kode), "gjennomgang"),
        *post.finnes(),
        all=True,
    )


TALL = Forberedt(_tall)


def kontoret_naa(plass: Plass, i_dag: date) -> tuple[KontoretNaa, Bunke]:
    """Three capped counts over the offices' open cases, and the pile of lost post; one query, two when any is lost."""
    rader = TALL.rader(konto=plass.konto, kontorer=Mengde(plass.kontorer), i_dag=i_dag)
    antall = Counter(hva for (hva,) in rader)
    naa = KontoretNaa(
        uten_koordinator=antall["koordinator"],
        sene_referat=antall["referat"],
        uten_gjennomgang=antall["gjennomgang"],
    )
    return naa, _post(post.antall(Konto(pk=plass.konto)) if antall[post.POST] else post.Postantall())


def _post(antall: post.Postantall) -> Bunke:
    """One row for all the messages and documents somebody must look at (P1, P2)."""
    bunke = Bunke(_("Post som ikke kom fram"), POST)
    deler = [
        ngettext("%(n)s melding", "%(n)s meldinger", antall.meldinger) % {"n": antall.meldinger},
        ngettext("%(n)s dokument", "%(n)s dokumenter", antall.dokumenter) % {"n": antall.dokumenter},
    ]
    funnet = [tekst for tekst, n in zip(deler, (antall.meldinger, antall.dokumenter), strict=True) if n]
    if funnet and antall.siden:
        setning = _("%(hva)s kom ikke fram") % {"hva": _(" og ").join(funnet)}
        siden = lokal_dato(antall.siden)
        bunke.rader = [MinDagRad(None, setning, "", reverse("sak:post"), _("Se lista"), siden=siden)]
        bunke.funnet = 1
    return bunke
