"""Exceptions: open one, see and end one's own, and the leader's page of what the staff has opened (N10)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.sak import handlinger
from tok.sak.forms import UnntakSkjema
from tok.sak.models import Unntakstilgang
from tok.sak.sider import HandlingSide, KnappSide, ListeSide
from tok.sak.tilgang import Rett
from tok.sak.tilgang.unntak import ansattes_unntak, egne_unntak

VIST = 100


class MineUnntak(ListeSide):
    """What is open now, with a way in and a way to end it."""

    rett = Rett.SE_EGNE_UNNTAK
    mal = "sak/unntak.html"

    def innhold(self) -> dict[str, Any]:
        rader = list(egne_unntak(self.konto, self.i_dag))
        self.antall = len(rader)
        return {"rader": rader}


class AapneUnntak(HandlingSide):
    """The number, the reason and the days."""

    rett = Rett.AAPNE_UNNTAK
    mal = "sak/unntak_ny.html"
    skjema = UnntakSkjema
    ny = True
    kvittering = _("Saken er åpen for lesing. Lederen din har fått beskjed.")

    def start(self) -> dict[str, Any]:
        return {"dager": 1}

    def utfoer(self, data: dict[str, Any]) -> Unntakstilgang:
        return handlinger.aapne_unntak(**data, av=self.konto, naa=self.naa)

    def videre(self, resultat: Unntakstilgang) -> str:
        return reverse("oversikt:sak", args=[resultat.sak_id])


class AvsluttUnntak(KnappSide):
    """End one's own before its time."""

    rett = Rett.SE_EGNE_UNNTAK
    modell = Unntakstilgang
    kvittering = _("Unntakstilgangen er avsluttet.")

    def utfoer(self) -> Unntakstilgang:
        return handlinger.avslutt_unntak(unntak=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Any) -> str:
        return reverse("sak:unntak")


class AnsattesUnntak(ListeSide):
    """Who of the staff went in, when, why and in which case; never whose case it is."""

    rett = Rett.SE_ANSATTES_UNNTAK
    mal = "sak/unntak_ansatte.html"

    def innhold(self) -> dict[str, Any]:
        rader = list(self._rader()[:VIST])
        self.antall = len(rader)
        return {"rader": rader}

    def _rader(self) -> QuerySet[Unntakstilgang]:
        return ansattes_unntak(self.konto, self.i_dag).order_by("-aapnet_tid", "pk")
