"""What all tests share: a real PostgreSQL with the application's own role, and a moment in time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings

from tests.testbase import Testbase
from tok.kjerne.klokke import OSLO
from verktoey import postgres

settings.register_profile(
    "tok", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("tok")


@pytest.fixture(scope="session")
def testbase() -> Iterator[Testbase]:
    """The run's database on the tests' server, which stops with the last run that uses it."""
    klynge = None if os.environ.get("TOK_PG_ADMIN_URL") else postgres.testklynge()
    if klynge:
        klynge.start()
    base = Testbase()
    base.frisk()
    connections["default"].settings_dict["NAME"] = base.navn
    yield base
    base.slett()
    if klynge:
        klynge.slipp()


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
def naa() -> datetime:
    """A Monday morning."""
    return datetime(2026, 11, 23, 8, 30, tzinfo=OSLO)
