"""Locked fields, files that come back, rows asked for without script, answers in words, hours that come twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from crispy_forms.bootstrap import InlineCheckboxes, PrependedText, Tab, TabHolder, UneditableField
from crispy_forms.layout import Column, Layout, Row
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.kjerne.test_skjema import Side
from tok.kjerne.datofelt import DatoTidwidget
from tok.kjerne.skjema import Datofelt, DatoTidfelt, Klokkeslettfelt, Langtekst, Skjema, Skjemasett
from tok.kjerne.svaroversikt import svaroversikt

OSLO = ZoneInfo("Europe/Oslo")
GRUPPER = [("Hjemme", [("a", "Alene"), ("b", "Sammen")]), ("c", "Borte")]


class Allslags(Skjema):
    """One of each."""

    navn = forms.CharField(label="Navn", help_text="Fornavn")
    bor = forms.ChoiceField(label="Bor", choices=GRUPPER)
    kanaler = forms.MultipleChoiceField(
        label="Kanaler", choices=[("t", "Telefon"), ("b", "Brev")], widget=forms.CheckboxSelectMultiple, required=False
    )
    foedt = Datofelt(label="Født")
    start = DatoTidfelt(label="Start", required=False)
    slutt = Klokkeslettfelt(label="Slutt", required=False)
    hva = Langtekst(label="Hva", required=False)
    skann = forms.FileField(label="Skann", required=False)
    ja = forms.BooleanField(label="Ja takk", required=False)
    skjult = forms.CharField(widget=forms.HiddenInput, required=False)


FYLT = {
    "navn": "Amalie",
    "bor": "b",
    "kanaler": ["t", "b"],
    "foedt": date(2015, 3, 3),
    "start": datetime(2026, 3, 3, 8, 30, tzinfo=UTC),
    "slutt": time(10, 30),
    "hva": "Én linje.\nTo linjer.",
    "ja": True,
}


def test_a_locked_field_is_text_that_can_be_read_and_copied() -> None:
    skjema = Allslags(initial=FYLT)
    for felt in skjema.fields.values():
        felt.disabled = True
    html = render_crispy_form(skjema)
    side = Side(html)
    kontroller = [
        (t, a) for t, a in side.elementer if t in {"input", "textarea", "select"} and a.get("type") != "hidden"
    ]
    assert all("readonly" in a and "name" not in a and "disabled" not in a for _t, a in kontroller)
    assert side.felt("id_bor")["value"] == "Sammen"
    assert side.felt("id_foedt")["value"] == "3. mars 2015"
    assert side.felt("id_start")["value"] == "3. mars 2026 kl. 09.30"
    assert side.felt("id_skann")["value"] == "Ikke fylt ut"
    assert side.felt("id_navn")["aria-describedby"] == "id_navn_helptext"
    assert ">Telefon\nBrev</textarea>" in html
    assert set(side.verdier("for")) == {str(a["id"]) for _t, a in kontroller}


def test_the_stock_layout_objects_of_crispy_take_our_markup() -> None:
    skjema = Allslags(initial=FYLT)
    hjelper = skjema.helper
    hjelper.layout = Layout(
        UneditableField("navn"),
        InlineCheckboxes("kanaler"),
        PrependedText("slutt", "kl."),
        TabHolder(Tab("En", "bor", css_id="en"), Tab("To", Row(Column("hva"), "ja"), css_id="to"), aria_label="Deler"),
    )
    html = render_crispy_form(skjema, hjelper)
    side = Side(html)
    assert "readonly" in side.felt("id_navn")
    assert side.felt("div_id_kanaler")["class"] == "ds-fieldset paa-linje"
    assert "<span>kl.</span>" in html
    assert side.verdier("aria-controls") == ["en", "to"]
    assert {"en", "to"} <= set(side.verdier("id"))
    assert html.count("fanetittel") == 2


def test_the_answers_in_words_each_with_its_way_back() -> None:
    skjema = Allslags(
        {
            "navn": "Amalie",
            "bor": "b",
            "kanaler": ["t", "b"],
            "foedt_0": "3. mars 2015",
            "start_0": "3",
            "start_1": "mars",
            "start_2": "2026",
            "start_3": "9.30",
            "slutt": "1030",
            "hva": "Én linje.",
        },
        {"skann": SimpleUploadedFile("skann.pdf", b"x")},
    )
    assert skjema.is_valid(), skjema.errors
    svar = svaroversikt(skjema, tilbake="/skriv/", utelat=["hva"])
    assert [(ett.spoersmaal, ett.svar) for ett in svar] == [
        ("Navn", ["Amalie"]),
        ("Bor", ["Sammen"]),
        ("Kanaler", ["Telefon", "Brev"]),
        ("Født", ["3. mars 2015"]),
        ("Start", ["3. mars 2026 kl. 09.30"]),
        ("Slutt", ["10.30"]),
        ("Skann", ["skann.pdf"]),
        ("Ja takk", ["Nei"]),
    ]
    ider = Side(render_crispy_form(Allslags())).verdier("id")
    assert all(ett.lenke.removeprefix("/skriv/#") in ider for ett in svar)
    assert not any(ett.er_tomt for ett in svar)


def test_a_file_that_was_chosen_is_named_when_the_form_comes_back() -> None:
    skjema = Allslags({"navn": ""}, {"skann": SimpleUploadedFile("skann.pdf", b"x")})
    html = render_crispy_form(skjema)
    assert "Du valgte «skann.pdf»" in html
    assert "id_skann_valgt" in (Side(html).felt("id_skann")["aria-describedby"] or "")
    assert "Du valgte" not in render_crispy_form(Allslags({"navn": ""}))


class Rad(Skjema):
    tiltak = forms.CharField(label="Tiltak")


Rader = forms.formset_factory(Rad, formset=Skjemasett, extra=1, can_delete=True, max_num=3)


def _sett(antall: str, **mer: str) -> Any:
    return Rader({"r-TOTAL_FORMS": antall, "r-INITIAL_FORMS": "0", "r-LEGG_TIL": "1", **mer}, prefix="r")


def test_a_row_asked_for_is_one_row_more_and_no_error() -> None:
    sett = _sett("2", **{"r-0-tiltak": "Søke", "r-1-DELETE": ""})
    assert not sett.is_valid()
    assert not any(sett.errors)
    assert not sett.non_form_errors()
    assert len(sett.forms) == 3
    html = render_crispy_form(sett)
    assert 'value="Søke"' in html
    assert 'name="r-TOTAL_FORMS" value="3"' in html
    assert html.count("autofocus") == 1


@pytest.mark.parametrize(("antall", "blir"), [("3", 3), ("4", 4), ("tull", 0)])
def test_no_more_rows_than_there_may_be(antall: str, blir: int) -> None:
    sett = _sett(antall)
    assert not sett.is_valid()
    assert len(sett.forms) == blir


@pytest.mark.parametrize(
    ("deler", "dato"),
    [
        (("3", "3", "2026"), date(2026, 3, 3)),
        (("03", "03", "2026"), date(2026, 3, 3)),
        (("3", "mar", "2026"), date(2026, 3, 3)),
        (("3. mars 2026", "", ""), date(2026, 3, 3)),
        (("Tirsdag 3. mars 2026", "", ""), date(2026, 3, 3)),
        (("3.mar.2026", "", ""), date(2026, 3, 3)),
        (("29", "feb", "2028"), date(2028, 2, 29)),
    ],
)
def test_dates_with_the_month_by_name(deler: tuple[str, ...], dato: date) -> None:
    assert Datofelt(label="Dato").clean(list(deler)) == dato


@pytest.mark.parametrize(
    ("deler", "melding"),
    [
        (("3. mars 26", "", ""), "fire sifre"),
        (("3.3.26", "", ""), "fire sifre"),
        (("29", "2", "2027"), "bare 28 dager"),
        (("²", "3", "2026"), "Dagen"),
        (("3", "²", "2026"), "Måneden"),
    ],
)
def test_what_is_no_date_is_said_in_plain_words(deler: tuple[str, ...], melding: str) -> None:
    with pytest.raises(ValidationError, match=melding):
        Datofelt(label="Dato").clean(list(deler))


def test_a_pasted_date_with_an_error_is_spread_over_the_boxes() -> None:
    side = Side(render_crispy_form(Allslags({"foedt_0": "3. mars 26"})))
    assert [side.felt(f"id_foedt_{nr}")["value"] for nr in range(3)] == ["3", "mars", "26"]
    assert "aria-invalid" in side.felt("id_foedt_2")
    assert "aria-invalid" not in side.felt("id_foedt_0")


OKTOBER = ["25", "oktober", "2026"]


def test_an_hour_that_comes_twice_is_asked_about_and_kept() -> None:
    felt = DatoTidfelt(label="Møtet")
    with pytest.raises(ValidationError, match=r"blir 02\.30 to ganger.*«02\.30 sommertid».*«02\.30 vintertid»"):
        felt.clean([*OKTOBER, "02.30"])
    for skrevet, utc in (("02.30 sommertid", 0), ("2.30 Vintertid", 1)):
        tid = felt.clean([*OKTOBER, skrevet])
        assert tid.astimezone(UTC) == datetime(2026, 10, 25, utc, 30, tzinfo=UTC)
        assert felt.clean(DatoTidwidget().decompress(tid)).astimezone(UTC) == tid.astimezone(UTC)
    assert felt.clean([*OKTOBER, "03.00"]) == datetime(2026, 10, 25, 3, tzinfo=OSLO)
    assert felt.clean([*OKTOBER, "01.59"]) == datetime(2026, 10, 25, 1, 59, tzinfo=OSLO)


@pytest.mark.parametrize(("deler", "klokka"), [(("29", "3", "2026"), "02.30"), (("28", "3", "2027"), "02.00")])
def test_an_hour_that_is_skipped_is_refused(deler: tuple[str, ...], klokka: str) -> None:
    with pytest.raises(ValidationError, match="Klokka stilles fram"):
        DatoTidfelt(label="Møtet").clean([*deler, klokka])


def test_summer_time_is_only_said_where_it_matters() -> None:
    with pytest.raises(ValidationError, match=r"må skrives som 09\.00"):
        DatoTidfelt(label="Møtet").clean(["24", "11", "2026", "9 vintertid"])
