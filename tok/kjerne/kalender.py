"""Norwegian public holidays and working days, as pure functions of a date (P6)."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from holidays.countries.norway import Norway

EN_DAG = timedelta(days=1)
LOERDAG = 5


@cache
def _helligdager(aar: int) -> Mapping[date, str]:
    # Norway() counts no Sundays as holidays; er_fridag asks for the weekday itself.
    return dict(Norway(years=aar, expand=False))


def er_helligdag(dato: date) -> bool:
    """Tell whether the date is a public holiday; 24 and 31 December and Easter Saturday are not (P6)."""
    return dato in _helligdager(dato.year)


def er_fridag(dato: date) -> bool:
    """Tell whether the date is a Saturday, a Sunday or a public holiday (domene.md §3)."""
    return dato.weekday() >= LOERDAG or er_helligdag(dato)


def er_arbeidsdag(dato: date) -> bool:
    """Tell whether the date is a working day."""
    return not er_fridag(dato)


def forrige_arbeidsdag(dato: date) -> date:
    """Return the date itself if it is a working day, otherwise the last one before it."""
    while er_fridag(dato):
        dato -= EN_DAG
    return dato


def neste_arbeidsdag(dato: date) -> date:
    """Return the date itself if it is a working day, otherwise the first one after it."""
    while er_fridag(dato):
        dato += EN_DAG
    return dato


def legg_til_arbeidsdager(dato: date, antall: int) -> date:
    """Return the date that lies so many working days after (before, when negative) the given date.

    The given day itself is never counted: one working day after a Friday, a Saturday or a Sunday is Monday.
    With 0 the date comes back unchanged, working day or not.
    """
    steg = EN_DAG if antall >= 0 else -EN_DAG
    igjen = abs(antall)
    while igjen:
        dato += steg
        if er_arbeidsdag(dato):
            igjen -= 1
    return dato
