"""`manage.py demodata`: fill an empty database with the demo municipality, or print its accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tok.demo import bygging
from tok.demo.roller import kontotabell
from tok.kjerne import klokke


class Command(BaseCommand):
    """In demo, tests and benchmark only: the accounts have a password everybody knows."""

    help = "Lag demokommunen Fjordvik i en tom database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--froe", type=int, default=2026, help="samme frø og samme dag gir samme personer")
        parser.add_argument("--vis-kontoer", action="store_true", help="skriv kontoene, og gjør ikke noe annet")

    def handle(self, *args: Any, **valg: Any) -> None:
        if valg["vis_kontoer"]:
            self.stdout.write(kontotabell())
            return
        if "tok.demo" not in settings.INSTALLED_APPS:
            raise CommandError("Demodata lages bare i demo og tester.")
        if not bygging.er_tom():
            raise CommandError("Databasen er ikke tom. Demodata lages bare i en tom database (make demo-reset).")
        bygging.bygg(klokke.naa(), valg["froe"])
