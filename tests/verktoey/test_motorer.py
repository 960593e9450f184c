"""The second set of engines: which servers are taken, what is said of those that cannot be, and what is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from verktoey import motorer, redistjener
from verktoey.demo import ledig_port
from verktoey.klynge import Klynge
from verktoey.pgprogrammer import PostgresFeil, debians_programmer, programmappe
from verktoey.prosess import ROOT
from verktoey.valkey import valkeyprogram

pytestmark = pytest.mark.motor
START = (
    "import sys; from pathlib import Path; from verktoey import motorer; motorer.MAPPE = Path(sys.argv[1]);"
    "sys.exit(motorer.kjoer(sys.argv[4:], motorer.Porter(int(sys.argv[2]), int(sys.argv[3]))))"
)


@pytest.fixture
def fremmed(tmp_path: Path) -> Iterator[Klynge]:
    """Somebody else's PostgreSQL, which asks for a password."""
    klynge = Klynge(tmp_path / "fremmed", varig=False, port=ledig_port())
    klynge.start()
    yield klynge
    klynge.slett()


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of the test's own."""
    with redistjener.egen(tmp_path / "redis", ledig_port(), valkeyprogram()) as url:
        yield url


def motorkjoering(mappe: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run a command beside servers on free ports."""
    tjener = mappe / "bin" / "redis-server"
    if not tjener.exists():  # stands in for Debian's where that is not installed
        tjener.parent.mkdir()
        tjener.symlink_to(valkeyprogram())
    miljoe = {**os.environ, "PATH": f"{os.environ['PATH']}:{tjener.parent}"}
    for navn in ("TOK_PG_ADMIN_URL", "CELERY_BROKER_URL"):
        miljoe.pop(navn, None)
    if not debians_programmer():
        miljoe["PGBIN"] = str(programmappe())
    porter = [str(ledig_port()), str(ledig_port())]
    kall = [sys.executable, "-c", START, str(mappe), *porter, *argv]
    return subprocess.run(kall, cwd=ROOT, env=miljoe, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kilde", ["sqlite", "Wheel"])
def test_an_unknown_source_of_postgres_is_named(monkeypatch: pytest.MonkeyPatch, kilde: str) -> None:
    monkeypatch.setenv("TOK_PG_KILDE", kilde)
    monkeypatch.delenv("PGBIN", raising=False)
    with pytest.raises(PostgresFeil, match=f"TOK_PG_KILDE er «{kilde}». Den må være wheel, debian eller tom."):
        programmappe()


def test_a_folder_without_postgres_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGBIN", str(tmp_path))
    with pytest.raises(PostgresFeil, match="PGBIN"):
        programmappe()


def test_older_than_fifteen_is_refused_and_newer_is_not() -> None:
    with pytest.raises(PostgresFeil, match="versjon 14"):
        motorer.krev_versjon(140019)
    motorer.krev_versjon(150020)
    motorer.krev_versjon(180006)


def test_a_server_that_lets_nobody_in_says_what_to_set(fremmed: Klynge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOK_PG_ADMIN_URL", raising=False)
    assert fremmed.port is not None
    with pytest.raises(PostgresFeil, match="Sett TOK_PG_ADMIN_URL"), motorer.postgres(fremmed.port):
        pass


def test_a_borrowed_server_is_given_back_as_it_was(fremmed: Klynge) -> None:
    """Databases and roles of ours go, what is left under another name is told, and a real TOK is never borrowed."""
    url = fremmed.admin_url()

    def innhold() -> list[tuple[str]]:
        with psycopg.connect(url) as c:
            return c.execute(
                "SELECT datname FROM pg_database UNION ALL SELECT rolname FROM pg_roles ORDER BY 1"
            ).fetchall()

    foer = innhold()
    with motorer.laan(url), psycopg.connect(url, autocommit=True) as c:
        c.execute("CREATE ROLE tok_eier")
        c.execute(f'CREATE DATABASE "{motorer.testnavn()}_t1" OWNER tok_eier')
        c.execute(f'CREATE DATABASE "{motorer.testnavn()}_mal_0f" OWNER tok_eier')
    assert sorted(innhold()) == sorted(foer)
    laan = motorer.laan(url)
    laan.__enter__()
    with psycopg.connect(url, autocommit=True) as c:
        c.execute("CREATE ROLE tok_eier")
        c.execute("CREATE DATABASE tok OWNER tok_eier")
    with pytest.raises(PostgresFeil, match="etterlot tok"):
        laan.__exit__(None, None, None)
    with pytest.raises(PostgresFeil, match="TOK-databasen tok"), motorer.laan(url):
        pass


def test_only_empty_databases_of_a_redis_are_taken_and_emptied(redis_url: str) -> None:
    """What others keep there stands, also when two runs share a server."""
    deres = redis.Redis.from_url(redistjener.med_base(redis_url, 15))
    deres.set("verdi", "deres")
    with redistjener.ledige_baser(redis_url) as (versjon, url):
        assert versjon
        assert url.endswith("/7")  # 7 to 14: the highest row of eight without number 15
        koe, mellomlager = redistjener.baser(url, "gw1")
        assert (koe[-2:], mellomlager[-3:]) == ("/9", "/10")
        redis.Redis.from_url(mellomlager).set("verdi", "vår")
        with pytest.raises(redistjener.RedisFeil, match="ikke 8 tomme databaser"), redistjener.ledige_baser(redis_url):
            pass
        with pytest.raises(redistjener.RedisFeil, match="4 testprosesser"):
            redistjener.baser(url, "gw4")
    assert redis.Redis.from_url(mellomlager).dbsize() == 0
    assert deres.get("verdi") == b"deres"
    feil_passord = "redis://:feil@" + redis_url.rpartition("@")[2]
    with (
        pytest.raises(redistjener.RedisFeil, match="Sett CELERY_BROKER_URL"),
        redistjener.ledige_baser(feil_passord),
    ):
        pass


def test_our_own_servers_ask_for_passwords_and_stop_with_the_command(tmp_path: Path) -> None:
    program = (
        "import os, psycopg, redis; a = os.environ['TOK_PG_ADMIN_URL']; r = os.environ['TOK_TESTREDIS'];"
        "psycopg.connect(a).close(); redis.Redis.from_url(r).ping(); print(a, r)"
    )
    svar = motorkjoering(tmp_path, sys.executable, "-c", program)
    assert svar.returncode == 0, svar.stderr
    assert svar.stdout.startswith("PostgreSQL 1"), svar.stdout
    pg, koe = svar.stdout.split()[-2:]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(pg)
    with pytest.raises(redis.ConnectionError):
        redis.Redis.from_url(koe).ping()
    assert ":" in pg.partition("@")[0].removeprefix("postgresql://")
    assert motorkjoering(tmp_path, "false").returncode == 1


def test_kill_9_leaves_no_server(tmp_path: Path) -> None:
    """Both die with the one who started them (stack.md pitfall 12)."""
    svar = motorkjoering(tmp_path, "sh", "-c", 'echo "$TOK_PG_ADMIN_URL $TOK_TESTREDIS"; kill -9 $PPID; exec sleep 60')
    assert svar.returncode == -signal.SIGKILL
    porter = [int(url.rpartition("@")[2].partition("/")[0].rpartition(":")[2]) for url in svar.stdout.split()[-2:]]
    slutt = time.monotonic() + 20
    while any(map(motorer.svarer, porter)):
        assert time.monotonic() < slutt
        time.sleep(0.05)
