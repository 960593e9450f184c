"""The arithmetic of deadlines, by tables from the deadline list and by properties (domene.md §3, P6)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tok.kjerne.fristregning import (
    Fristregel,
    Lengdeenhet,
    alder,
    avstand_dager,
    forfall,
    fyller_aar,
    legg_til_maaneder,
    paaminnelser,
)
from tok.kjerne.kalender import er_arbeidsdag

REFERAT = Fristregel(
    kode="referat",
    navn="Referat",
    lengde=14,
    enhet=Lengdeenhet.DAGER,
    kilde="R87",
    mottaker="KOORDINATOR",
    gjelder_fra=date(2022, 1, 1),
    paaminnes=(7, 2, 0),
)
SAKSLISTE = replace(REFERAT, kode="saksliste", lengde=7, foer=True, kilde="R59", paaminnes=(3, 0))
AARLIG = replace(REFERAT, kode="aarlig", lengde=12, enhet=Lengdeenhet.MAANEDER, kilde="R36", paaminnes=(60, 30, 7))
KLAGE = replace(REFERAT, kode="klage", lengde=28, kilde="L10", lovfestet=True, flytt_fra_fridag=True, paaminnes=())

datoer = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("regel", "fra", "ventet"),
    [
        (REFERAT, date(2026, 11, 24), date(2026, 12, 8)),
        (SAKSLISTE, date(2026, 11, 24), date(2026, 11, 17)),
        (SAKSLISTE, date(2027, 1, 4), date(2026, 12, 28)),
        (AARLIG, date(2024, 2, 29), date(2025, 2, 28)),
        (AARLIG, date(2026, 11, 22), date(2027, 11, 22)),
        # Over both changes of the clock the days are whole days.
        (REFERAT, date(2026, 3, 22), date(2026, 4, 5)),
        (REFERAT, date(2026, 10, 18), date(2026, 11, 1)),
        # A last day on a holiday moves: four weeks from 19 April 2027 is 17 May.
        (KLAGE, date(2027, 4, 19), date(2027, 5, 18)),
        (KLAGE, date(2026, 12, 4), date(2027, 1, 4)),  # New Year's Day, then a weekend
        (replace(REFERAT, lengde=3, enhet=Lengdeenhet.ARBEIDSDAGER), date(2026, 4, 1), date(2026, 4, 9)),
        (replace(SAKSLISTE, lengde=5, enhet=Lengdeenhet.ARBEIDSDAGER), date(2026, 4, 9), date(2026, 3, 30)),
    ],
)
def test_forfall(regel: Fristregel, fra: date, ventet: date) -> None:
    assert forfall(regel, fra) == ventet


def test_kommunens_egen_lengde() -> None:
    assert forfall(REFERAT, date(2026, 11, 24), 10) == date(2026, 12, 4)


def test_en_lovfrist_kan_ikke_endres() -> None:
    assert forfall(KLAGE, date(2026, 11, 24), 28) == date(2026, 12, 22)
    with pytest.raises(ValueError, match="clock of law"):
        forfall(KLAGE, date(2026, 11, 24), 21)


def test_lengder_er_aldri_negative() -> None:
    with pytest.raises(ValueError, match="never negative"):
        replace(REFERAT, lengde=-1)
    with pytest.raises(ValueError, match="never negative"):
        forfall(REFERAT, date(2026, 11, 24), -1)


def test_paaminnelser_flyttes_til_siste_arbeidsdag_foer_og_slaas_sammen() -> None:
    """Due Easter Monday 2026: the day itself and two days before meet on Wednesday 1 April, and become one."""
    assert paaminnelser(REFERAT, date(2026, 4, 6)) == [date(2026, 3, 30), date(2026, 4, 1)]


def test_en_lovfrist_paaminnes_paa_dagen_den_sier() -> None:
    regel = replace(REFERAT, lovfestet=True, paaminnes=(1, 0))
    assert paaminnelser(regel, date(2026, 11, 22)) == [date(2026, 11, 21), date(2026, 11, 22)]


def test_paaminnelse_etter_fristen() -> None:
    assert paaminnelser(replace(REFERAT, paaminnes=(-1,)), date(2026, 12, 8)) == [date(2026, 12, 9)]


@pytest.mark.parametrize(
    ("fra", "antall", "ventet"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_kalendermaaneder(fra: date, antall: int, ventet: date) -> None:
    assert legg_til_maaneder(fra, antall) == ventet


@pytest.mark.parametrize(
    ("foedt", "aar", "dag"),
    [
        (date(2010, 11, 23), 16, date(2026, 11, 23)),
        (date(2012, 2, 29), 16, date(2028, 2, 29)),
        (date(2012, 2, 29), 18, date(2030, 3, 1)),
    ],
)
def test_fyller_aar(foedt: date, aar: int, dag: date) -> None:
    assert fyller_aar(foedt, aar) == dag
    assert alder(foedt, dag) == aar
    assert alder(foedt, dag - timedelta(days=1)) == aar - 1


def test_alder_foer_foedsel() -> None:
    assert alder(date(2027, 2, 1), date(2026, 11, 22)) == -1


def test_avstand() -> None:
    i_dag = date(2026, 11, 22)
    assert [avstand_dager(i_dag + timedelta(days=n), i_dag) for n in (-2, 0, 3)] == [-2, 0, 3]


@given(datoer, datoer, st.integers(0, 240))
def test_maaneder_bevarer_rekkefoelgen(en: date, annen: date, antall: int) -> None:
    foerst, sist = sorted((en, annen))
    assert legg_til_maaneder(foerst, antall) <= legg_til_maaneder(sist, antall)


@given(datoer, st.integers(-240, 240))
def test_maaneder_treffer_riktig_maaned(dato: date, antall: int) -> None:
    ny = legg_til_maaneder(dato, antall)
    assert (ny.year * 12 + ny.month) - (dato.year * 12 + dato.month) == antall
    assert ny.day <= dato.day


@given(datoer, st.lists(st.integers(0, 90), max_size=6))
def test_ingen_paaminnelse_etter_fristen_eller_paa_en_fridag(dato: date, dager: list[int]) -> None:
    funnet = paaminnelser(replace(REFERAT, paaminnes=tuple(dager)), dato)
    assert all(dag <= dato and er_arbeidsdag(dag) for dag in funnet)
    assert funnet == sorted(set(funnet))
    assert len(funnet) <= len(set(dager))
    assert bool(funnet) == bool(dager)


@given(datoer, st.integers(0, 200))
def test_klagefristen_ender_aldri_paa_en_fridag_eller_for_tidlig(dato: date, lengde: int) -> None:
    regel = replace(KLAGE, lengde=lengde)
    assert er_arbeidsdag(forfall(regel, dato))
    assert forfall(regel, dato) >= dato + timedelta(days=lengde)


@given(st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.integers(0, 100))
def test_alder_skifter_paa_bursdagen(foedt: date, aar: int) -> None:
    dag = fyller_aar(foedt, aar)
    assert alder(foedt, dag) == aar
    assert alder(foedt, dag - timedelta(days=1)) == aar - 1
