"""Seals over the logs: how the bytes of a row are taken, and how a block of rows is chained to the one before (N5).

A row's bytes are PostgreSQL's own binary COPY form of it: no setting of the session (time zone, date style, locale)
has a say in them, and they cost the server less than text does (ADR 0017).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db import connection
from django.db.models import Model
from psycopg import sql

from tok.kjerne.segltabell import Segl

FOERSTE = "0" * 64  # what the first block of a table is chained to
NEDERST = -(2**63)  # the first block answers for every key below it too
MERKE = 8  # bytes of a row's sum that are kept for naming it
KOPIHODE = 19  # bytes before the first row of a binary COPY
KOPISLUTT = b"\xff\xff"
LINJE = re.compile(r"(\S+) (\w+) (\d+) (-?\d+) (-?\d+) (\d+) (\S+) ([A-Za-z0-9+/=]+) ([0-9a-f]{64})", re.ASCII)

Rad = tuple[int, bytes]  # a row's key, and the SHA-256 of its bytes

_forsegles: list[type[Model]] = []


def forsegl_ogsaa(*modeller: type[Model]) -> None:
    """Have these logs sealed from now on. Each has a bigint `id` and a `tid`, and only grows; for `ready()` alone."""
    _forsegles.extend(modeller)


def forseglede() -> Sequence[type[Model]]:
    """Return the logs that are sealed."""
    return tuple(_forsegles)


@dataclass(frozen=True)
class Blokk:
    """One seal: the rows it answers for, a mark for each of them, and the sum that chains it to the one before."""

    tabell: str
    nr: int
    fra: int
    til: int
    antall: int
    kolonner: str
    merker: bytes
    forseglet_tid: datetime
    sha256: str

    @classmethod
    def over(cls, forrige: Blokk | None, *, tabell: str, kolonner: str, tid: datetime, rader: Sequence[Rad]) -> Blokk:
        """Return the seal over rows, at least one, in order of their keys."""
        nr, kjede = (forrige.nr + 1, forrige.sha256) if forrige else (1, FOERSTE)
        fra, til, antall = rader[0][0], rader[-1][0], len(rader)
        merker = b"".join([pk.to_bytes(8, "big", signed=True) + sum_[:MERKE] for pk, sum_ in rader])
        hode = f"{kjede} {tabell} {nr} {fra} {til} {antall} {kolonner} {tid.astimezone(UTC).isoformat()}\n"
        samlet = sha256(hode.encode() + b"".join([sum_ for _pk, sum_ in rader])).hexdigest()
        return cls(tabell, nr, fra, til, antall, kolonner, merker, tid.astimezone(UTC), samlet)

    @classmethod
    def av_rad(cls, rad: Segl) -> Blokk:
        """Return the seal as it stands in the database."""
        tid = rad.forseglet_tid.astimezone(UTC)
        merker = bytes(rad.merker)
        return cls(rad.tabell, rad.nr, rad.fra, rad.til, rad.antall, rad.kolonner, merker, tid, rad.sha256)

    @classmethod
    def av_linje(cls, linje: str) -> Blokk:
        """Return the seal as it stands on a line outside the database.

        Raises:
            ValueError: the line is no seal, or not the whole of one.
        """
        treff = LINJE.fullmatch(linje)
        if treff is None:
            raise ValueError("not a seal")
        tid, tabell, nr, fra, til, antall, kolonner, merker, sum_ = treff.groups()
        tallene = (int(nr), int(fra), int(til), int(antall))
        return cls(tabell, *tallene, kolonner, base64.b64decode(merker), datetime.fromisoformat(tid), sum_)

    def linje(self) -> str:
        """Return the seal as one line; the sum is last, so that a line that was cut off is never taken for whole."""
        merker = base64.b64encode(self.merker).decode()
        tid = self.forseglet_tid.isoformat()
        return (
            f"{tid} {self.tabell} {self.nr} {self.fra} {self.til} {self.antall} {self.kolonner} {merker} {self.sha256}"
        )

    @property
    def henger_sammen(self) -> bool:
        """Whether the marks are as many as the rows, and begin and end where the seal says."""
        noekler = list(self.merket())
        return noekler[:1] == [self.fra] and noekler[-1:] == [self.til] and len(noekler) == self.antall

    def merket(self) -> dict[int, bytes]:
        """Return the mark of each row by its key."""
        biter = (self.merker[i : i + 8 + MERKE] for i in range(0, len(self.merker), 8 + MERKE))
        return {int.from_bytes(bit[:8], "big", signed=True): bit[8:] for bit in biter}


def kolonner(modell: type[Model]) -> str:
    """Return the columns a new seal covers, `id` first; each seal keeps its own list, for columns are added."""
    alle = [str(felt.column) for felt in modell._meta.concrete_fields]
    return ",".join(["id", *(navn for navn in alle if navn != "id")])


def rader(tabell: str, kolonner: str, *, fra: int, til: int, hoeyst: int | None = None) -> Iterator[Rad]:
    """Stream the rows with keys from `fra` to `til`, both included, in order: each with its key and its sum."""
    kolonne = [sql.Identifier(navn) for navn in kolonner.split(",")]
    setning = sql.SQL(
        "COPY (SELECT {kolonner} FROM {tabell} WHERE {pk} BETWEEN {fra}::bigint AND {til}::bigint"
        " ORDER BY {pk} LIMIT {hoeyst}) TO STDOUT (FORMAT binary)"
    ).format(
        kolonner=sql.SQL(", ").join(kolonne),
        tabell=sql.Identifier(tabell),
        pk=kolonne[0],
        fra=sql.Literal(str(fra)),
        til=sql.Literal(str(til)),
        hoeyst=sql.Literal(hoeyst),
    )
    with connection.cursor() as cursor, cursor.copy(setning) as strom:
        yield from _summer(strom)


def _summer(strom: Iterable[bytes]) -> Iterator[Rad]:
    """One message is one row (PostgreSQL's protocol); the first has the header before it, the last is the end."""
    start = KOPIHODE
    for melding in strom:
        data, start = melding[start:], 0
        if data != KOPISLUTT:
            yield int.from_bytes(data[6:14], "big", signed=True), sha256(data).digest()


def seglene(tabell: str, *, etter: int = 0) -> Iterator[Blokk]:
    """Yield a table's seals in the database in order, some at a time."""
    while bunke := list(Segl.objects.filter(tabell=tabell, nr__gt=etter).order_by("nr")[:50]):
        yield from map(Blokk.av_rad, bunke)
        etter = bunke[-1].nr


def siste(tabell: str) -> Blokk | None:
    """Return a table's newest seal in the database."""
    rad = Segl.objects.filter(tabell=tabell).order_by("-nr").first()
    return Blokk.av_rad(rad) if rad else None
