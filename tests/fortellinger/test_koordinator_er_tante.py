"""The coordinator is the child's aunt; the office must read the minutes (docs/fortellinger/koordinator_er_tante.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import time_machine
from playwright.sync_api import Page, expect

from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat
from ansvarsgruppe.models import Referat
from koordinator.handlinger import godkjenn
from koordinator.models import Forespoersel
from tests.ansvarsgruppe.referat_rom import NAA, Rom, helt_referat, lag_rom
from tests.fabrikker import DeltakelseFabrikk, EnhetFabrikk, KontoFabrikk, PersonFabrikk, SakFabrikk, ansatt, tok_ansatt
from tests.fortellinger.haandgrep import knapp, lenke, velg
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging
from tests.fortellinger.post import Epostsluk, tekst
from tok.kjerne import klokke
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto

GRUNN = "Møtet er onsdag, og den nye koordinatoren trenger å vite hva som er avtalt."
MERKNAD = "Jeg er tanten hennes."
KANARIER = ("Emma", "Prøvesen", "tante", "koordinator", "Onsdag")


@dataclass
class Folk:
    """Who the story is about: the aunt, the office and its leader, a teacher and the headmaster, and the mother."""

    tante: Konto
    hanne: Konto
    avdelingsleder: Konto
    jonas: Konto
    rektor: Konto
    mor: Konto


def _folk(rom: Rom) -> Folk:
    skole = EnhetFabrikk(navn="Fjæra barneskole")
    folk = Folk(
        tante=rom.koordinator,
        hanne=tok_ansatt(rom.sak, navn="Hanne Solvik"),
        avdelingsleder=ansatt("leder", rom.sak.kontor, navn="Turid Haugland"),
        jonas=ansatt("ansatt", skole, navn="Jonas Berg"),
        rektor=ansatt("leder", skole, navn="Geir Molvær"),
        mor=KontoFabrikk(navn="Silje Prøvesen"),
    )
    DeltakelseFabrikk(sak=rom.sak, konto=folk.mor, rolle="representant", egenskap="forelder")
    with som_system("test data"):
        rom.sak.saksbehandler = folk.hanne
        rom.sak.save()
    for konto in vars(folk).values():
        gi_innlogging(konto)
    return folk


def _borte(side: Page, sti: str) -> None:
    svar = side.goto(sti)
    assert svar is not None
    assert svar.status == 404, sti
    assert "Prøvesen" not in side.content()


def _tanten_melder_fra(nettleser: Nettleser, rom: Rom, folk: Folk, referat: Referat) -> None:
    """One page, one choice; the case is closed in the same log-in, page by page."""
    side = nettleser.ny_side(folk.tante, skjerm=MOBIL)
    hennes = (f"/referater/{referat.pk}/", f"/saker/{rom.sak.pk}/", f"/saker/{rom.sak.pk}/deltakere/")
    for sti in hennes:
        side.goto(sti)
        expect(side.get_by_role("heading", level=1)).to_contain_text("Emma Prøvesen")
    lenke(side, "Meld fra om at du selv er inhabil")
    axe(side)
    knapp(side, re.compile("^Meld fra"))
    expect(side.get_by_text("Velg hvordan du kjenner personen.").first).to_be_visible()
    side.get_by_role("radio", name=re.compile("^Jeg står personen nær")).check()
    side.get_by_label("Merknad til kontoret").fill(MERKNAD)
    knapp(side, re.compile("^Meld fra"))
    expect(side.locator("main")).to_contain_text("Du er meldt inhabil, og saken er lukket for deg.")
    expect(side.locator("main")).not_to_contain_text("Emma")
    for sti in hennes:
        _borte(side, sti)


def _kontoret_finner_en_ny(nettleser: Nettleser, rom: Rom, folk: Folk) -> Page:
    """The office sees who and why; the aunt is not among those to choose, and the leader is not told of her."""
    side = nettleser.ny_side(folk.hanne)
    side.goto(f"/saker/{rom.sak.pk}/habilitet/")
    expect(side.locator("main")).to_contain_text("Tone Bakke står personen nær på en annen måte")
    expect(side.locator("main")).to_contain_text(MERKNAD)
    axe(side)
    side.goto(f"/saker/{rom.sak.pk}/")
    expect(side.locator(".fakta")).to_contain_text("Ingen ennå")
    lenke(side, "Spør leder")
    expect(side.locator("main")).to_contain_text("Kan ikke velges i denne saken: Tone Bakke.")
    expect(side.locator("[name=foreslaatt]")).not_to_contain_text("Tone Bakke")
    axe(side)
    velg(side, "foreslaatt", "Jonas Berg")
    side.locator("[name=omfang]").fill("Et skolebarn som får hjelp fra fire tjenester.")
    side.locator("[name=anslag_timer]").fill("3")
    knapp(side, "Se over spørsmålet")
    expect(side.locator("main")).not_to_contain_text("Tone Bakke")
    knapp(side, re.compile("^Send"))
    forespoersel = Forespoersel.objects.get()
    assert forespoersel.leder == folk.rektor
    godkjenn(forespoersel=forespoersel, timer=forespoersel.anslag_timer, av=folk.rektor, naa=NAA)
    side.goto(f"/saker/{rom.sak.pk}/")
    lenke(side, "Oppnevn Jonas Berg")
    side.get_by_role("radio", name=re.compile("^Koordinator:")).check()
    knapp(side, re.compile("^Oppnevn"))
    expect(side.locator(".fakta")).to_contain_text("Jonas Berg")
    return side


def _kontoret_gaar_inn_med_unntak(side: Page, rom: Rom, referat: Referat) -> None:
    """The minutes are not the office's to read; with a reason they are, for two days, with a banner on each page."""
    _borte(side, f"/referater/{referat.pk}/")
    side.goto("/unntak/")
    axe(side)
    lenke(side, "Åpne en sak")
    side.get_by_label("Saksnummer", exact=True).fill(
        SakFabrikk(person=PersonFabrikk(adressebeskyttelse="strengt")).nummer
    )
    side.get_by_label("Hvorfor må du inn i saken?").fill(GRUNN)
    side.get_by_label("Hvor lenge?").select_option("2")
    knapp(side, "Åpne saken for lesing")
    expect(side.get_by_text("Det er ingen sak med dette nummeret som kan åpnes slik.").first).to_be_visible()
    expect(side.get_by_label("Hvorfor må du inn i saken?")).to_have_value(GRUNN)
    axe(side)
    side.get_by_label("Saksnummer", exact=True).fill(rom.sak.nummer)
    knapp(side, "Åpne saken for lesing")
    for sti in (f"/saker/{rom.sak.pk}/", f"/referater/{referat.pk}/", f"/saker/{rom.sak.pk}/moeter/"):
        side.goto(sti)
        expect(side.locator("main")).to_contain_text("Du er inne med unntakstilgang til og med 24. november 2026")
        axe(side)
    side.goto(f"/referater/{referat.pk}/")
    expect(side.locator("main")).to_contain_text("Jeg vil gå til skolen med Nora.")
    knapp(side, "Avslutt unntakstilgangen")
    _borte(side, f"/referater/{referat.pk}/")


