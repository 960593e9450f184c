"""The roof's pages are opened by the test client on the tests' day, without the second factor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import Settings

from tests.fabrikker import NAA


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    """TOTP has its own tests; the clock stands."""
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield
