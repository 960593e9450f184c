"""`manage.py verifiser_logg`: whether anybody has altered, removed or put in a row of a log, and which row (N5, N8)."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tok.kjerne import klokke, seglmappe
from tok.kjerne.forsegling import alene
from tok.kjerne.loggkontroll import Loggsvar, kontroller
from tok.kjerne.segl import forseglede

VENTER = 60.0  # seconds for a sealing that goes on


class Command(BaseCommand):
    """Ends with an error when a log is not whole; shows no person's data, only tables and keys."""

    help = "Kontrollerer at loggene er slik de ble forseglet, og navngir den første raden som ikke er det."
    requires_system_checks: list[Any] = []

    def handle(self, *args: Any, **valg: Any) -> None:
        start = time.monotonic()
        svarene = self._kontroller()
        brukt = f"{time.monotonic() - start:.1f}".replace(".", ",")
        self.stdout.write(f"Kontrollerte {_tall(sum(svar.rader for svar in svarene))} rader på {brukt} sekunder.")
        self._si_hvor_hodet_er(sum(svar.linjer for svar in svarene))
        aar = settings.TOK_LOGG_AAR
        lenge = f"i minst {aar} år" if aar else "så lenge journalen"
        self.stdout.write(f"Loggene skal oppbevares {lenge} (TOK_LOGG_AAR). Løsningen sletter ingenting i dem.")
        brutte = [f"{svar.tabell}: {svar.brudd}." for svar in svarene if svar.brudd]
        if brutte:
            raise CommandError("Loggen er IKKE hel. " + " ".join(brutte))
        self.stdout.write("Loggen er hel.")

    def _kontroller(self) -> list[Loggsvar]:
        naa = klokke.naa()
        svarene = []
        with alene(venter=VENTER) as ledig:
            if not ledig:
                raise CommandError("Loggen blir forseglet akkurat nå. Prøv igjen om litt.")
            for modell in forseglede():
                svar = kontroller(modell, naa=naa)
                svarene.append(svar)
                self.stdout.write(_linje(svar))
        return svarene

    def _si_hvor_hodet_er(self, linjer: int) -> None:
        mappen = seglmappe.mappe()
        if mappen is None:
            self.stdout.write("TOK_SEGL_MAPPE er ikke satt: den som endrer rader og segl sammen, blir ikke oppdaget.")
        else:
            self.stdout.write(f"Sammenliknet med {_tall(linjer)} linjer i {mappen}.")


def _linje(svar: Loggsvar) -> str:
    rader, i_segl, venter = map(_tall, (svar.rader, svar.segl, svar.venter))
    if svar.brudd:
        return f"{svar.tabell}: {rader} rader er som de var, så er det brudd: {svar.brudd}."
    return f"{svar.tabell}: {rader} rader i {i_segl} segl er som de var. {venter} venter på segl."


def _tall(antall: int) -> str:
    return f"{antall:,}".replace(",", " ")
