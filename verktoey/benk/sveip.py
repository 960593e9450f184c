"""Run over a copy of one of our databases: the sweep of reminders beside a bare INSERT … SELECT of as many rows."""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import datetime

import django

BART = """
INSERT INTO kjerne_varsel (id, noekkel, meldings_id, mottaker_id, epost, emne, tekst, kalender, gjelder_type,
    gjelder_id, tilstand, lagt_tid, neste_forsoek_tid, forsoek, feil)
SELECT gen_random_uuid(), 'bart:' || f.id || ':' || n, '<bart' || f.id || n || '@benk.example>', s.saksbehandler_id,
    'noen@benk.example', 'Noe venter på deg', 'Logg inn', '', 'Frist', f.id, 'klar', now(), now(), 0, ''
FROM sak_frist f JOIN sak_sak s ON s.id = f.sak_id, generate_series(1, 2) n
WHERE f.lukket_tid IS NULL AND f.neste_paaminnelse <= %s ORDER BY f.id LIMIT %s
"""


def _naa() -> datetime:
    from tok.kjerne import klokke

    return klokke.naa()


def sveip() -> dict[str, float]:
    """One sweep: seconds on the common clock, and how many messages it put in the outbox.

    As in a worker that has been running: it is connected, and knows the addresses the messages point to.
    """
    from django.db import connection
    from django.urls import get_resolver

    from tok.sak.paaminnelser import send_paaminnelser

    connection.ensure_connection()
    get_resolver().reverse_dict  # noqa: B018 -- reading it makes it
    naa = _naa()
    start = time.perf_counter()
    lagt = send_paaminnelser(naa=naa)
    return {"sekunder": time.perf_counter() - start, "lagt": lagt}


def tomt() -> dict[str, float]:
    """A sweep that finds nothing; median milliseconds."""
    tider = [sveip()["sekunder"] for _ in range(20)]
    return {"ms": statistics.median(tider) * 1000}


def bart(antall: int) -> dict[str, float]:
    """The same number of rows by one statement, rolled back."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(BART, [_naa().date(), antall])
        brukt, rader = time.perf_counter() - start, cursor.rowcount
        transaction.set_rollback(True)
    return {"sekunder": brukt, "rader": rader}


if __name__ == "__main__":
    django.setup()
    hva = sys.argv[1]
    print(json.dumps(bart(int(sys.argv[2])) if hva == "bart" else tomt() if hva == "tomt" else sveip()))
