"""Log in with a code and see Min dag: the shortest story, and the proof of what the others stand on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.fabrikker import EnhetFabrikk, ansatt
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging
from tests.fortellinger.post import Epostsluk, tekst

pytestmark = pytest.mark.motor  # one story in a browser on the other engines too: rate limits and codes stand in Redis


def test_an_employee_of_the_office_logs_in_and_sees_the_day(nettleser: Nettleser) -> None:
    """Password, then the code from the app; the page is without fault on a desk and in a hand (WCAG 2.2 AA)."""
    konto = gi_innlogging(ansatt("tok", EnhetFabrikk(er_kontor=True), navn="Inger Vik"))
    side = nettleser.ny_side(konto)
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    expect(side.get_by_role("link", name=re.compile("Min dag"))).to_be_visible()
    axe(side)
    side.set_viewport_size(MOBIL)
    axe(side)
    side.get_by_role("button", name="Logg ut").click()
    side.goto("/")
    expect(side.get_by_role("heading", name="Logg inn")).to_be_visible()
    axe(side)


def test_a_forgotten_password_goes_by_the_outbox(
    nettleser: Nettleser, epostsluk: Epostsluk, send_post: Callable[[datetime], None], naa: datetime
) -> None:
    """The link arrives by real post, and no name with it (N19)."""
    konto = gi_innlogging(ansatt(navn="Per Dahl"))
    side = nettleser.ny_side()
    side.goto("/konto/password/reset/")
    side.get_by_label("E-post").fill(konto.epost)
    side.locator("main").get_by_role("button").first.click()
    side.wait_for_url("**/done/")
    send_post(naa.replace(hour=9))
    melding = epostsluk.meldinger(til=konto.epost)[0]
    assert nettleser.adresse in tekst(melding)
    assert "Per" not in tekst(melding)
