"""The office opens the group round a person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.forms.moete import Gruppeskjema
from ansvarsgruppe.handlinger.gruppe import koordinator_kommer, opprett_gruppe
from ansvarsgruppe.models import Ansvarsgruppe
from tok.sak.models import Deltakelse, Sak
from tok.sak.sider import HandlingSide
from tok.sak.tilgang import Rett


class OpprettGruppe(HandlingSide):
    """Open the group (R30)."""

    rett = Rett.OPPNEVNE
    modell = Sak
    noekkel = "sak"
    mal = "ansvarsgruppe/opprett_gruppe.html"
    fane = "ansvarsgruppe:moeter"
    skjema = Gruppeskjema
    kvittering = _("Gruppa er opprettet. Koordinator kan nå planlegge det første møtet.")

    def innhold(self) -> dict[str, Any]:
        koordinatorer = Deltakelse.objects.filter(sak=self.objekt).koordinatorer()
        kommende = koordinatorer.kommende(self.i_dag).select_related("konto").order_by("fra_dato").first()
        return {
            "kommer": koordinator_kommer(kommende) if kommende else "",
            "finnes": Ansvarsgruppe.objects.filter(sak=self.objekt).exists(),
            "har_koordinator": koordinatorer.gjeldende(self.i_dag).exists(),
        }

    def utfoer(self, data: dict[str, Any]) -> Ansvarsgruppe:
        return opprett_gruppe(sak=self.objekt, formaal=data["formaal"], av=self.konto, naa=self.naa)

    def videre(self, resultat: Ansvarsgruppe) -> str:
        return reverse("ansvarsgruppe:moeter", args=[resultat.sak_id])
