"""The tests' database: a migrated template per state of the migrations, and a quick copy of it for each need."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.db import connections

from verktoey import postgres

ROT = Path(__file__).resolve().parent.parent
TESTNAVN = os.environ.get("TOK_TESTNAVN", "tok")  # verktoey/motorer.py removes what begins with its name


def malnavn() -> str:
    """The template's name follows what makes it, so that a changed migration makes a new one."""
    innhold = hashlib.sha256()
    for fil in sorted([*ROT.glob("*/migrations/*.py"), *ROT.glob("tok/*/migrations/*.py")]):
        innhold.update(fil.read_bytes())
    innhold.update((ROT / "tok/kjerne/databaseroller.py").read_bytes())
    innhold.update((ROT / "requirements.txt").read_bytes())
    return f"{TESTNAVN}_mal_{innhold.hexdigest()[:12]}"


def lag_mal() -> str:
    """Migrate the template as the owner, once; whoever comes second waits for the first."""
    navn, server = malnavn(), postgres.testserver()
    with psycopg.connect(server, autocommit=True) as c:
        c.execute("SELECT pg_advisory_lock(20261122)")
        if c.execute("SELECT 1 FROM pg_database WHERE datname = %s", [navn]).fetchone():
            return navn
        halvferdig = f"{navn}_lages"
        postgres.klargjoer(halvferdig, server)
        roller = postgres.gjenskap(halvferdig, server)
        miljoe = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tok.settings.test",
            "TOK_DB_ROLLE": "eier",
            "DATABASE_URL": roller.app,
            "DATABASE_URL_EIER": roller.eier,
        }
        migrer = [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"]
        subprocess.run(migrer, cwd=ROT, env=miljoe, check=True)
        c.execute(f'ALTER DATABASE "{halvferdig}" RENAME TO "{navn}"')
    return navn


class Testbase:
    """One test process's own database, on a server that stops with the last process that uses it."""

    __test__ = False

    def __init__(self) -> None:
        self.klynge = None if os.environ.get("TOK_PG_ADMIN_URL") else postgres.testklynge()
        if self.klynge:
            self.klynge.start()
        self.mal = lag_mal()
        self.navn = f"{TESTNAVN}_t{os.getpid()}"
        self.frisk()

    def frisk(self) -> None:
        """Make the database anew from the template; whoever is connected is thrown out."""
        connections.close_all()
        self.roller = postgres.gjenskap(self.navn, postgres.testserver(), mal=self.mal)

    def slett(self) -> None:
        """Drop it, and let the server go."""
        connections.close_all()
        with psycopg.connect(postgres.testserver(), autocommit=True) as c:
            c.execute(f'DROP DATABASE IF EXISTS "{self.navn}" WITH (FORCE)')
        if self.klynge:
            self.klynge.slipp()
