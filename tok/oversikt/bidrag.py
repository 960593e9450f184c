"""What the roof puts on the shared walls: the case's first tab and the lines of the main menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tok.kjerne import klokke, meny
from tok.kjerne.models import Konto
from tok.sak import bidrag
from tok.sak.tilgang import Rett


def _har(rett: Rett, konto: Konto) -> bool:
    return rett.har(konto, i_dag=klokke.i_dag())


def registrer() -> None:
    """Called once at start-up."""
    bidrag.faner.append(bidrag.Fane(str(_("Oversikt")), "oversikt:sak", 0, Rett.SE_SAK))
    meny.registrer(
        meny.Menypunkt(_("Min dag"), "oversikt:min_dag", lambda konto: _har(Rett.SE_MIN_DAG, konto), rekkefoelge=0)
    )
    meny.registrer(
        meny.Menypunkt(_("Saker"), "oversikt:register", lambda konto: _har(Rett.SE_REGISTER, konto), rekkefoelge=20)
    )
    meny.registrer(
        meny.Menypunkt(
            _("Søk"), "oversikt:soek", lambda konto: _har(Rett.SE_REGISTER, konto), rekkefoelge=200, soek=True
        )
    )
