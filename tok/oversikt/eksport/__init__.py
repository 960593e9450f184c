"""The register as a file: a workbook for people, a semicolon file for other systems, from one list of columns (L24)."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.db import connection
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from tok.oversikt.eksport import kommafil, regneark
from tok.oversikt.sporringer.aarstall import Aar
from tok.sak.models import Sak

LENGST = "10min"  # for one statement; the application's usual limit is meant for pages


class Format(TextChoices):
    """What the file is, with the words people choose by; the value is the file's ending."""

    XLSX = "xlsx", _("Regneark (XLSX) – anbefalt")
    CSV = "csv", _("CSV for fagsystem")

    @property
    def innholdstype(self) -> str:
        """The media type."""
        ark = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return ark if self is Format.XLSX else "text/csv; charset=utf-8"


def filnavn(format_: Format, aar: Aar) -> str:
    """The name the file is offered under; it holds no names of persons."""
    return f"register-{aar.aar}-per-{aar.per.isoformat()}.{format_.value}"


def skriv(format_: Format, aar: Aar, saker: QuerySet[Sak], fil: IO[bytes], *, laget: datetime) -> None:
    """Write the cases to a seekable binary file without holding the rows in memory (ytelse.md goal 7).

    Call it inside the transaction that logged them, so that log and file are the same cases.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{LENGST}'")
    if format_ is Format.XLSX:
        regneark.skriv(aar, saker, fil, laget=laget)
    else:
        for blokk in kommafil.biter(aar, saker):
            fil.write(blokk)
