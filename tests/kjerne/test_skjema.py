"""The markup and the messages of our forms: labels, descriptions, errors in order (sikkerhet.md §4, WCAG 1.3.1)."""

from __future__ import annotations

from datetime import date, datetime, time
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from tok.kjerne.skjema import Datofelt, DatoTidfelt, Klokkeslettfelt, Langtekst, Skjema, Skjemasett, Telefonfelt

KANALER = [("telefon", "Telefon"), ("brev", "Brev")]
OSLO = ZoneInfo("Europe/Oslo")


class Proeve(Skjema):
    navn = forms.CharField(label="Hvem gjelder det?", help_text="Fornavn og etternavn")
    epost = forms.EmailField(label="E-post", required=False)
    sektor = forms.ChoiceField(label="Sektor", choices=[("", "---------"), ("h", "Helse")])
    kanal = forms.ChoiceField(label="Kanal", choices=KANALER, widget=forms.RadioSelect, help_text="Velg én")
    tjenester = forms.MultipleChoiceField(label="Tjenester", choices=KANALER, widget=forms.CheckboxSelectMultiple)
    foedt = Datofelt(label="Fødselsdato", senest=date(2026, 11, 23), foedselsdato=True)
    start = DatoTidfelt(label="Møtet starter", required=False)
    slutt = Klokkeslettfelt(label="Til kl.", required=False)
    skann = forms.FileField(label="Skannet skjema", required=False)
    hva = Langtekst(label="Hva ønskes?", maks=20, required=False)
    ja = forms.BooleanField(label="Ja")
    skjult = forms.CharField(widget=forms.HiddenInput, required=False)


