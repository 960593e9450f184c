"""Made-up people for the cases: names, ages counted from today, and synthetic numbers (Tenor's +80, N24)."""

from __future__ import annotations

import random
from datetime import date, timedelta

from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

from tok.kjerne.foedselsnummer import valider
from tok.kjerne.fristregning import legg_til_maaneder
from tok.sak.opplysninger import Personopplysninger

TENOR = 80  # added to the month: belongs to nobody, today or later


class Personer:
    """Gives the same people each time for the same seed and day."""

    def __init__(self, i_dag: date, froe: int) -> None:
        self.i_dag = i_dag
        self.tilfeldig = random.Random(froe)  # noqa: S311 -- not a secret: the same demo each time
        self.brukte: set[str] = set()

    def ny(
        self,
        fornavn: str,
        etternavn: str,
        *,
        aar: int,
        maaneder: int = 4,
        foedt: date | None = None,
        med_nummer: bool = True,
        adresse: str = "",
        maalform: str = "nb",
        tolkespraak: str = "",
    ) -> Personopplysninger:
        """One person of this age today."""
        fylte = legg_til_maaneder(self.i_dag, -(12 * aar + maaneder))
        foedselsdato = foedt or fylte - timedelta(days=self.tilfeldig.randrange(28))
        return Personopplysninger(
            fornavn=fornavn,
            etternavn=etternavn,
            foedselsdato=foedselsdato,
            er_termin=False,
            nummer=self.nummer(foedselsdato) if med_nummer else "",
            telefon=f"12 34 7{self.tilfeldig.randrange(10)} {self.tilfeldig.randrange(100):02}",
            adresse=adresse,
            maalform=maalform,
            tolkespraak=tolkespraak,
        )

    def nummer(self, foedt: date) -> str:
        """A synthetic number nobody else in the demo has."""
        while True:
            foran = f"{foedt.day:02}{foedt.month + TENOR}{foedt:%y}{self.tilfeldig.randrange(1000):03}"
            k1 = calc_check_digit1(foran)
            nummer = f"{foran}{k1}{calc_check_digit2(foran + k1)}"
            if len(nummer) == 11 and nummer.isdigit() and nummer not in self.brukte:
                self.brukte.add(nummer)
                return valider(nummer, tillat_syntetiske=True)
