"""The leader's pages: what the control found about own staff, and the assessment that closes it (N9)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.sak.forms.loggkontroll import VurderingSkjema
from tok.sak.handlinger.loggfunn import vurder_funn
from tok.sak.models import Loggfunn
from tok.sak.sider import HandlingSide, ListeSide
from tok.sak.sporringer import loggkontroll
from tok.sak.tilgang import Rett
from tok.sak.tilgang.sperrer import uhildet


class MineLoggfunn(ListeSide):
    """Findings given to the leader: the open ones first, the oldest first."""

    rett = Rett.VURDERE_LOGGFUNN
    mal = "sak/loggkontroll/mine_funn.html"

    def innhold(self) -> dict[str, Any]:
        egne = self.rett.synlige(self.konto, Loggfunn.objects.select_related("lukket_av"), i_dag=self.i_dag)
        aapne = egne.filter(lukket_tid=None).order_by("funnet_tid", "pk")
        lukkede = egne.filter(lukket_tid__isnull=False).order_by("-lukket_tid", "pk")
        linjer = {
            navn: loggkontroll.linjene(funn[: loggkontroll.VIST], naa=self.naa)
            for navn, funn in (("aapne", aapne), ("lukkede", lukkede))
        }
        self.antall = sum(map(len, linjer.values()))
        return linjer


class VurderFunn(HandlingSide):
    """One finding, without the case: what was found, when, and the leader's own words."""

    rett = Rett.VURDERE_LOGGFUNN
    modell = Loggfunn
    mal = "sak/loggkontroll/vurder.html"
    skjema = VurderingSkjema
    kvittering = _("Funnet er vurdert og lukket.")

    def spoerring(self) -> QuerySet[Any]:
        return Loggfunn.objects.select_related("konto", "lukket_av")

    def uhildet(self, person: str) -> Q:
        """Rows whose person, by the path, is no relation of the leader (N12)."""
        return uhildet(self.konto, person=person)

    def tegn(self, status: int = 200, **mer: Any) -> HttpResponse:
        [linje] = loggkontroll.linjene([self.objekt], naa=self.naa)
        return super().tegn(status, linje=linje, rader=loggkontroll.radene(self.objekt, self.uhildet), **mer)

    def utfoer(self, data: dict[str, Any]) -> Loggfunn:
        return vurder_funn(funn=self.objekt, vurdering=data["vurdering"], av=self.konto, naa=self.naa)

    def videre(self, resultat: Loggfunn) -> str:
        return reverse("sak:loggfunn")
