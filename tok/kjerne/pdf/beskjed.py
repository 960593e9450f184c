"""Messages between the application and its drawing process: a kind, a length, the bytes."""

import struct
from enum import IntEnum
from typing import IO

HODE = struct.Struct(">BQ")


class Art(IntEnum):
    """What a message is."""

    TEKST = 0  # HTML to draw; empty when the process is ready
    FIL = 1  # the PDF
    FEIL = 2  # class and place of what went wrong, never its words


def send(til: IO[bytes], art: Art, innhold: bytes = b"") -> None:
    """Write one message; raises BrokenPipeError when the other end is gone."""
    til.write(HODE.pack(art, len(innhold)) + innhold)
    til.flush()


def motta(fra: IO[bytes]) -> tuple[Art, bytes] | None:
    """Read the next message; None when the other end is gone, also in the midst of one."""
    hode = fra.read(HODE.size)
    if len(hode) < HODE.size:
        return None
    art, lengde = HODE.unpack(hode)
    innhold = fra.read(lengde)
    return (Art(art), innhold) if len(innhold) == lengde else None
