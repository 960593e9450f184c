"""A meeting is planned, changed and called off (R56, R63, R64, R88)."""

from __future__ import annotations

from datetime import datetime

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe import frister
from ansvarsgruppe.dokumenter.kalenderfil import avlysning
from ansvarsgruppe.handlinger.moeteplan import (
    Moeteplan,
    i_ord,
    laas_gruppe,
    nytt_moete,
    planen,
    sett_frister,
    sjekk_ledig,
    sjekk_opplaering,
    sjekk_plan,
    sjekk_samtykke,
    slutt_for,
)
from ansvarsgruppe.handlinger.steg import aapne_igjen, laas, start_klokka_igjen, ta_steg
from ansvarsgruppe.models import Ansvarsgruppe, Innkalling, Moete
from ansvarsgruppe.sporringer import planmerke, siste_innkallinger
from ansvarsgruppe.varsler import moete as post
from tok.kjerne import datotekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Kommune, Konto
from tok.sak import protokoll
from tok.sak.tilgang import Avslag, Rett, krever


class MoetetHarBegynt(Avslag):
    """What has begun is told in minutes."""

    melding = _("Møtet har begynt. Skriv heller referat.")


class ReferatErPaabegynt(Avslag):
    """Minutes that somebody writes would be left without a meeting."""

    melding = _("Noen har begynt på referatet fra møtet, så det kan ikke avlyses. Flytt møtet, eller skriv referatet.")


class MoetetErEndret(Avslag):
    """Somebody else has changed the meeting meanwhile; says how it is now and what was typed (P7)."""

    def __init__(self, moete: Moete, plan: Moeteplan) -> None:
        melding = _(
            "Noen har endret møtet mens du skrev. Nå er det slik: %(naa)s. Du skrev: %(ditt)s. "
            "Trykk «Lagre endringene» en gang til for å bruke det du skrev."
        )
        super().__init__(str(melding) % {"naa": i_ord(planen(moete)), "ditt": i_ord(plan)})


@krever(Rett.PLANLEGGE_MOETE)
def planlegg_moete(*, gruppe: Ansvarsgruppe, plan: Moeteplan, av: Konto, naa: datetime) -> Moete:
    """Set up a meeting; the clocks of agenda and minutes start at once (R56, R59, R87).

    Raises:
        Avslag: the plan cannot be carried out, the consent is missing, or the course is (see `moeteplan`).
    """
    gruppe = laas_gruppe(gruppe)
    sjekk_plan(plan, gruppe, naa)
    sjekk_ledig(gruppe, plan.start_tid)
    sjekk_samtykke(gruppe.sak, naa)
    sjekk_opplaering(gruppe, Kommune.hent(), naa)
    moete = nytt_moete(gruppe, plan, naa)
    protokoll.noter(sak=gruppe.sak, tid=datotekst.dato_tid(moete.start_tid))
    return moete


@krever(Rett.PLANLEGGE_MOETE)
def endre_moete(*, moete: Moete, plan: Moeteplan, sett: str, av: Konto, naa: datetime) -> Moete:
    """Change time, place or interpreter; what is already sent must be sent anew (R63, RFC 5545).

    `sett` is the mark (`sporringer.planmerke`) of the meeting as the form showed it.

    The clock of the agenda runs again when it was sent, or when the day is another (R59).

    Raises:
        MoetetErEndret: somebody else has changed it since; nothing is written over unseen (P7).
        Avslag: the plan cannot be carried out, or the meeting is held or off.
    """
    moete = laas(moete)
    sjekk_plan(plan, moete.gruppe, naa)
    if sett != planmerke(moete) and i_ord(planen(moete)) != i_ord(plan):
        raise MoetetErEndret(moete, plan)
    if plan.start_tid != moete.start_tid:
        sjekk_ledig(laas_gruppe(moete.gruppe), plan.start_tid, unntatt=moete)
    foer, var_sendt = moete.start_tid, False
    ny = {
        "start_tid": plan.start_tid,
        "slutt_tid": slutt_for(plan, Kommune.hent()),
        "sted": plan.sted,
        "videolenke": plan.videolenke,
        "tolk_spraak": plan.tolk_spraak,
    }
    if any(getattr(moete, felt) != verdi for felt, verdi in ny.items()):
        var_sendt = aapne_igjen(moete, "endre_moete")
        for felt, verdi in ny.items():
            setattr(moete, felt, verdi)
    else:
        # Whether it is the yearly review stands in no invitation.
        _maa_kunne_endres(moete)
    moete.er_aarlig_gjennomgang = plan.er_aarlig_gjennomgang
    if lokal_dato(foer) != lokal_dato(moete.start_tid):
        moete.saksliste_sendt_tid = moete.saksliste_for_sent = None
        sett_frister(moete, naa)
    if var_sendt:
        start_klokka_igjen(moete, naa)
    moete.save()
    tid = datotekst.dato_tid(moete.start_tid)
    protokoll.noter(tid=tid, fra=datotekst.dato_tid(foer) if foer != moete.start_tid else "")
    return moete


@krever(Rett.PLANLEGGE_MOETE)
def avlys_moete(*, moete: Moete, grunn: str, av: Konto, naa: datetime) -> Moete:
    """Call the meeting off: its clocks stop, and it leaves the calendars of those who were called.

    A meeting that has begun is not called off: its clock must run until the minutes are sent (R87).

    Raises:
        KanIkkeNaa: it is held, or off already.
        MoetetHarBegynt, ReferatErPaabegynt: it has minutes, or must get them.
    """
    moete = laas(moete)
    ta_steg(moete, "avlys_moete")
    if naa >= moete.start_tid:
        raise MoetetHarBegynt
    if moete.referater.exists():
        raise ReferatErPaabegynt
    moete.avlyst_grunn = grunn
    innkalte = siste_innkallinger(moete)
    if innkalte:
        moete.sekvens += 1
    moete.save()
    for regel in (frister.SAKSLISTE, frister.REFERAT):
        protokoll.lukk_frist(regel=regel, objekt_id=moete.pk, hvordan="møtet er avlyst", naa=naa)
    for innkalling in innkalte:
        ta_ut_av_kalenderen(moete, innkalling, naa)
    if paa_annen_maate := [rad.deltakelse.navn for rad in innkalte if rad.kanal == Innkalling.Kanal.ANNEN]:
        hva = _("Beskjed om at møtet %(dato)s er avlyst") % {"dato": datotekst.dato(moete.start_tid)}
        hvem = Truncator(", ".join(paa_annen_maate)).chars(150)
        protokoll.maa_leveres(sak=moete.gruppe.sak, hva=hva, mottaker=hvem, objekt=moete, naa=naa)
        post.maa_leveres(moete, hva="avlyst", naa=naa)
    protokoll.noter(tid=datotekst.dato_tid(moete.start_tid))
    return moete


def ta_ut_av_kalenderen(moete: Moete, innkalling: Innkalling, naa: datetime) -> None:
    """Tell one who was called with a message; those on paper are rung by the coordinator."""
    konto = innkalling.deltakelse.konto
    if innkalling.kanal != Innkalling.Kanal.KONTO or konto is None:
        return
    kalender = avlysning(innkalling, sekvens=moete.sekvens, naa=naa)
    post.avlyst(moete, innkalling, konto=konto, kalender=kalender, naa=naa)


def _maa_kunne_endres(moete: Moete) -> None:
    tilstand = moete.tilstand
    ta_steg(moete, "endre_moete")
    moete.tilstand = tilstand
