"""`make demo`: set up everything the demo needs, serve it on loopback, and stop all of it again.

PORT chooses the port. `--once` starts, fetches the front page and stops; `--nytt` throws the old data away first.
"""

import base64
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from verktoey import omgivelser, postgres
from verktoey.pgprogrammer import PostgresFeil
from verktoey.prosess import ROOT, VAR, Prosess, foelg_forelder
from verktoey.valkey import Valkey

MAPPE = VAR / "demo"
LOGG = MAPPE / "logg"
PY = sys.executable
START = time.monotonic()


class Stopp(Exception):
    """Somebody asked the demo to stop."""


def si(tekst: str) -> None:
    """Tell the person at the keyboard how far we are."""
    print(f"[{time.monotonic() - START:5.1f} s] {tekst}", flush=True)


def ledig_port() -> int:
    """Return a port nobody uses on loopback."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextlib.contextmanager
def alene() -> Iterator[None]:
    """Hold the demo's folder for ourselves; the lock goes with us however we end."""
    MAPPE.mkdir(parents=True, exist_ok=True)
    with (MAPPE / "demo.laas").open("w") as laas:
        try:
            fcntl.flock(laas, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("Demoen kjører allerede fra denne mappen. Stopp den først (Ctrl-C der den kjører).")
        yield


def lag_noekler() -> None:
    """Make the demo's own secrets, each at the first start that needs it; they live as long as the data."""
    fil = MAPPE / "noekler.json"
    fil.touch(mode=0o600)
    navn = ("TOK_FNR_NOEKKEL", "TOK_UTKAST_NOEKKEL", "TOK_FIL_NOEKKEL", "TOK_BLINDINDEKS_NOEKKEL")
    noekler = {n: base64.b64encode(secrets.token_bytes(32)).decode() for n in navn}
    fil.write_text(
        json.dumps({"SECRET_KEY": secrets.token_urlsafe(50), **noekler, **json.loads(fil.read_text() or "{}")})
    )


class Demo:
    """Everything that runs while the demo runs, in the order it is started."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.klynge = None if "DATABASE_URL" in os.environ else postgres.demoklynge()
        self.tjenester: list[Prosess] = []
        os.environ.update(DJANGO_SETTINGS_MODULE="tok.settings.demo", PORT=str(port))

    def slett(self) -> None:
        """Remove the embedded database and everything kept beside it; a database of your own is left alone."""
        if self.klynge:
            self.klynge.slett()
        for sti in MAPPE.iterdir():
            if sti.is_dir():
                shutil.rmtree(sti)
            elif sti.name != "demo.laas":
                sti.unlink()

    def start(self) -> None:
        """Start the servers, bring database and static files up to date, then start the application."""
        lag_noekler()
        statisk = Prosess(
            "statiske filer", (PY, "manage.py", "collectstatic", "--noinput", "-v0"), LOGG / "statisk.log"
        )
        statisk.start()  # beside the database's work; it dies with us
        ny = not (MAPPE / "demodata-ferdig").exists()
        if self.klynge:
            self.klynge.start()
            roller = postgres.klargjoer("tok", self.klynge.admin_url())
            if ny:  # a start that broke off may have left half a municipality
                postgres.gjenskap("tok", self.klynge.admin_url())
            os.environ.update(roller.miljoe())
            si(f"PostgreSQL {self.klynge.versjon}")
        if "CELERY_BROKER_URL" not in os.environ:
            valkey = Valkey(MAPPE / "valkey")
            os.environ.update(valkey.miljoe())
            self._vent(valkey.svarer, self._kjoer(valkey.prosess(LOGG / "valkey.log")))
        if "EMAIL_HOST" not in os.environ:
            port = ledig_port()
            os.environ.update(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(port))
            self._tjeneste("epostsluk", PY, "-m", "verktoey.epostsluk", str(port), MAPPE / "epost")
        manage("migrate", "--noinput", "-v0", TOK_DB_ROLLE="eier")
        self._ferdig(statisk)
        bind = ("-b", f"127.0.0.1:{self.port}")  # loopback only: the demo has known passwords
        nett = self._tjeneste("nettjeneren", PY, "-m", "gunicorn", *bind, "tok.wsgi:application")
        if ny:
            si("lager demokommunen")
            manage("demodata")
            (MAPPE / "demodata-ferdig").touch()
        self._vent(lambda: bool(self.hent_forsiden()), nett)
        celery = (PY, "-m", "celery", "-A", "tok")
        self._tjeneste("arbeider", *celery, "worker", "-c", "1", "-l", "INFO", "--without-gossip", "--without-mingle")
        self._tjeneste("klokke", *celery, "beat", "-l", "WARNING", "--pidfile=")

    def _tjeneste(self, navn: str, *argv: str | Path) -> Prosess:
        return self._kjoer(Prosess(navn, argv, LOGG / f"{navn}.log"))

    def _kjoer(self, prosess: Prosess) -> Prosess:
        prosess.start()
        self.tjenester.append(prosess)
        return prosess

    def _vent(self, svarer: Callable[[], bool], tjeneste: Prosess) -> None:
        for _ in range(300):
            if svarer():
                return
            if not tjeneste.lever():
                break
            time.sleep(0.1)
        linjer = tjeneste.siste_linjer()
        nytt = "\nEller begynn på nytt med en tom demo: make demo-reset" if "Databasen er nyere" in linjer else ""
        sys.exit(f"Fikk ikke startet {tjeneste.navn}:\n{linjer}{nytt}")

    def _ferdig(self, kall: Prosess) -> None:
        if kall.barn is not None and kall.barn.wait():
            sys.exit(f"Fikk ikke laget {kall.navn}:\n{kall.siste_linjer()}")

    def hent_forsiden(self) -> int:
        """Return the front page's status code, 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=30) as svar:
                return int(svar.status)
        except urllib.error.HTTPError as feil:
            return int(feil.code)
        except OSError:
            return 0

    def pass_paa(self) -> None:
        """Start again what falls over, until somebody stops us."""
        starter: dict[str, int] = {}
        while True:
            time.sleep(1)
            for tjeneste in self.tjenester:
                if not tjeneste.lever():
                    starter[tjeneste.navn] = starter.get(tjeneste.navn, 0) + 1
                    if starter[tjeneste.navn] > 10:
                        sys.exit(f"{tjeneste.navn} stopper hele tiden. Se {tjeneste.logg}")
                    si(f"{tjeneste.navn} stoppet og startes igjen (se {tjeneste.logg})")
                    tjeneste.start()
            if self.klynge and not self.klynge.kjoerer():
                self.klynge.start()

    def stopp(self) -> None:
        """Stop all we started, the last first."""
        for tjeneste in reversed(self.tjenester):
            tjeneste.stopp()
        if self.klynge:
            self.klynge.stopp()


def manage(*argv: str, **miljoe: str) -> None:
    """Run one of Django's commands; end the demo with its message when it fails."""
    kall = subprocess.run([PY, "manage.py", *argv], cwd=ROOT, env={**os.environ, **miljoe}, check=False)  # noqa: S603 -- ours
    if kall.returncode:
        sys.exit(f"manage.py {argv[0]} feilet.")


def be_om_stopp(_signum: int, _ramme: FrameType | None) -> None:
    """Turn a signal into an exception, so that everything is stopped in order."""
    raise Stopp


def main(argv: list[str]) -> None:
    """Run the demo until Ctrl-C or SIGTERM."""
    if "MAKELEVEL" in os.environ:
        foelg_forelder(signal.SIGTERM)
    port = omgivelser.les_port(os.environ.get("PORT"))
    omgivelser.krev_port(port)
    omgivelser.krev_tjenere()
    with alene():
        for nummer in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(nummer, be_om_stopp)
        demo = Demo(port)
        try:
            if "--nytt" in argv:
                demo.slett()
            demo.start()
            si(f"Demoen er klar på http://localhost:{port}/ (forsiden svarer {demo.hent_forsiden()})")
            manage("demodata", "--vis-kontoer")
            if "--once" not in argv:
                print("Stopp med Ctrl-C. Data ligger til neste gang; make demo-reset begynner på nytt.", flush=True)
                demo.pass_paa()
        except Stopp:
            si("stopper")
        finally:
            for nummer in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(nummer, signal.SIG_IGN)
            demo.stopp()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PostgresFeil as feil:
        sys.exit(str(feil))
