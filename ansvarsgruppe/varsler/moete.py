"""Who hears of a meeting: an e-mail that says only that something waits, with a link and the calendar file (N19)."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ansvarsgruppe.models import Innkalling, Moete
from tok.kjerne import utboks
from tok.kjerne.models import Konto
from tok.sak.varsler import nettadresse, noe_venter


def innkallingstekst(moete: Moete) -> tuple[str, str]:
    """Subject and text of the invitation, just as it is sent; the preview shows the same words."""
    adresse = nettadresse("ansvarsgruppe:moete", moete.pk)
    if moete.sekvens:
        emne, tekst = _("Et møte er endret"), _("Et møte du er innkalt til, er endret.")
    else:
        emne, tekst = _("Du er innkalt til et møte"), _("Du er innkalt til et møte.")
    hjelp = _("Logg inn for å se når og hvor det er, og hva som skal tas opp:")
    return emne, f"{tekst} {hjelp}\n\n{adresse}\n"


def innkalt(innkalling: Innkalling, *, konto: Konto, naa: datetime) -> None:
    """Tell one recipient that an invitation waits (R62)."""
    with override(konto.maalform):
        emne, tekst = innkallingstekst(innkalling.moete)
    utboks.legg_i(
        noekkel=f"innkalt:{innkalling.pk}:{konto.pk}",
        mottaker=konto,
        epost=konto.epost,
        emne=emne,
        tekst=tekst,
        naa=naa,
        kalender=innkalling.kalender,
        gjelder_type="Moete",
        gjelder_id=innkalling.moete_id,
    )


def maa_leveres(moete: Moete, *, hva: str, naa: datetime) -> None:
    """Tell the office that somebody must hear of the meeting in another way than by post (N11)."""
    saksbehandler = moete.gruppe.sak.saksbehandler
    noe_venter(
        noekkel=f"maa_leveres:{hva}:{moete.pk}:{moete.sekvens}:{saksbehandler.pk}",
        mottaker=saksbehandler,
        sti=reverse("ansvarsgruppe:moete", args=[moete.pk]),
        naa=naa,
        gjelder_type="Moete",
        gjelder_id=moete.pk,
    )


def avlysningstekst() -> tuple[str, str]:
    """Subject and text of the message that a meeting is off."""
    tekst = _("Et møte du var innkalt til, er avlyst for deg. Kalenderfila tar det ut av kalenderen.")
    return _("Et møte er avlyst"), f"{tekst}\n"


def avlyst(moete: Moete, innkalling: Innkalling, *, konto: Konto, kalender: str, naa: datetime) -> None:
    """Tell one who was called that the meeting is off, or no longer for them, and take it out of the calendar.

    It is about no row: who has lost the right to see the meeting must still be told not to come.
    """
    with override(konto.maalform):
        emne, tekst = avlysningstekst()
    utboks.legg_i(
        noekkel=f"moete_avlyst:{moete.pk}:{moete.sekvens}:{innkalling.deltakelse_id}",
        mottaker=konto,
        epost=konto.epost,
        emne=emne,
        tekst=tekst,
        naa=naa,
        kalender=kalender,
    )
