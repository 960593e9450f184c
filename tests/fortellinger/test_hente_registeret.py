"""TOK fetches the yearly register, as a workbook and as CSV (docs/fortellinger/hente_registeret.md)."""

from __future__ import annotations

from pathlib import Path

import time_machine
from playwright.sync_api import Page, expect

from tests.fabrikker import NAA, EnhetFabrikk, SakFabrikk, ansatt, koordinator_i
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging
from tests.oversikt.arkleser import les_bok
from tests.oversikt.test_eksport import les
from tok.kjerne.models import Konto
from tok.sak.models import Innsyn

FORMAAL = "Årsmelding til kommunestyret"


def _kari() -> Konto:
    kontor = EnhetFabrikk(navn="Koordineringskontoret", er_kontor=True)
    for nummer, navn in (("2026/0001", "Ingrid Sæther"), ("2026/0002", "=HYPERLINK(A1)")):
        koordinator_i(SakFabrikk(nummer=nummer, kontor=kontor), navn=navn)
    return gi_innlogging(ansatt("tok", kontor, navn="Kari Østby"))


def _last_ned(side: Page) -> bytes:
    with side.expect_download() as nedlasting:
        side.get_by_role("button", name="Last ned").click()
    return Path(nedlasting.value.path()).read_bytes()


def test_hente_registeret(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    """Year, reason and kind; a mistake loses nothing; both files have the same cases, and both are logged."""
    reise.move_to(NAA)
    kari = _kari()
    side = nettleser.ny_side(kari)
    side.goto("/saker/")
    side.get_by_role("link", name="Last ned").click()
    expect(side.get_by_label("Regneark (XLSX)")).to_be_checked()
    axe(side)

    side.get_by_label("År", exact=True).fill("1999")
    side.get_by_label("Hva skal fila brukes til?").fill(FORMAAL)
    side.get_by_role("button", name="Last ned").click()
    expect(side.get_by_text("Skriv et år fra 2000 til 2026").first).to_be_visible()
    expect(side.get_by_label("Hva skal fila brukes til?")).to_have_value(FORMAAL)
    axe(side)

    side.get_by_label("År", exact=True).fill("2026")
    bok = les_bok(_last_ned(side))
    assert [rad["koordinator"] for rad in bok["Register"].rader()] == ["Ingrid Sæther", "=HYPERLINK(A1)"]
    assert bok["Kodebok"].rader()[0]["Kolonne"] == "saksnummer"

    side.get_by_label("CSV").check()
    assert [rad["koordinator"] for rad in les(_last_ned(side))] == ["Ingrid Sæther", "'=HYPERLINK(A1)"]
    filene = Innsyn.objects.filter(konto=kari, handling="eksport", sak=None).order_by("id")
    assert [(rad.objekt_type, rad.formaal, rad.antall) for rad in filene] == [
        ("Register 2026 xlsx", FORMAAL, 2),
        ("Register 2026 csv", FORMAAL, 2),
    ]


def test_med_tastatur_paa_telefon_uten_javascript(nettleser: Nettleser, reise: time_machine.Traveller) -> None:
    reise.move_to(NAA)
    side = nettleser.ny_side(_kari(), skjerm=MOBIL, java_script_enabled=False)
    side.goto("/saker/eksport/")
    side.get_by_label("Hva skal fila brukes til?").focus()
    side.keyboard.type(FORMAAL)
    side.keyboard.press("Tab")
    side.keyboard.press("ArrowDown")
    expect(side.get_by_label("CSV")).to_be_checked()
    with side.expect_download() as nedlasting:
        side.keyboard.press("Enter")
    assert nedlasting.value.suggested_filename == "register-2026-per-2026-11-23.csv"
