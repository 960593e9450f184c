"""What settings read from the environment, and what they say when it is missing."""

import json
import os
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# Milliseconds. The owner migrates: no statement limit, but it never queues long for a lock (P13).
APP_LIMITS = {"statement_timeout": 30_000, "lock_timeout": 5_000, "idle_in_transaction_session_timeout": 60_000}
OWNER_LIMITS = {"statement_timeout": 0, "lock_timeout": 3_000, "idle_in_transaction_session_timeout": 60_000}


def krev(navn: str) -> str:
    """Return a variable that must be set; raise ImproperlyConfigured, naming it, when it is not."""
    verdi = os.environ.get(navn, "").strip()
    if not verdi:
        raise ImproperlyConfigured(f"Miljøvariabelen {navn} mangler. Den må være satt i drift; se docs/drift.md.")
    return verdi


def krev_noekler(navn: str) -> dict[str, str]:
    """Return a key ring {id: base64 of 32 bytes}, the first one writing and all reading, from a JSON variable."""
    try:
        noekler = json.loads(krev(navn))
    except json.JSONDecodeError:
        noekler = None
    if not isinstance(noekler, dict) or not noekler:
        raise ImproperlyConfigured(f'Miljøvariabelen {navn} må være JSON på formen {{"k1": "<32 byte i base64>"}}.')
    return {str(kid): str(verdi) for kid, verdi in noekler.items()}


def liste(navn: str) -> list[str]:
    """Return a comma-separated variable that must be set, as a list without blanks."""
    return [del_.strip() for del_ in krev(navn).split(",") if del_.strip()]


def er_eier() -> bool:
    """Say whether this process acts as the database's owner (migrations), not as the application."""
    return os.environ.get("TOK_DB_ROLLE") == "eier"


def database(app_url: str, eier_url: str, *, conn_max_age: int = 0) -> dict[str, Any]:
    """Return Django's setting for the role this process acts as, with time limits on the server side (P17)."""
    limits = OWNER_LIMITS if er_eier() else APP_LIMITS
    config: dict[str, Any] = dict(dj_database_url.parse(eier_url if er_eier() else app_url))
    config["ATOMIC_REQUESTS"] = False  # a handling opens its own durable transaction (arkitektur.md §4)
    config["CONN_MAX_AGE"] = conn_max_age
    config["CONN_HEALTH_CHECKS"] = conn_max_age > 0
    config.setdefault("OPTIONS", {})["options"] = " ".join(f"-c {navn}={ms}" for navn, ms in limits.items())
    return config


def database_fra_miljoe(app_url: str, eier_url: str, *, conn_max_age: int = 0) -> dict[str, Any]:
    """Like database(), but what the environment says wins over the embedded server's addresses (stack.md §0)."""
    satt = os.environ.get("DATABASE_URL")
    if satt:
        app_url, eier_url = satt, os.environ.get("DATABASE_URL_EIER", satt)
    return database(app_url, eier_url, conn_max_age=conn_max_age)
