"""Fills the ground floor's ports: the words of the clocks, the tab, the card on the case page, the menu line."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansvarsgruppe import frister, sporringer
from ansvarsgruppe.handlinger.gruppe import koordinator_kommer
from ansvarsgruppe.models import Ansvarsgruppe
from ansvarsgruppe.sporringer import skjult
from ansvarsgruppe.sporringer.utsendt import utsendt
from tok.kjerne import datotekst
from tok.kjerne.forberedt import Forberedt
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.lenker import lenke
from tok.kjerne.models import Dokument, Konto
from tok.sak import bidrag
from tok.sak.models import Deltakelse, Sak, Saksdokument, Tiltak
from tok.sak.tilgang import Rett, skjulte


def registrer() -> None:
    """Called once, when the applications are ready."""
    bidrag.registrer_frist(bidrag.Fristbidrag(frister.SAKSLISTE, _saksliste))
    bidrag.registrer_frist(bidrag.Fristbidrag(frister.REFERAT, _referat))
    bidrag.registrer_frist(bidrag.Fristbidrag(frister.AARLIG_GJENNOMGANG, _gjennomgang))
    bidrag.hindrer_skjuling.append(skjult.hinder_for_skjuling)
    skjulte.foelger_med(Dokument, skjult.referatenes_filer, skjult.brevene)
    skjulte.foelger_med(Saksdokument, skjult.arkiverte_referater, skjult.arkiverte_brev)
    skjulte.foelger_med(Tiltak, skjult.tiltakene)
    bidrag.utsendt.append(utsendt)
    bidrag.varselretter["Moete"] = Rett.SE_MOETE
    bidrag.varselretter["Referat"] = Rett.LESE_REFERAT
    bidrag.faner.append(bidrag.Fane(gettext_lazy("Møter"), "ansvarsgruppe:moeter", 30, Rett.SE_MOETE))
    bidrag.kjente_kryss["R30"].append(lambda sak, _i_dag: Ansvarsgruppe.objects.filter(sak=sak).exists())
    bidrag.oppslag.append(bidrag.Oppslag("ansvarsgruppe/_neste_moete.html", 10, neste_moete))
    bidrag.registrer_meny(gettext_lazy("Møter"), "ansvarsgruppe:mine_moeter", Rett.PLANLEGGE_MOETE, rekkefoelge=30)


def _saksliste(moetedato: date, moete: UUID, sak: UUID) -> bidrag.Fristtekst:
    setning = _("Send saksliste og innkalling til møtet %(dato)s") % {"dato": datotekst.dag_og_maaned(moetedato)}
    return bidrag.Fristtekst(setning, lenke("ansvarsgruppe:moete", moete), _("Åpne møtet"))


def _referat(moetedato: date, moete: UUID, sak: UUID) -> bidrag.Fristtekst:
    setning = _("Skriv og send referat fra møtet %(dato)s") % {"dato": datotekst.dag_og_maaned(moetedato)}
    return bidrag.Fristtekst(setning, lenke("ansvarsgruppe:moete", moete), _("Åpne møtet"))


def _gjennomgang(siste: date, gruppe: UUID, sak: UUID) -> bidrag.Fristtekst:
    setning = _("Hold årlig gjennomgang av gruppa innen et år fra %(dato)s") % {"dato": datotekst.dato(siste)}
    return bidrag.Fristtekst(setning, lenke("ansvarsgruppe:moeter", sak), _("Åpne møtene"))


KOORDINATORER = Forberedt(
    lambda sak_id, i_dag: (
        Deltakelse.objects.filter(sak=sak_id).ikke_slutt(i_dag).koordinatorer().select_related("konto")
    )
)


def neste_moete(sak: Sak, konto: Konto, i_dag: date) -> dict[str, object] | None:
    """The card on the case page: the next meeting with its course, or the first step towards one."""
    kan = sporringer.rettigheter(konto, sak, i_dag)
    if Rett.SE_MOETE.name not in kan:
        return None
    moete = sporringer.neste_moete(sak, konto, i_dag)
    gruppe = moete.gruppe if moete else Ansvarsgruppe.objects.filter(sak=sak).first()
    deltakelser = KOORDINATORER.objekter(sak_id=sak.pk, i_dag=i_dag)
    har_koordinator = any(d.fra_dato <= i_dag for d in deltakelser)
    kommende = next((d for d in deltakelser if d.fra_dato > i_dag), None)
    data: dict[str, object] = {
        "sak": sak,
        "gruppe": gruppe,
        "kommer": koordinator_kommer(kommende) if kommende and not har_koordinator else "",
        "i_dag": i_dag,
        "kan_opprette": gruppe is None and har_koordinator and Rett.OPPNEVNE.name in kan,
        "kan_planlegge": gruppe is not None and Rett.PLANLEGGE_MOETE.name in kan,
    }
    if moete is not None:
        begynt = lokal_dato(moete.start_tid) < i_dag
        data["loep"] = sporringer.finn_loep(moete, kan, i_dag, begynt=begynt)
    return data
