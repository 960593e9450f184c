"""`manage.py sjekk_drift`: what /readyz says, with the reason when it is the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from tok.kjerne import databaseversjon, helse, klokke


class Command(BaseCommand):
    """Ends with an error when something a page needs is not there (P11)."""

    help = "Sier om databasen, køen og mellomlageret svarer, og om databasen passer til koden."
    requires_system_checks: list[Any] = []

    def handle(self, *args: Any, **valg: Any) -> None:
        tilstand = helse.undersoek(naa=klokke.naa())
        self.stdout.write(str(tilstand), ending="")
        if tilstand.klar:
            return
        try:
            grunn = databaseversjon.avvik().melding
        except OperationalError:
            grunn = "Får ikke kontakt med databasen."
        raise CommandError(grunn or "Noe svarer ikke; se listen over.")
