"""Puts unsaved rows into the database by COPY, as SYSTEM, with the history triggers writing their part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import AutoField, CharField, Field, JSONField, Model
from psycopg import sql

from ansvarsgruppe.models import (
    Ansvarsgruppe,
    Avtale,
    Innkalling,
    Levering,
    Moete,
    Oppmoete,
    Referat,
    Sakslistepunkt,
)
from koordinator.models import Forespoersel, Oppnevning
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument, Fil
from tok.sak.models import (
    Avkryssing,
    Deltakelse,
    Frist,
    Hendelse,
    Henvendelse,
    Innsyn,
    Kontakt,
    Person,
    Sak,
    Saksdokument,
    Samtykke,
    Samtykkedeltaker,
    Tiltak,
    Vern,
    Vernetilgang,
)

# Parents first. What stands in finished minutes comes before them, for nothing is put into minutes that are locked.
REKKEFOELGE: tuple[type[Model], ...] = (
    Person, Vern, Vernetilgang, Sak, Henvendelse, Kontakt, Deltakelse, Fil, Samtykke, Samtykkedeltaker, Forespoersel,
    Dokument, Oppnevning, Saksdokument, Ansvarsgruppe, Moete, Sakslistepunkt, Innkalling, Oppmoete, Avtale, Referat,
    Levering, Tiltak, Frist, Avkryssing, Hendelse, Innsyn,
)  # fmt: skip
# Levels that PostgreSQL works out of the protections: a row is put in without one, and gets it from them.
AVLEDET = frozenset({"vernenivaa", "adressebeskyttelse"})
MED_REFERATET = frozenset({Oppmoete, Avtale, Referat})


def last(rader: Iterable[Model]) -> int:
    """Load the rows in one transaction as SYSTEM; the number of rows."""
    per_tabell: dict[type[Model], list[Model]] = {modell: [] for modell in REKKEFOELGE}
    for rad in rader:
        per_tabell[type(rad)].append(rad)
    with som_system("demodata"), connection.cursor() as cursor:
        for modell, liste in per_tabell.items():
            # Foreign keys are asked after each table: PostgreSQL goes through all that wait for each row of history.
            naar = sql.SQL("DEFERRED" if modell in MED_REFERATET else "IMMEDIATE")
            cursor.execute(sql.SQL("SET CONSTRAINTS ALL {}").format(naar))
            if liste:
                _kopier(modell, liste)
    return sum(map(len, per_tabell.values()))


def _kopier(modell: type[Model], rader: Sequence[Model]) -> None:
    felter = [felt for felt in modell._meta.concrete_fields if not isinstance(felt, AutoField)]
    navn = connection.ops.quote_name
    kolonner = ", ".join(navn(str(felt.column)) for felt in felter)
    lesere = [_leser(felt) for felt in felter]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {navn(modell._meta.db_table)} ({kolonner}) FROM STDIN") as kopi,
    ):
        for rad in rader:
            verdier = rad.__dict__
            kopi.write_row([les(verdier) for les in lesere])


def _leser(felt: Field[Any, Any]) -> Callable[[dict[str, Any]], Any]:
    """How one field's value is read from a row, as the driver takes it."""
    navn = felt.attname
    if navn in AVLEDET:
        ingen = felt.get_default()
        return lambda _verdier: ingen
    if isinstance(felt, JSONField):
        return lambda verdier: json.dumps(verdier[navn], ensure_ascii=False)
    if isinstance(felt, ArrayField):
        return lambda verdier: [str(verdi) for verdi in verdier[navn]]
    if isinstance(felt, CharField):  # a choice is written as its value
        return lambda verdier: str(verdier[navn])
    return lambda verdier: verdier[navn]
