"""What every story stands on: the application on a port, a browser, a mail server and a clock one can move.

    def test_story(nettsted, nettleser, epostsluk, reise):
        side = nettleser.ny_side(konto)              # logged in by the forms, TOTP too
        side.goto("/saker/"); axe(side)
        send_post(klokke.naa()); epostsluk.meldinger(til=konto.epost)
        reise.move_to(senere)                        # idle sessions end: log in again

Rows are made with tests/fabrikker before the first page; they are committed, and gone when the story ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser
from pytest_django import Settings

from tests.fortellinger.nettleser import Nettleser, chromium
from tests.fortellinger.nettsted import kjoerende
from tests.fortellinger.post import Epostsluk, tikk
from tests.testbase import Testbase


@pytest.fixture
def reise(naa: datetime) -> Iterator[time_machine.Traveller]:
    """The clock of the test and of the server, which goes on from a Monday morning and can be moved."""
    with time_machine.travel(naa, tick=True) as reise:
        yield reise


@pytest.fixture
def nettsted(ekte_db: Testbase, reise: time_machine.Traveller, settings: Settings) -> Iterator[str]:
    """The address of the running application."""
    with kjoerende() as adresse:
        settings.TOK_NETTADRESSE = adresse
        yield adresse


@pytest.fixture(scope="session")
def browser_prosess() -> Iterator[Browser]:
    """One Chromium for the run."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def nettleser(browser_prosess: Browser, nettsted: str) -> Iterator[Nettleser]:
    """Opens pages; the story fails when one of them had errors, also after its last line."""
    nettleser = Nettleser(browser_prosess, nettsted)
    yield nettleser
    nettleser.lukk()


@pytest.fixture
def epostsluk(tmp_path: Path, settings: Settings) -> Iterator[Epostsluk]:
    """A real mail server."""
    sluk = Epostsluk(tmp_path)
    sluk.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # the test run puts one in memory
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sluk.port
    settings.TOK_EPOST_MAPPE, settings.TOK_MOTTAKSLOGG = sluk.mappe, sluk.mappe / "mottatt.log"
    yield sluk
    sluk.stopp()


@pytest.fixture
def send_post(epostsluk: Epostsluk) -> Callable[[datetime], None]:
    """What the worker does at one tick."""
    return tikk
