"""Cells of a semicolon file that Excel opens right and never runs (sikkerhet.md §2, ASVS 1.2.10)."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.db.models import CharField, DateField, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf

from tok.kjerne.klokke import OSLO

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
SKILLE = ";"
LINJESLUTT = "\r\n"


def midnatt(dag: date) -> datetime:
    """The moment the day begins in Norway."""
    return datetime.combine(dag, time(), tzinfo=OSLO)


def ufarlig(tekst: str) -> str:
    """The cell in Python, for the header row: an apostrophe before what Excel would take for a formula."""
    merket = f"'{tekst}" if re.match(r"\s*[=+@-]|[\t\r]", tekst) else tekst
    return re.sub(r"[\n\r]+", " ", merket)


class Ufarlig(Func):
    """The same cell in PostgreSQL: a formula sign gets an apostrophe before it, and line breaks become spaces."""

    template = (
        r"regexp_replace(regexp_replace(%(expressions)s, E'^(\\s*[=+@-]|[\t\r])', E'''\\&'), E'[\n\r]+', ' ', 'g')"
    )
    output_field = TextField()


def tekst(uttrykk: Combinable | str) -> Ufarlig:
    """Any expression as a safe cell: nothing is an empty cell; dates are 2026-11-22, as Excel reads them."""
    return Ufarlig(NullIf(Cast(uttrykk, TextField()), Value("", output_field=TextField())))


class Desimal(Func):
    """A number with a decimal comma."""

    template = "replace((%(expressions)s)::text, '.', ',')"
    output_field = CharField()


class Lokaldato(Func):
    """The Norwegian date of a moment."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/Oslo')::date"
    output_field = DateField()
