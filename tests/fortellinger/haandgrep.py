"""What a hand does on a page: fill a date, choose from a list, press, follow, download."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Page


def dato(side: Page, felt: str, dag: date) -> None:
    """Fill a date in its three boxes."""
    for nr, verdi in enumerate((dag.day, dag.month, dag.year)):
        side.locator(f"[name={felt}_{nr}]").fill(str(verdi))


def velg(side: Page, felt: str, tekst: str) -> None:
    """Choose the line of a list that begins so."""
    valg = side.locator(f"[name={felt}] option").filter(has_text=re.compile(f"^{tekst}")).first
    side.locator(f"[name={felt}]").select_option(value=valg.get_attribute("value"))


def last_ned(side: Page, knapp: str, rolle: str = "link") -> bytes:
    """What a link or button sends as a file."""
    with side.expect_download() as nedlasting:
        side.get_by_role(rolle, name=knapp).first.click()  # type: ignore[arg-type]
    return Path(nedlasting.value.path()).read_bytes()


def knapp(side: Page, navn: str | re.Pattern[str]) -> None:
    """Press a button that leads to a page, and wait for the page."""
    with side.expect_navigation():
        side.get_by_role("button", name=navn).first.click()


def lenke(side: Page, navn: str | re.Pattern[str]) -> None:
    """Follow a link in the page itself, and wait for the page."""
    with side.expect_navigation():
        side.locator("main").get_by_role("link", name=navn).first.click()
