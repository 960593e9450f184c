"""The leader's page of protected cases without anybody in the office: the number, and whom to name (N11)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.sak import handlinger
from tok.sak.forms.vern import SaksbehandlerSkjema
from tok.sak.models import Sak
from tok.sak.sider import HandlingSide
from tok.sak.tilgang import Rett, kilder
from tok.sak.tilgang.innsyn import noter_liste
from tok.sak.tilgang.vernegruppe import paa_kontoret
from tok.sak.tilgang.vernelos import uten_saksbehandler


class UtenSaksbehandler(HandlingSide):
    """Numbers alone: whose case it is, the leader is not told."""

    rett = Rett.GJENOPPRETTE_VERN
    modell = Sak
    mal = "sak/vern_uten_saksbehandler.html"
    skjema = SaksbehandlerSkjema
    ny = True
    kvittering = _("Saksbehandleren ser saken fra nå.")

    def skjemaargumenter(self) -> dict[str, Any]:
        kontorer = kilder.kontorer(self.konto, self.rett.roller, self.i_dag).values_list("enhet", flat=True)
        return {
            "saker": uten_saksbehandler(self.konto, self.i_dag),
            "ansatte": paa_kontoret(kontorer, self.i_dag).exclude(pk=self.konto.pk),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A list of cases is written in the reading log, though it tells numbers alone (N4)."""
        svar = super().get(request, *args, **kwargs)
        antall = uten_saksbehandler(self.konto, self.i_dag).count()
        noter_liste(self.konto, self.rett, naa=self.naa, liste=type(self).__name__, antall=antall)
        return svar

    def innhold(self) -> dict[str, Any]:
        return {"mangler": uten_saksbehandler(self.konto, self.i_dag).exists()}

    def utfoer(self, data: dict[str, Any]) -> Sak:
        return handlinger.navngi_saksbehandler(**data, av=self.konto, naa=self.naa)

    def videre(self, resultat: Sak) -> str:
        return reverse("sak:vern_uten_saksbehandler")
