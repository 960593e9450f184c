"""The agenda is set up, together with the person (R59–R61, R73–R77)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.handlinger.steg import aapne_igjen, laas, start_klokka_igjen, ta_steg
from ansvarsgruppe.models import Moete, Sakslistepunkt
from ansvarsgruppe.sporringer import punkttekster
from tok.kjerne import datotekst
from tok.kjerne.models import Konto
from tok.sak import protokoll
from tok.sak.tilgang import Avslag, Rett, krever


class TomSaksliste(Avslag):
    """An agenda has a point."""

    melding = _("Skriv minst én sak på lista.")


class MoetetHarBegynt(Avslag):
    """What comes up in the meeting belongs in the minutes."""

    melding = _("Møtet har begynt. Det som kommer til nå, skrives i referatet.")


class SakslistaErEndret(Avslag):
    """Somebody else saved while this one wrote; nothing is overwritten unseen."""


@krever(Rett.PLANLEGGE_MOETE)
def lagre_saksliste(
    *,
    moete: Moete,
    punkter: Sequence[str],
    satt_opp_med_personen: bool,
    grunnlag: Sequence[str],
    av: Konto,
    naa: datetime,
) -> Moete:
    """Save the agenda in the given order; a changed one that was sent must be sent anew (R59, R60).

    `grunnlag` is the agenda as it was when the writing began.

    Raises:
        TomSaksliste, MoetetHarBegynt, SakslistaErEndret, KanIkkeNaa.
    """
    moete = laas(moete)
    punkter = [punkt.strip() for punkt in punkter if punkt.strip()]
    lagret = punkttekster(moete)
    if not punkter:
        raise TomSaksliste
    if naa >= moete.start_tid:
        raise MoetetHarBegynt
    if lagret not in (list(grunnlag), punkter):
        raise SakslistaErEndret(
            _(
                "En annen har lagret sakslista mens du skrev. Den er nå: %(lista)s. Det du skrev, står her fremdeles. "
                "Trykk «Lagre» en gang til for å bruke det."
            )
            % {"lista": "; ".join(lagret)}
        )
    if (punkter, satt_opp_med_personen) == (lagret, moete.satt_opp_med_personen):
        ta_steg(moete, "lagre_saksliste")
        moete.refresh_from_db(fields=["tilstand"])
    elif aapne_igjen(moete, "lagre_saksliste"):
        start_klokka_igjen(moete, naa)
    if punkter != lagret:
        moete.punkter.all().delete()
        for nr, tekst in enumerate(punkter, start=1):
            Sakslistepunkt.objects.create(moete=moete, nr=nr, tekst=tekst)
    moete.satt_opp_med_personen = satt_opp_med_personen
    moete.save()
    protokoll.noter(tid=datotekst.dato_tid(moete.start_tid), sammen=satt_opp_med_personen, antall=len(punkter))
    return moete
