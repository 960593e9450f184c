"""What the weekly control of the log found about a leader's staff: one row on Min dag until it is assessed (N9)."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.bunker import Bunke, MinDagRad
from tok.sak.models import Loggfunn
from tok.sak.tilgang import Rett

FUNN = "funn"


def lederfunn(konto: Konto, i_dag: date) -> Bunke:
    """How many the leader has to assess, and since when; never about whom. One query."""
    aapne = Rett.VURDERE_LOGGFUNN.synlige(konto, Loggfunn.objects.filter(lukket_tid=None), i_dag=i_dag)
    funn = aapne.aggregate(antall=Count("pk"), siden=Min("funnet_tid"))
    bunke = Bunke(_("Uvanlige oppslag"), FUNN)
    if funn["antall"]:
        setning = ngettext(
            "%(n)s funn i loggen venter på vurdering fra deg",
            "%(n)s funn i loggen venter på vurdering fra deg",
            funn["antall"],
        ) % {"n": funn["antall"]}
        siden = lokal_dato(funn["siden"])
        bunke.rader = [MinDagRad(None, setning, "", reverse("sak:loggfunn"), _("Se funnene"), siden=siden)]
        bunke.funnet = 1
    return bunke
