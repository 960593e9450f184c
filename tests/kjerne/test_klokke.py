"""The clock: local dates in Oslo, also when the machine's zone or the season differs (P5)."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tok.kjerne import klokke


def test_naa_er_lokal_tid_med_sone() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), tick=False):
        naa = klokke.naa()
        assert naa.tzinfo is klokke.OSLO
        assert (naa.hour, naa.minute) == (0, 30)
        assert klokke.i_dag() == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("utc", "dato"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        # Summer time from 29 March 2026: midnight comes an hour earlier in UTC.
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_lokal_dato_over_sommertid(utc: datetime, dato: date) -> None:
    assert klokke.lokal_dato(utc) == dato


def test_et_tidspunkt_uten_sone_har_ingen_dato() -> None:
    with pytest.raises(ValueError, match="time zone"):
        klokke.lokal_dato(datetime(2026, 11, 22, 12, 0))
