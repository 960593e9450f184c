"""A 12-year-old says something the parents shall not see (docs/fortellinger/tolvaaringens_skjulte_notat.md)."""

from __future__ import annotations

import re
from datetime import date

import time_machine
from playwright.sync_api import Page, expect

from tests.fabrikker import NAA
from tests.fortellinger.haandgrep import knapp, lenke
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging
from tests.tilgang.familierom import lag_familie
from tok.sak.models import Innsyn, Notat, Skjult

HEMMELIG = "Jeg vil ikke bo hos pappa i julen."
TOLV_I_DAG = date(2014, 11, 23)
VAERET = "https://www.yr.no/"


def _vaeret(side: Page) -> None:
    """The neutral page belongs to somebody else, and no test leaves the machine."""
    side.context.route(f"{VAERET}**", lambda rute: rute.fulfill(body="<title>Været</title><p>Sol</p>"))


def test_tolvaaringens_skjulte_notat(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    """Mia turns 12 and writes; the coordinator reads; mother and father see a page without a trace; and quickly out."""
    reise.move_to(NAA)
    familie = lag_familie(foedt=TOLV_I_DAG)
    for navn in ("personen", "mor", "far", "koordinator"):
        gi_innlogging(familie.konto(navn))

    mor = nettleser.ny_side(familie.mor, skjerm=MOBIL)
    expect(mor.get_by_role("heading", level=1, name="Siden om Kanarifornavn")).to_be_visible()
    expect(mor.get_by_text("Torsdag 3. desember 2026 kl. 13.00")).to_be_visible()
    expect(mor.get_by_text("Tone Koordinator").first).to_be_visible()
    expect(mor.get_by_role("navigation", name="Hovedmeny").get_by_text("Min dag")).to_have_count(0)
    axe(mor)
    foer = mor.locator("main").inner_text()

    mia = nettleser.ny_side(familie.personen, skjerm=MOBIL)
    axe(mia)
    lenke(mia, "Skriv det du vil si")
    expect(mia.get_by_text("Bare du og koordinatoren din ser dette.")).to_be_visible()
    mia.get_by_label("Hva vil du si?").fill(HEMMELIG)
    mia.get_by_label("Ikke vis dette for foreldrene mine").check()
    expect(mia.get_by_text("Lagret ")).to_be_visible()
    axe(mia)
    mia.reload()
    expect(mia.get_by_label("Hva vil du si?")).to_have_value(HEMMELIG)
    expect(mia.get_by_label("Ikke vis dette for foreldrene mine")).to_be_checked()
    knapp(mia, "Lagre")
    expect(mia.get_by_text(HEMMELIG)).to_be_visible()
    expect(mia.get_by_text("Foresatte ser ikke dette")).to_be_visible()
    axe(mia)

    tone = nettleser.ny_side(familie.rom.koordinator)
    tone.goto(f"/saker/{familie.rom.sak.pk}/notater/")
    expect(tone.get_by_text(HEMMELIG)).to_be_visible()
    expect(tone.get_by_role("button", name=re.compile("La foresatte lese det"))).to_be_visible()
    axe(tone)
    tone.goto(f"/saker/{familie.rom.sak.pk}/")
    expect(tone.get_by_text(HEMMELIG)).to_be_visible()
    axe(tone)

    for side in (mor, nettleser.ny_side(familie.far, skjerm=MOBIL)):
        side.goto(f"/min-side/{familie.rom.sak.pk}/")
        uten_lesninger = re.compile(r"Hvem har sett i saken\n(?:(?!Se alle).)*Se alle", re.DOTALL)
        assert uten_lesninger.sub("", side.locator("main").inner_text()) == uten_lesninger.sub("", foer)
        for adresse in ("notater/", "logg/", "dokumenter/", ""):
            side.goto(f"/saker/{familie.rom.sak.pk}/{adresse}")
            expect(side.locator("main")).to_be_visible()
            assert HEMMELIG not in side.content()
            assert "skrive hva en vil ha sagt" not in side.content()

    notat = Notat.objects.get(tekst=HEMMELIG)
    assert Skjult.objects.virksomme().filter(objekt_id=notat.pk).exists()
    assert Innsyn.objects.filter(rett="SKRIVE_NOTAT", sak=familie.rom.sak).exists()

    mor.goto(f"/min-side/{familie.rom.sak.pk}/")
    lenke(mor, "Se alle som har sett i saken")
    expect(mor.get_by_text("Tone Koordinator, koordinator").first).to_be_visible()
    axe(mor)
    _vaeret(mor)
    mor.get_by_role("link", name="Forlat siden raskt").click()
    mor.wait_for_url(VAERET)
    mor.go_back()
    expect(mor.get_by_label("Passord", exact=True)).to_be_visible()


def test_forlat_siden_uten_skript_og_med_usendt_tekst(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    """Without script it is a link; with it, no question about unsaved text stands in the way (N25)."""
    reise.move_to(NAA)
    familie = lag_familie()
    far = nettleser.ny_side(gi_innlogging(familie.far), skjerm=MOBIL, java_script_enabled=False)
    _vaeret(far)
    far.get_by_role("link", name="Forlat siden raskt").click()
    far.wait_for_url(VAERET)

    mia = nettleser.ny_side(gi_innlogging(familie.personen), skjerm=MOBIL)
    _vaeret(mia)
    mia.goto(f"/saker/{familie.rom.sak.pk}/notater/nytt/")
    mia.get_by_label("Hva vil du si?").press_sequentially("Uferdig")
    mia.get_by_role("link", name="Forlat siden raskt").click()
    mia.wait_for_url(VAERET)
