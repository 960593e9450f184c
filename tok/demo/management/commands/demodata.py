"""`manage.py demodata`: fill an empty database with the demo municipality or with N cases, or print its accounts."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tok.demo import bygging
from tok.demo.masse.familier import FLEST
from tok.demo.roller import kontotabell
from tok.kjerne import klokke


class Command(BaseCommand):
    """In demo, tests and benchmark only: the accounts have a password everybody knows."""

    help = "Lag demokommunen Fjordvik i en tom database, eller --saker N oppdiktede saker til måling."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--froe", "--frø", type=int, default=2026, dest="froe", help="samme frø og samme dag gir samme personer"
        )
        parser.add_argument("--saker", type=int, help="lag så mange saker til måling, uten dem demoen forteller om")
        parser.add_argument("--vis-kontoer", action="store_true", help="skriv kontoene, og gjør ikke noe annet")

    def handle(self, *args: Any, **valg: Any) -> None:
        if valg["vis_kontoer"]:
            self.stdout.write(kontotabell())
            return
        saker: int | None = valg["saker"]
        if "tok.demo" not in settings.INSTALLED_APPS:
            raise CommandError("Demodata lages bare i demo og tester.")
        if saker is not None and not 1 <= saker <= FLEST:
            raise CommandError(f"Antall saker må være mellom 1 og {FLEST}. Du skrev {saker}.")
        if not bygging.er_tom():
            raise CommandError("Databasen er ikke tom. Demodata lages bare i en tom database (make demo-reset).")
        if saker is None:
            bygging.bygg(klokke.naa(), valg["froe"])
            return
        start = time.perf_counter()
        rader = bygging.bygg_mange(klokke.naa(), valg["froe"], saker)
        sekunder = time.perf_counter() - start
        i_sekundet = saker / sekunder
        self.stdout.write(
            f"{saker} saker og {rader} rader på {sekunder:.1f} sekunder ({i_sekundet:.0f} saker i sekundet)."
        )
