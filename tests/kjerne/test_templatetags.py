"""Dates, distances, telephone numbers, words of the municipality, menu and colour, as people see them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

from tok.kjerne import datotekst, meny, profilfarge
from tok.kjerne.kommuneord import STANDARDORD, kommuneord
from tok.kjerne.models import Kommune, Konto
from tok.kjerne.profilfarge import kontrast, les_farge
from tok.kjerne.templatetags import tok
from tok.kjerne.views import profilfarge as profilfargevisning

I_DAG = date(2026, 11, 23)
urlpatterns = [
    path(vei, lambda request: HttpResponse(), name=navn)
    for vei, navn in (("", "hjem"), ("saker/", "saker"), ("saker/nye/", "nye"))
]
NI = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_dates_and_times_in_plain_norwegian() -> None:
    assert tok.dato(date(2026, 11, 22)) == "22. november 2026"
    assert tok.dato_tid(NI) == "22. november 2026 kl. 09.00"
    assert tok.kl(NI) == "09.00"
    assert tok.kl(time(0, 5)) == "00.05"
    assert tok.ukedag_dato(I_DAG) == "mandag 23. november 2026"
    assert tok.kort_dato(I_DAG, I_DAG) == "man. 23. november"
    assert tok.kort_dato(date(2027, 2, 1), I_DAG) == "man. 1. februar 2027"
    assert tok.isodato(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == "2026-11-23"


@pytest.mark.parametrize("filter_", [tok.dato, tok.dato_tid, tok.kl, tok.ukedag_dato, tok.isodato])
def test_nothing_is_shown_for_no_date(filter_: Any) -> None:
    assert filter_(None) == ""


@pytest.mark.parametrize(
    ("dag", "tekst"),
    [
        (date(2026, 11, 23), "i dag"),
        (date(2026, 11, 24), "i morgen"),
        (date(2026, 11, 25), "om 2 dager"),
        (date(2026, 12, 20), "om 27 dager"),
        (date(2026, 12, 21), "om 4 uker"),
        (date(2027, 2, 1), "om 10 uker"),
        (date(2027, 8, 18), "om 8 måneder"),
        (date(2027, 11, 23), "om 1 år"),
        (date(2028, 3, 23), "om 1 år og 4 måneder"),
        (date(2026, 11, 22), "1 dag over"),
        (date(2026, 11, 21), "2 dager over"),
        (date(2026, 10, 23), "4 uker over"),
        (date(2025, 11, 22), "1 år over"),
    ],
)
def test_distance_is_said_in_the_unit_people_would_use(dag: date, tekst: str) -> None:
    assert tok.avstand(dag, I_DAG) == tekst
    assert tok.er_over(dag, I_DAG) is ("over" in tekst)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_distance_says_overdue_only_of_the_past(dag: date) -> None:
    assert datotekst.avstand(dag, I_DAG).endswith("over") == (dag < I_DAG)


@pytest.mark.parametrize(
    ("nummer", "vist", "lenke"),
    [
        ("12345040", "12 34 50 40", "tel:+4712345040"),
        ("12 34 50 40", "12 34 50 40", "tel:+4712345040"),
        ("+47 12 34 50 40", "12 34 50 40", "tel:+4712345040"),
        ("004712345040", "12 34 50 40", "tel:+4712345040"),
        ("+46 8 123 45", "+46 8 123 45", "tel:+46812345"),
        ("0046 8 123 45", "0046 8 123 45", "tel:+46812345"),
        ("113", "113", "tel:113"),
    ],
)
def test_telephone_numbers_are_grouped_and_can_be_called(nummer: str, vist: str, lenke: str) -> None:
    assert tok.telefon(nummer) == vist
    assert f'href="{lenke}"' in tok.tlf(nummer)


def test_a_missing_number_gives_no_link() -> None:
    assert tok.tlf("") == ""
    assert tok.tlf("ring mor") == "ring mor"


def test_a_typed_number_cannot_carry_markup() -> None:
    assert "<script" not in tok.tlf("12<script>345040</script>1")


@pytest.mark.parametrize(
    ("navn", "bokstaver"), [("Kari Østby", "KØ"), ("per olav kvam", "PK"), ("Kari", "K"), ("", "")]
)
def test_initials(navn: str, bokstaver: str) -> None:
    assert tok.initialer(navn) == bokstaver


def test_icons_are_hidden_from_screen_readers() -> None:
    svg = tok.ikon("over")
    assert 'aria-hidden="true"' in svg
    assert "bilder/ikoner.svg#i-over" in svg


def vis(mal: str, **kontekst: Any) -> str:
    return Template("{% load tok %}" + mal).render(Context(kontekst))


def test_the_municipality_chooses_its_words_and_ours_fill_the_gaps() -> None:
    kommune = Kommune(ord={"gruppe": {"ubestemt": "oppfølgingsteam", "bestemt": "oppfølgingsteamet"}})
    assert vis('{% ord "gruppe" %}', kommune=kommune) == "oppfølgingsteam"
    assert vis('{% ord "gruppe" "bestemt" stor=True %}', kommune=kommune) == "Oppfølgingsteamet"
    assert vis('{% ord "gruppe" "flertall" %}', kommune=kommune) == "ansvarsgrupper"
    assert vis('{% ord "moete" "bestemt" %}', kommune=Kommune()) == "ansvarsgruppemøtet"


def test_every_word_has_all_four_forms() -> None:
    assert {frozenset(former) for former in STANDARDORD.values()} == {
        frozenset({"ubestemt", "bestemt", "flertall", "bestemt_flertall"})
    }
    with pytest.raises(KeyError):
        kommuneord(Kommune(), "ukjent")


def test_the_deadline_piece_says_overdue_by_icon_and_words() -> None:
    mal = '{% include "deler/_frist.html" with dato=d i_dag=i %}'
    html = vis(mal, d=date(2026, 11, 9), i=I_DAG)
    assert "14 dager over" in html
    assert "i-over" in html
    assert '<time datetime="2026-11-09">man. 9. november</time>' in html
    assert "i-over" not in vis(mal, d=I_DAG, i=I_DAG)


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_gives_tokens_with_enough_contrast(tall: int) -> None:
    farger = {navn: les_farge(verdi) for navn, verdi in profilfarge.aksenttokener(f"#{tall:06x}").items()}
    hvit = (255, 255, 255)
    assert kontrast(farger["base-default"], hvit) >= 3
    assert kontrast(farger["base-contrast-default"], farger["base-default"]) >= 4.5
    assert kontrast(farger["border-default"], hvit) >= 3
    for flate in ("background-default", "background-tinted", "surface-tinted", "surface-hover"):
        assert kontrast(farger["text-subtle"], farger[flate]) >= 4.5
        assert kontrast(farger["text-default"], farger[flate]) >= 7
    for naermere in ("base-hover", "base-active"):
        assert kontrast(farger["base-contrast-default"], farger[naermere]) >= 4.5


def test_what_is_no_colour_is_refused() -> None:
    for kode in ("", "blue", "#12345", "#0062ba;}", "url(x)"):
        with pytest.raises(ValueError, match="hexadecimal"):
            profilfarge.stilark(kode)


@pytest.mark.urls(__name__)
def test_the_menu_shows_each_account_its_own_lines_and_marks_the_nearest(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setattr(meny, "_punkter", {})
    kari, ola = Konto(navn="Kari"), Konto(navn="Ola")
    meny.registrer(meny.Menypunkt("Nye", "nye", lambda konto: True, 30))
    meny.registrer(meny.Menypunkt("Hjem", "hjem", lambda konto: True, 10))
    meny.registrer(meny.Menypunkt("Saker", "saker", lambda konto: konto is kari, 20))
    assert [(linje.navn, linje.gjeldende) for linje in meny.for_konto(kari, rf.get("/saker/nye/1/"))] == [
        ("Hjem", ""),
        ("Saker", ""),
        ("Nye", "true"),
    ]
    assert [linje.navn for linje in meny.for_konto(ola, rf.get("/"))] == ["Hjem", "Nye"]
    assert meny.for_konto(kari, rf.get("/saker/"))[1].gjeldende == "page"


def test_the_colour_is_a_style_sheet_that_may_be_kept(rf: RequestFactory) -> None:
    svar = profilfargevisning(rf.get("/"), farge="0062ba")
    assert svar["Content-Type"].startswith("text/css")
    assert "immutable" in svar["Cache-Control"]
    assert "--ds-color-accent-base-default:#0062ba;" in svar.content.decode()


@pytest.mark.parametrize(
    ("dager", "ventet"),
    [(0, "kom i dag"), (1, "kom i går"), (4, "kom for 4 dager siden"), (40, "kom for 5 uker siden")],
)
def test_siden(dager: int, ventet: str) -> None:
    i_dag = date(2026, 11, 23)
    assert tok.siden(i_dag - timedelta(days=dager), i_dag) == ventet
