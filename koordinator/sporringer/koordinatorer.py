"""All coordinators with cases, hours and training (R129, sider.md row 50); as many queries for five as for fifty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from koordinator.sporringer.belastning import Belastning, hent_belastning
from koordinator.sporringer.boks import Boks, bildebredde, bokser
from koordinator.sporringer.kandidater import sortert_navn
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Sak
from tok.sak.tilgang import Rett, sperrer


@dataclass(frozen=True)
class Sakslenke:
    """A case that the reader may open."""

    id: UUID
    nummer: str


@dataclass(frozen=True)
class Koordinatorrad:
    """One coordinator."""

    navn: str
    tittel: str
    telefon: str
    enheter: tuple[str, ...]
    belastning: Belastning
    bokser: list[Boks]
    saker: tuple[Sakslenke, ...]
    andre_saker: int

    @property
    def bildebredde(self) -> int:
        return bildebredde(len(self.bokser))


def koordinatorliste(konto: Konto, i_dag: date) -> list[Koordinatorrad]:
    """Those who coordinate a case today or are appointed to, by name; links only to cases the reader reaches.

    A case that is closed to the reader by protection or a relation is not even counted (N11, N12).
    """
    deltakelser = list(
        Deltakelse.objects.ikke_slutt(i_dag)
        .koordinatorer()
        .filter(sperrer.aapen_sak(konto, "sak__"))
        .select_related("konto", "enhet", "sak")
        .order_by("sak__nummer")
    )
    synlige = set(
        Rett.SE_SAK.synlige(konto, Sak.objects.filter(pk__in={d.sak_id for d in deltakelser}), i_dag=i_dag).values_list(
            "pk", flat=True
        )
    )
    per_konto: dict[UUID, list[Deltakelse]] = defaultdict(list)
    for deltakelse in deltakelser:
        if deltakelse.konto_id is not None:
            per_konto[deltakelse.konto_id].append(deltakelse)
    belastning = hent_belastning(per_konto, i_dag, konto)
    rader = [_rad(egne, belastning[noekkel], synlige) for noekkel, egne in per_konto.items()]
    return sorted(rader, key=lambda rad: sortert_navn(rad.navn))


def _rad(egne: list[Deltakelse], belastning: Belastning, synlige: set[UUID]) -> Koordinatorrad:
    konto = egne[0].konto
    if konto is None:
        raise ValueError("a coordinator has an account")
    aapne = tuple(Sakslenke(d.sak_id, d.sak.nummer) for d in egne if d.sak_id in synlige)
    return Koordinatorrad(
        navn=konto.navn,
        tittel=konto.tittel,
        telefon=konto.telefon,
        enheter=tuple(dict.fromkeys(d.enhet.navn for d in egne if d.enhet is not None)),
        belastning=belastning,
        bokser=bokser(belastning.saker, med_ny=False),
        saker=aapne,
        andre_saker=len(egne) - len(aapne),
    )
