"""Run a command beside PostgreSQL 15 and Redis 7 at their standard ports: `python -m verktoey.motorer COMMAND…`.

What answers there already is used; else Debian's own programs are started for as long as the command lasts (ADR 0013).
TOK_PG_ADMIN_URL and CELERY_BROKER_URL name other servers. On a server that is not ours we leave nothing: the command
gets databases of its own by TOK_TESTNAVN and TOK_TESTREDIS, and they are removed afterwards.
"""

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from verktoey import redistjener
from verktoey.klynge import ADMIN, Klynge
from verktoey.pgprogrammer import PostgresFeil, debians_programmer, programmappe
from verktoey.postgres import APP, EIER
from verktoey.prosess import VAR, doer_med
from verktoey.redistjener import RedisFeil

MAPPE = VAR / "motorer"
ELDSTE = 15
EGNE = re.compile(r"tok(_m(?P<pid>\d+))?_(t\d+|mal_\w+)")  # what test runs call their databases


@dataclass(frozen=True)
class Porter:
    """Where the servers answer."""

    postgres: int = 5432
    redis: int = 6379


def svarer(port: int) -> bool:
    """Say whether anything listens on the port of loopback."""
    with socket.socket() as s:
        s.settimeout(2)
        return s.connect_ex(("127.0.0.1", port)) == 0


def krev_versjon(nummer: int) -> None:
    """Accept `server_version_num`.

    Raises:
        PostgresFeil: when it is older than what production may run (stack.md §0); newer is said in the head only.
    """
    if nummer < ELDSTE * 10_000:
        raise PostgresFeil(f"PostgreSQL er versjon {nummer // 10_000}. Testene krever {ELDSTE} eller nyere.")


@contextlib.contextmanager
def postgres(port: int) -> Iterator[str]:
    """Give the administrator's address of the server: the environment's, the one that answers, or one of our own.

    Raises:
        PostgresFeil: when it lets nobody in, is too old, serves a real TOK, or cannot be started.
    """
    url = os.environ.get("TOK_PG_ADMIN_URL")
    if url or svarer(port):
        url = url or f"postgresql://{ADMIN}@127.0.0.1:{port}/postgres"
        with laan(url):
            yield url
    else:
        with egen_postgres(port) as url:
            yield url


@contextlib.contextmanager
def laan(url: str) -> Iterator[None]:
    """Use somebody else's server, and take away all we made there: databases, and the roles when nothing uses them."""
    deler = urlsplit(url)
    vert = deler.netloc.rpartition("@")[2]
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as c:
            krev_versjon(c.info.server_version)
            for navn in _fremmede(c):
                raise PostgresFeil(
                    f"PostgreSQL på {vert} har TOK-databasen {navn}. Testene bruker de samme rollene, "
                    "og rører ikke en slik tjener. Sett TOK_PG_ADMIN_URL til en annen."
                )
    except psycopg.OperationalError as feil:
        raise PostgresFeil(
            f"På {vert} svarer noe som ikke slipper oss inn som PostgreSQL ({str(feil).strip().splitlines()[0]}). "
            "Sett TOK_PG_ADMIN_URL til adressen for en som får lage databaser og roller, eller stopp det som svarer."
        ) from feil
    try:
        yield
    finally:
        with psycopg.connect(url, autocommit=True) as c:
            for navn in _navn(c, "SELECT datname FROM pg_database WHERE datname LIKE %s", "tok\\_m%"):
                if _er_forlatt(navn, lokal=deler.hostname in ("127.0.0.1", "localhost")):
                    c.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(navn)))
            for rolle in (EIER, APP):
                with contextlib.suppress(psycopg.errors.DependentObjectsStillExist):  # another run uses it
                    c.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(rolle)))
            etterlatt = _fremmede(c)
    if etterlatt:
        raise PostgresFeil(
            f"Kjøringen etterlot {', '.join(etterlatt)} på {vert}. En database som en test lager, må hete noe "
            "TOK_TESTNAVN begynner på, ellers blir den liggende."
        )


def _fremmede(c: psycopg.Connection) -> list[str]:
    """The databases of our roles that no test run made, by their names."""
    vaare = _navn(c, "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = ANY(%s)", [EIER, APP])
    return [navn for navn in vaare if not EGNE.fullmatch(navn)]


