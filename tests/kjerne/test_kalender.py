"""Norwegian holidays 2024–2035 against a list made by hand, and working-day arithmetic (P6)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tok.kjerne import kalender

# Easter Sundays, copied by hand from the church calendar.
PAASKE = {
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
    2030: date(2030, 4, 21),
    2031: date(2031, 4, 13),
    2032: date(2032, 3, 28),
    2033: date(2033, 4, 17),
    2034: date(2034, 4, 9),
    2035: date(2035, 3, 25),
}
# Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
BEVEGELIGE = (-3, -2, 0, 1, 39, 49, 50)
FASTE = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))

datoer = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize("aar", sorted(PAASKE))
def test_helligdagene_i_aaret(aar: int) -> None:
    """Exactly the days on the hand-made list are holidays, on every day of the year."""
    ventet = {PAASKE[aar] + timedelta(days=dager) for dager in BEVEGELIGE} | {date(aar, m, d) for m, d in FASTE}
    dager = (date(aar, 1, 1) + timedelta(days=n) for n in range(366))
    assert {dag for dag in dager if dag.year == aar and kalender.er_helligdag(dag)} == ventet


def test_17_mai_2027_er_ogsaa_andre_pinsedag() -> None:
    assert PAASKE[2027] + timedelta(days=50) == date(2027, 5, 17)
    assert kalender.er_fridag(date(2027, 5, 17))
    # Saturday, Whit Sunday and the double holiday are three days off, not four.
    assert kalender.legg_til_arbeidsdager(date(2027, 5, 14), 1) == date(2027, 5, 18)


@pytest.mark.parametrize(
    ("dato", "fri"),
    [
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2026, 4, 4), True),  # Easter Saturday is off because it is a Saturday
        (date(2026, 3, 29), True),  # summer time begins, a Sunday
        (date(2026, 10, 25), True),  # summer time ends, a Sunday
        (date(2026, 11, 23), False),
        (date(2028, 2, 29), False),
    ],
)
def test_fridager(dato: date, fri: bool) -> None:
    assert kalender.er_fridag(dato) is fri
    assert kalender.er_arbeidsdag(dato) is not fri


def test_forrige_og_neste_over_paasken() -> None:
    langfredag = date(2026, 4, 3)
    assert kalender.forrige_arbeidsdag(langfredag) == date(2026, 4, 1)
    assert kalender.neste_arbeidsdag(langfredag) == date(2026, 4, 7)
    assert kalender.forrige_arbeidsdag(date(2027, 1, 1)) == date(2026, 12, 31)


def test_dagen_selv_teller_ikke() -> None:
    fredag = date(2026, 11, 20)
    for dag in (fredag, fredag + timedelta(days=1), fredag + timedelta(days=2)):
        assert kalender.legg_til_arbeidsdager(dag, 1) == date(2026, 11, 23)
    assert kalender.legg_til_arbeidsdager(date(2026, 11, 23), -1) == fredag
    assert kalender.legg_til_arbeidsdager(fredag + timedelta(days=1), 0) == fredag + timedelta(days=1)


@given(datoer)
def test_forrige_og_neste_er_arbeidsdager(dato: date) -> None:
    assert kalender.er_arbeidsdag(kalender.forrige_arbeidsdag(dato))
    assert kalender.er_arbeidsdag(kalender.neste_arbeidsdag(dato))
    assert kalender.forrige_arbeidsdag(dato) <= dato <= kalender.neste_arbeidsdag(dato)


@given(datoer, st.integers(0, 60))
def test_frem_og_tilbake_er_samme_dag(dato: date, antall: int) -> None:
    arbeidsdag = kalender.neste_arbeidsdag(dato)
    frem = kalender.legg_til_arbeidsdager(arbeidsdag, antall)
    assert kalender.legg_til_arbeidsdager(frem, -antall) == arbeidsdag
    imellom = (arbeidsdag + timedelta(days=n) for n in range(1, (frem - arbeidsdag).days + 1))
    assert sum(kalender.er_arbeidsdag(dag) for dag in imellom) == antall
