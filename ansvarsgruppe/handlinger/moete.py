"""A meeting is planned, changed and called off (R56, R63, R64, R88)."""

from __future__ import annotations

from datetime import datetime

from ansvarsgruppe import frister
from ansvarsgruppe.dokumenter.kalenderfil import kalenderfil
from ansvarsgruppe.handlinger.moeteplan import (
    Moeteplan,
    nytt_moete,
    sett_frister,
    sjekk_opplaering,
    sjekk_plan,
    sjekk_samtykke,
    slutt_for,
)
from ansvarsgruppe.handlinger.steg import aapne_igjen, laas, ta_steg
from ansvarsgruppe.models import Ansvarsgruppe, Innkalling, Moete
from ansvarsgruppe.sporringer import siste_innkallinger
from ansvarsgruppe.varsler import moete as post
from tok.kjerne import datotekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Kommune, Konto
from tok.sak import protokoll
from tok.sak.tilgang import Rett, krever


@krever(Rett.PLANLEGGE_MOETE)
def planlegg_moete(*, gruppe: Ansvarsgruppe, plan: Moeteplan, av: Konto, naa: datetime) -> Moete:
    """Set up a meeting; the clocks of agenda and minutes start at once (R56, R59, R87).

    Raises:
        Avslag: the plan cannot be carried out, the consent is missing, or the course is (see `moeteplan`).
    """
    gruppe = Ansvarsgruppe.objects.select_for_update(of=("self",)).select_related("sak__person").get(pk=gruppe.pk)
    sjekk_plan(plan, gruppe, naa)
    sjekk_samtykke(gruppe.sak, naa)
    sjekk_opplaering(gruppe, Kommune.hent(), naa)
    moete = nytt_moete(gruppe, plan, naa)
    protokoll.noter(sak=gruppe.sak, tid=datotekst.dato_tid(moete.start_tid))
    return moete


@krever(Rett.PLANLEGGE_MOETE)
def endre_moete(*, moete: Moete, plan: Moeteplan, av: Konto, naa: datetime) -> Moete:
    """Change time, place or interpreter; what is already sent must be sent anew (R63, RFC 5545).

    A new day starts the clock of the agenda again; a new room or hour does not.

    Raises:
        Avslag: the plan cannot be carried out, or the meeting is held or off.
    """
    moete = laas(moete)
    sjekk_plan(plan, moete.gruppe, naa)
    foer = moete.start_tid
    ny = {
        "start_tid": plan.start_tid,
        "slutt_tid": slutt_for(plan, Kommune.hent()),
        "sted": plan.sted,
        "videolenke": plan.videolenke,
        "tolk_spraak": plan.tolk_spraak,
    }
    if any(getattr(moete, felt) != verdi for felt, verdi in ny.items()):
        aapne_igjen(moete, "endre_moete")
        for felt, verdi in ny.items():
            setattr(moete, felt, verdi)
    else:
        # Whether it is the yearly review stands in no invitation.
        _maa_kunne_endres(moete)
    moete.er_aarlig_gjennomgang = plan.er_aarlig_gjennomgang
    if lokal_dato(foer) != lokal_dato(moete.start_tid):
        moete.saksliste_sendt_tid = moete.saksliste_for_sent = None
        sett_frister(moete, naa)
    moete.save()
    tid = datotekst.dato_tid(moete.start_tid)
    protokoll.noter(tid=tid, fra=datotekst.dato_tid(foer) if foer != moete.start_tid else "")
    return moete


@krever(Rett.PLANLEGGE_MOETE)
def avlys_moete(*, moete: Moete, grunn: str, av: Konto, naa: datetime) -> Moete:
    """Call the meeting off: its clocks stop, and it leaves the calendars of those who were called.

    Raises:
        KanIkkeNaa: it is held, or off already.
    """
    moete = laas(moete)
    ta_steg(moete, "avlys_moete")
    moete.avlyst_grunn = grunn
    innkalte = siste_innkallinger(moete)
    if innkalte:
        moete.sekvens += 1
    moete.save()
    for regel in (frister.SAKSLISTE, frister.REFERAT):
        protokoll.lukk_frist(regel=regel, objekt_id=moete.pk, hvordan="møtet er avlyst", naa=naa)
    for innkalling in innkalte:
        ta_ut_av_kalenderen(moete, innkalling, naa)
    protokoll.noter(tid=datotekst.dato_tid(moete.start_tid))
    return moete


def ta_ut_av_kalenderen(moete: Moete, innkalling: Innkalling, naa: datetime) -> None:
    """Tell one who was called with a message; those on paper are rung by the coordinator."""
    konto = innkalling.deltakelse.konto
    if innkalling.kanal != Innkalling.Kanal.KONTO or konto is None:
        return
    kalender = kalenderfil(
        moete=moete,
        deltakelse=innkalling.deltakelse,
        skjermet=moete.gruppe.sak.person.er_skjermet,
        metode="CANCEL",
        naa=naa,
    )
    post.avlyst(moete, konto=konto, kalender=kalender, naa=naa)


def _maa_kunne_endres(moete: Moete) -> None:
    tilstand = moete.tilstand
    ta_steg(moete, "endre_moete")
    moete.tilstand = tilstand
