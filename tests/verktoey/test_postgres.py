"""The embedded cluster: its two roles, copies of a database, and what a kill -9 leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from verktoey import postgres
from verktoey.klynge import Klynge
from verktoey.prosess import ROOT


@pytest.fixture
def klynge(tmp_path: Path) -> Iterator[Klynge]:
    """A cluster of the test's own, durable like the demo's."""
    klynge = Klynge(tmp_path / "klynge", varig=True)
    klynge.start()
    yield klynge
    klynge.stopp()
    klynge.slett()


def test_the_application_may_connect_and_no_more_until_it_is_granted(klynge: Klynge) -> None:
    """Two roles from the first migration (arkitektur.md §5): the owner makes, the application is given."""
    roller = postgres.klargjoer("tok", klynge.admin_url())
    with psycopg.connect(roller.eier, autocommit=True) as eier:
        eier.execute("CREATE EXTENSION btree_gist")
        eier.execute("CREATE TABLE spor (linje text)")
    with psycopg.connect(roller.app, autocommit=True) as app:
        for setning in ("SELECT * FROM spor", "CREATE TABLE egen (i int)", "CREATE TEMP TABLE egen (i int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(setning)
    with psycopg.connect(roller.eier, autocommit=True) as eier:
        eier.execute("GRANT SELECT, INSERT ON spor TO tok_app")
    with psycopg.connect(roller.app, autocommit=True) as app:
        app.execute("INSERT INTO spor VALUES ('en')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE spor")


def test_making_ready_twice_changes_nothing(klynge: Klynge) -> None:
    """A second start reuses the data."""
    roller = postgres.klargjoer("tok", klynge.admin_url())
    with psycopg.connect(roller.eier, autocommit=True) as eier:
        eier.execute("CREATE TABLE rad AS SELECT 7 AS tall")
    assert postgres.klargjoer("tok", klynge.admin_url()) == roller
    with psycopg.connect(roller.eier) as eier:
        assert eier.execute("SELECT tall FROM rad").fetchone() == (7,)


def test_a_copy_has_the_templates_rows_and_grants(klynge: Klynge) -> None:
    """Browser tests start from a template database (arkitektur.md §5)."""
    mal = postgres.klargjoer("mal", klynge.admin_url())
    with psycopg.connect(mal.eier, autocommit=True) as eier:
        eier.execute("CREATE TABLE rad AS SELECT 7 AS tall")
        eier.execute("GRANT SELECT ON rad TO tok_app")
    for _ in range(2):
        kopi = postgres.gjenskap("kopi", klynge.admin_url(), mal="mal")
        with psycopg.connect(kopi.app, autocommit=True) as app:
            assert app.execute("SELECT tall FROM rad").fetchall() == [(7,)]


def test_what_is_committed_survives_kill_9(klynge: Klynge) -> None:
    """The server comes back at once, also in the seconds when its old lock file stands (stack.md pitfall 2)."""
    roller = postgres.klargjoer("tok", klynge.admin_url())
    with psycopg.connect(roller.eier, autocommit=True) as eier:
        eier.execute("CREATE TABLE rad AS SELECT generate_series(1, 1000) AS tall")
    assert klynge.pid is not None
    os.kill(klynge.pid, signal.SIGKILL)
    klynge.start()
    with psycopg.connect(roller.eier) as eier:
        assert eier.execute("SELECT count(*) FROM rad").fetchone() == (1000,)


def test_the_server_dies_with_the_one_who_started_it(tmp_path: Path) -> None:
    """A runner that is ended by kill -9 leaves no server behind (stack.md pitfall 12)."""
    mappe = tmp_path / "foreldreloes"
    program = (
        "import os, pathlib, sys; from verktoey.klynge import Klynge;"
        "Klynge(pathlib.Path(sys.argv[1]), varig=False).start(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(mappe)], cwd=ROOT, check=False)
    klynge = Klynge(mappe, varig=False)
    for _ in range(100):
        if not klynge.kjoerer():
            break
        time.sleep(0.1)
    assert not klynge.kjoerer()
    klynge.slett()


def test_a_shared_server_is_stopped_by_the_last_to_let_go(tmp_path: Path) -> None:
    """Two test runs of one checkout use one server; neither takes it from the other."""
    foerste = Klynge(tmp_path / "delt", varig=False, delt=True)
    andre = Klynge(tmp_path / "delt", varig=False, delt=True)
    assert foerste.start()
    assert not andre.start()
    with psycopg.connect(andre.admin_url()):
        foerste.slipp()
        assert andre.kjoerer()
    andre.slipp()
    assert not foerste.kjoerer()
    foerste.slett()


def test_an_external_servers_roles_have_passwords_when_the_administrator_has() -> None:
    """TOK_PG_ADMIN_URL may name a server that asks for passwords; ours are not the administrator's."""
    roller = postgres.roller("postgresql://sjef:hemmelig@db.example:5433/postgres?sslmode=require", "tok")
    assert roller.eier.startswith("postgresql://tok_eier:")
    assert roller.app.endswith("@db.example:5433/tok?sslmode=require")
    assert "hemmelig" not in roller.app + roller.eier
