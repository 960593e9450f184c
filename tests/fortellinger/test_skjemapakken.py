"""The form pack in a browser: axe, keyboard alone, 320 px and 400 % zoom, and without script (issue 3, WCAG 2.2 AA)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.fortellinger.nettleser import PC, Nettleser, axe
from tok.demo.komponenter.views import EKSEMPELSVAR, KAPITLER

ADRESSE = "/demo/komponenter/"
ZOOM_400: ViewportSize = {"width": 320, "height": 256}  # a window of 1280 × 1024 at 400 %
NAAS = "a[href], button, input:not([type=hidden]), select, textarea, summary, ds-tab[tabindex='0'], [tabindex='0']"
# What Tab reaches: one of each group of radio buttons, and nothing that is hidden.
ALLE = """naas => new Set([...document.querySelectorAll(naas)].filter(e => e.checkVisibility()
  && !(e.type === "radio" && [...document.getElementsByName(e.name)].find(r => r.checked) !== e
       && (document.querySelector(`[name="${e.name}"]:checked`) || document.getElementsByName(e.name)[0] !== e))
  && e.tabIndex >= 0)).size"""
FOELG = """() => { window.naadd = new Set(); window.usynlige = [];
  document.addEventListener("focusin", ({target}) => { naadd.add(target);
    const vises = e => e && (getComputedStyle(e).outlineStyle !== "none" || getComputedStyle(e).boxShadow !== "none");
    if (![target, target.closest(".ds-field"), target.parentElement].some(vises)) usynlige.push(target.outerHTML);
  }); }"""


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.TOK_DEMO = True


def _er_smal_nok(side: Page) -> None:
    """No sideways scroll at 320 px, which is 400 % zoom of 1280."""
    side.set_viewport_size(ZOOM_400)
    bredde = side.evaluate("document.documentElement.scrollWidth")
    side.set_viewport_size(PC)
    assert bredde <= ZOOM_400["width"], f"{side.url} is {bredde} px wide on a screen of 320 px"


def _send(side: Page, knapp: str) -> None:
    with side.expect_navigation():
        side.get_by_role("button", name=knapp).click()


def test_alle_tilstander_er_tilgjengelige_og_faar_plass(nettleser: Nettleser) -> None:
    """Each page as it opens, and the forms of it with errors and with answers."""
    side = nettleser.ny_side()
    for navn in ("", *(f"{kapittel.navn}/" for kapittel in KAPITLER)):
        side.goto(ADRESSE + navn)
        axe(side)
        _er_smal_nok(side)
    for navn, knapp in (
        ("skjemafelt/", "Se over svarene"),
        ("datoer/", "Se over svarene"),
        ("lister/", "Send skjemaet"),
    ):
        side.goto(ADRESSE + navn)
        _send(side, knapp)
        expect(side.locator(".ds-error-summary")).to_be_focused()
        axe(side)
        _er_smal_nok(side)


def test_feilene_leder_til_feltene_og_svarene_tilbake(nettleser: Nettleser) -> None:
    """The summary takes focus, its links move focus to the field; right answers can be looked over and changed."""
    side = nettleser.ny_side()
    side.goto(f"{ADRESSE}skjemafelt/")
    _send(side, "Se over svarene")
    expect(side.locator(".ds-error-summary")).to_be_focused()
    side.keyboard.press("Tab")
    side.keyboard.press("Enter")
    expect(side.locator("#id_navn")).to_be_focused()
    for navn, verdi in EKSEMPELSVAR.items():
        felt = side.locator(f"[name={navn}]")
        if navn == "tjeneste":
            felt.select_option(verdi)
        elif navn in ("kanal", "enig"):
            side.locator(f"[name={navn}][value='{verdi}'], [name={navn}][type=checkbox]").check()
        else:
            felt.fill(verdi)
    _send(side, "Se over svarene")
    expect(side.locator(".oppsummering").first).to_contain_text("3. mars 2026")
    side.get_by_role("link", name="Endre Telefon").click()
    expect(side.locator("#id_telefon")).to_be_focused()
    assert side.locator("#id_telefon").input_value() == "12345040"


def test_tabulatoren_naar_alt_med_synlig_fokus(nettleser: Nettleser) -> None:
    side = nettleser.ny_side()
    for kapittel in KAPITLER:
        side.goto(f"{ADRESSE}{kapittel.navn}/")
        side.evaluate(FOELG)
        antall = side.evaluate(ALLE, NAAS)
        for _nr in range(antall):
            side.keyboard.press("Tab")
        assert side.evaluate("naadd.size") == antall, f"Tab reached another number of controls on {side.url}"
        assert side.evaluate("usynlige") == []


def test_rader_og_faner_med_tastaturet(nettleser: Nettleser) -> None:
    """Add and remove a row, walk the tabs by arrows, and follow an error into a closed tab."""
    side = nettleser.ny_side()
    side.goto(f"{ADRESSE}lister/")
    side.locator("#id_avtaler-0-tiltak").fill("Søke stønad")
    side.get_by_role("button", name="Legg til en avtale").focus()
    side.keyboard.press("Enter")
    expect(side.locator("#id_avtaler-1-tiltak")).to_be_focused()
    side.locator("#id_avtaler-1-DELETE").focus()
    side.keyboard.press("Space")
    _send(side, "Send avtalene")
    expect(side.locator("main")).to_contain_text("Alt var i orden.")
    for _nr in range(4):  # two rows are there, and six is the most
        side.get_by_role("button", name="Legg til en avtale").click()
    expect(side.get_by_role("button", name="Legg til en avtale")).to_be_hidden()

    side.goto(f"{ADRESSE}lister/")
    side.get_by_role("tab", name="Ønsker").focus()
    side.keyboard.press("ArrowRight")
    side.keyboard.press("Enter")
    expect(side.get_by_role("tab", name="Tid")).to_have_attribute("aria-selected", "true")
    expect(side.locator("#id_timer")).to_be_visible()
    expect(side.locator("#id_oenske")).to_be_hidden()
    _send(side, "Send skjemaet i faner")
    expect(side.locator("#id_tolk_0")).to_be_hidden()
    side.get_by_role("link", name="Velg i «Trengs det tolk?»").click()
    expect(side.locator("#id_tolk_0")).to_be_focused()


def test_kladden_sier_hvor_langt_den_er_kommet(nettleser: Nettleser) -> None:
    side = nettleser.ny_side()
    side.goto(f"{ADRESSE}meldinger/")
    linje = side.locator("form [data-lagrestatus]")
    expect(linje).to_have_text("Ingen kladd ennå")
    side.locator("#id_kladd").fill("Husk å ringe")
    expect(linje).to_have_text("Lagret 08.30")
    side.reload()
    assert side.locator("#id_kladd").input_value() == "Husk å ringe"


def test_alt_kan_brukes_uten_skript(nettleser: Nettleser) -> None:
    side = nettleser.ny_side(java_script_enabled=False)
    side.goto(f"{ADRESSE}lister/")
    side.locator("#id_avtaler-0-tiltak").fill("Søke stønad")
    _send(side, "Legg til en avtale")
    expect(side.locator("[data-rad]")).to_have_count(2)
    expect(side.locator("[data-rad]").last).to_be_focused()
    assert side.locator("#id_avtaler-0-tiltak").input_value() == "Søke stønad"
    for felt in ("#id_oenske", "#id_timer", "#id_tolk_0"):
        expect(side.locator(felt)).to_be_visible()
    _send(side, "Send skjemaet i faner")
    expect(side.locator(".ds-error-summary")).to_be_focused()
    side.goto(f"{ADRESSE}meldinger/")
    side.locator("#id_kladd").fill("Uten skript")
    _send(side, "Lagre kladden")
    assert side.locator("#id_kladd").input_value() == "Uten skript"
