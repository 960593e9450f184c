"""Reads the mail the demo's own server has taken, so that it can be looked at on a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tok.kjerne.klokke import OSLO

HOEYST = 200
NANO = 1_000_000_000


@dataclass(frozen=True)
class Vedlegg:
    """An attachment with its text."""

    navn: str
    type: str
    tekst: str


@dataclass(frozen=True)
class Brev:
    """One message as it was taken; its number is the name of its file."""

    nummer: int
    til: str
    fra: str
    emne: str
    tekst: str
    vedlegg: tuple[Vedlegg, ...]

    @property
    def tid(self) -> datetime:
        """When the server took it."""
        return datetime.fromtimestamp(self.nummer / NANO, tz=OSLO)


def finn(mappe: Path | None, nummer: int) -> Brev | None:
    """One message, or None."""
    fil = mappe / f"{nummer}.eml" if mappe else None
    return _les(fil) if fil is not None and fil.is_file() else None


def nyeste(mappe: Path | None) -> list[Brev]:
    """The newest messages first, at most 200."""
    filer = mappe.glob("[0-9]*.eml") if mappe else []
    return [_les(fil) for fil in sorted(filer, key=lambda fil: int(fil.stem), reverse=True)[:HOEYST]]


def _les(fil: Path) -> Brev:
    melding = message_from_bytes(fil.read_bytes(), policy=policy.default)
    kropp = melding.get_body(("plain",))
    return Brev(
        nummer=int(fil.stem),
        til=str(melding["To"]),
        fra=str(melding["From"]),
        emne=str(melding["Subject"]),
        tekst=str(kropp.get_content()) if kropp is not None else "",
        vedlegg=tuple(_vedlegg(melding)),
    )


def _vedlegg(melding: EmailMessage) -> Iterator[Vedlegg]:
    for del_ in melding.iter_attachments():
        innhold = del_.get_content()
        tekst = innhold if isinstance(innhold, str) else bytes(innhold).decode("utf-8", errors="replace")
        yield Vedlegg(del_.get_filename() or "", del_.get_content_type(), tekst)
