"""A meeting locked and taken one lawful step on; what cannot be done now is said in the meeting's own words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from ansvarsgruppe import frister
from ansvarsgruppe.models import Moete
from ansvarsgruppe.tilstand import MOETE_STEG
from tok.kjerne.kalender import neste_arbeidsdag
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.tilstand import UlovligSteg, neste
from tok.sak import protokoll
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


def aapne_igjen(moete: Moete, handling: str) -> bool:
    """Take a step that changes what may have been sent; then it is sent anew with a higher SEQUENCE (RFC 5545).

    Returns whether it had been sent: then call `start_klokka_igjen` when the meeting is as it will be.
    """
    var_innkalt = moete.tilstand == Moete.Tilstand.INNKALT
    ta_steg(moete, handling)
    if var_innkalt:
        moete.sekvens += 1
    return var_innkalt


def start_klokka_igjen(moete: Moete, naa: datetime) -> None:
    """The agenda's clock runs until the changed meeting is sent anew, so that it is seen and reminded of (R59).

    When its day has passed already, the coordinator is reminded on the next working day before the meeting.
    """
    dag = lokal_dato(moete.start_tid)
    frist = protokoll.sett_frist(
        sak=moete.gruppe.sak, regel=frister.SAKSLISTE, objekt_id=moete.pk, utgangspunkt=dag, naa=naa
    )
    i_morgen = neste_arbeidsdag(lokal_dato(naa) + timedelta(days=1))
    if frist.neste_paaminnelse is None and i_morgen <= dag:
        frist.neste_paaminnelse = i_morgen
        frist.save(update_fields=["neste_paaminnelse"])
