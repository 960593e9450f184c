"""Minutes are finished: locked, frozen as a document, turned into tasks and sent (R83, R85–R88, L18, L19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ansvarsgruppe import frister
from ansvarsgruppe.dokumenter import referat as dokument
from ansvarsgruppe.handlinger import steg
from ansvarsgruppe.handlinger.felter import deltakere, krever_medvirkning, les, maa_krysses_av
from ansvarsgruppe.handlinger.fletting import Fletting
from ansvarsgruppe.handlinger.moeteplan import Moeteplan, laas_gruppe, nytt_moete, sjekk_plan
from ansvarsgruppe.handlinger.referat import ReferatErEndret, ReferatErLaast, laas
from ansvarsgruppe.handlinger.sted import StedetNevnerPersonen, nevner
from ansvarsgruppe.models import Avtale, Levering, Moete, Referat
from ansvarsgruppe.tilstand import REFERAT_STEG
from ansvarsgruppe.varsler import moete as moetepost
from ansvarsgruppe.varsler import referat as post
from tok.kjerne import datotekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.kjerne.tilstand import UlovligSteg, neste
from tok.sak import protokoll
from tok.sak.models import Saksdokument, Tiltak
from tok.sak.tilgang import Avslag, Rett, krever

MEDVIRKNING = {
    "medvirkning_vurdert": _("Skriv om det er vurdert om barnet skal delta."),
    "medvirkning_hvordan": _("Skriv hvordan barnets syn er hentet inn."),
    "medvirkning_vekt": _("Velg hvilken vekt det fikk."),
}


@dataclass(frozen=True)
class Mangel:
    """What must be in place before the minutes can be finished, and the field it belongs to."""

    felt: str
    melding: Any


class MoetetHarIkkeBegynt(Avslag):
    """Minutes tell of what has been."""

    melding = _("Møtet har ikke begynt ennå. Referatet kan ferdigstilles når møtet er holdt.")


class ReferatetMangler(Avslag):
    """The minutes are not whole (R80, R94, R95, L15); `mangler` names all that is missing."""

    def __init__(self, mangler: list[Mangel]) -> None:
        super().__init__(" ".join(str(mangel.melding) for mangel in mangler))
        self.mangler = mangler


def mangler(referat: Referat) -> list[Mangel]:
    """What must be filled in before the minutes can be finished; an empty list when they are whole."""
    felter = les(referat)
    fornavn = referat.moete.gruppe.sak.person.tiltale
    funnet = []
    maa = maa_krysses_av(referat.moete)
    uten_status = [d.navn for d in deltakere(referat) if d.pk in maa and str(d.pk) not in felter["oppmoete"]]
    if uten_status:
        melding = _("Kryss av om disse var til stede: %(navn)s.") % {"navn": ", ".join(uten_status)}
        funnet.append(Mangel("oppmoete", melding))
    elif "til_stede" not in felter["oppmoete"].values():
        funnet.append(Mangel("oppmoete", _("Minst én må ha vært til stede.")))
    if not felter["personens_stemme"].strip():
        melding = _("Skriv hva %(navn)s sa selv, eller hvordan dere hentet det inn.") % {"navn": fornavn}
        funnet.append(Mangel("personens_stemme", melding))
    if not felter["naa_situasjon"].strip():
        funnet.append(Mangel("naa_situasjon", _("Beskriv nå-situasjonen.")))
    if krever_medvirkning(referat.moete):
        funnet += [Mangel(felt, melding) for felt, melding in MEDVIRKNING.items() if not felter[felt].strip()]
    if referat.neste_start_tid and nevner(referat.neste_sted, referat.moete.gruppe.sak.person):
        funnet.append(Mangel("neste_sted", _("Neste møte: %(hvorfor)s") % {"hvorfor": StedetNevnerPersonen.melding}))
    return funnet


@krever(Rett.FERDIGSTILLE_REFERAT)
def ferdigstill_referat(*, referat: Referat, base_lagring: int, av: Konto, naa: datetime) -> Referat:
    """Lock the minutes for good, send them to those who may have them, and set up what was agreed (R83, R85, L18).

    `base_lagring` is the saving that was looked over; what somebody has saved since is never sent unseen.

    Raises:
        ReferatErLaast: they are finished already.
        ReferatErEndret: somebody has saved since the preview.
        MoetetHarIkkeBegynt: the meeting is still to come.
        ReferatetMangler: something that must stand in them does not.
        KanIkkeNaa: the meeting is called off.
    """
    moete = steg.laas(Moete(pk=referat.moete_id))
    referat = laas(referat)
    referat.moete = moete
    try:
        tilstand = neste(REFERAT_STEG, "ferdigstill_referat", referat.tilstand)
    except UlovligSteg:
        raise ReferatErLaast(str(_("Referatet er alt ferdig og sendt."))) from None
    if referat.lagring != base_lagring:
        raise ReferatErEndret(Fletting(les(referat), ()), les(referat), referat.lagring)
    if naa < moete.start_tid:
        raise MoetetHarIkkeBegynt
    if mangel := mangler(referat):
        raise ReferatetMangler(mangel)
    steg.ta_steg(moete, "ferdigstill_referat")
    moete.save()

    til = post.mottakere(referat, lokal_dato(naa))
    _frys(referat, tilstand, til, av=av, naa=naa)
    _lag_tiltak(referat)
    _lukk_frister(referat, naa=naa)
    neste_moete = _lag_neste_moete(referat, naa=naa)
    leveringer = post.lever(referat, til, av=av, naa=naa)
    if paa_annen_maate := [levering for levering in leveringer if levering.kanal == Levering.Kanal.ANNEN]:
        hva = _("Referat fra møtet %(dato)s") % {"dato": datotekst.dato(moete.start_tid)}
        for levering in paa_annen_maate:
            protokoll.maa_leveres(
                sak=moete.gruppe.sak, hva=hva, mottaker=levering.deltakelse.navn, objekt=levering, naa=naa
            )
        moetepost.maa_leveres(moete, hva=f"referat{referat.versjon}", naa=naa)
    protokoll.noter(
        dato=datotekst.dato(moete.start_tid),
        versjon=referat.versjon,
        antall=len(leveringer),
        neste=datotekst.dato(neste_moete.start_tid) if neste_moete else "",
    )
    return referat


def _frys(referat: Referat, tilstand: str, til: list[post.Mottaker], *, av: Konto, naa: datetime) -> None:
    navn = [mottaker.deltakelse.navn for mottaker in til if mottaker.kanal]
    if krever_medvirkning(referat.moete):
        referat.medvirkning_sa = referat.personens_stemme  # asked once, kept in both (L15)
    frosset = dokument.innhold(referat, navn, er_barn=krever_medvirkning(referat.moete), naa=naa)
    referat.dokument = dokument.bestill(referat, frosset, naa=naa)
    referat.tilstand = tilstand
    referat.ferdig_tid, referat.ferdig_av = naa, av
    referat.save()
    protokoll.arkiver_i_saken(
        sak=referat.moete.gruppe.sak, dokument=referat.dokument, type_=Saksdokument.Type.REFERAT, naa=naa
    )


def _lag_tiltak(referat: Referat) -> None:
    """One task per agreement; in a new version a task keeps its state, and one taken out goes if it is open (R97)."""
    gamle = _gamle_tiltak(referat.erstatter_id)
    for avtale in referat.avtaler.select_related("ansvar__konto", "ansvar__kontakt", "ansvar__sak__person"):
        tiltak = next((t for t in gamle if t.tekst == avtale.tiltak), None)
        if tiltak is not None:
            gamle.remove(tiltak)
        _fyll(tiltak or Tiltak(), referat, avtale)
    for tiltak in gamle:
        if tiltak.tilstand == Tiltak.Tilstand.AAPENT:
            tiltak.delete()


def _gamle_tiltak(erstatter_id: UUID | None) -> list[Tiltak]:
    if erstatter_id is None:
        return []
    noekler = Avtale.objects.filter(referat=erstatter_id).values("pk")
    return list(Tiltak.objects.select_for_update().filter(kilde_type=dokument.KILDE, kilde_id__in=noekler))


def _fyll(tiltak: Tiltak, referat: Referat, avtale: Avtale) -> None:
    tiltak.sak = referat.moete.gruppe.sak
    tiltak.tekst = avtale.tiltak
    tiltak.ansvarlig = avtale.ansvar.navn if avtale.ansvar else ""
    tiltak.ansvarlig_deltakelse = avtale.ansvar
    tiltak.frist_dato = avtale.frist_dato
    tiltak.kilde_type, tiltak.kilde_id = dokument.KILDE, avtale.pk
    tiltak.save()


def _lukk_frister(referat: Referat, *, naa: datetime) -> None:
    """The clocks of the meeting stop; the yearly review held starts the next year's (R36, R59, R87)."""
    moete, gruppe = referat.moete, referat.moete.gruppe
    protokoll.lukk_frist(regel=frister.SAKSLISTE, objekt_id=moete.pk, hvordan="holdt uten saksliste", naa=naa)
    protokoll.lukk_frist(regel=frister.REFERAT, objekt_id=moete.pk, hvordan="referatet er sendt", naa=naa)
    if moete.er_aarlig_gjennomgang and referat.versjon == 1:
        regel = frister.AARLIG_GJENNOMGANG
        protokoll.lukk_frist(regel=regel, objekt_id=gruppe.pk, hvordan="gjennomgangen er holdt", naa=naa)
        protokoll.sett_frist(
            sak=gruppe.sak, regel=regel, objekt_id=gruppe.pk, utgangspunkt=lokal_dato(moete.start_tid), naa=naa
        )


