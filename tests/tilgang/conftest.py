"""The world of the permission table: made once, and every request against it is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from allauth.account.internal.userkit import user_id_to_str
from django.db import transaction
from django.test import Client

from tests.fabrikker import NAA
from tests.tilgang.verden import Verden, lag_verden
from tok.kjerne.models import Konto


@contextmanager
def rulles_tilbake() -> Iterator[None]:
    """A block that a durable handling may stand in, as in Django's own TestCase, and that leaves nothing."""
    blokk = transaction.atomic()
    blokk._from_testcase = True  # type: ignore[attr-defined]
    with blokk:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def verden(django_db_setup: None, django_db_blocker: Any) -> Iterator[Verden]:
    with time_machine.travel(NAA, tick=False), django_db_blocker.unblock(), rulles_tilbake():
        yield lag_verden()


def innlogget(konto: Konto) -> Client:
    """A browser logged in with both factors."""
    klient = Client()
    klient.force_login(konto, "tok.kjerne.innlogging.Innlogging")
    oekt = klient.session
    oekt["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NAA.timestamp()}]
    oekt["account_authentication_methods_user"] = user_id_to_str(konto)
    oekt.save()
    return klient


@pytest.fixture(scope="module")
def klienter(verden: Verden) -> dict[str, Client]:
    """One logged-in browser for each account."""
    return {navn: innlogget(konto) for navn, konto in verden.kontoer.items()}
