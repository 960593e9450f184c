"""`manage.py registereksport --aar 2026 --format csv --ut FIL`: the yearly register without a browser (R232, L24)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tok.kjerne import klokke
from tok.kjerne.models import Konto
from tok.oversikt.forms import FOERSTE_AAR, FORMAAL_HOEYST, FORMAAL_MINST
from tok.oversikt.sporringer import aarstall
from tok.sak.sider.grunn import les_bare
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import noter_liste


class Command(BaseCommand):
    """The same rows as the page gives, of every office; runs as SYSTEM and is logged with its reason."""

    help = "Skriver registeret for ett år til en fil som åpnes rett i Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--aar", type=int, required=True, help="året, med fire siffer")
        parser.add_argument("--format", choices=["csv"], default="csv", help="filformatet")
        parser.add_argument("--ut", type=Path, required=True, help="fila som skrives")
        parser.add_argument("--formaal", default="Årlig eksport av registeret", help="hva fila skal brukes til")

    def handle(self, *args: Any, **valg: Any) -> None:
        naa = klokke.naa()
        formaal = " ".join(valg["formaal"].split())
        if not FORMAAL_MINST <= len(formaal) <= FORMAAL_HOEYST:
            raise CommandError(f"Formålet må ha fra {FORMAAL_MINST} til {FORMAAL_HOEYST} tegn.")
        if not FOERSTE_AAR <= valg["aar"] <= naa.year:
            raise CommandError(f"Året må være fra {FOERSTE_AAR} til {naa.year}.")
        aar = aarstall.Aar.lag(valg["aar"], naa.date())
        with transaction.atomic():
            antall = aarstall.saker(aar, None).count()
            noter_liste(
                Konto.system(),
                Rett.EKSPORTERE_REGISTER,
                naa=naa,
                liste=f"Register {aar.aar}",
                antall=antall,
                handling="eksport",
                formaal=formaal,
            )
        self._skriv(aar, valg["ut"])
        self.stdout.write(f"{antall} saker i {valg['ut']}")

    def _skriv(self, aar: aarstall.Aar, ut: Path) -> None:
        try:
            fil = ut.open("wb")
        except OSError as feil:
            raise CommandError(f"Kan ikke skrive {ut}: {feil.strerror}.") from feil
        with fil, transaction.atomic():
            les_bare()
            for blokk in aarstall.csv(aar, None):
                fil.write(blokk)
