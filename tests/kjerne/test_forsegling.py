"""The job that seals: nobody is overtaken, two make one chain, and whoever is killed halfway is mended (N5, P4)."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection
from pytest_django import Settings

from tests.kjerne.loggrader import LOGGER, NEKTET, Mester, brudd, forsegl, skriv, verifiser
from tests.testbase import Testbase
from tok.kjerne import forsegling, segl, seglmappe
from tok.kjerne.models import Segl, Sikkerhetslogg
from tok.kjerne.segl import Blokk


def test_nobody_who_is_still_writing_is_overtaken(
    ekte_db: Testbase, hodemappe: Path, naa: datetime, mester: Mester
) -> None:
    """The first to draw a key is the last to be done; its row is then sealed with the others, in order."""
    with psycopg.connect(ekte_db.roller.app) as en, psycopg.connect(ekte_db.roller.app) as to:
        en.execute(NEKTET, [None])
        to.execute(NEKTET, [None])
        to.commit()
        assert list(Sikkerhetslogg.objects.values_list("pk", flat=True)) == [2], "the first key is not to be seen yet"
        assert forsegl(naa, venter=0.2) == 0
        en.commit()
    assert forsegl(naa) == 2
    assert list(Segl.objects.values_list("tabell", "fra", "til")) == [("kjerne_sikkerhetslogg", 1, 2)]
    assert brudd("kjerne_sikkerhetslogg", naa) == ""


def test_the_job_waits_for_those_who_write_and_for_nobody_who_comes_later(
    ekte_db: Testbase, hodemappe: Path, naa: datetime
) -> None:
    """A busy day has always somebody writing: only those who wrote when we looked are waited for."""
    skriv(1, naa=naa)
    with psycopg.connect(ekte_db.roller.app) as en, psycopg.connect(ekte_db.roller.app) as to:
        en.execute(NEKTET, [None])

        def avloes() -> None:
            to.execute(NEKTET, [None])
            en.commit()

        loeper = threading.Timer(0.3, avloes)
        loeper.start()
        assert forsegl(naa) == 3
        loeper.join()
        to.rollback()
    assert forsegl(naa) == 1
    assert brudd("kjerne_sikkerhetslogg", naa) == ""


def test_two_who_seal_at_once_make_one_chain(
    ekte_db: Testbase, hodemappe: Path, naa: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forsegling, "BLOKK", 5)
    skriv(12, naa=naa)
    klar = threading.Barrier(4)
    antall: list[int] = []

    def arbeid() -> None:
        klar.wait()
        antall.append(forsegl(naa))
        connection.close()

    traader = [threading.Thread(target=arbeid) for _ in range(4)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    assert sum(antall) == 36
    assert Segl.objects.count() == 9
    assert [brudd(tabell, naa) for tabell in LOGGER] == ["", "", ""]


def test_the_control_waits_for_a_sealing_and_then_gives_up(
    forseglet: None, ekte_db: Testbase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tok.kjerne.management.commands.verifiser_logg.VENTER", 0.2)
    with psycopg.connect(ekte_db.roller.app) as c:
        c.execute("SELECT pg_advisory_lock(%s)", [forsegling.LAAS])
        with pytest.raises(CommandError, match="blir forseglet akkurat nå"):
            verifiser()


class Drept(Exception):
    """Stands for kill -9."""


def test_killed_between_commit_and_line_the_next_hour_mends_it(
    ekte_db: Testbase, hodemappe: Path, naa: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seal stands in the database, and of its line outside nothing, a part, or all but the end of the line."""
    for nr, (fra, til) in enumerate([(0, 0), (0, 1), (0, 40), (0, -1), (0, None)]):
        skriv(2, naa=naa)

        def dreper(blokk: Blokk, bit: slice = slice(fra, til)) -> None:
            with (hodemappe / f"{blokk.tabell}.000000.txt").open("a") as fil:
                fil.write(blokk.linje()[bit])
            raise Drept

        with monkeypatch.context() as m:
            m.setattr(seglmappe, "legg_til", dreper)
            with pytest.raises(Drept):
                forsegl(naa)
        assert Segl.objects.filter(tabell="kjerne_sikkerhetslogg").count() == 2 * nr + 1
        skriv(1, naa=naa)
        forsegl(naa + timedelta(hours=1))
        assert [brudd(tabell, naa) for tabell in LOGGER] == ["", "", ""]
        assert [blokk.nr for blokk in seglmappe.les("kjerne_sikkerhetslogg")] == list(range(1, 2 * nr + 3))


def test_a_database_older_than_its_head_is_not_sealed_on(
    forseglet: None, mester: Mester, naa: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """As after a restored copy: nothing is written over, and the control says what is gone."""
    mester.c.execute("DELETE FROM kjerne_segl WHERE nr = 3; DELETE FROM sak_innsyn WHERE id > 10")
    skriv(1, naa=naa)
    assert forsegl(naa) == 0
    assert caplog.text.count("Siste linje i TOK_SEGL_MAPPE er ikke seglet i databasen") == 3
    assert brudd("sak_innsyn", naa) == "rad 11 er fjernet"


def test_a_folder_that_is_away_stops_sealing_and_is_said(
    forseglet: None, settings: Settings, naa: datetime, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    skriv(1, naa=naa)
    settings.TOK_SEGL_MAPPE = tmp_path / "borte"
    assert forsegl(naa) == 0
    assert caplog.text.count("ble ikke forseglet") == 3
    assert brudd("sak_innsyn", naa) == "mappen i TOK_SEGL_MAPPE kan ikke leses"


def test_a_folder_that_was_emptied_is_said_and_written_anew_by_the_next_sealing(
    forseglet: None, hodemappe: Path, naa: datetime
) -> None:
    (hodemappe / "sak_innsyn.000000.txt").unlink()
    assert brudd("sak_innsyn", naa + timedelta(hours=4)) == "segl 1 står ikke i TOK_SEGL_MAPPE"
    forsegl(naa)
    assert brudd("sak_innsyn", naa + timedelta(hours=4)) == ""


def test_sealing_that_has_stopped_is_a_break(forseglet: None, naa: datetime) -> None:
    skriv(1, naa=naa)
    assert brudd("sak_innsyn", naa + timedelta(hours=3)) == ""
    assert brudd("sak_innsyn", naa + timedelta(hours=4)) == (
        "rad 13 har ventet på segl i over tre timer: forseglingen har stanset"
    )


def test_lines_are_spread_over_files_that_can_be_read(
    ekte_db: Testbase, hodemappe: Path, naa: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forsegling, "BLOKK", 1)
    monkeypatch.setattr(seglmappe, "SEGL_PER_FIL", 2)
    skriv(5, naa=naa)
    forsegl(naa)
    assert [fil.name[-10:] for fil in sorted(hodemappe.glob("sak_innsyn.*"))] == [
        "000000.txt",
        "000001.txt",
        "000002.txt",
    ]
    assert brudd("sak_innsyn", naa) == ""
    assert seglmappe.siste("sak_innsyn") == segl.siste("sak_innsyn")