class Side(HTMLParser):
    """The ids, labels and references of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elementer: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elementer.append((tag, dict(attrs)))

    def verdier(self, attributt: str) -> list[str]:
        return [str(a[attributt]) for _, a in self.elementer if attributt in a]

    def felt(self, id_: str) -> dict[str, str | None]:
        return next(a for _, a in self.elementer if a.get("id") == id_)


def vis(skjema: Any) -> Side:
    return Side(render_crispy_form(skjema))


def uten_feil() -> dict[str, Any]:
    return {
        "navn": "Kasper",
        "sektor": "h",
        "kanal": "brev",
        "tjenester": ["brev"],
        "foedt_0": "1",
        "foedt_1": "mai",
        "foedt_2": "2015",
        "ja": "on",
    }


@pytest.mark.parametrize("data", [None, {}, uten_feil()], ids=["new", "empty", "valid"])
def test_every_control_has_a_label_and_refers_only_to_ids_on_the_page(data: dict[str, Any] | None) -> None:
    side = vis(Proeve(data))
    ider = side.verdier("id")
    assert len(ider) == len(set(ider))
    kontroller = [a for t, a in side.elementer if t in {"input", "select", "textarea"} and a.get("type") != "hidden"]
    assert kontroller
    assert {str(a["id"]) for a in kontroller} == set(side.verdier("for"))
    assert all(id_ in ider for ref in side.verdier("aria-describedby") for id_ in ref.split())
    assert not {"style", "placeholder", "cols", "required"} & {navn for _, a in side.elementer for navn in a}


def test_invalid_is_said_only_where_something_is_wrong() -> None:
    assert vis(Proeve()).verdier("aria-invalid") == []
    side = vis(Proeve(uten_feil() | {"navn": ""}))
    gale = [a["id"] for _, a in side.elementer if a.get("aria-invalid") == "true"]
    assert gale == ["id_navn"]
    assert side.felt("id_navn")["aria-describedby"] == "id_navn_helptext id_navn_error"


def test_groups_are_fieldsets_that_carry_the_description() -> None:
    side = vis(Proeve({}))
    for navn in ("kanal", "tjenester", "foedt", "start"):
        tag, attributter = next((t, a) for t, a in side.elementer if a.get("id") == f"div_id_{navn}")
        assert tag == "fieldset"
        assert attributter["aria-describedby"]


def test_optional_is_marked_and_stars_are_not_used() -> None:
    html = render_crispy_form(Proeve())
    assert html.count("(valgfritt)") == 5
    assert "*" not in html


def test_a_blank_choice_reads_velg() -> None:
    assert '<option value="" selected>Velg</option>' in render_crispy_form(Proeve())


@pytest.mark.parametrize(
    ("deler", "melding", "gale"),
    [
        (("", "", ""), "Fyll ut «Fødselsdato» med dag, måned og år.", (0, 1, 2)),
        (("", "", "20"), "«Fødselsdato» mangler dag og måned.", (0, 1)),
        (("99", "", "2015"), "«Fødselsdato» mangler måned.", (1,)),
        (("99", "tull", "15"), "Dagen i «Fødselsdato» må være et tall fra 1 til 31.", (0,)),
        (("3", "tull", "15"), "Måneden i «Fødselsdato» må være et tall fra 1 til 12 eller et navn", (1,)),
        (("3", "13", "2015"), "Måneden i «Fødselsdato» må være et tall fra 1 til 12", (1,)),
        (("3", "3", "15"), "Året i «Fødselsdato» må ha fire sifre, for eksempel 2026.", (2,)),
        (("31", "juni", "2015"), "Juni 2015 har bare 30 dager. Rett dagen i «Fødselsdato».", (0,)),
        (("29", "2", "2026"), "Februar 2026 har bare 28 dager.", (0,)),
        (("31", "2", "2099"), "Februar 2099 har bare 28 dager.", (0,)),
        (("24", "11", "2026"), "«Fødselsdato» kan ikke være etter 23. november 2026.", (0, 1, 2)),
    ],
)
def test_date_errors_come_in_the_order_missing_impossible_rule(
    deler: tuple[str, ...], melding: str, gale: tuple[int, ...]
) -> None:
    skjema = Proeve(uten_feil() | {f"foedt_{nr}": del_ for nr, del_ in enumerate(deler)})
    assert not skjema.is_valid()
    assert len(skjema.errors["foedt"]) == 1
    assert str(skjema.errors["foedt"][0]).startswith(melding)
    side = vis(skjema)
    merket = tuple(nr for nr in range(3) if side.felt(f"id_foedt_{nr}").get("aria-invalid"))
    assert merket == gale


@pytest.mark.parametrize(
    ("deler", "dato"),
    [
        (("1", "1", "2024"), date(2024, 1, 1)),
        ((" 01. ", "januar", "2024"), date(2024, 1, 1)),
        (("3", "MARS", "2024"), date(2024, 3, 3)),
        (("3", "des.", "2024"), date(2024, 12, 3)),
        (("3", "sept", "2024"), date(2024, 9, 3)),
        (("29", "februar", "2024"), date(2024, 2, 29)),
        (("23.11.2024", "", ""), date(2024, 11, 23)),
        (("2024-11-23", "", ""), date(2024, 11, 23)),
    ],
)
def test_dates_are_understood_as_people_write_them(deler: tuple[str, ...], dato: date) -> None:
    assert Datofelt(label="Dato").clean(list(deler)) == dato


def test_a_short_month_name_that_fits_two_months_is_refused() -> None:
    with pytest.raises(forms.ValidationError):
        Datofelt(label="Dato").clean(["1", "ju", "2024"])


def test_an_optional_date_may_be_empty_but_not_half() -> None:
    felt = Datofelt(label="Dato", required=False)
    assert felt.clean(["", "", ""]) is None
    with pytest.raises(forms.ValidationError):
        felt.clean(["1", "", ""])


def test_the_earliest_day_is_allowed_and_the_day_before_is_not() -> None:
    felt = Datofelt(label="Møtedato", tidligst=date(2026, 11, 23))
    assert felt.clean(["23", "11", "2026"]) == date(2026, 11, 23)
    with pytest.raises(forms.ValidationError, match=r"kan ikke være før 23\. november 2026"):
        felt.clean(["22", "11", "2026"])


def test_a_date_is_unchanged_however_it_is_spelt() -> None:
    felt = Datofelt(label="Dato")
    assert not felt.has_changed(date(2026, 3, 1), ["1", "mars", "2026"])
    assert felt.has_changed(date(2026, 3, 1), ["2", "3", "2026"])
    assert not felt.has_changed(None, ["", "", ""])


def test_moments_are_local_and_the_skipped_hour_is_refused() -> None:
    felt = DatoTidfelt(label="Møtet starter")
    assert felt.clean(["24", "11", "2026", "9"]) == datetime(2026, 11, 24, 9, tzinfo=OSLO)
    with pytest.raises(forms.ValidationError, match="Klokka stilles fram"):
        felt.clean(["28", "3", "2027", "02.30"])
    with pytest.raises(forms.ValidationError, match="mangler klokkeslett"):
        felt.clean(["24", "11", "2026", ""])
    with pytest.raises(forms.ValidationError, match="må skrives som"):
        felt.clean(["24", "11", "2026", "25.00"])


@pytest.mark.parametrize("tekst", ["9", "09", "9.00", "09:00", "0900", "kl. 9", "Kl 09.00"])
def test_times_are_understood_as_people_write_them(tekst: str) -> None:
    assert Klokkeslettfelt(label="Fra").clean(tekst) == time(9)


@pytest.mark.parametrize("tekst", ["24", "9.60", "ni", "9.5", "-1"])
def test_what_is_no_time_is_refused_in_plain_words(tekst: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"for eksempel 09\.00"):
        Klokkeslettfelt(label="Fra").clean(tekst)


def test_long_text_counts_a_line_break_as_one_sign_and_says_how_long_it_is() -> None:
    felt = Langtekst(label="Mål", maks=5)
    assert felt.clean("ab\r\ncd") == "ab\ncd"
    with pytest.raises(forms.ValidationError, match=r"høyst 5 tegn\. Teksten din har 6"):
        felt.clean("abcdef")
    assert "maxlength" not in vis(Proeve()).felt("id_hva")
    assert "Høyst 20 tegn" in render_crispy_form(Proeve())


def sammendrag(**kontekst: Any) -> str:
    mal = "{% load ds %}{% feilprefiks skjema sett %}{% feilsammendrag skjema sett %}"
    return Template(mal).render(Context(kontekst))


def test_the_summary_links_to_the_first_wrong_control_of_each_field() -> None:
    skjema = Proeve(uten_feil() | {"foedt_1": "tull", "kanal": "", "navn": ""})
    html = sammendrag(skjema=skjema)
    side = Side(html)
    assert html.startswith("Feil: ")
    assert side.verdier("href") == ["#id_navn", "#id_kanal_0", "#id_foedt_1"]
    assert 'tabindex="-1"' in html
    assert "Fyll ut «Hvem gjelder det?»." in html
    assert all(maal[1:] in vis(skjema).verdier("id") for maal in side.verdier("href"))


def test_there_is_no_summary_when_all_is_well_or_nothing_is_sent() -> None:
    assert "ds-error-summary" not in sammendrag(skjema=Proeve())
    assert "Feil" not in sammendrag(skjema=Proeve(uten_feil()))


class Avtale(Skjema):
    tiltak = forms.CharField(label="Tiltak")
    frist = Datofelt(label="Frist", required=False)


class Avtaler(Skjemasett):
    rad_navn: Any = "Avtale"
    legg_til: Any = "Ny avtale"


AvtaleSett = forms.formset_factory(Avtale, formset=Avtaler, extra=2, can_delete=True)


def sett_data(**felt: str) -> dict[str, str]:
    return {"a-TOTAL_FORMS": "2", "a-INITIAL_FORMS": "0"} | {f"a-{navn}": verdi for navn, verdi in felt.items()}


def test_rows_work_without_script_and_carry_an_empty_row_for_it() -> None:
    html = Template("{% load crispy_forms_tags %}{{ sett|crispy }}").render(Context({"sett": AvtaleSett(prefix="a")}))
    side = Side(html)
    assert [a for _, a in side.elementer if "data-rad" in a].__len__() == 3
    assert "id_a-__prefix__-tiltak" in side.verdier("id")
    assert html.count("Fjern") == 3
    assert "hidden" in next(a for _, a in side.elementer if "data-legg-til" in a)
    assert len(side.verdier("id")) == len(set(side.verdier("id")))


def test_row_errors_name_the_row_and_removed_rows_say_nothing() -> None:
    sett = AvtaleSett(sett_data(**{"0-frist_0": "1", "1-frist_0": "1", "1-DELETE": "on"}), prefix="a")
    html = sammendrag(sett=sett)
    assert "Avtale 1: Fyll ut «Tiltak»." in html
    assert "Avtale 1: «Frist» mangler måned og år." in html
    assert "Avtale 2" not in html


def test_an_empty_extra_row_is_no_error() -> None:
    sett = AvtaleSett(sett_data(**{"0-tiltak": "Ny time"}), prefix="a")
    assert sett.is_valid()
    assert sammendrag(sett=sett).strip() == ""


class Telefonskjema(Skjema):
    """A number, and a date that may not be in the future."""

    telefon = Telefonfelt(label="Telefon")
    dato = Datofelt(label="Kom", required=False)


@pytest.mark.parametrize(
    ("skrevet", "lagret"),
    [
        ("12345040", "12 34 50 40"),
        (" 123 45 040 ", "12 34 50 40"),
        ("+47 12345040", "12 34 50 40"),
        ("004712345040", "12 34 50 40"),
        ("+46 8 123 456 78", "+46 8 123 456 78"),
        ("", ""),
    ],
)
def test_telefon_lagres_slik_den_vises(skrevet: str, lagret: str) -> None:
    skjema = Telefonskjema({"telefon": skrevet})
    assert skjema.is_valid(), skjema.errors
    assert skjema.cleaned_data["telefon"] == lagret


@pytest.mark.parametrize("skrevet", ["abc", "1234504", "123450401", "12 34 50 40 x", "+0 1234567", "+46"])
def test_det_som_ikke_er_en_telefon(skrevet: str) -> None:
    assert "åtte siffer" in str(Telefonskjema({"telefon": skrevet}).errors["telefon"])


def test_eksemplet_foelger_den_siste_lovlige_datoen() -> None:
    skjema = Telefonskjema()
    assert skjema.fields["dato"].help_text == "For eksempel 23 11 2026"
    felt: Any = skjema.fields["dato"]
    felt.hoeyst(date(2026, 11, 23))
    assert felt.help_text == "For eksempel 3 11 2026"
    assert "etter 23. november 2026" in str(_feil(felt, ["24", "11", "2026"]))


def _feil(felt: Any, deler: list[str]) -> str:
    with pytest.raises(ValidationError) as feil:
        felt.clean(deler)
    return str(feil.value.messages)


def test_umulig_aar_skal_kontrolleres() -> None:
    assert "Kontroller årstallet" in _feil(Datofelt(label="Født"), ["1", "1", "1850"])
    assert "fire sifre" in _feil(Datofelt(label="Født"), ["1", "1", "26"])
