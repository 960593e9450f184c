"""What all tests share: a real PostgreSQL with the application's own role, and a moment in time.

With `-n 2` each process has a database, a browser and folders of its own. Tests that touch database or broker carry
the marker `motor` and are run again on other engines (`make test-motorer`, ADR 0013); browser stories only where they
ask for it themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings

from tests.budsjett import TUNGE, Ur, mappe
from tests.testbase import Testbase
from tok.kjerne.klokke import OSLO
from verktoey.pgprogrammer import PostgresFeil

settings.register_profile(
    "tok", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("tok")

UR = pytest.StashKey[Ur]()
TALL = "tall"
BASE = pytest.StashKey[Testbase]()
BEGYNTE = time.monotonic()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the time of the run."""
    config.stash[UR] = ur = Ur()
    config.pluginmanager.register(Tidtaker(ur), "tok-tidtaker")


class Tidtaker:
    """Hears of every test, also of those other processes run."""

    def __init__(self, ur: Ur) -> None:
        self.ur = ur

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what one part of one test took, and the figures it found."""
        self.ur.legg_til(report.nodeid, report.duration)
        if report.when == "teardown":
            self.ur.tall += [str(verdi) for navn, verdi in report.user_properties if navn == TALL]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the figures that tests have found, and the budget after a run of everything."""
    if tall := config.stash[UR].tall:
        terminalreporter.section("figures")
        for linje in sorted(tall):
            terminalreporter.write_line(linje)
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.markexpr:
        terminalreporter.section("seconds per folder (tests/budsjett.py)")
        for linje in config.stash[UR].linjer(time.monotonic() - BEGYNTE):
            terminalreporter.write_line(linje)


def bruker_basen(item: pytest.Item) -> bool:
    """Say whether a test reaches the database."""
    return "testbase" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what database and broker matter to; a browser says the same of the page on every engine.

    The heavy folders go first: an idle process takes over the other's last tests, which then are small, and never
    half of a folder that has to be set up once more.
    """
    items.sort(key=lambda item: TUNGE.index(navn) if (navn := mappe(item.nodeid)) in TUNGE else len(TUNGE))
    for item in items:
        if bruker_basen(item) and "nettleser" not in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.motor)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make the database before the first test: on a busy machine migrating takes longer than a test may."""
    if any(map(bruker_basen, session.items)) and not session.config.option.collectonly:
        try:
            session.config.stash[BASE] = base = Testbase()
        except PostgresFeil as feil:
            pytest.exit(str(feil), returncode=pytest.ExitCode.USAGE_ERROR)
        connections["default"].settings_dict["NAME"] = base.navn


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove it again."""
    if BASE in session.config.stash:
        session.config.stash[BASE].slett()


@pytest.fixture(scope="session")
def testbase(request: pytest.FixtureRequest) -> Testbase:
    """The process's database."""
    return request.config.stash[BASE]


@pytest.fixture(scope="session")
def django_db_setup(testbase: Testbase, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's database is ours: made from the template, reached as the application's role."""
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def ekte_db(testbase: Testbase, django_db_setup: None, django_db_blocker: Any) -> Iterator[Testbase]:
    """A database without a surrounding transaction, for browsers, workers and races; new for each test."""
    with django_db_blocker.unblock():
        yield testbase
        testbase.frisk()


@pytest.fixture
def tall(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Print a line of figures at the end of the run: how much a wide test has seen."""
    return partial(record_property, TALL)


@pytest.fixture
def naa() -> datetime:
    """A Monday morning."""
    return datetime(2026, 11, 23, 8, 30, tzinfo=OSLO)
