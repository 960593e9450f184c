"""The job that seals the logs: rows that can no longer be overtaken, then the head outside the database (N5)."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from tok.kjerne import segl, seglmappe
from tok.kjerne.segl import Blokk
from tok.kjerne.segltabell import Segl

logger = logging.getLogger("tok.segl")

BLOKK = 10_000  # rows in a seal at most
VENTER = 20.0  # seconds for those who are writing now; a page's transaction is ended by the database before 60
LAAS = 20261205  # the advisory lock that sealing and the control share
SKRIVERE = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pid IS DISTINCT FROM pg_backend_pid()
"""


class HodetStemmerIkke(Exception):
    """The newest line outside is not the seal of that number in the database; in Norwegian, for the operator."""


@contextmanager
def alene(*, venter: float = 0) -> Iterator[bool]:
    """Hold the seals for ourselves; False when somebody else has had them for all the seconds we wait."""
    slutt = time.monotonic() + venter
    while not (tatt := _ett("SELECT pg_try_advisory_lock(%s)", LAAS)) and time.monotonic() < slutt:
        time.sleep(0.1)
    try:
        yield bool(tatt)
    finally:
        if tatt:
            _ett("SELECT pg_advisory_unlock(%s)", LAAS)


def forsegl(*, naa: datetime, venter: float = VENTER) -> int:
    """Seal what has been written since the last time, and return how many rows; 0 while somebody else does it.

    What stands in the way of one log is said in the technical log and does not stop the others: the next hour tries
    again, and the control says it when a log has waited for long.
    """
    antall = 0
    with alene() as ledig:
        for modell in segl.forseglede() if ledig else ():
            tabell = modell._meta.db_table
            try:
                skriv_ut(tabell)
                antall += _forsegl(tabell, segl.kolonner(modell), naa=naa, venter=venter)
            except (HodetStemmerIkke, seglmappe.Uleselig, OSError) as feil:
                logger.error("%s ble ikke forseglet. %s", tabell, feil)
    return antall


def skriv_ut(tabell: str) -> None:
    """Write the lines of seals that are in the database alone: somebody was killed between the two.

    Raises:
        HodetStemmerIkke: the newest line is not what the database says; nothing is written.
        seglmappe.Uleselig: a line cannot be read.
        OSError: the folder is away or full.
    """
    if seglmappe.mappe() is None:
        return
    ytterst = seglmappe.siste(tabell)
    i_basen = next(segl.seglene(tabell, etter=ytterst.nr - 1), None) if ytterst else None
    if ytterst != i_basen:
        raise HodetStemmerIkke(
            "Siste linje i TOK_SEGL_MAPPE er ikke seglet i databasen. Kjør manage.py verifiser_logg."
        )
    for blokk in segl.seglene(tabell, etter=ytterst.nr if ytterst else 0):
        seglmappe.legg_til(blokk)


def _forsegl(tabell: str, kolonner: str, *, naa: datetime, venter: float) -> int:
    """One block at a time, each in its own transaction and its line after it; the last may be small."""
    forrige = segl.siste(tabell)
    fra = forrige.til + 1 if forrige else segl.NEDERST
    til = avsluttet_til(tabell, fra=fra, venter=venter)
    antall = 0
    while til is not None and fra <= til:
        with transaction.atomic():
            rader = list(segl.rader(tabell, kolonner, fra=fra, til=til, hoeyst=BLOKK))
            blokk = Blokk.over(forrige, tabell=tabell, kolonner=kolonner, tid=naa, rader=rader)
            Segl.objects.create(**vars(blokk))
        seglmappe.legg_til(blokk)
        forrige, fra, antall = blokk, blokk.til + 1, antall + blokk.antall
    return antall


def avsluttet_til(tabell: str, *, fra: int, venter: float) -> int | None:
    """Return the highest key that nobody can come in below any more; None where nothing is new or a writer goes on.

    A key is drawn when its row is written, and seen when its transaction ends, so keys may come out of order. Whoever
    has drawn a key holds the table's write lock from before that and until after the row is seen. So: read the
    highest key, then who writes; when those have ended, every key up to it is either seen or will never be.
    """
    hoeyeste = _ett(f"SELECT max(id) FROM {connection.ops.quote_name(tabell)} WHERE id >= %s", fra)  # noqa: S608 -- our table
    if hoeyeste is None:
        return None
    slutt = time.monotonic() + venter
    ventes_paa = _skrivere(tabell)
    while ventes_paa:
        if time.monotonic() >= slutt:
            logger.warning("%s ble ikke forseglet: noen har skrevet uten å bli ferdig i %.0f s.", tabell, venter)
            return None
        time.sleep(0.05)
        ventes_paa &= _skrivere(tabell)
    return int(hoeyeste)


def _skrivere(tabell: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(SKRIVERE, [connection.ops.quote_name(tabell)])
        return {skriver for (skriver,) in cursor.fetchall()}


def _ett(setning: str, argument: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(setning, [argument])
        (verdi,) = cursor.fetchone()
        return verdi
