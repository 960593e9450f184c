"""The post of a story: a real mail server to read from, and what the worker does at each tick."""

from __future__ import annotations

import socket
import sys
import time
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pypdf
import time_machine

from tok import celery
from verktoey.demo import ledig_port
from verktoey.prosess import Prosess


class Epostsluk:
    """A mail server in a process of its own that keeps what it takes."""

    def __init__(self, mappe: Path) -> None:
        self.mappe = mappe / "epost"
        self.port = ledig_port()
        argv: list[str | Path] = [sys.executable, "-m", "verktoey.epostsluk", str(self.port), self.mappe]
        self._prosess = Prosess("epostsluk", argv, mappe / "epostsluk.log")

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._prosess.start()
        for _ in range(200):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError(self._prosess.siste_linjer())

    def stopp(self) -> None:
        """Stop."""
        self._prosess.stopp()

    def meldinger(self, til: str = "") -> list[EmailMessage]:
        """All messages taken so far, or those to one address, the oldest first."""
        alle = [
            message_from_bytes(fil.read_bytes(), _class=EmailMessage, policy=policy.default)
            for fil in sorted(self.mappe.glob("*.eml"))
        ]
        return [melding for melding in alle if not til or til in str(melding["To"])]


def tikk(naa: datetime) -> None:
    """Do once, at the moment, all that the schedule hands out at a tick: reminders, documents, post, tidying."""
    celery.app.loader.import_default_modules()
    with time_machine.travel(naa, tick=True):
        for navn in celery.ARBEID:
            celery.app.tasks[navn]()


def tekst(melding: EmailMessage) -> str:
    """What the receiver reads."""
    del_ = melding.get_body(("plain",))
    return str(del_.get_content()) if del_ is not None else ""


def kalender(melding: EmailMessage) -> str:
    """The calendar part; empty when there is none."""
    deler = [del_ for del_ in melding.walk() if del_.get_content_type() == "text/calendar"]
    return str(deler[0].get_content()) if deler else ""


def pdf_tekst(innhold: bytes) -> str:
    """The text of a PDF, its pages one after another."""
    return "\n".join(side.extract_text() for side in pypdf.PdfReader(BytesIO(innhold)).pages)
