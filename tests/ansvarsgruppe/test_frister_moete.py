"""The clocks of the group as a table, and their reminders over Easter (R36, R59, R87, P6)."""

from __future__ import annotations

from datetime import date

import pytest

from ansvarsgruppe import frister
from tok.kjerne.fristregning import Fristregel, forfall, paaminnelser
from tok.sak import bidrag


@pytest.mark.parametrize(
    ("regel", "fra", "til"),
    [
        (frister.SAKSLISTE, date(2026, 12, 3), date(2026, 11, 26)),
        (frister.SAKSLISTE, date(2027, 1, 4), date(2026, 12, 28)),
        (frister.SAKSLISTE, date(2028, 3, 7), date(2028, 2, 29)),
        (frister.REFERAT, date(2026, 12, 3), date(2026, 12, 17)),
        (frister.REFERAT, date(2026, 12, 24), date(2027, 1, 7)),
        (frister.AARLIG_GJENNOMGANG, date(2026, 11, 23), date(2027, 11, 23)),
        (frister.AARLIG_GJENNOMGANG, date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_forfall(regel: Fristregel, fra: date, til: date) -> None:
    assert forfall(regel, fra) == til


@pytest.mark.parametrize(
    ("regel", "fra", "dager"),
    [
        # Monday 30 November and Thursday 3 December are working days.
        (frister.SAKSLISTE, date(2026, 12, 10), [date(2026, 11, 30), date(2026, 12, 3)]),
        # Due on Easter Monday 29 March 2027: both reminders come before the holidays, on Wednesday 24 and Friday 26's
        # last working day, which is the same Wednesday.
        (frister.SAKSLISTE, date(2027, 4, 5), [date(2027, 3, 24)]),
        # Day 7, 12 and 14 after the meeting.
        (frister.REFERAT, date(2026, 12, 1), [date(2026, 12, 8), date(2026, 12, 11), date(2026, 12, 15)]),
        (frister.AARLIG_GJENNOMGANG, date(2026, 1, 12), [date(2026, 11, 13), date(2026, 12, 11), date(2027, 1, 5)]),
    ],
)
def test_paaminnelser(regel: Fristregel, fra: date, dager: list[date]) -> None:
    assert paaminnelser(regel, forfall(regel, fra)) == dager


@pytest.mark.parametrize("regel", frister.REGLER)
def test_alle_regler_har_ord_og_kilde(regel: Fristregel) -> None:
    assert regel.kilde.startswith("R")
    assert bidrag.fristregler[regel.kode].regel is regel
