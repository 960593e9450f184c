"""The frame in a browser: keyboard, telephone, no JavaScript, an old bookmark, paper, and a part that fails."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.fabrikker import (
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    EnhetFabrikk,
    ForespoerselFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging, kode, logg_inn
from tok.sak.models import Sak

TOMMEL = 44  # px; what one presses on a telephone
HOVEDSAKEN = "main .ds-button, main .gjor, .saksmeny a, .topp .ds-button, .meny-liten summary"


def _sak() -> Sak:
    sak: Sak = SakFabrikk(nummer="2026/0042", person__fornavn="Emma", person__etternavn="Larsen")
    DeltakelseFabrikk(sak=sak, konto=koordinator_i(sak, navn="Jonas Berg"), rolle="fast")
    return sak


def _smaa(side: Page) -> list[Any]:
    """What is pressed and is lower than a thumb."""
    funn: list[Any] = side.locator(HOVEDSAKEN).evaluate_all(
        f"alle => alle.filter(e => e.offsetParent && e.getBoundingClientRect().height < {TOMMEL})"
        ".map(e => `${e.textContent.trim()} ${e.getBoundingClientRect().height}`)"
    )
    return funn


def test_an_old_bookmark_leads_through_the_log_in_and_back(nettleser: Nettleser) -> None:
    """Password and code, then the page that was asked for; a button's address leads to its page (ASVS 1.2.2)."""
    sak = _sak()
    konto = gi_innlogging(tok_ansatt(sak, navn="Hanne Solvik"))
    side = nettleser.ny_side()
    side.goto(f"/SAKER/{sak.pk}/Logg")
    side.get_by_label("E-post").fill(konto.epost)
    side.get_by_label("Passord", exact=True).fill("riktig hest batteri stift")
    side.get_by_role("button", name="Logg inn").click()
    side.locator("input[name=code]").fill(kode(konto) or "")
    side.get_by_role("button", name="Logg inn").click()
    side.wait_for_url(f"**{reverse('sak:logg', args=[sak.pk])}")

    side.goto(reverse("sak:kryss", args=[sak.pk, 1]))
    expect(side.get_by_role("heading", level=1)).to_have_text("Dette er en knapp, ikke en side")
    axe(side)
    side.get_by_role("link", name="Gå til siden").click()
    expect(side.get_by_role("heading", level=1)).to_contain_text("Emma Larsen")

    side.goto("/saker/borte/")
    expect(side.get_by_role("heading", level=1)).to_have_text("Vi finner ikke siden")
    axe(side)


def test_keyboard_paper_and_a_part_that_fails(nettleser: Nettleser) -> None:
    """The skip link is first and works; the frame is not printed; a failed piece says so in the page (WCAG 2.4.1)."""
    sak = _sak()
    side = nettleser.ny_side(gi_innlogging(tok_ansatt(sak, navn="Hanne Solvik")))
    side.goto(reverse("oversikt:sak", args=[sak.pk]))
    side.keyboard.press("Tab")
    expect(side.get_by_role("link", name="Hopp til hovedinnhold")).to_be_focused()
    side.keyboard.press("Enter")
    expect(side.locator("#hoved")).to_be_focused()

    side.emulate_media(media="print")
    for borte in (".hovedmeny", ".topp-soek", ".konto", ".saksmeny", ".bunn nav"):
        expect(side.locator(borte)).to_be_hidden()
    expect(side.locator(".papirhode")).to_contain_text("av Hanne Solvik")
    expect(side.locator(".merke")).to_be_visible()
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    side.emulate_media(media="screen")

    side.evaluate("htmx.ajax('GET', '/borte/', {target: '.sakshode'})")
    expect(side.get_by_role("heading", level=1)).to_have_text("Vi finner ikke siden")
    assert side.locator("main").count() == 1
    nettleser.feil = [
        feil for feil in nettleser.feil if "/borte/" not in feil
    ]  # htmx says in the console what we asked for


def test_the_office_works_on_a_telephone_without_javascript(nettleser: Nettleser) -> None:
    """Menu, search and tabs are links, forms and <details>; nothing is wider than the telephone (WCAG 1.4.10)."""
    sak = _sak()
    side = nettleser.ny_side(
        gi_innlogging(tok_ansatt(sak, navn="Hanne Solvik")), skjerm=MOBIL, java_script_enabled=False
    )
    side.locator(".meny-liten summary").click()
    side.locator(".meny-liten").get_by_role("link", name="Saker").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Saker")
    side.get_by_role("searchbox").first.fill("Larsen")
    side.locator(".topp-soek").get_by_role("button", name="Søk").click()
    assert "Larsen" not in side.url
    side.get_by_role("link", name=re.compile("Emma Larsen")).first.click()
    for fane in side.locator(".saksmeny a").all_inner_texts():
        side.locator(".saksmeny").get_by_role("link", name=fane).click()
        expect(side.locator(".saksmeny [aria-current=page]")).to_have_text(fane)
        assert side.evaluate("document.documentElement.scrollWidth") <= MOBIL["width"], fane
        assert not _smaa(side), fane


def test_a_leader_answers_with_a_thumb(nettleser: Nettleser, settings: Settings) -> None:
    """What is asked, by when and the way to the answer are seen before one scrolls (sider.md, leaders)."""
    enhet = EnhetFabrikk()
    leder = gi_innlogging(ansatt("leder", enhet, navn="Turid Haugland"), totp=False)
    settings.TOK_KREV_TOTP = False
    foreslaatt = ansatt(navn="Tor Hagen")
    AnsettelseFabrikk(konto=foreslaatt, enhet=enhet)
    forespoersel = ForespoerselFabrikk(sak=_sak(), leder=leder, enhet=enhet, foreslaatt=foreslaatt)
    side = nettleser.ny_side(skjerm=MOBIL)
    logg_inn(side, leder)
    side.goto(reverse("koordinator:svar", args=[forespoersel.pk]))
    til_svaret = side.get_by_role("link", name="Gå til svaret").bounding_box()
    assert til_svaret is not None
    assert til_svaret["y"] + til_svaret["height"] <= MOBIL["height"]
    assert not _smaa(side)
    axe(side)
