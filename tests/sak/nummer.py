"""Synthetic identity numbers in any amount, every kind in turn (N24)."""

from __future__ import annotations

import random
from collections.abc import Iterator

from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

TILLEGG = ((0, 80), (40, 80), (0, 65))  # Tenor, a D-number of Tenor's, SyntPop: on day and month


def numre(antall: int, *, froe: int = 1) -> list[str]:
    """So many different numbers, the same for the same seed."""
    return [nummer for nummer, _nr in zip(_alle(random.Random(froe)), range(antall), strict=False)]


def _alle(terning: random.Random) -> Iterator[str]:
    gitt = set()
    while True:
        dag, maaned = terning.choice(TILLEGG)
        dato = f"{terning.randint(1, 28) + dag:02}{terning.randint(1, 12) + maaned:02}{terning.randint(0, 99):02}"
        ni = f"{dato}{terning.randint(0, 999):03}"
        k1 = calc_check_digit1(ni)
        nummer = f"{ni}{k1}{calc_check_digit2(f'{ni}{k1}')}"
        if len(nummer) == 11 and nummer.isdigit() and nummer not in gitt:
            gitt.add(nummer)
            yield nummer
