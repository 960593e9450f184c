"""Two write the same minutes, sessions end, and nothing is lost (docs/fortellinger/to_skriver_samtidig.md)."""

from __future__ import annotations

import time_machine
from playwright.sync_api import Page, expect

from ansvarsgruppe.models import Referat
from tests.ansvarsgruppe.referat_rom import NAA, Rom, helt_referat, lag_rom, start
from tests.fabrikker import DeltakelseFabrikk, ansatt
from tests.fortellinger.nettleser import Nettleser, axe, gi_innlogging, logg_inn
from tok.kjerne.models import Konto

INGRIDS = "Rolig rom hver dag innen jul."
LISES = "Rolig rom hver dag, og vet hvem hun kan spørre."


def _aapne(nettleser: Nettleser, konto: Konto, rom: Rom) -> Page:
    side = nettleser.ny_side(konto)
    side.goto(f"/moeter/{rom.moete.pk}/referat/")
    return side


def _rommet() -> tuple[Rom, Konto]:
    rom = lag_rom()
    start(rom)
    lise = gi_innlogging(ansatt(navn="Lise Brekke"))
    DeltakelseFabrikk(sak=rom.sak, konto=lise, rolle="vara")
    gi_innlogging(rom.koordinator)
    return rom, lise


def _lagre(side: Page) -> None:
    with side.expect_navigation():
        side.locator("button[name=lagre]").click()


def test_to_skriver_samtidig(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    """The same field: both texts, marked, and one text with both to mend; other fields merge by themselves."""
    reise.move_to(NAA)
    rom, lise = _rommet()
    hos_ingrid, hos_lise = _aapne(nettleser, rom.koordinator, rom), _aapne(nettleser, lise, rom)
    hos_lise.locator("[name=maal]").fill(LISES)
    hos_lise.locator("[name=naa_situasjon]").fill("Det går bedre.")
    _lagre(hos_lise)
    expect(hos_lise.locator("[name=maal]")).to_have_value(LISES)

    hos_ingrid.locator("[name=maal]").fill(INGRIDS)
    hos_ingrid.locator("[name=personens_stemme]").fill("Jeg vil gå med Nora.")
    expect(hos_ingrid.locator("[data-lagrestatus]")).not_to_contain_text("Ingen kladd")
    hos_ingrid.locator("button[name=lagre]").click()
    expect(hos_ingrid.get_by_role("heading", name="To har skrevet i de samme feltene")).to_be_visible()
    expect(hos_ingrid.locator("main")).to_contain_text(LISES)
    expect(hos_ingrid.locator("main mark").first).to_be_visible()
    expect(hos_ingrid.locator("[name=naa_situasjon]")).to_have_value("Det går bedre.")
    axe(hos_ingrid)
    hos_ingrid.locator("[name=maal]").fill(f"{INGRIDS} {LISES}")
    _lagre(hos_ingrid)
    expect(hos_ingrid.get_by_role("heading", name="To har skrevet i de samme feltene")).to_be_hidden()
    lagret = Referat.objects.get()
    assert (lagret.maal, lagret.naa_situasjon, lagret.personens_stemme) == (
        f"{INGRIDS} {LISES}",
        "Det går bedre.",
        "Jeg vil gå med Nora.",
    )


def test_oekta_tar_slutt_mens_en_skriver(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    """The page says so and keeps the text; logged in again in another tab, it is saved by itself."""
    reise.move_to(NAA)
    rom, _lise = _rommet()
    side = _aapne(nettleser, rom.koordinator, rom)
    side.context.clear_cookies(name="sessionid")
    side.locator("[name=maal]").fill(INGRIDS)
    side.locator("button[name=lagre]").click()
    expect(side.locator("[data-lagrestatus]")).to_contain_text("Du er logget ut")
    expect(side.locator("[name=maal]")).to_have_value(INGRIDS)
    ny_fane = side.context.new_page()
    logg_inn(ny_fane, rom.koordinator)
    expect(side.locator("[data-lagrestatus]")).to_contain_text("Lagret", timeout=15_000)
    side.locator("button[name=lagre]").click()
    expect(side.locator("main")).to_contain_text("lagret")
    assert Referat.objects.get().maal == INGRIDS


def test_egen_tekst_i_en_annen_fane_er_ikke_borte_naar_referatet_er_sendt(
    nettleser: Nettleser, reise: time_machine.Traveller
) -> None:
    """One's own other tab is warned of before sending, and its text stands on the finished minutes' page."""
    reise.move_to(NAA)
    rom, _lise = _rommet()
    helt_referat(rom)
    ene = _aapne(nettleser, rom.koordinator, rom)
    andre = ene.context.new_page()
    andre.goto(f"/moeter/{rom.moete.pk}/referat/")
    andre.locator("[name=maal]").fill(INGRIDS)
    expect(andre.locator("[data-lagrestatus]")).to_contain_text("Lagret", timeout=15_000)
    ene.get_by_role("button", name="Lagre og se gjennom før sending").click()
    expect(ene.get_by_text("Du har selv skrevet noe som ikke er lagret i referatet")).to_be_visible()
    axe(ene)
    ene.get_by_role("button", name="Ferdigstill og send").click()
    expect(ene.get_by_role("heading", name="Du har tekst som ikke ble med")).to_be_visible()
    expect(ene.get_by_text(INGRIDS)).to_be_visible()


def test_uten_javascript_gaar_heller_ingenting_tapt(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    """The same page without script: saving works, and a form sent too late comes back as text."""
    reise.move_to(NAA)
    rom, _lise = _rommet()
    side = nettleser.ny_side(rom.koordinator, java_script_enabled=False)
    side.goto(f"/moeter/{rom.moete.pk}/referat/")
    side.locator("[name=maal]").fill(INGRIDS)
    side.locator("button[name=lagre]").click()
    expect(side.locator("[name=maal]")).to_have_value(INGRIDS)
    side.locator("[name=maal]").fill(LISES)
    side.context.clear_cookies(name="sessionid")
    side.locator("button[name=lagre]").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Du er logget ut")
    expect(side.get_by_text(LISES)).to_be_visible()
