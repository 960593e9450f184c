"""History of the case tables by database triggers, which refuse a change that nobody stands behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import pghistory
import pgtrigger
from django.db import connection, models, transaction

Modell = TypeVar("Modell", bound=type[models.Model])

UTEN_FELT: Any = None  # documented by pghistory, forgotten by its types
BARE_TILLEGG = pgtrigger.Protect(name="bare_tillegg", operation=pgtrigger.Update | pgtrigger.Delete)
KREVER_AKTOER = pgtrigger.Trigger(
    name="krever_aktoer",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func="""
        IF COALESCE(NEW.pgh_context->>'aktoer', '') = '' THEN
            RAISE EXCEPTION 'history: a change of % needs an actor', TG_TABLE_NAME;
        END IF;
        RETURN NEW;
    """,
)


def sporet(*, utelat: Sequence[str] = ()) -> Callable[[Modell], Modell]:
    """Keep every insert, update and delete of the model in a history table (N3, L21).

    `utelat` names the fields that history must not hold: encrypted numbers and file bytes.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(utelat) or None,
        context_field=pghistory.ContextJSONField(),
        context_id_field=UTEN_FELT,
        meta={"triggers": [BARE_TILLEGG, KREVER_AKTOER]},
    )


@dataclass(frozen=True)
class Aktoer:
    """Who stands behind the changes of a transaction, and through which handling."""

    konto_id: UUID
    navn: str
    handling: str
    grunn: str = ""


_gjeldende: ContextVar[str] = ContextVar("aktoer", default="")


def _sett(verdi: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_metadata', %s, true)", [verdi])


@contextmanager
def kontekst(aktoer: Aktoer) -> Iterator[None]:
    """Name the actor for the rest of the present transaction, set once and not before each statement.

    Raises:
        RuntimeError: outside a transaction, where PostgreSQL would forget the actor at once.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("historikk.kontekst needs a transaction")
    verdi = json.dumps(
        {"aktoer": str(aktoer.konto_id), "navn": aktoer.navn, "handling": aktoer.handling, "grunn": aktoer.grunn}
    )
    ytre = _gjeldende.get()
    merke = _gjeldende.set(verdi)
    try:
        _sett(verdi)
        yield
        _sett(ytre)
    finally:
        _gjeldende.reset(merke)


@contextmanager
def som_system(grunn: str, *, using: str = "default") -> Iterator[None]:
    """Act as SYSTEM in commands, data migrations and factories; the reason stands in every history row."""
    if not grunn.strip():
        raise ValueError("som_system needs a reason")
    nil = UUID(int=0)
    with transaction.atomic(using=using), kontekst(Aktoer(nil, "SYSTEM", "system", grunn)):
        yield
