"""The semicolon file: UTF-8 with BOM, CRLF, decimal comma, straight from PostgreSQL's COPY (ytelse.md choice 8)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import QuerySet

from tok.oversikt.sporringer.aarstall import Aar, Kolonne, Type, kolonner, rader
from tok.oversikt.sporringer.celler import BOM, LINJESLUTT, SKILLE, Desimal, Ufarlig, tekst, ufarlig
from tok.sak.models import Sak

BLOKK = 64 * 1024  # bytes


def biter(aar: Aar, saker: QuerySet[Sak]) -> Iterator[bytes]:
    """The file in pieces; call it inside a transaction."""
    felt = kolonner(aar)
    yield (BOM + SKILLE.join(ufarlig(kolonne.navn) for kolonne in felt) + LINJESLUTT).encode()
    sql, parametre = rader(aar, saker, map(_celle, felt)).query.sql_with_params()
    kopier = f"COPY ({sql}) TO STDOUT WITH (FORMAT csv, DELIMITER '{SKILLE}')"
    blokk = bytearray()
    # No cell holds a line break, so each one in the stream is the end of a row.
    with connection.cursor() as cursor, cursor.copy(cursor.mogrify(kopier, parametre)) as strom:
        for bit in strom:
            blokk += bytes(bit).replace(b"\n", b"\r\n")
            if len(blokk) >= BLOKK:
                yield bytes(blokk)
                blokk.clear()
    yield bytes(blokk)


def _celle(kolonne: Kolonne) -> Ufarlig:
    return tekst(Desimal(kolonne.uttrykk) if kolonne.type is Type.DESIMALTALL else kolonne.uttrykk)
