"""Who cannot help in a case because of a relation: see, say it of oneself, mark, lift (N12, L28)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.sak import handlinger
from tok.sak.forms import MeldSkjema, MerkSkjema, OpphevSkjema
from tok.sak.models import Habilitet, Sak
from tok.sak.sider import HandlingSide, VisSide
from tok.sak.sporringer.habilitet import inhabile_i, kan_merkes, opphevede_i
from tok.sak.tilgang import Rett

DELTAKERE = "sak:deltakere"


class Habilitetside(VisSide):
    """Who is barred and by which relation; what was written about it is for the office only."""

    rett = Rett.SE_HABILITET
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/habilitet.html"
    fane = DELTAKERE

    def innhold(self) -> dict[str, Any]:
        return {"inhabile": list(inhabile_i(self.objekt)), "opphevede": list(opphevede_i(self.objekt))}


class MeldInhabil(HandlingSide):
    """Say it of oneself. Drawn without the case's head, for who sees no more of the case than one meeting."""

    rett = Rett.MELDE_SEG_INHABIL
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/habilitet_meld.html"
    skjema = MeldSkjema
    kvittering = _("Takk. Du er meldt inhabil, og saken er lukket for deg. Kontoret har fått beskjed.")

    def utfoer(self, data: dict[str, Any]) -> Habilitet:
        return handlinger.erklaer_inhabilitet(sak=self.objekt, **data, av=self.konto, naa=self.naa)

    def videre(self, resultat: Habilitet) -> str:
        return reverse("oversikt:min_dag")


class MerkInhabil(HandlingSide):
    """Mark another, before or after they got a role."""

    rett = Rett.MERKE_INHABIL
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/habilitet_merk.html"
    fane = DELTAKERE
    skjema = MerkSkjema
    kvittering = _("Lagret. Rollene er avsluttet, og saken er lukket for den det gjelder.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"kontoer": kan_merkes(self.objekt, self.i_dag)}

    def utfoer(self, data: dict[str, Any]) -> Habilitet:
        return handlinger.merk_inhabilitet(sak=self.objekt, **data, av=self.konto, naa=self.naa)

    def videre(self, resultat: Habilitet) -> str:
        """Who marked the own account has no case to come back to."""
        er_selv = resultat.konto == self.konto
        return reverse("oversikt:min_dag") if er_selv else reverse("sak:habilitet", args=[self.objekt.pk])


class OpphevInhabilitet(HandlingSide):
    """Lift one, with the reason."""

    rett = Rett.MERKE_INHABIL
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/habilitet_opphev.html"
    fane = DELTAKERE
    skjema = OpphevSkjema
    kvittering = _("Inhabiliteten er opphevet. Roller må gis på nytt.")

    @cached_property
    def habilitet(self) -> Habilitet:
        rad = inhabile_i(self.objekt).filter(pk=self.kwargs["habilitet"]).first()
        if rad is None:
            raise Http404
        return rad

    def innhold(self) -> dict[str, Any]:
        return {"habilitet": self.habilitet}

    def utfoer(self, data: dict[str, Any]) -> Habilitet:
        return handlinger.opphev_inhabilitet(
            sak=self.objekt, habilitet=self.habilitet, **data, av=self.konto, naa=self.naa
        )

    def videre(self, resultat: Habilitet) -> str:
        return reverse("sak:habilitet", args=[self.objekt.pk])
