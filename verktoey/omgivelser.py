"""What the demo asks of the machine before it starts: a free port, and that servers named in the environment answer."""

import os
import pwd
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

LYTTER = "0A"  # the kernel's word for LISTEN in /proc/net/tcp
LOOPBACK = {"0100007F", "00000000", "0" * 32, "0" * 24 + "01000000", "0000000000000000FFFF00000100007F"}


@dataclass(frozen=True)
class Lytter:
    """Who listens on a port, as far as we may see: the account always, the process when it is ours or we are root."""

    konto: str
    pid: int | None = None
    program: str = ""
    mappe: str = ""

    def __str__(self) -> str:
        if self.pid is None:
            return f"et program som kontoen {self.konto} kjører"
        demo = "en annen TOK-demo, " if "tok.wsgi" in self.program else ""
        navn = self.program.split(" ")[0].rpartition("/")[2]
        fra = f" fra {self.mappe}" if self.mappe else ""
        return f"{demo}{navn} (prosess {self.pid}, kontoen {self.konto}){fra}"


def les_port(tekst: str | None) -> int:
    """Return the port PORT asks for, 8000 when it is not set; stop with one line when it is no port."""
    if not tekst:
        return 8000
    if not (tekst.isascii() and tekst.isdigit() and 0 < int(tekst) < 65536):
        sys.exit("PORT må være et helt tall fra 1 til 65535, for eksempel: make demo PORT=8080")
    return int(tekst)


def er_ledig(port: int) -> bool:
    """Say whether we can listen on the port of loopback."""
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def krev_port(port: int) -> None:
    """Stop when the port is taken: say by whom, whom to ask, and which one is free."""
    if er_ledig(port):
        return
    ledig = next((p for p in (*range(port + 1, min(port + 100, 65536)), *range(8001, 8100)) if er_ledig(p)), 0)
    hvem = hvem_lytter(port)
    spoer = f" Stopp det der det ble startet, eller spør {hvem.konto}." if hvem else ""
    if port < 1024 and hvem is None:
        sys.exit(f"Port {port} kan vi ikke bruke: under 1024 må en være root. Velg en annen: make demo PORT={ledig}")
    sys.exit(
        f"Port {port} er opptatt av {hvem or 'et program vi ikke kan se'}.{spoer} "
        f"Demoen kan bruke en annen port: make demo PORT={ledig}"
    )


def hvem_lytter(port: int) -> Lytter | None:
    """Return who listens on the port of loopback, from /proc; None when it cannot be seen."""
    for inode, uid in _lyttere(port):
        try:
            konto = pwd.getpwuid(uid).pw_name
        except KeyError:
            konto = str(uid)
        pid = _eier_av(inode)
        if pid is None:
            return Lytter(konto)
        kall = Path(f"/proc/{pid}/cmdline")
        try:
            return Lytter(konto, pid, kall.read_bytes().replace(b"\0", b" ").decode(errors="replace"), _mappe(pid))
        except OSError:
            return Lytter(konto)
    return None


def _mappe(pid: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return ""


def _lyttere(port: int) -> Iterator[tuple[str, int]]:
    """The sockets that listen on the port: inode and account number."""
    for fil in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        try:
            rader = fil.read_text().splitlines()[1:]
        except OSError:
            continue
        for rad in rader:
            felt = rad.split()
            adresse, _, nummer = felt[1].partition(":")
            if felt[3] == LYTTER and int(nummer, 16) == port and adresse in LOOPBACK:
                yield felt[9], int(felt[7])


def _eier_av(inode: str) -> int | None:
    """The lowest process that holds the socket: the one that opened it, rather than the children it was handed to."""
    eiere = []
    for mappe in Path("/proc").glob("[0-9]*/fd"):
        try:
            if any(os.readlink(fd) == f"socket:[{inode}]" for fd in mappe.iterdir()):
                eiere.append(int(mappe.parent.name))
        except OSError:  # another's process, or one that has gone
            continue
    return min(eiere, default=None)


def krev_tjenere() -> None:
    """Stop with one line when a database or a broker the environment names does not answer; never its password."""
    if os.environ.get("DATABASE_URL"):
        try:
            psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
        except (psycopg.OperationalError, psycopg.ProgrammingError):
            sys.exit("Databasen i DATABASE_URL svarer ikke. Start den, eller la være å sette DATABASE_URL.")
    for navn in ("CELERY_BROKER_URL", "TOK_CACHE_URL"):
        adresse = os.environ.get(navn, "")
        if adresse.startswith(("redis://", "rediss://")):
            try:
                redis.Redis.from_url(adresse, socket_connect_timeout=5, socket_timeout=5).ping()
            except (redis.RedisError, ValueError):
                sys.exit(f"Redis i {navn} svarer ikke. Start den, eller la være å sette {navn}.")
