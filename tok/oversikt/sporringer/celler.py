"""Cells that a spreadsheet opens right and never runs, as text and as values (sikkerhet.md §2, ASVS 1.2.10)."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.db.models import CharField, DateField, Func, IntegerField, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf

from tok.kjerne.klokke import OSLO

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
SKILLE = ";"
LINJESLUTT = "\r\n"
FORMLIKT = re.compile(r"[ \t\f\x0B]*[=+@-]|\t")  # the same as in Ufarlig


def midnatt(dag: date) -> datetime:
    """The moment the day begins in Norway."""
    return datetime.combine(dag, time(), tzinfo=OSLO)


def ufarlig(tekst: str) -> str:
    """The cell in Python, for the header row: an apostrophe before what Excel would take for a formula."""
    linje = re.sub(r"[\n\r]+", " ", tekst)
    return f"'{linje}" if FORMLIKT.match(linje) else linje


class Enlinje(Func):
    """Text on one line: line breaks become spaces, and the two codes that no XML file can hold are left out."""

    template = r"regexp_replace(translate(%(expressions)s, E'\uFFFE\uFFFF', ''), E'[\n\r]+', ' ', 'g')"
    output_field = TextField()


class Ufarlig(Func):
    """The cell of a semicolon file: a formula sign gets an apostrophe before it."""

    template = r"regexp_replace(%(expressions)s, E'^([ \t\f\x0B]*[=+@-]|\t)', E'''\\&')"
    output_field = TextField()


def tekst(uttrykk: Combinable | str) -> Ufarlig:
    """Any expression as safe text for a semicolon file: nothing is an empty cell; dates are 2026-11-22."""
    return Ufarlig(enlinje(uttrykk))


def enlinje(uttrykk: Combinable | str) -> Enlinje:
    """Any expression as text for a typed cell, where no sign begins a formula."""
    return Enlinje(_innhold(uttrykk))


def _innhold(uttrykk: Combinable | str) -> NullIf:
    return NullIf(Cast(uttrykk, TextField()), Value("", output_field=TextField()))


class Dagtall(Func):
    """A date as spreadsheets count it: days since 30 December 1899, right from 1 March 1900."""

    template = "((%(expressions)s)::date - DATE '1899-12-30')"
    output_field = IntegerField()


class Desimal(Func):
    """A number with a decimal comma."""

    template = "replace((%(expressions)s)::text, '.', ',')"
    output_field = CharField()


class Lokaldato(Func):
    """The Norwegian date of a moment."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/Oslo')::date"
    output_field = DateField()
