"""TOK reads a long pile of Min dag, page by page (docs/fortellinger/min_dag.md)."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from playwright.sync_api import expect

from tests.fabrikker import NAA, EnhetFabrikk, HenvendelseFabrikk, PersonFabrikk, ansatt
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging


def test_min_dag(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    """Seven of thirty in short; all of them alone, five on the second page; and back."""
    reise.move_to(NAA)
    kontor = EnhetFabrikk(navn="Koordineringskontoret", er_kontor=True)
    for nr in range(30):
        person = PersonFabrikk(fornavn="Åse", etternavn=f"Ødegård{nr:02}")
        HenvendelseFabrikk(kontor=kontor, person=person, mottatt_dato=NAA.date() - timedelta(days=30 - nr))
    side = nettleser.ny_side(gi_innlogging(ansatt("tok", kontor, navn="Kari Østby")), skjerm=MOBIL)
    side.goto("/")
    expect(side.get_by_role("heading", name="Nye henvendelser (7 av 25+)")).to_be_visible()
    expect(side.get_by_role("link", name="Ta henvendelsen")).to_have_count(7)
    axe(side)

    side.get_by_role("link", name="Vis alle (25+) i Nye henvendelser").click()
    expect(side.get_by_role("heading", level=1, name="Nye henvendelser (25+)")).to_be_visible()
    expect(side.get_by_role("link", name="Ta henvendelsen")).to_have_count(25)
    axe(side)

    side.get_by_role("link", name="Neste").click()
    expect(side.get_by_role("link", name="Ta henvendelsen")).to_have_count(5)
    expect(side.get_by_text("Ødegård29").first).to_be_visible()
    expect(side.get_by_role("link", name="Til starten")).to_be_visible()
    axe(side)
    side.get_by_role("main").get_by_role("link", name="Min dag").click()
    expect(side.get_by_role("heading", level=1, name="Min dag")).to_be_visible()
