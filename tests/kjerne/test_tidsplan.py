"""Slots: one worker per slot, none lost, none doubled, also when the clocks change (P4, P5)."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests.testbase import Testbase
from tok.kjerne import tidsplan
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Tidsluke


@pytest.mark.parametrize(
    ("dato", "antall"),
    [
        (date(2026, 3, 29), 92),  # summer time begins: 23 hours
        (date(2026, 10, 25), 100),  # summer time ends: 25 hours
        (date(2027, 3, 28), 92),
        (date(2027, 10, 31), 100),
        (date(2028, 2, 29), 96),
        (date(2026, 12, 31), 96),
    ],
)
def test_each_quarter_of_a_date_is_one_slot(dato: date, antall: int) -> None:
    start = datetime(dato.year, dato.month, dato.day, tzinfo=OSLO).astimezone(UTC)
    slutt = (datetime(dato.year, dato.month, dato.day, tzinfo=OSLO) + timedelta(days=1)).astimezone(UTC)
    luker = set()
    tid = start
    while tid < slutt:
        luker.add(tidsplan.kvarter(tid.astimezone(OSLO)))
        tid += timedelta(seconds=30)
    assert len(luker) == antall


@pytest.mark.parametrize(
    ("naa", "luke"),
    [
        (datetime(2026, 11, 23, 8, 30, tzinfo=OSLO), datetime(2026, 11, 23, 2, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 2, 59, tzinfo=OSLO), datetime(2026, 11, 22, 2, 0, tzinfo=UTC)),
        (datetime(2026, 3, 29, 3, 0, tzinfo=OSLO), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=OSLO, fold=1), datetime(2026, 10, 24, 1, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 3, 0, tzinfo=OSLO), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        (datetime(2027, 1, 1, 0, 10, tzinfo=OSLO), datetime(2026, 12, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_night_is_the_last_three_o_clock(naa: datetime, luke: datetime) -> None:
    assert tidsplan.natt(naa) == luke


def test_the_hour_is_counted_in_utc_where_none_comes_twice() -> None:
    foer = datetime(2026, 10, 25, 2, 45, tzinfo=OSLO)
    assert tidsplan.hel_time(foer) == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    assert tidsplan.hel_time(foer.replace(fold=1)) == datetime(2026, 10, 25, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("aar", [2026, 2027, 2028])
def test_a_year_has_one_night_for_each_date(aar: int) -> None:
    tid = datetime(aar, 1, 1, 3, 0, tzinfo=OSLO).astimezone(UTC)
    netter = set()
    while tid.astimezone(OSLO).year == aar:
        netter.add(tidsplan.natt(tid))
        tid += timedelta(minutes=15)
    assert len(netter) == (366 if aar == 2028 else 365)


@pytest.mark.django_db
def test_a_slot_is_worked_once(naa: datetime) -> None:
    gjort: list[int] = []
    luke = tidsplan.kvarter(naa)
    assert tidsplan.i_luke("proeve", luke, naa=naa, arbeid=lambda: gjort.append(1))
    assert not tidsplan.i_luke("proeve", luke, naa=naa + timedelta(minutes=5), arbeid=lambda: gjort.append(2))
    assert tidsplan.i_luke("annen", luke, naa=naa, arbeid=lambda: gjort.append(3))
    assert gjort == [1, 3]


@pytest.mark.django_db
def test_a_slot_that_was_never_finished_is_taken_over(naa: datetime) -> None:
    luke = tidsplan.natt(naa)
    assert tidsplan.ta_luke("proeve", luke, naa=naa)
    assert not tidsplan.ta_luke("proeve", luke, naa=naa + timedelta(minutes=9))
    assert tidsplan.ta_luke("proeve", luke, naa=naa + timedelta(minutes=10))
    assert not tidsplan.ta_luke("proeve", luke, naa=naa + timedelta(minutes=11))


@pytest.mark.django_db
def test_old_slots_are_removed(naa: datetime) -> None:
    tidsplan.ta_luke("proeve", naa - timedelta(days=31), naa=naa)
    tidsplan.ta_luke("proeve", naa - timedelta(days=29), naa=naa)
    assert tidsplan.slett_gamle(naa=naa) == 1
    assert Tidsluke.objects.count() == 1


def test_many_clocks_that_tick_at_once_give_one_run(ekte_db: Testbase, naa: datetime) -> None:
    gjort: list[int] = []
    klar = threading.Barrier(8)

    def tikk(nummer: int) -> None:
        klar.wait()
        tidsplan.i_luke("proeve", tidsplan.kvarter(naa), naa=naa, arbeid=lambda: gjort.append(nummer))
        connection.close()

    traader = [threading.Thread(target=tikk, args=(nummer,)) for nummer in range(8)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    assert len(gjort) == 1
