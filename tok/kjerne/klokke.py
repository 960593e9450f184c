"""The only place where the system clock is read; everywhere else time is an argument (arkitektur.md §7)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def naa() -> datetime:
    """Return this moment as an aware local time in Oslo."""
    return datetime.now(tz=OSLO)


def i_dag() -> date:
    """Return today's date as people in Norway read it, whatever zone the machine is set to."""
    return naa().date()


def lokal_dato(tid: datetime) -> date:
    """Return the Norwegian date of a moment (P5): 23.30 UTC is already tomorrow in Oslo.

    Raises ValueError for a naive time, because a moment without a zone has no date.
    """
    if tid.tzinfo is None:
        raise ValueError("A moment must carry its time zone.")
    return tid.astimezone(OSLO).date()