def _lag_neste_moete(referat: Referat, *, naa: datetime) -> Moete | None:
    """Set up the meeting that was agreed, unless it is there already or cannot be held (R88, R99).

    A new version sets up none where the version before did: that meeting is moved on its own page.
    """
    gruppe, plan = laas_gruppe(referat.moete.gruppe), _neste_plan(referat)
    if plan is None or hinder_for_neste(referat, naa=naa):
        return None
    foer = referat.erstatter.neste_start_tid if referat.erstatter else None
    finnes = gruppe.moeter.exclude(tilstand=Moete.Tilstand.AVLYST)
    if finnes.filter(start_tid__in=[tid for tid in (plan.start_tid, foer) if tid]).exists():
        return None
    return nytt_moete(gruppe, plan, naa)


def _neste_plan(referat: Referat) -> Moeteplan | None:
    fra, til = referat.neste_start_tid, referat.neste_slutt_tid
    if fra is None or not referat.neste_sted:
        return None
    return Moeteplan(start_tid=fra, slutt_tid=til, sted=referat.neste_sted, tolk_spraak=referat.moete.tolk_spraak)


def hinder_for_neste(referat: Referat, *, naa: datetime) -> str:
    """Why the agreed meeting will not be set up, in words for the preview; empty when it will, or none is agreed."""
    plan = _neste_plan(referat)
    if plan is None:
        return ""
    try:
        sjekk_plan(plan, referat.moete.gruppe, naa)
    except Avslag as avslag:
        return str(avslag.melding)
    return ""
