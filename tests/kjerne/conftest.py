"""What the tests of the sealed logs share: a folder for the head, three sealed logs, and a forger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from pytest_django import Settings

from tests.kjerne.loggrader import Mester, forsegl, skriv
from tests.testbase import Testbase
from tok.kjerne import forsegling


@pytest.fixture
def hodemappe(settings: Settings, tmp_path: Path) -> Path:
    settings.TOK_SEGL_MAPPE = tmp_path
    return tmp_path


@pytest.fixture
def forseglet(ekte_db: Testbase, hodemappe: Path, naa: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve rows in each log, in seals of five, five and two."""
    monkeypatch.setattr(forsegling, "BLOKK", 5)
    skriv(12, naa=naa)
    assert forsegl(naa) == 36


@pytest.fixture
def mester(ekte_db: Testbase, request: pytest.FixtureRequest) -> Iterator[Mester]:
    """The forger; where a test has sealed logs too, they are sealed first."""
    if "forseglet" in request.fixturenames:
        request.getfixturevalue("forseglet")
    with psycopg.connect(ekte_db.roller.admin, autocommit=True) as c:
        yield Mester(c)
