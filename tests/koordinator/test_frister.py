"""The leader's clock and the 18-year rule, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from koordinator.frister import SVAR_FRA_LEDER, barnekoordinator_slutter
from tok.kjerne.fristregning import forfall, paaminnelser


@pytest.mark.parametrize(
    ("spurt", "frist", "minnes"),
    [
        (date(2026, 11, 23), date(2026, 11, 30), [date(2026, 11, 27), date(2026, 11, 30)]),
        # due on a Sunday: both reminders meet on the Friday before
        (date(2026, 11, 22), date(2026, 11, 29), [date(2026, 11, 26), date(2026, 11, 27)]),
        # over Easter: due on Maundy Thursday, so the last reminder comes on the Wednesday
        (date(2026, 3, 26), date(2026, 4, 2), [date(2026, 3, 30), date(2026, 4, 1)]),
        # over New Year
        (date(2026, 12, 28), date(2027, 1, 4), [date(2026, 12, 31), date(2027, 1, 4)]),
    ],
)
def test_svar_fra_leder(spurt: date, frist: date, minnes: list[date]) -> None:
    assert forfall(SVAR_FRA_LEDER, spurt) == frist
    assert paaminnelser(SVAR_FRA_LEDER, frist) == minnes


@pytest.mark.parametrize(
    ("foedt", "slutter"),
    [
        (date(2011, 3, 12), date(2029, 3, 12)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2012, 2, 29), date(2030, 3, 1)),
        (date(2010, 12, 31), date(2028, 12, 31)),
    ],
)
def test_barnekoordinator_slutter(foedt: date, slutter: date) -> None:
    assert barnekoordinator_slutter(foedt) == slutter
