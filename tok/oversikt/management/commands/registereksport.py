"""`manage.py registereksport --aar 2026 --format xlsx --ut FIL`: the yearly register without a browser (R232, L24)."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tok.kjerne import klokke
from tok.kjerne.models import Konto
from tok.oversikt.eksport import Format, skriv
from tok.oversikt.forms import FOERSTE_AAR, FORMAAL_HOEYST, FORMAAL_MINST
from tok.oversikt.sporringer import aarstall
from tok.sak.sider.grunn import les_bare
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import noter_eksport


class Command(BaseCommand):
    """The same rows as the page gives, of every office; runs as SYSTEM and is logged with its reason.

    SYSTEM is named in nobody's protection, so what is protected is in no file it makes (N11).
    """

    help = "Skriver registeret for ett år til et regneark eller en CSV-fil."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--aar", type=int, required=True, help="året, med fire siffer")
        parser.add_argument("--format", choices=Format.values, default=Format.CSV.value, help="filformatet")
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
        ut = valg["ut"]
        try:
            with halvferdig(ut) as fil, transaction.atomic():
                antall = self._skriv(aar, Format(valg["format"]), formaal, naa, fil)
        except OSError as feil:
            raise CommandError(f"Kan ikke skrive {ut}: {feil.strerror}.") from feil
        self.stdout.write(f"{antall} saker i {ut}")

    def _skriv(self, aar: aarstall.Aar, format_: Format, formaal: str, naa: datetime, fil: BinaryIO) -> int:
        """Log and file in one transaction; the file gets its name when the log stands (N6)."""
        liste = f"Register {aar.aar} {format_.value}"
        rett, system = Rett.EKSPORTERE_REGISTER, Konto.system()
        saker = aarstall.saker(aar, system, None)
        eksport = noter_eksport(system, rett, saker, naa=naa, liste=liste, formaal=formaal)
        les_bare()
        skriv(format_, aar, eksport.saker, fil, laget=naa)
        return eksport.antall


@contextmanager
def halvferdig(ut: Path) -> Iterator[BinaryIO]:
    """A file only its owner may read, which gets its name when it is whole and is deleted if it never becomes so."""
    nummer, sti = mkstemp(dir=ut.parent, prefix=f".{ut.name}.")  # made with mode 0600
    try:
        with os.fdopen(nummer, "wb") as fil:
            yield fil
            fil.flush()
            os.fsync(fil.fileno())
        Path(sti).replace(ut)
    except BaseException:
        Path(sti).unlink(missing_ok=True)
        raise
