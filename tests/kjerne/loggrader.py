"""Rows in the logs, what the control says of them, and somebody with all power over the database."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from uuid import UUID

import psycopg
from django.core.management import call_command
from psycopg import sql

from tests.fabrikker import KontoFabrikk
from tok.kjerne import forsegling, segl
from tok.kjerne.loggkontroll import kontroller
from tok.kjerne.models import Konto, Sikkerhetslogg
from tok.sak.models import Hendelse, Innsyn

LOGGER = {"kjerne_sikkerhetslogg": "hva", "sak_hendelse": "konto_navn", "sak_innsyn": "formaal"}
NEKTET = """
    INSERT INTO kjerne_sikkerhetslogg (id, tid, hva, rett, objekt_type, objekt_id)
    VALUES (COALESCE(%s, nextval('kjerne_sikkerhetslogg_id_seq')), now(), 'nektet', '', '', '')
"""


def skriv(antall: int, *, naa: datetime) -> None:
    """So many rows in each log."""
    konto = Konto.objects.first() or KontoFabrikk()
    nil = UUID(int=0)
    for _ in range(antall):
        Sikkerhetslogg.objects.create(tid=naa, konto_id=konto.pk, hva="nektet")
        Hendelse.objects.create(
            tid=naa, konto=konto, konto_navn="Æse Å", handling="x", objekt_type="sak", objekt_id=nil, data={"b": 1}
        )
        Innsyn.objects.create(tid=naa, konto=konto, konto_navn="Æse Å", formaal="følge opp", forespoersel_id=nil)


def forsegl(naa: datetime, *, venter: float = 5) -> int:
    return forsegling.forsegl(naa=naa, venter=venter)


def verifiser() -> str:
    """What the command writes; raises CommandError when a log is not whole."""
    ut = StringIO()
    call_command("verifiser_logg", stdout=ut)
    return ut.getvalue()


def brudd(tabell: str, naa: datetime) -> str:
    (modell,) = (modell for modell in segl.forseglede() if modell._meta.db_table == tabell)
    return kontroller(modell, naa=naa).brudd


class Mester:
    """Somebody with all power over the database, whom no trigger and no grant stops; `angre` puts it all back."""

    def __init__(self, c: psycopg.Connection) -> None:
        self.c = c
        c.execute("SET session_replication_role = replica")
        for tabell in (*LOGGER, "kjerne_segl"):
            self.endre(tabell, "CREATE TEMP TABLE {foer} AS TABLE {tabell}")

    def endre(self, tabell: str, setning: str, *verdier: object) -> None:
        """Run a statement about a table, and about one text column of it."""
        navn = {"tabell": tabell, "foer": f"foer_{tabell}", "felt": LOGGER.get(tabell, "")}
        deler = {ord_: sql.Identifier(verdi) for ord_, verdi in navn.items() if verdi}
        self.c.execute(sql.SQL(setning).format(**deler), verdier)

    def angre(self) -> None:
        """Have every row as it was."""
        for tabell in (*LOGGER, "kjerne_segl"):
            self.endre(tabell, "DELETE FROM {tabell}")
            self.endre(tabell, "INSERT INTO {tabell} SELECT * FROM {foer}")
