"""A case with a group, everybody a meeting may concern, and names that must never leak; for the meeting tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ansvarsgruppe import sporringer
from ansvarsgruppe.handlinger.gruppe import opprett_gruppe
from ansvarsgruppe.handlinger.innkalling import send_innkalling
from ansvarsgruppe.handlinger.moete import endre_moete, planlegg_moete
from ansvarsgruppe.handlinger.moeteplan import Moeteplan
from ansvarsgruppe.handlinger.saksliste import lagre_saksliste
from ansvarsgruppe.models import Ansvarsgruppe, Moete
from tests.fabrikker import (
    DeltakelseFabrikk,
    KontaktFabrikk,
    PersonFabrikk,
    SakFabrikk,
    SamtykkeFabrikk,
    ansatt,
    fil_i_lageret,
    koordinator_i,
    samtykke_for,
    tok_ansatt,
)
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Sak

NAA = datetime(2026, 11, 23, 8, 30, tzinfo=OSLO)
START = datetime(2026, 12, 3, 13, 0, tzinfo=OSLO)
# Found anywhere outside a letter or a page behind the door, each of these is a leak (N11, N19).
KANARIER = ("Kanarifornavn", "Kanarietternavn", "Kanarimor", "Kanarilege", "Kanarilaerer", "Kanarisak", "Kanariveien")


@dataclass
class Rom:
    """The case and who is in it."""

    sak: Sak
    tok: Konto
    koordinator: Konto
    laerer: Konto
    spesialist: Konto
    mor: Deltakelse
    lege: Deltakelse
    gruppe: Ansvarsgruppe

    def deltakelse(self, konto: Konto) -> Deltakelse:
        return Deltakelse.objects.get(sak=self.sak, konto=konto)

    @property
    def personen(self) -> Deltakelse:
        return Deltakelse.objects.get(sak=self.sak, rolle="person")


def lag_rom(*, muntlig: bool = False, **person: Any) -> Rom:
    """A group with consent: two with an account, a doctor and a mother on paper, the person."""
    felt = {"fornavn": "Kanarifornavn", "etternavn": "Kanarietternavn", "adresse": "Kanariveien 3, 7580 Fjordvik"}
    sak = SakFabrikk(person=PersonFabrikk(**(felt | person)))
    tok, koordinator = tok_ansatt(sak), koordinator_i(sak, navn="Tone Koordinator")
    laerer, spesialist = ansatt(navn="Kanarilaerer Dahl"), ansatt(navn="Siv Spesialist")
    DeltakelseFabrikk(sak=sak, konto=laerer, rolle="fast")
    DeltakelseFabrikk(sak=sak, konto=spesialist, rolle="ved_behov")
    mor = DeltakelseFabrikk(
        sak=sak, konto=None, kontakt=KontaktFabrikk(navn="Kanarimor"), rolle="representant", egenskap="forelder"
    )
    lege = DeltakelseFabrikk(
        sak=sak,
        konto=None,
        kontakt=KontaktFabrikk(navn="Kanarilege", virksomhet="Fjordvik legekontor"),
        rolle="ved_behov",
        via_legekontor=True,
    )
    if muntlig:
        SamtykkeFabrikk(sak=sak, maate="muntlig", fil=None, formaal=["gruppe"])
    else:
        samtykke_for(sak, fil=fil_i_lageret())
    gruppe = opprett_gruppe(sak=sak, formaal="", av=tok, naa=NAA)
    return Rom(sak, tok, koordinator, laerer, spesialist, mor, lege, gruppe)


def plan(**felt: Any) -> Moeteplan:
    verdier: dict[str, Any] = {"start_tid": START, "sted": "Fjordvik skole, rom 2"} | felt
    return Moeteplan(**verdier)


def planlegg(rom: Rom, naa: datetime = NAA, **felt: Any) -> Moete:
    return planlegg_moete(gruppe=rom.gruppe, plan=plan(**felt), av=rom.koordinator, naa=naa)


def sett_opp(rom: Rom, moete: Moete, *punkter: str, naa: datetime = NAA, sammen: bool = True) -> Moete:
    return lagre_saksliste(
        moete=moete,
        punkter=punkter or ("Kanarisak om skolen", "Dato for neste møte"),
        satt_opp_med_personen=sammen,
        grunnlag=sporringer.punkttekster(moete),
        av=rom.koordinator,
        naa=naa,
    )


def send(rom: Rom, moete: Moete, *til: Deltakelse, naa: datetime = NAA, sett: str | None = None) -> Moete:
    """Send to the given ones, or to those who are chosen beforehand."""
    moete.refresh_from_db()
    alle = sporringer.kan_innkalles(moete, lokal_dato(naa))
    mottakere = til or [d for d in alle if d.rolle in sporringer.VANLIG_INNKALT]
    if sett is None:
        sett = sporringer.avtrykk(moete, sporringer.punkttekster(moete))
    return send_innkalling(moete=moete, til=[d.pk for d in mottakere], sett=sett, av=rom.koordinator, naa=naa)


def innkalt(rom: Rom, *til: Deltakelse, naa: datetime = NAA, **felt: Any) -> Moete:
    """Planned, with an agenda, and sent."""
    moete = planlegg(rom, naa, **felt)
    sett_opp(rom, moete, naa=naa)
    return send(rom, moete, *til, naa=naa)


def endre(rom: Rom, moete: Moete, naa: datetime = NAA, sett: str | None = None, **felt: Any) -> Moete:
    """Change the meeting from a form that showed it as it stands."""
    moete.refresh_from_db()
    merke = sporringer.planmerke(moete) if sett is None else sett
    return endre_moete(moete=moete, plan=plan(**felt), sett=merke, av=rom.koordinator, naa=naa)


def dager(antall: int) -> timedelta:
    return timedelta(days=antall)
