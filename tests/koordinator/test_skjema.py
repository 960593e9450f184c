"""Bad input gives one clear message at its field."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from koordinator.forms import Avsluttskjema, Oppnevnskjema, Spoerskjema, Svarskjema
from koordinator.sporringer import Kandidat, kandidater
from tests.koordinator.conftest import Sted

pytestmark = pytest.mark.django_db


@pytest.fixture
def liste(sted: Sted, naa: datetime) -> list[Kandidat]:
    return kandidater(naa.date(), sted.skole)


def svar(liste: list[Kandidat], **data: str) -> Svarskjema:
    return Svarskjema(data, kandidater=liste, anslag="3 timer i måneden")


@pytest.mark.parametrize(
    ("skrevet", "timer"),
    [("3", "3"), ("2,5", "2.5"), ("2.5", "2.5"), (" 4 ", "4"), ("3 timer", "3"), ("0,5", "0.5"), ("100", "100")],
)
def test_timer_slik_folk_skriver(liste: list[Kandidat], skrevet: str, timer: str) -> None:
    skjema = svar(liste, svar="godkjenn", timer=skrevet)
    assert skjema.is_valid(), skjema.errors
    assert skjema.cleaned_data["timer"] == Decimal(timer)


@pytest.mark.parametrize("skrevet", ["0", "200", "abc", "-3", "2,55", "1e5", "NaN"])
def test_umulige_timer(liste: list[Kandidat], skrevet: str) -> None:
    skjema = svar(liste, svar="godkjenn", timer=skrevet)
    assert skjema.errors == {
        "timer": ["«Timer i måneden du setter av» må være et tall mellom 0,5 og 100, for eksempel 3 eller 2,5."]
    }


@pytest.mark.parametrize(
    ("data", "feil"),
    [
        ({}, {"svar": ["Velg hva du svarer."]}),
        ({"svar": "godkjenn"}, {"timer": ["Skriv hvor mange timer i måneden du setter av."]}),
        (
            {"svar": "annen"},
            {
                "annen": ["Velg hvem du foreslår."],
                "timer_annen": ["Skriv hvor mange timer i måneden du setter av."],
                "melding_annen": ["Skriv kort hvorfor du foreslår en annen."],
            },
        ),
        ({"svar": "avslag"}, {"grunn": ["Velg grunn."]}),
        ({"svar": "avslag", "grunn": "annen"}, {"melding_avslag": ["Skriv kort hva grunnen er."]}),
    ],
)
def test_hvert_svar_har_sitt(liste: list[Kandidat], data: dict[str, str], feil: dict[str, list[str]]) -> None:
    assert svar(liste, **data).errors == feil


def test_feil_under_et_annet_svar_stopper_ikke(liste: list[Kandidat]) -> None:
    assert svar(liste, svar="avslag", grunn="tid", timer="abc", annen="finnes ikke").is_valid()


def test_spoersmaal_med_navn(sted: Sted, liste: list[Kandidat]) -> None:
    data = {
        "foreslaatt": liste[0].noekkel,
        "omfang": "Amina trenger en koordinator.",
        "anslag_timer": "3",
        "begrunnelse": "Warsame ønsker det",
    }
    skjema = Spoerskjema(data, sak=sted.sak, kandidater=liste)
    assert skjema.errors == {
        "omfang": ["Skriv uten navn. «Amina» kan fortelle lederen hvem personen er."],
        "begrunnelse": ["Skriv uten navn. «Warsame» kan fortelle lederen hvem personen er."],
    }


def test_tomt_spoersmaal(sted: Sted, liste: list[Kandidat]) -> None:
    skjema = Spoerskjema({"foreslaatt": "finnes ikke"}, sak=sted.sak, kandidater=liste)
    assert set(skjema.errors) == {"foreslaatt", "omfang", "anslag_timer"}


def test_kandidatene_viser_belastning_og_kurs(liste: list[Kandidat]) -> None:
    assert [en.tekst for en in liste] == [
        "Jonas Berg – ingen saker nå, kurs mangler",
        "Trine Aasen – ingen saker nå, kurs mangler",
    ]


def _dato(felt: str, dag: str, maaned: str, aar: str) -> dict[str, str]:
    return {f"{felt}_0": dag, f"{felt}_1": maaned, f"{felt}_2": aar}


def test_oppnevning_med_datoer_i_feil_rekkefoelge() -> None:
    data = {"type_": "koordinator", **_dato("fra_dato", "1", "12", "2026"), **_dato("siste_dag", "30", "11", "2026")}
    skjema = Oppnevnskjema(data, forrige="", ny="Jonas Berg")
    assert skjema.errors["siste_dag"] == ["«Siste dag» kan ikke være før «Første dag»."]
    assert skjema.errors["slutt_grunn"] == ["Skriv hvorfor oppnevningen slutter."]


def test_siste_dag_blir_dagen_etter() -> None:
    data = {
        "type_": "koordinator",
        **_dato("fra_dato", "1", "12", "2026"),
        **_dato("siste_dag", "31", "12", "2026"),
        "slutt_grunn": "Vikariat",
    }
    skjema = Oppnevnskjema(data, forrige="", ny="Jonas Berg")
    assert skjema.is_valid(), skjema.errors
    assert str(skjema.cleaned_data["til_dato"]) == "2027-01-01"


def test_avslutning_uten_noe() -> None:
    assert set(Avsluttskjema({}).errors) == {"siste_dag", "slutt_grunn"}


def test_enigheten_foelger_ikke_med_til_en_annen(sted: Sted, liste: list[Kandidat]) -> None:
    """The person agreed to Jonas, and not to whoever is chosen instead (R108)."""
    assert "Jonas" in liste[0].tekst
    for valgt, gaar in ((liste[0], True), (liste[1], False)):
        data = {
            "foreslaatt": valgt.noekkel,
            "omfang": "En ungdom.",
            "anslag_timer": "3",
            "begrunnelse": "Personen er enig i forslaget.",
        }
        skjema = Spoerskjema(data, sak=sted.sak, kandidater=liste, enig_i=sted.jonas.pk)
        assert skjema.is_valid() is gaar
    assert "Trine Aasen" in skjema.errors["begrunnelse"][0]
