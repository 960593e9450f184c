"""The coordinator of one case as the case page shows it, with TOK's next step (R30, R100, L3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from koordinator.models import Forespoersel, Oppnevning
from koordinator.sporringer.setninger import status
from tok.kjerne.forberedt import Forberedt
from tok.sak.models import Sak


@dataclass(frozen=True)
class Koordinatorkort:
    """Who coordinates now and next, and where the question to a leader stands."""

    sak_id: UUID
    naa: Oppnevning | None
    neste: Oppnevning | None
    forespoersel: Forespoersel | None
    status: str
    kan_oppnevne: bool
    kan_se_brev: bool

    @property
    def steg(self) -> str:
        """TOK's next step: spoer, vent, oppnevn, or nothing."""
        if not self.kan_oppnevne:
            return ""
        if self.forespoersel is not None and self.forespoersel.tilstand == Forespoersel.Tilstand.SENDT:
            return "vent"
        if self.forespoersel is not None and self.forespoersel.tilstand == Forespoersel.Tilstand.GODKJENT:
            return "oppnevn"
        return "" if self.naa or self.neste else "spoer"


OPPNEVNINGER = Forberedt(
    lambda sak_id, i_dag: (
        Oppnevning.objects.filter(sak=sak_id).ikke_slutt(i_dag).med_folk().order_by("deltakelse__fra_dato")
    )
)


def _siste(sak_id: UUID) -> QuerySet[Forespoersel]:
    ubrukt = Forespoersel.objects.filter(sak=sak_id, oppnevninger__isnull=True)
    return ubrukt.exclude(tilstand=Forespoersel.Tilstand.TRUKKET).med_folk().order_by("-sendt_tid")[:1]


SISTE = Forberedt(_siste)


def hent_kort(sak: Sak, i_dag: date, *, kan_oppnevne: bool, kan_se_brev: bool) -> Koordinatorkort:
    """Two queries. The question to the leader is read for TOK only."""
    oppnevninger = OPPNEVNINGER.objekter(sak_id=sak.pk, i_dag=i_dag)
    siste = next(iter(SISTE.objekter(sak_id=sak.pk)), None) if kan_oppnevne else None
    # An old refusal says nothing any more when somebody was appointed after it.
    if siste is not None and siste.tilstand == Forespoersel.Tilstand.AVSLAATT and oppnevninger:
        siste = None
    naa = next((en for en in oppnevninger if en.deltakelse.fra_dato <= i_dag), None)
    return Koordinatorkort(
        sak_id=sak.pk,
        naa=naa,
        neste=next((en for en in oppnevninger if en != naa), None),
        forespoersel=siste,
        status=status(siste, i_dag) if siste else "",
        kan_oppnevne=kan_oppnevne,
        kan_se_brev=kan_se_brev,
    )
