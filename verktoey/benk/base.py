"""The benchmark's own cluster, durable as in operation, with a loaded database for each size and one for the floor."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass

import psycopg
from psycopg import sql

from tok.kjerne import klokke
from verktoey import postgres
from verktoey.klynge import Klynge
from verktoey.prosess import ROOT, VAR

MAPPE = VAR / "benk"
PY = sys.executable
OURS, GULV = "verktoey.benk.innstillinger", "verktoey.benk.gulv.innstillinger"


@dataclass(frozen=True)
class Base:
    """One database, and how to run Django's programs over it."""

    navn: str
    innstillinger: str
    roller: postgres.Roller
    saker: int

    @property
    def miljoe(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": self.innstillinger,
            "DATABASE_URL": self.roller.app,
            "DATABASE_URL_EIER": self.roller.eier,
            "TOK_STATIC_ROOT": str(MAPPE / "static"),
        }

    def kjoer(self, *argv: str, **miljoe: str) -> str:
        """Run a Python program over the database, and return what it wrote; its last lines when it fails."""
        alt = {**os.environ, **self.miljoe, **miljoe}
        kall = subprocess.run([PY, *argv], cwd=ROOT, env=alt, capture_output=True, text=True, check=False)  # noqa: S603 -- ours
        if kall.returncode:
            sys.exit(f"{' '.join(argv)} feilet:\n{kall.stderr[-3000:]}")
        return kall.stdout


def klynge() -> Klynge:
    """The cluster: kept between runs, so that the second run loads nothing."""
    return Klynge(MAPPE, varig=True)


MIGRERINGER = ("*/migrations/*.py", "tok/*/migrations/*.py", "tok/kjerne/databaseroller.py", "requirements.txt")
BYGGERE = ("tok/demo/*.py", "tok/demo/masse/*.py")


def merke(*moenstre: str, ogsaa: str = "") -> str:
    """A short sign of the files' content."""
    innhold = hashlib.sha256(ogsaa.encode())
    for moenster in moenstre:
        for fil in sorted(ROOT.glob(moenster)):
            innhold.update(fil.read_bytes())
    return innhold.hexdigest()[:10]


def _mal(admin: str) -> str:
    """A migrated database without rows, which each size begins as a copy of."""
    navn = f"benkmal_{merke(*MIGRERINGER)}"
    if not _finnes(admin, navn):
        halvferdig = "benkmalny_0"
        postgres.klargjoer(halvferdig, admin)
        base = Base(halvferdig, OURS, postgres.gjenskap(halvferdig, admin), 0)
        base.kjoer("manage.py", "migrate", "-v0", "--skip-checks", TOK_DB_ROLLE="eier")
        _ferdig(admin, halvferdig, navn)
    return navn


def _finnes(admin: str, navn: str) -> bool:
    with psycopg.connect(admin, autocommit=True) as c:
        return c.execute("SELECT 1 FROM pg_database WHERE datname = %s", [navn]).fetchone() is not None


def _ferdig(admin: str, halvferdig: str, navn: str) -> None:
    """Fresh statistics and a frozen table, then the name that says it is whole; older ones of the kind are dropped."""
    with psycopg.connect(postgres.roller(admin, halvferdig).admin, autocommit=True) as c:
        c.execute("VACUUM (FREEZE, ANALYZE)")
        c.execute("CHECKPOINT")
    slag = navn.rpartition("_")[0]
    with psycopg.connect(admin, autocommit=True) as c:
        eldre = c.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s AND datname <> %s", [f"{slag}\\_%", halvferdig]
        )
        for (gammel,) in eldre.fetchall():
            c.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(gammel)))
        c.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(halvferdig), sql.Identifier(navn)))


def vaar(admin: str, saker: int) -> Base:
    """Our database with so many cases, made by `demodata` the first time; its name says what its rows depend on.

    The week is a part of it: all dates hang on today.
    """
    aar, uke, _dag = klokke.i_dag().isocalendar()
    navn = f"benk_{saker}_{merke(*MIGRERINGER, *BYGGERE, ogsaa=f'{aar}-{uke}')}"
    if not _finnes(admin, navn):
        halvferdig = f"benkny_{saker}"
        base = Base(halvferdig, OURS, postgres.gjenskap(halvferdig, admin, mal=_mal(admin)), saker)
        base.kjoer("manage.py", "demodata", "--saker", str(saker), "--frø", "1", TOK_DB_ROLLE="eier")
        _ferdig(admin, halvferdig, navn)
    with psycopg.connect(admin, autocommit=True) as c:  # docs/ytelse.md, method
        c.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(navn)))
    return Base(navn, OURS, postgres.roller(admin, navn), saker)


GULVTABELL = """
CREATE TABLE benk_rad (id bigint PRIMARY KEY, kontor int NOT NULL, tilstand varchar(10) NOT NULL, nummer varchar(10)
    NOT NULL, navn varchar(160) NOT NULL, koordinator varchar(150) NOT NULL, enhet varchar(150) NOT NULL,
    aapnet date NOT NULL);
INSERT INTO benk_rad SELECT n, 1, CASE WHEN n % 5 = 0 THEN 'avsluttet' ELSE 'aapen' END, '2026/' || n,
    'Fornavn Etternavn ' || n, 'Koordinator ' || n % 100, 'Enhet ' || n % 20, date '2026-11-01' - (n % 2000)::int
    FROM generate_series(1, {saker}) n;
CREATE INDEX benk_liste ON benk_rad (kontor, tilstand, aapnet DESC, id DESC);
GRANT SELECT ON benk_rad TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_user, django_session TO {app};
"""


def gulvet(admin: str, saker: int) -> Base:
    """The floor's database, made the first time."""
    navn = f"benkgulv_{saker}_{hashlib.sha256(GULVTABELL.encode()).hexdigest()[:10]}"
    if not _finnes(admin, navn):
        halvferdig = f"benkgulvny_{saker}"
        lag_gulv(halvferdig, admin, saker)
        _ferdig(admin, halvferdig, navn)
    return Base(navn, GULV, postgres.roller(admin, navn), saker)


def lag_gulv(navn: str, admin: str, saker: int) -> Base:
    """Log-in tables, and one table of so many rows with one index."""
    postgres.klargjoer(navn, admin)
    base = Base(navn, GULV, postgres.gjenskap(navn, admin), saker)
    base.kjoer("-m", "django", "migrate", "-v0", TOK_DB_ROLLE="eier")
    with psycopg.connect(base.roller.eier, autocommit=True) as c:
        c.execute(GULVTABELL.format(saker=int(saker), app=postgres.APP).encode())
    return base
