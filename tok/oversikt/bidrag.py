"""What the roof puts on the shared walls: the case's first tab and the lines of the main menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tok.sak import bidrag
from tok.sak.tilgang import Rett


def registrer() -> None:
    """Called once at start-up."""
    bidrag.faner.append(bidrag.Fane(_("Oversikt"), "oversikt:sak", 0, Rett.SE_SAK))
    bidrag.registrer_meny(_("Min dag"), "oversikt:min_dag", Rett.SE_MIN_DAG, rekkefoelge=0)
    bidrag.registrer_meny(_("Saker"), "oversikt:register", Rett.SE_REGISTER, rekkefoelge=20)
    bidrag.registrer_meny(_("Søk"), "oversikt:soek", Rett.SE_REGISTER, rekkefoelge=200, soek=True)
