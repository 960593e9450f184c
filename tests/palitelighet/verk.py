"""The machinery round the outbox, for real: broker, mail sink and worker as processes that can be killed.

The broker is a Valkey of the test's own, or the Redis that `make test-motorer` has set databases aside on.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import redis
from celery import Celery
from django.conf import settings

from tests.testbase import Testbase
from verktoey.demo import ledig_port
from verktoey.epostsluk import MOTTAKSLOGG, mottatte
from verktoey.prosess import Prosess
from verktoey.valkey import Valkey

PY = sys.executable


def vent_til(sant: Callable[[], bool], hva: str, sekunder: float = 60, imens: Callable[[], None] | None = None) -> None:
    """Wait until something holds; fail saying what did not."""
    slutt = time.monotonic() + sekunder
    while not sant():
        assert time.monotonic() < slutt, f"waited {sekunder} s for {hva}"
        if imens:
            imens()
        time.sleep(0.01)


class Verk:
    """One broker, one sink and one worker over a test database."""

    def __init__(self, mappe: Path, base: Testbase) -> None:
        self.epost = mappe / "epost"
        self.logg = mappe / "logg"
        self.port = ledig_port()
        self.valkey = self.broker = None
        if "TOK_TESTREDIS" in os.environ:
            miljoe = {"CELERY_BROKER_URL": settings.CELERY_BROKER_URL}
        else:
            self.valkey = Valkey(mappe / "valkey")
            self.broker = self.valkey.prosess(self.logg / "valkey.log")
            miljoe = self.valkey.miljoe()
        sluk = [PY, "-m", "verktoey.epostsluk", str(self.port), str(self.epost)]
        self.sluk = Prosess("epostsluk", sluk, self.logg / "sluk.log")
        kall = ["worker", "-c", "2", "-l", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        self.arbeider = Prosess(
            "arbeider",
            [PY, "-m", "celery", "-A", "tok", "--skip-checks", *kall],
            self.logg / "arbeider.log",
            miljoe={
                **miljoe,
                "DJANGO_SETTINGS_MODULE": "tests.palitelighet.innstillinger",
                "DATABASE_URL": base.roller.app,
                "DATABASE_URL_EIER": base.roller.eier,
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": str(self.port),
                "TOK_MOTTAKSLOGG": str(self.epost / MOTTAKSLOGG),
            },
        )
        self.klokke = Celery(broker=miljoe["CELERY_BROKER_URL"])

    def start(self) -> None:
        """Start everything."""
        if self.valkey and self.broker:
            self.broker.start()
            vent_til(self.valkey.svarer, "Valkey")
        else:
            self.toem_koeen()
        self.sluk.start()
        vent_til(self._sluket_svarer, "the mail sink")
        self.arbeider.start()

    def _sluket_svarer(self) -> bool:
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", self.port)) == 0

    def tikk(self) -> None:
        """What beat does each half minute."""
        self.klokke.send_task("tok.tikk", expires=30)

    def drep_arbeideren(self) -> None:
        """Kill -9 the worker with all its children."""
        assert self.arbeider.barn is not None
        os.killpg(self.arbeider.barn.pid, signal.SIGKILL)
        self.arbeider.barn.wait()

    def toem_koeen(self) -> None:
        """The broker forgets everything; of a Redis that others use too, only our own database does."""
        with self.koe() as klient:
            klient.flushdb()

    def koe(self) -> redis.Redis:
        """A client of the broker."""
        return redis.Redis.from_url(f"unix://{self.valkey.sokkel}" if self.valkey else settings.CELERY_BROKER_URL)

    def mottatte(self) -> list[str]:
        """The Message-IDs the sink has taken."""
        return mottatte(self.epost)

    def stopp(self) -> None:
        """Stop everything."""
        self.klokke.close()
        for prosess in (self.arbeider, self.sluk, self.broker):
            if prosess:
                prosess.stopp()
