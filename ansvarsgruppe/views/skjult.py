"""Buttons of the meeting's page that keep it from guardians, and show it to them again (N20)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.views.moete import PaaMoetet
from tok.sak.handlinger.skjult import skjul_for_foresatte, vis_igjen
from tok.sak.models import Skjult
from tok.sak.sider import KnappSide
from tok.sak.tilgang import Rett


class SkjulMoete(PaaMoetet, KnappSide):
    """Keep the meeting, its agenda, minutes and tasks from the guardians."""

    rett = Rett.SKJULE_FOR_FORESATTE
    kvittering = _("Foresatte ser ikke møtet. De ser heller ikke at noe er skjult.")

    def utfoer(self) -> Skjult:
        return skjul_for_foresatte(rad=self.objekt, av=self.konto, naa=self.naa)


class VisMoete(PaaMoetet, KnappSide):
    """Show it to the guardians again."""

    rett = Rett.SKJULE_FOR_FORESATTE
    kvittering = _("Foresatte kan se møtet fra nå.")

    def utfoer(self) -> Skjult:
        return vis_igjen(rad=self.objekt, av=self.konto, naa=self.naa)
