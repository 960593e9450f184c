"""An installation made by following docs/drift.md: real PostgreSQL and Redis on free ports, and no container engine."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import psycopg
from psycopg import sql

from tests.drift import veiledning
from verktoey.demo import ledig_port
from verktoey.klynge import Klynge
from verktoey.pgprogrammer import debians_programmer
from verktoey.prosess import ROOT, Prosess
from verktoey.valkey import valkeyprogram

VERT = "tok.kommunen.no"
BAK_PROXY = {"Host": VERT, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}


@dataclass(frozen=True)
class Svar:
    """What the web process answered."""

    status: int
    hoder: http.client.HTTPMessage
    tekst: str

    @property
    def deler(self) -> dict[str, str]:
        """The words of /readyz."""
        return dict(linje.split() for linje in self.tekst.splitlines())


def vent_til(sant: Callable[[], bool], hva: str, sekunder: float = 60) -> None:
    """Wait until something holds; fail saying what did not."""
    slutt = time.monotonic() + sekunder
    while not sant():
        assert time.monotonic() < slutt, f"waited {sekunder} s for {hva}"
        time.sleep(0.1)


class Anlegg:
    """The servers, the choices of the operator, and the commands of the guide."""

    def __init__(self, mappe: Path) -> None:
        self.mappe = mappe
        self.oppsett = mappe / "oppsett"
        self.epost = mappe / "epost"
        (mappe / "bin").mkdir()
        self.pg = Klynge(
            mappe / "pg", varig=False, programmer=next(iter(debians_programmer()), None), port=ledig_port()
        )
        self.redisport, self.nettport, self.epostport = ledig_port(), ledig_port(), ledig_port()
        self.passord = secrets.token_urlsafe(16)
        self.kjoerende: dict[str, Prosess] = {}

    def start_tjenere(self) -> None:
        """PostgreSQL as Debian would have it running, and the municipality's mail server."""
        self.pg.start()
        with psycopg.connect(self.pg.admin_url(), autocommit=True) as c:
            c.execute(sql.SQL("ALTER ROLE postgres PASSWORD {}").format(sql.Literal(self.passord)))
        sluk = [sys.executable, "-m", "verktoey.epostsluk", str(self.epostport), str(self.epost)]
        self._kjoer(Prosess("epostsluk", sluk, self.mappe / "epostsluk.log"))
        if not shutil.which("redis-server"):  # the embedded one answers to the same name and words
            (self.mappe / "bin" / "redis-server").symlink_to(valkeyprogram())

    def valg(self) -> dict[str, str]:
        """The operator's choices: the names the guide lists, no more and no fewer."""
        sti = [self.mappe / "bin", Path(sys.executable).parent, self.pg.bin]
        valg = {
            "PATH": ":".join([*(str(s) for s in sti), os.environ["PATH"]]),
            "OPPSETT": str(self.oppsett),
            "KOPI": str(self.mappe / "kopi"),
            "SEGL": str(self.mappe / "segl"),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.pg.port),
            "PGUSER": "postgres",
            "PGPASSWORD": self.passord,
            "REDIS": f"127.0.0.1:{self.redisport}",
        }
        assert sorted(valg) == sorted(veiledning.valg())
        return valg

    def fyll_ut(self) -> None:
        """Fill in tok.env: the guide's four lines, and what is ours because a test has ports and folders of its own."""
        egne = {
            "ALLOWED_HOSTS": VERT,
            "TOK_NETTADRESSE": f"https://{VERT}",
            "EMAIL_HOST": "127.0.0.1",
            "DEFAULT_FROM_EMAIL": "no-reply@kommunen.no",
        }
        assert list(egne) == veiledning.fylles_ut()
        for_testen = {
            "EMAIL_PORT": str(self.epostport),
            "EMAIL_USE_TLS": "0",
            "TOK_BIND": f"127.0.0.1:{self.nettport}",
            "TOK_STATIC_ROOT": str(self.mappe / "static"),
            "TOK_PULSMAPPE": str(self.mappe),
        }
        fil = self.oppsett / "tok.env"
        tekst = fil.read_text()
        for navn, verdi in {**egne, **for_testen}.items():
            tekst, antall = re.subn(rf"^#?{navn}=.*$", f"{navn}='{verdi}'", tekst, flags=re.MULTILINE)
            assert antall == 1, navn
        fil.write_text(tekst)

    def argv(self, tekst: str) -> list[str]:
        """A block as the operator's shell runs it, with nothing else in the environment."""
        pyc = os.environ.get("PYTHONPYCACHEPREFIX", str(ROOT / "var" / "pyc"))  # nothing compiled beside the source
        navn = {"HOME": str(self.mappe), "LC_ALL": "C.UTF-8", "PYTHONPYCACHEPREFIX": pyc, **self.valg()}
        return ["env", "-i", *(f"{n}={v}" for n, v in navn.items()), "bash", "-euo", "pipefail", "-c", tekst]

    def proev(self, tekst: str) -> subprocess.CompletedProcess[str]:
        """Run a block and give what it answered."""
        return subprocess.run(
            self.argv(tekst),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def kjoer(self, tekst: str) -> str:
        """Run a block that must succeed."""
        svar = self.proev(tekst)
        assert svar.returncode == 0, f"{tekst}\n{svar.stdout}\n{svar.stderr}"
        return svar.stdout

    def med_miljoe(self, kommando: str, *filer: str) -> str:
        """A command of the test's own, in the guide's way."""
        les = "; ".join(f'. "$OPPSETT/{fil}"' for fil in ("tok.env", *filer))
        return f"set -a; {les}; set +a\n{kommando}"

    def start(self, tjeneste: str) -> Prosess:
        """Start a service of the guide."""
        tekst = veiledning.tjenester()[tjeneste]
        if tjeneste == "redis":  # a port and a folder of our own
            tekst = tekst.replace("redis-server", f"redis-server --port {self.redisport} --dir {self.mappe}", 1)
        prosess = Prosess(tjeneste, self.argv(tekst), self.mappe / f"{tjeneste}.log")
        self._kjoer(prosess)
        return prosess

    def _kjoer(self, prosess: Prosess) -> None:
        prosess.start()
        self.kjoerende[prosess.navn] = prosess

    def stopp(self, *navn: str) -> None:
        """Stop services by SIGTERM, or all; all are asked before we wait for the first."""
        for en in navn or tuple(self.kjoerende):
            barn = self.kjoerende[en].barn
            if barn is not None and barn.poll() is None:
                barn.terminate()
        for en in navn or list(reversed(self.kjoerende)):
            self.kjoerende.pop(en).stopp()
        if not navn:
            self.pg.slett()

    def spoer(self, metode: str, sti: str, hoder: dict[str, str] | None = None, kropp: str = "") -> Svar:
        """Ask the web process; as the proxy does, when no headers are given."""
        forbindelse = http.client.HTTPConnection("127.0.0.1", self.nettport, timeout=30)
        try:
            forbindelse.request(metode, sti, body=kropp or None, headers=BAK_PROXY if hoder is None else hoder)
            svar = forbindelse.getresponse()
            return Svar(svar.status, svar.headers, svar.read().decode())
        finally:
            forbindelse.close()

    def lever(self) -> bool:
        """Whether the web process answers at all."""
        try:
            return self.spoer("GET", "/livez", {}).status == 200
        except OSError:
            return False

    def send_skjema(self, sti: str, felt: str) -> Svar:
        """Open a page with a form, and send it as a browser would."""
        side = self.spoer("GET", sti)
        assert side.status == 200
        kake = side.hoder["Set-Cookie"].partition(";")[0]
        merke = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', side.tekst)
        assert merke
        hoder = {"Cookie": kake, "Referer": f"https://{VERT}{sti}", "Content-Type": "application/x-www-form-urlencoded"}
        return self.spoer("POST", sti, {**BAK_PROXY, **hoder}, f"csrfmiddlewaretoken={merke[1]}&{felt}")

    def post_til(self, adresse: str) -> list[str]:
        """The texts of the messages the mail server has taken for one receiver."""
        meldinger = [message_from_bytes(fil.read_bytes()) for fil in sorted(self.epost.glob("*.eml"))]
        return [str(m.get_payload(decode=True) or m) for m in meldinger if adresse in str(m["To"])]

    def sql(self, setning: str) -> list[tuple[object, ...]]:
        """Ask the database as its owner."""
        with psycopg.connect(f"{self.pg.admin_url().removesuffix('postgres')}tok", autocommit=True) as c:
            svar = c.execute(setning.encode())
            return svar.fetchall() if svar.description else []
