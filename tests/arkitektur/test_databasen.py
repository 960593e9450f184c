"""What the database itself keeps: traces that only grow, by grant and by trigger, and keys with an index."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from tests.fabrikker import SakFabrikk
from tok.kjerne.databaseroller import spor
from tok.sak.models import Sak

pytestmark = pytest.mark.django_db


def _spoer(sporring: str, *argumenter: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sporring, argumenter)
        return list(cursor.fetchall())


def test_the_tests_run_as_the_applications_role() -> None:
    """Else they would prove nothing about its rights (ADR 0001)."""
    assert _spoer("SELECT current_user") == [(settings.TOK_DB_APPROLLE,)]


@pytest.mark.parametrize("tabell", spor())
def test_a_trace_can_be_added_to_and_read_and_nothing_else(tabell: str) -> None:
    """Insert and select; no update, delete or truncate (N5)."""
    rettigheter = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"]
    kan = [r for r in rettigheter if _spoer("SELECT has_table_privilege(%s, %s)", tabell, r) == [(True,)]]
    assert kan == ["SELECT", "INSERT"], f"{tabell}: run the migrations as the owner; post_migrate gives the grants"


@pytest.mark.parametrize("tabell", spor())
def test_a_trace_is_guarded_by_trigger_too(tabell: str) -> None:
    """The owner cannot rewrite it by a slip either."""
    utloesere = _spoer("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", tabell)
    assert any("bare_tillegg" in navn for (navn,) in utloesere), f"{tabell}: put BARE_TILLEGG among its triggers"


def test_every_history_table_demands_an_actor() -> None:
    for modell in apps.get_models():
        if hasattr(modell, "pgh_tracked_model"):
            tabell = modell._meta.db_table
            navn = _spoer("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", tabell)
            assert any("krever_aktoer" in ett for (ett,) in navn), f"{tabell}: track the model with @sporet"


def test_a_change_without_an_actor_is_refused() -> None:
    """Whoever forgets the door meets the database (ADR 0002)."""
    sak = SakFabrikk()
    with pytest.raises(ProgrammingError, match="needs an actor"), transaction.atomic():
        Sak.objects.filter(pk=sak.pk).update(avsluttet_grunn="uten aktør")


def test_every_foreign_key_can_be_looked_up() -> None:
    """A key without an index makes each delete and each join read the whole table (ytelse.md)."""
    uten = _spoer(
        """
        SELECT c.conrelid::regclass::text, a.attname
        FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND array_length(c.conkey, 1) = 1
          AND NOT EXISTS (
              SELECT 1 FROM pg_index i
              WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1] AND i.indpred IS NULL
          )
        ORDER BY 1, 2
        """
    )
    assert not uten, f"give the field an index, or take db_index=False away: {uten}"
