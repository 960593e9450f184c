"""What the roof puts on the shared walls: the case's first tab and the lines of the main menu."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from tok.kjerne import klokke, meny
from tok.kjerne.models import Konto
from tok.sak import bidrag
from tok.sak.tilgang import Rett, Rolle
from tok.sak.tilgang.doer import EIER
from tok.sak.tilgang.kilder import roller_naa


def registrer() -> None:
    """Called once at start-up."""
    bidrag.faner.append(bidrag.Fane(_("Oversikt"), "oversikt:sak", 0, Rett.SE_SAK))
    meny.registrer(meny.Menypunkt(_("Min dag"), "oversikt:min_dag", _har_min_dag, rekkefoelge=0))
    bidrag.registrer_meny(_("Min side"), "oversikt:min_side", Rett.SE_MIN_SIDE, rekkefoelge=5)
    bidrag.registrer_meny(_("Saker"), "oversikt:register", Rett.SE_REGISTER, rekkefoelge=20)
    bidrag.registrer_meny(_("Søk"), "oversikt:soek", Rett.SE_REGISTER, rekkefoelge=200, soek=True)


def er_bare_egen(roller: Collection[str]) -> bool:
    """Whether an account with these roles is here for itself or its family alone, and has no work to do."""
    return bool(EIER.intersection(roller)) and not (Rett.SE_MIN_DAG.roller - EIER).intersection(roller)


def _har_min_dag(konto: Konto) -> bool:
    """Who manages accounts and nothing else begins at those (`MinDag`)."""
    return bool((Rett.SE_MIN_DAG.roller - EIER - {Rolle.SYSTEMANSVARLIG}) & roller_naa(konto, klokke.i_dag()))
