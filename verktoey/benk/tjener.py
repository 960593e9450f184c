"""One application on one gunicorn worker of the kind operation uses, and the client that asks it."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from verktoey.benk.base import MAPPE, PY, Base
from verktoey.benk.teller import HODE
from verktoey.demo import ledig_port
from verktoey.prosess import Prosess

WSGI = {"verktoey.benk.innstillinger": "tok.wsgi:application"}
GULVETS_WSGI = "django.core.wsgi:get_wsgi_application()"
SKJEMANOEKKEL = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Feilsvar(Exception):
    """A page answered something else than 200."""


@dataclass(frozen=True)
class Side:
    """One page to ask for: as whom, and with what in the form."""

    navn: str
    sti: str
    informasjonskapsel: str
    skjema: dict[str, str] | None = None


@dataclass
class Tjener:
    """A running application."""

    base: Base
    port: int = field(default_factory=ledig_port)

    def __post_init__(self) -> None:
        argv = [PY, "-m", "gunicorn", "-c", "python:verktoey.benk.gunicorn_oppsett", "-b", f"127.0.0.1:{self.port}"]
        argv.append(WSGI.get(self.base.innstillinger, GULVETS_WSGI))
        self.prosess = Prosess(self.base.navn, argv, MAPPE / "logg" / f"{self.base.navn}.log", miljoe=self.base.miljoe)
        self._noekler: dict[str, str] = {}

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        self.prosess.start()
        for _ in range(300):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if not self.prosess.lever():
                break
            time.sleep(0.1)
        sys.exit(f"Fikk ikke startet nettjeneren:\n{self.prosess.siste_linjer()}")

    def hent(self, side: Side) -> tuple[float, int]:
        """Ask for the page once: seconds from the first byte sent to the last one read, and its number of queries."""
        hoder = {"Cookie": side.informasjonskapsel, "Host": f"127.0.0.1:{self.port}"}
        kropp = None
        if side.skjema is not None:
            hoder |= {"Content-Type": "application/x-www-form-urlencoded"}
            kropp = urlencode(side.skjema | {"csrfmiddlewaretoken": self._noekler[side.informasjonskapsel]})
            hoder["Cookie"] += f"; csrftoken={self._noekler['csrf']}"
        start = time.perf_counter()
        svar, _innhold = self._spoer("GET" if kropp is None else "POST", side.sti, kropp, hoder)
        brukt = time.perf_counter() - start
        if svar.status != 200:
            raise Feilsvar(f"{side.navn}: {svar.status} {svar.headers.get('Location', '')}")
        return brukt, int(svar.headers[HODE])

    def _spoer(self, metode: str, sti: str, kropp: str | None, hoder: dict[str, Any]) -> tuple[Any, bytes]:
        forbindelse = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            forbindelse.request(metode, sti, kropp, hoder)
            svar = forbindelse.getresponse()
            return svar, svar.read()
        finally:
            forbindelse.close()

    def hent_skjemanoekkel(self, side: Side) -> None:
        """Fetch the page as a browser would, for the token its form is sent with."""
        svar, innhold = self._spoer("GET", side.sti, None, {"Cookie": side.informasjonskapsel})
        funnet = SKJEMANOEKKEL.search(innhold.decode())
        kapsel = re.search(r"csrftoken=([^;]+)", svar.headers.get("Set-Cookie", ""))
        if funnet is None or kapsel is None:
            raise Feilsvar(f"{side.navn}: {svar.status} {svar.headers.get('Location', '')}, no form")
        self._noekler[side.informasjonskapsel] = funnet[1]
        self._noekler["csrf"] = kapsel[1]


@contextlib.contextmanager
def kjoerende(*baser: Base) -> Iterator[list[Tjener]]:
    """One server for each database, stopped when the block ends."""
    tjenere = [Tjener(base) for base in baser]
    try:
        for tjener in tjenere:
            tjener.start()
        yield tjenere
    finally:
        for tjener in tjenere:
            tjener.prosess.stopp()
