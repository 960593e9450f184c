"""Try the demo: choose a role, be shown in a minute what it does, and find every page of the tour open and whole."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.fortellinger.nettleser import MOBIL, Nettleser, axe
from tests.testbase import Testbase
from tok.demo import bygging
from tok.demo.roller import ROLLER, Demorolle

FAERREST = 4  # steps in a tour, when the demo's own cases are there


@pytest.fixture
def demoen(ekte_db: Testbase, settings: Settings, naa: datetime) -> None:
    """The demo municipality behind the addresses of the demo."""
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.TOK_DEMO = True
    settings.TOK_KREV_TOTP = False
    bygging.bygg(naa, 2026)


def _axe_foerste_gang(side: Page, sett: set[str]) -> None:
    """Ask axe about each kind of page once; the roles share most of them."""
    navn = resolve(urlsplit(side.url).path).view_name
    if navn not in sett:
        axe(side)
    sett.add(navn)


def _foelg_omvisningen(side: Page, rolle: Demorolle, sett: set[str]) -> int:
    """Choose the role, begin the tour, and go from page to page by the strip; every page is whole."""
    side.goto("/demo/")
    side.get_by_role("button", name=f"Logg inn som {rolle.navn}").click()
    expect(side.get_by_role("heading", level=1)).to_have_text(f"Dette gjør {rolle.navn}")
    _axe_foerste_gang(side, sett)
    stripe = side.locator(".omvisning")
    side.get_by_role("link", name="Begynn omvisningen").click()
    nr, steder = 1, set()
    while True:
        expect(stripe).to_contain_text(f"{nr} av")
        assert side.get_by_role("heading", level=1).count() == 1, side.url
        assert side.url not in steder, f"step {nr} of {rolle.noekkel} was led on to a page that is shown before"
        steder.add(side.url)
        expect(side.locator("main")).not_to_contain_text(re.compile("Vi finner ikke|Noe gikk galt"))
        _axe_foerste_gang(side, sett)
        neste = stripe.get_by_role("link", name=re.compile("^Neste"))
        if not neste.count():
            return nr
        neste.click()
        nr += 1


def _foelg_uten_javascript(side: Page) -> None:
    """The leader's tour by plain links and forms; no page is wider than the telephone."""
    side.goto("/demo/")
    side.get_by_role("button", name="Logg inn som Turid Haugland").click()
    side.get_by_role("link", name="Begynn omvisningen").click()
    neste = side.locator(".omvisning").get_by_role("link", name=re.compile("^Neste"))
    while neste.count():
        assert side.evaluate("document.documentElement.scrollWidth") <= MOBIL["width"], side.url
        neste.click()
    side.locator(".omvisning").get_by_role("link", name="Ferdig").click()
    expect(side.get_by_role("heading", name="Velg hvem du vil være")).to_be_visible()


def _ser_moetet_foer_en_ruller(side: Page) -> None:
    """A parent opens the meeting: when it is, and the way into the own calendar, are seen before one scrolls."""
    side.get_by_role("button", name="Logg inn som Hodan Warsame").click()
    side.get_by_role("link", name="Åpner møtet").click()
    for det in (side.locator("#moetet"), side.get_by_role("link", name="Last ned kalenderfila di")):
        plass = det.bounding_box()
        assert plass is not None
        assert plass["y"] + plass["height"] <= MOBIL["height"]


@pytest.mark.timeout(300)  # a whole municipality is made, and some thirty pages are opened
def test_each_role_is_shown_what_it_does(demoen: None, nettleser: Nettleser) -> None:
    """Every step of every role is a real page of the demo, without fault (WCAG 2.2 AA); a leader's also in a hand."""
    side = nettleser.ny_side()
    sett: set[str] = set()
    for rolle in ROLLER:
        assert _foelg_omvisningen(side, rolle, sett) >= FAERREST, rolle.noekkel
    stripe = side.locator(".omvisning")
    stripe.get_by_role("button", name="Skjul").click()
    expect(stripe).to_have_count(0)
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    telefon = nettleser.ny_side(skjerm=MOBIL, java_script_enabled=False)
    _foelg_uten_javascript(telefon)
    _ser_moetet_foer_en_ruller(telefon)
