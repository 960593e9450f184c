"""Who was there, on a phone: nothing is answered beforehand, and one tick answers for those left open (R94)."""

from __future__ import annotations

import time_machine
from playwright.sync_api import expect

from ansvarsgruppe.handlinger.felter import les
from ansvarsgruppe.models import Referat, Sakslistepunkt
from tests.ansvarsgruppe.referat_rom import NAA, lag_rom, start
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging
from tok.kjerne.historikk import som_system


def test_ett_kryss_for_alle(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    """Ticked, it fills in at once; taken back, it takes back only what it filled in."""
    reise.move_to(NAA)
    rom = lag_rom()
    start(rom)
    with som_system("test data"):
        Sakslistepunkt.objects.create(moete=rom.moete, nr=1, tekst="Emma får ordet først")
    gi_innlogging(rom.koordinator)
    side = nettleser.ny_side(rom.koordinator, skjerm=MOBIL)
    side.goto(f"/moeter/{rom.moete.pk}/referat/")
    kryss = side.locator("[data-oppmoete] input[value=til_stede]:checked")
    expect(kryss).to_have_count(0)
    tor = rom.deltakelse(rom.uten_samtykke)
    side.locator(f"[name=oppmoete_{tor.pk}][value=forfall]").check()
    side.locator("[name=alle_til_stede]").check()
    expect(kryss).to_have_count(3)
    side.locator("[name=alle_til_stede]").uncheck()
    expect(kryss).to_have_count(0)
    side.locator("[name=alle_til_stede]").check()
    axe(side)
    side.locator("button[name=lagre]").click()
    expect(side.locator("main")).to_contain_text("Referatet er lagret.")
    assert sorted(les(Referat.objects.get())["oppmoete"].values()) == ["forfall", *["til_stede"] * 3]
