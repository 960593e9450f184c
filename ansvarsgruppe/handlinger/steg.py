"""A meeting locked and taken one lawful step on; what cannot be done now is said in the meeting's own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.models import Moete
from ansvarsgruppe.tilstand import MOETE_STEG
from tok.kjerne.tilstand import UlovligSteg, neste
from tok.sak.tilgang import Avslag

HVORFOR_IKKE = {
    Moete.Tilstand.INNKALT: _("Innkallingen er alt sendt."),
    Moete.Tilstand.HOLDT: _("Møtet er holdt, og referatet er ferdig."),
    Moete.Tilstand.AVLYST: _("Møtet er avlyst."),
}


class KanIkkeNaa(Avslag):
    """The meeting is not where this step may be taken from; somebody may have been here before."""


def laas(moete: Moete) -> Moete:
    """The meeting with its case, locked for the rest of the transaction."""
    return Moete.objects.select_for_update(of=("self",)).select_related("gruppe__sak__person").get(pk=moete.pk)


def ta_steg(moete: Moete, handling: str) -> None:
    """Set the state the step leads to.

    Raises:
        KanIkkeNaa: the step is not lawful from here.
    """
    try:
        moete.tilstand = neste(MOETE_STEG, handling, moete.tilstand)
    except UlovligSteg as feil:
        raise KanIkkeNaa(str(HVORFOR_IKKE.get(Moete.Tilstand(feil.tilstand), feil.melding)))


def aapne_igjen(moete: Moete, handling: str) -> None:
    """Take a step that changes what may have been sent; then it is sent anew with a higher SEQUENCE (RFC 5545)."""
    var_innkalt = moete.tilstand == Moete.Tilstand.INNKALT
    ta_steg(moete, handling)
    if var_innkalt:
        moete.sekvens += 1
