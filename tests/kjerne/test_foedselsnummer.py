"""Identity numbers: every kind that is accepted, and every mistake with its own message (N24, L25)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tok.kjerne import foedselsnummer
from tok.kjerne.foedselsnummer import UgyldigNummer, er_dnummer, er_syntetisk, normaliser, stemmer_med, valider

VEKT_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
VEKT_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def lag_nummer(seks: str, *, rest: int = 0) -> str:
    """Make a number from its first six digits; ``rest`` is what the first sum leaves (1–3 only from 2032)."""
    for loepenummer in range(1000):
        ni = f"{seks}{loepenummer:03}"
        k1 = (rest - sum(v * int(s) for v, s in zip(VEKT_1, ni, strict=True))) % 11
        if k1 == 10:
            continue
        k2 = -sum(v * int(s) for v, s in zip(VEKT_2, f"{ni}{k1}", strict=True)) % 11
        if k2 != 10:
            return f"{ni}{k1}{k2}"
    raise AssertionError(seks)


@pytest.mark.parametrize(
    "seks",
    [
        pytest.param("030314", id="fødselsnummer"),
        pytest.param("290200", id="29. februar"),
        pytest.param("290201", id="29. februar: året leses ikke"),
        pytest.param("430314", id="D-nummer"),
        pytest.param("034314", id="H-nummer, og NAVs syntetiske"),
        pytest.param("899999", id="FH-nummer"),
        pytest.param("999999", id="FH-nummer med 9"),
    ],
)
@pytest.mark.parametrize("rest", [0, 1, 2, 3])
def test_gyldige_nummer_i_dag_og_fra_2032(seks: str, rest: int) -> None:
    nummer = lag_nummer(seks, rest=rest)
    assert valider(nummer, tillat_syntetiske=False) == nummer
    assert not er_syntetisk(nummer)


@pytest.mark.parametrize("rest", range(4, 11))
def test_andre_rester_godtas_ikke(rest: int) -> None:
    with pytest.raises(UgyldigNummer, match="invalid"):
        valider(lag_nummer("030314", rest=rest), tillat_syntetiske=False)


@pytest.mark.parametrize("seks", ["038314", "039214", "438314", "036814", "037714"])
def test_syntetiske_bare_der_de_er_tillatt(seks: str) -> None:
    nummer = lag_nummer(seks)
    assert er_syntetisk(nummer)
    assert valider(nummer, tillat_syntetiske=True) == nummer
    with pytest.raises(UgyldigNummer) as feil:
        valider(nummer, tillat_syntetiske=False)
    assert "testnummer" in feil.value.melding


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("", "Du har skrevet 0"),
        ("0303141234", "Du har skrevet 10"),
        ("030314123456", "Du har skrevet 12"),
        ("03031412O45", "bare ha tall"),
        ("٠٣٠٣١٤١٢٣٤٥", "bare ha tall"),
        ("00000000000", "gyldig dato"),
        (lag_nummer("310214"), "gyldig dato"),
        (lag_nummer("031314"), "gyldig dato"),
        (lag_nummer("730214"), "gyldig dato"),
        (lag_nummer("039314"), "gyldig dato"),
    ],
)
def test_hver_feil_har_sin_melding(tekst: str, melding: str) -> None:
    with pytest.raises(UgyldigNummer) as feil:
        valider(tekst, tillat_syntetiske=True)
    assert melding in feil.value.melding
    assert not tekst or tekst not in feil.value.melding + str(feil.value)


def test_feil_siffer_gir_melding_om_kontrollsiffer() -> None:
    nummer = lag_nummer("030314")
    with pytest.raises(UgyldigNummer) as feil:
        valider(nummer[:10] + str((int(nummer[10]) + 1) % 10), tillat_syntetiske=True)
    assert "stemmer ikke" in feil.value.melding


def test_skilletegn_tas_bort() -> None:
    nummer = lag_nummer("030314")
    for tekst in (
        f" {nummer[:6]} {nummer[6:]} ",
        f"{nummer[:6]}-{nummer[6:]}",
        f"{nummer[:6]}\u00a0{nummer[6:]}\u200b",
    ):
        assert normaliser(tekst) == nummer
        assert valider(tekst, tillat_syntetiske=False) == nummer


def test_dnummer() -> None:
    assert er_dnummer(lag_nummer("430314"))
    assert not er_dnummer(lag_nummer("030314"))
    assert not er_dnummer(lag_nummer("899999"))


def test_utleder_verken_kjoenn_eller_foedselsdato() -> None:
    """N24: the module has no way to ask for them."""
    offentlige = {navn for navn in vars(foedselsnummer) if not navn.startswith("_")}
    assert not {"get_gender", "get_birth_date", "kjoenn", "foedselsdato", "alder"} & offentlige


@given(st.text(max_size=30))
def test_all_tekst_gir_et_nummer_eller_en_melding(tekst: str) -> None:
    try:
        svar = valider(tekst, tillat_syntetiske=True)
    except UgyldigNummer as feil:
        svar = feil.melding.ljust(11)
    assert len(svar) >= 11


@pytest.mark.parametrize("seks", ["030314", "430314", "034314", "038314", "036814", "830314", "999999"])
def test_nummeret_stemmer_med_datoen(seks: str) -> None:
    assert stemmer_med(lag_nummer(seks), date(2014, 3, 3))


@pytest.mark.parametrize("dato", [date(2014, 3, 4), date(2014, 4, 3), date(2013, 3, 3)])
@pytest.mark.parametrize("seks", ["030314", "430314", "038314"])
def test_nummeret_hoerer_til_en_annen_dato(seks: str, dato: date) -> None:
    assert not stemmer_med(lag_nummer(seks), dato)