def _lederen_ser_det(nettleser: Nettleser, rom: Rom, folk: Folk) -> None:
    side = nettleser.ny_side(folk.avdelingsleder)
    side.goto("/unntak/ansatte/")
    for ord_ in ("Hanne Solvik", GRUNN, rom.sak.nummer):
        expect(side.locator("main")).to_contain_text(ord_)
    assert "Prøvesen" not in side.content()
    axe(side)
    _borte(side, f"/saker/{rom.sak.pk}/")


def _moren_ser_det(nettleser: Nettleser, rom: Rom, folk: Folk) -> None:
    side = nettleser.ny_side(folk.mor, skjerm=MOBIL)
    side.goto(f"/min-side/{rom.sak.pk}/sett/")
    expect(side.locator("main")).to_contain_text("Hanne Solvik, unntakstilgang")
    for fritekst in (GRUNN, MERKNAD):
        assert fritekst not in side.content()


def test_koordinator_er_tante(
    nettleser: Nettleser,
    epostsluk: Epostsluk,
    send_post: Callable[[datetime], None],
    reise: time_machine.Traveller,
) -> None:
    """She says so; the case closes; another is found; the office reads the minutes by exception, and it shows."""
    reise.move_to(NAA)
    rom = lag_rom()
    utkast = helt_referat(rom)
    referat = ferdigstill_referat(referat=utkast, base_lagring=utkast.lagring, av=rom.koordinator, naa=NAA)
    folk = _folk(rom)
    _tanten_melder_fra(nettleser, rom, folk, referat)
    send_post(klokke.naa())
    [melding] = epostsluk.meldinger(folk.hanne.epost)
    assert not any(ord_ in tekst(melding) + str(melding["Subject"]) for ord_ in KANARIER)
    side = _kontoret_finner_en_ny(nettleser, rom, folk)
    _kontoret_gaar_inn_med_unntak(side, rom, referat)
    send_post(klokke.naa())
    [melding] = epostsluk.meldinger(folk.avdelingsleder.epost)
    assert "/unntak/ansatte/" in tekst(melding)
    assert not any(ord_ in tekst(melding) + str(melding["Subject"]) for ord_ in KANARIER)
    _lederen_ser_det(nettleser, rom, folk)
    _moren_ser_det(nettleser, rom, folk)
