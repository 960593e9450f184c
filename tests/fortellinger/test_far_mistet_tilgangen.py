"""A father apart loses his access while he is logged in (docs/fortellinger/far_mistet_tilgangen.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine
from playwright.sync_api import Page, expect

from tests.ansvarsgruppe.moeterom import NAA, Rom, endre, innkalt, lag_rom, send
from tests.fabrikker import DeltakelseFabrikk, KontoFabrikk
from tests.fortellinger.haandgrep import knapp, lenke
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging
from tests.fortellinger.post import Epostsluk, kalender, tekst
from tok.kjerne.models import Konto, Varsel
from tok.sak.handlinger import avslutt_deltakelse
from tok.sak.models import Hendelse, Innsyn


def _foreldre(rom: Rom) -> tuple[Konto, Konto]:
    """Two households: the mother of the room gives way to two parents with accounts."""
    avslutt_deltakelse(deltakelse=rom.mor, av=rom.tok, naa=NAA)
    mor, far = (gi_innlogging(KontoFabrikk(navn=navn)) for navn in ("Mette Mor", "Per Far"))
    for konto in (mor, far):
        DeltakelseFabrikk(sak=rom.sak, konto=konto, rolle="representant", egenskap="forelder")
    return mor, far


def _borte(side: Page, sti: str) -> None:
    svar = side.goto(sti)
    assert svar is not None
    assert svar.status == 404, sti
    assert "Kanari" not in side.content()


def test_far_mister_tilgangen_mens_han_er_logget_inn(
    nettleser: Nettleser,
    epostsluk: Epostsluk,
    send_post: Callable[[datetime], None],
    reise: time_machine.Traveller,
) -> None:
    """Page, link, file, calendar and mail: nothing reaches him from the next request on; the mother loses nothing."""
    reise.move_to(NAA)
    rom = lag_rom()
    mor, far = _foreldre(rom)
    for konto in (rom.tok, rom.koordinator):
        gi_innlogging(konto)
    moete = innkalt(rom)
    send_post(NAA)
    assert epostsluk.meldinger(far.epost)
    foer = len(epostsluk.meldinger(far.epost))

    hos_far = nettleser.ny_side(far, skjerm=MOBIL)
    hos_far.goto(f"/moeter/{moete.pk}/")
    expect(hos_far.locator("main")).to_contain_text("Fjordvik skole, rom 2")
    assert hos_far.request.get(f"/moeter/{moete.pk}/kalender/").status == 200
    hos_far.goto(f"/saker/{rom.sak.pk}/deltakere/")
    expect(hos_far.locator("main")).to_contain_text("Mette Mor")

    ligger = innkalt(rom, naa=NAA + timedelta(minutes=5), start_tid=NAA + timedelta(days=30))
    _kontoret_tar_ut_far(nettleser, rom)

    with hos_far.expect_navigation():
        hos_far.get_by_role("link", name="Dokumenter").first.click()
    expect(hos_far.get_by_role("heading", level=1)).to_contain_text(re.compile("finn", re.IGNORECASE))
    for sti in (
        f"/saker/{rom.sak.pk}/",
        f"/saker/{rom.sak.pk}/deltakere/",
        f"/saker/{rom.sak.pk}/samtykker/",
        f"/saker/{rom.sak.pk}/logg/",
        f"/moeter/{moete.pk}/",
        f"/moeter/{moete.pk}/kalender/",
        f"/moeter/{ligger.pk}/",
    ):
        _borte(hos_far, sti)
    hos_far.goto("/")
    assert "Kanari" not in hos_far.content()

    senere = NAA + timedelta(minutes=20)
    moete = endre(rom, moete, naa=senere, sted="Rådhuset, rom 1")
    send(rom, moete, naa=senere)
    send_post(senere + timedelta(minutes=1))
    [avlyst] = epostsluk.meldinger(far.epost)[foer:]
    assert "avlyst for deg" in tekst(avlyst)
    assert "METHOD:CANCEL" in kalender(avlyst)
    assert not re.search(r"LOCATION|Rådhuset|Fjordvik skole|Kanari", kalender(avlyst) + tekst(avlyst))
    assert not Varsel.objects.filter(mottaker=far, tilstand=Varsel.Tilstand.KLAR).exists()
    assert len(epostsluk.meldinger(mor.epost)) > 1

    hos_mor = nettleser.ny_side(mor, skjerm=MOBIL)
    hos_mor.goto(f"/moeter/{moete.pk}/")
    expect(hos_mor.locator("main")).to_contain_text("Rådhuset, rom 1")
    assert Hendelse.objects.filter(handling="sak.avslutt_deltakelse", data__navn="Per Far").exists()
    assert Innsyn.objects.filter(konto=far, sak=rom.sak).count() >= 3


def _kontoret_tar_ut_far(nettleser: Nettleser, rom: Rom) -> None:
    side = nettleser.ny_side(rom.tok)
    side.goto(f"/saker/{rom.sak.pk}/representanter/")
    expect(side.get_by_role("heading", name="To foreldre bestemmer sammen")).to_be_visible()
    expect(side.locator("main")).to_contain_text("Alt i saken som ikke er skjult")
    axe(side)
    lenke(side, "Ta ut Per Far")
    knapp(side, "Ta ut")
    side.goto(f"/saker/{rom.sak.pk}/representanter/")
    expect(side.get_by_text("1 tidligere representant")).to_have_count(0)
    expect(side.get_by_text("2 tidligere representanter")).to_be_visible()
    expect(side.get_by_role("heading", name="To foreldre bestemmer sammen")).to_be_hidden()
    axe(side)
