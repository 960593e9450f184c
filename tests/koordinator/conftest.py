"""A case, the office that has it, a school with a leader and employees, and the steps up to an appointment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from koordinator.handlinger import godkjenn, oppnevn, spoer_leder
from koordinator.models import Forespoersel, Oppnevning
from tests.fabrikker import AnsettelseFabrikk, EnhetFabrikk, KontoFabrikk, PersonFabrikk, SakFabrikk, ansatt, tok_ansatt
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak.models import Enhet, Sak


@dataclass
class Sted:
    """The people of one case and one school."""

    sak: Sak
    tok: Konto
    skole: Enhet
    leder: Konto
    jonas: Konto
    trine: Konto

    def spoer(self, naa: datetime, **felt: Any) -> Forespoersel:
        felt.setdefault("foreslaatt", self.jonas)
        felt.setdefault("omfang", "En ungdom som får hjelp fra fire tjenester.")
        return spoer_leder(sak=self.sak, anslag_timer=Decimal(3), av=self.tok, naa=naa, **felt)

    def godkjent(self, naa: datetime, **felt: Any) -> Forespoersel:
        return godkjenn(forespoersel=self.spoer(naa, **felt), timer=Decimal("2.5"), av=self.leder, naa=naa)

    def oppnevn(self, naa: datetime, fra_dato: date | None = None, **felt: Any) -> Oppnevning:
        forespoersel = felt.pop("forespoersel", None) or self.godkjent(naa)
        return oppnevn(forespoersel=forespoersel, fra_dato=fra_dato or lokal_dato(naa), av=self.tok, naa=naa, **felt)


@pytest.fixture
def sted(db: None) -> Sted:
    return lag_sted()


def lag_sted() -> Sted:
    """Amina's case; Jonas and Trine work at a school that Marit leads."""
    person = PersonFabrikk(fornavn="Amina Dag", etternavn="Warsame", foedselsdato=date(2011, 3, 12))
    sak = SakFabrikk(person=person, nummer="2026/0102")
    skole = EnhetFabrikk(navn="Fjordvik skole")
    leder = ansatt("leder", skole, navn="Marit Hagen")
    return Sted(
        sak=sak,
        tok=tok_ansatt(sak, navn="Kari Østby"),
        skole=skole,
        leder=leder,
        jonas=ansatt("ansatt", skole, navn="Jonas Berg"),
        trine=ansatt("ansatt", skole, navn="Trine Aasen"),
    )


@pytest.fixture
def annen_enhet(sted: Sted) -> Enhet:
    """A unit without a leader, where somebody works."""
    enhet: Enhet = EnhetFabrikk(navn="Uten leder")
    AnsettelseFabrikk(konto=KontoFabrikk(navn="Vegard Lien"), enhet=enhet)
    return enhet


@pytest.fixture
def senere(naa: datetime) -> datetime:
    """A week after."""
    return naa + timedelta(days=7)


@pytest.fixture
def paa_dagen(settings: Settings, naa: datetime) -> Iterator[None]:
    """Pages are opened on the tests' day, without the second factor, which has its own tests."""
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(naa, tick=False):
        yield
