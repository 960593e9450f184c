"""What the application's database role may do: everything on rows, nothing on schema, only additions to the traces."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model


def spor() -> list[str]:
    """Tables that only grow: every history table, and those that say `BARE_TILLEGG = True` (N5)."""
    return sorted(
        modell._meta.db_table
        for modell in apps.get_models()
        if hasattr(modell, "pgh_tracked_model") or getattr(modell, "BARE_TILLEGG", False)
    )


def tilhoerer_spor(modell: type[Model]) -> bool:
    """True for a model whose table the application can only insert into and read."""
    return modell._meta.db_table in spor()


def gi_rettigheter(using: str = "default", **_kwargs: Any) -> None:
    """Grant again after each migration, so that a new table is never left without or with too much.

    Runs once for each app that was migrated; the statements are the same each time. Where one role
    does both jobs (a database that somebody else set up so), there is nothing to grant.
    """
    rolle = settings.TOK_DB_APPROLLE
    forbindelse = connections[using]
    with forbindelse.cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [rolle])
        bruker, finnes = cursor.fetchone()
        if not finnes or bruker == rolle:
            return
        navn = forbindelse.ops.quote_name(rolle)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {navn}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {navn}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {navn}")
        finnes_naa = set(forbindelse.introspection.table_names(cursor))
        for tabell in spor():
            if tabell in finnes_naa:
                cursor.execute(f"REVOKE UPDATE, DELETE ON {forbindelse.ops.quote_name(tabell)} FROM {navn}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {navn}")