def _er_forlatt(navn: str, *, lokal: bool) -> bool:
    """Say whether a test database is ours, or of a run on this machine that a kill -9 ended."""
    funnet = EGNE.fullmatch(navn)
    if not funnet or not funnet["pid"]:
        return False
    pid = int(funnet["pid"])
    return pid == os.getpid() or (lokal and not Path(f"/proc/{pid}").exists())


def _navn(c: psycopg.Connection, sporring: str, argument: object) -> list[str]:
    return [navn for (navn,) in c.execute(sporring, [argument])]


def testnavn() -> str:
    """Return what the names of this run's databases begin with."""
    return f"tok_m{os.getpid()}"


@contextlib.contextmanager
def egen_postgres(port: int) -> Iterator[str]:
    """Run Debian's oldest PostgreSQL from 15, or PGBIN's, on a port of loopback, with a password, and give its address.

    Raises:
        PostgresFeil: when there is none, or it does not start.
    """
    programmer = [mappe for mappe in debians_programmer() if int(mappe.parent.name) >= ELDSTE]
    if os.environ.get("PGBIN"):
        programmer = [programmappe()]
    if not programmer:
        raise PostgresFeil(
            f"Fant ingen PostgreSQL {ELDSTE} eller nyere. Kjør WITH_ENGINES=1 sh verktoey/oppsett.sh, "
            "eller apt-get install postgresql."
        )
    klynge = Klynge(MAPPE / f"pg{port}", varig=False, programmer=programmer[0], port=port)
    passord = secrets.token_urlsafe(24)
    try:
        klynge.slett()  # what a kill -9 left
        klynge.start()
        with psycopg.connect(klynge.admin_url(), autocommit=True) as c:
            c.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(ADMIN), sql.Literal(passord)))
        yield f"postgresql://{ADMIN}:{passord}@127.0.0.1:{port}/postgres"
    finally:
        klynge.slett()


@contextlib.contextmanager
def redis(port: int) -> Iterator[tuple[str, str]]:
    """Give the version and the first of a row of empty databases of a Redis chosen like postgres().

    Raises:
        RedisFeil: when it lets nobody in, is too old, has no empty row, or cannot be started.
    """
    with contextlib.ExitStack() as stabel:
        url = os.environ.get("CELERY_BROKER_URL")
        if not url and svarer(port):
            url = f"redis://127.0.0.1:{port}/0"
        if not url:
            url = stabel.enter_context(redistjener.egen(MAPPE / f"redis{port}", port))
        yield stabel.enter_context(redistjener.ledige_baser(url))


def kjoer(argv: list[str | Path], porter: Porter | None = None) -> int:
    """Run the command with both servers beside it, say first which they are, and return its exit status."""
    porter = porter or Porter()
    with postgres(porter.postgres) as pg, redis(porter.redis) as (redisversjon, koe):
        with psycopg.connect(pg) as c:
            pgversjon = c.info.parameter_status("server_version")
        si(f"PostgreSQL {pgversjon} på {_vert(pg)}")
        si(f"Redis {redisversjon} på {_vert(koe)}, databasene fra {urlsplit(koe).path[1:]}")
        debian = any(mappe.parent.name == str(ELDSTE) for mappe in debians_programmer())
        miljoe = {
            **os.environ,
            "TOK_PG_ADMIN_URL": pg,
            "TOK_TESTNAVN": testnavn(),
            "TOK_TESTREDIS": koe,
            **({"TOK_PG_KILDE": "debian"} if debian else {}),  # for the tests that start servers themselves
        }
        for navn in ("CELERY_BROKER_URL", "TOK_CACHE_URL", "DATABASE_URL", "DATABASE_URL_EIER"):
            miljoe.pop(navn, None)
        with subprocess.Popen(  # noqa: S603 -- the person's own command
            argv,
            env=miljoe,
            preexec_fn=doer_med(os.getpid(), signal.SIGTERM),  # noqa: PLW1509 -- the child only calls prctl
        ) as barn:
            try:
                return barn.wait()
            except BaseException:
                barn.send_signal(signal.SIGINT)
                raise


def _vert(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def si(tekst: str) -> None:
    """Tell the person at the keyboard."""
    print(tekst, flush=True)


def _avbryt(signum: int, _ramme: FrameType | None) -> None:
    sys.exit(128 + signum)


if __name__ == "__main__":
    for nummer in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(nummer, _avbryt)
    try:
        sys.exit(kjoer(list(sys.argv[1:])))
    except (PostgresFeil, RedisFeil) as feil:
        sys.exit(str(feil))
    except KeyboardInterrupt:
        sys.exit(130)
