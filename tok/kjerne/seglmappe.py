"""The head of the chain outside the database: one line for each seal, in files that only grow (N5, ADR 0017)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from tok.kjerne.segl import Blokk

SEGL_PER_FIL = 1000  # the file follows from the seal's number, so no clock decides where a line is looked for


class Uleselig(Exception):
    """A line is no seal; the text is in Norwegian, for the operator."""


def mappe() -> Path | None:
    """Return the folder, or None where no head is kept (development and tests)."""
    sti: Path | None = settings.TOK_SEGL_MAPPE
    return sti


def les(tabell: str) -> Iterator[Blokk]:
    """Yield a table's lines in order.

    Raises:
        Uleselig: a line can be nothing we have written.
        OSError: the folder is away.
    """
    for fil in _filer(tabell):
        yield from _linjer(fil)


def siste(tabell: str) -> Blokk | None:
    """Return a table's newest whole line. Raises Uleselig and OSError."""
    for fil in reversed(_filer(tabell)):
        if blokker := list(_linjer(fil)):
            return blokker[-1]
    return None


def legg_til(blokk: Blokk) -> None:
    """Write a seal's line, and have it on the disk before we go on; after a line that was cut off, on a new one."""
    mappen = mappe()
    if mappen is None:
        return
    fil = mappen / f"{blokk.tabell}.{(blokk.nr - 1) // SEGL_PER_FIL:06d}.txt"
    with fil.open("ab+") as ut:
        if ut.seek(0, os.SEEK_END):
            ut.seek(-1, os.SEEK_END)
            avkuttet = ut.read() != b"\n"
        else:
            avkuttet = False
        ut.write(f"{chr(10) * avkuttet}{blokk.linje()}\n".encode())
        ut.flush()
        os.fsync(ut.fileno())


def _filer(tabell: str) -> list[Path]:
    mappen = mappe()
    return sorted(fil for fil in mappen.iterdir() if fil.name.startswith(f"{tabell}.")) if mappen else []


def _linjer(fil: Path) -> Iterator[Blokk]:
    """A process that is killed leaves the beginning of a line; the whole of it then follows on the next."""
    biter = fil.read_text(encoding="utf-8").split("\n")
    for nr, (linje, neste) in enumerate(pairwise([*biter, ""]), 1):
        try:
            yield Blokk.av_linje(linje)
        except ValueError:
            if not neste.startswith(linje) and not linje.startswith(neste):
                raise Uleselig(f"Linje {nr} i {fil} er ikke et segl.") from None
