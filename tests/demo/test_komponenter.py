"""The component pages: every state is there, what is sent is judged, and all of it is correct HTML (issue 3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.nuhtml import htmlfeil
from tok.demo.komponenter.tilstander import DATOER, FELT, PAA_LINJE
from tok.demo.komponenter.views import EKSEMPELSVAR, KAPITLER

pytestmark = pytest.mark.django_db

KOMPONENTER = "/demo/komponenter/"
TILSTANDER = {"Tom", "Utfylt", "Med hjelpetekst", "Valgfri", "Med feil", "Låst", "Lang tekst"}
EN_RAD = {"avtaler-TOTAL_FORMS": "1", "avtaler-INITIAL_FORMS": "0", "avtaler-0-tiltak": "Søke stønad"}


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.TOK_DEMO = True


def _alle(klient: Client) -> dict[str, Any]:
    """Every page as it opens, with errors, with answers, and with a row asked for."""
    sider = {kapittel.navn: klient.get(KOMPONENTER + f"{kapittel.navn}/") for kapittel in KAPITLER}
    sider["oversikt"] = klient.get(KOMPONENTER)
    fil = SimpleUploadedFile("bilde.heic", b"x")
    sider["skjemafelt-feil"] = klient.post(KOMPONENTER + "skjemafelt/", {"skjema": fil})
    sider["skjemafelt-svar"] = klient.post(KOMPONENTER + "skjemafelt/", EKSEMPELSVAR)
    sider["datoer-feil"] = klient.post(KOMPONENTER + "datoer/", {"foedt_0": "3. mars 26"})
    sider["lister-feil"] = klient.post(
        KOMPONENTER + "lister/", {**EN_RAD, "avtaler-0-tiltak": "", "avtaler-0-frist_0": "1"}
    )
    sider["lister-rad"] = klient.post(KOMPONENTER + "lister/", {**EN_RAD, "avtaler-LEGG_TIL": "1"})
    sider["faner-feil"] = klient.post(KOMPONENTER + "lister/", {"faner": "1", "oenske": "Fotball"})
    return sider


def test_alle_sidene_er_riktig_html(client: Client, tmp_path: Path) -> None:
    sider = _alle(client)
    assert {navn for navn, side in sider.items() if side.status_code not in {200, 422}} == set()
    assert not (feil := htmlfeil({navn: side.content for navn, side in sider.items()}, tmp_path)), "\n".join(feil)


@pytest.mark.parametrize("komponent", [*FELT, *DATOER, *PAA_LINJE], ids=lambda ett: ett.navn)
def test_hver_komponent_er_der_i_hver_tilstand(komponent: Any) -> None:
    tilstander = dict(komponent.tilstander)
    assert TILSTANDER - set(tilstander) <= {"Valgfri"}
    assert tilstander["Med feil"].errors
    assert not any(felt.errors for navn, felt in tilstander.items() if navn != "Med feil")
    assert tilstander["Låst"].field.disabled


def test_skjemaet_svarer_med_feil_eller_med_svarene(client: Client) -> None:
    sider = _alle(client)
    feil = sider["skjemafelt-feil"].content.decode()
    assert sider["skjemafelt-feil"].status_code == 422
    assert "<title>Feil: " in feil
    assert "Du valgte «bilde.heic»" in feil
    svar = sider["skjemafelt-svar"].content.decode()
    assert "Dette svarte du" in svar
    for tekst in ("12 34 50 40", "Møtte opp på kontoret", "3. mars 2026", "Ikke svart"):
        assert tekst in svar


def test_fanen_med_feil_er_den_som_er_aapen(client: Client) -> None:
    html = _alle(client)["faner-feil"].content.decode()
    aapne = [bit.split(">", 2)[1].split("<")[0] for bit in html.split("<ds-tab ")[1:] if 'aria-selected="true"' in bit]
    assert aapne == ["Tid", "Avtalt"]  # of the form, and of the tabs with something to read


def test_en_rad_til_uten_skript_beholder_det_som_er_skrevet(client: Client) -> None:
    side = _alle(client)["lister-rad"]
    html = side.content.decode()
    assert 'value="Søke stønad"' in html
    assert 'name="avtaler-1-tiltak"' in html
    assert "ds-error-summary" not in html
    assert "Feil: " not in html


def test_kladden_lagres_for_den_som_skriver(client: Client) -> None:
    svar = client.post(KOMPONENTER + "kladd/", {"kladd": "Hei"}, headers={"X-Autolagring": "1"})
    assert set(svar.json()) == {"lagret"}
    assert ">\nHei</textarea>" in client.get(KOMPONENTER + "meldinger/").content.decode()


def test_uten_demo_finnes_ingen_av_dem(client: Client, settings: Any) -> None:
    settings.TOK_DEMO = False
    for sti in ("", "kladd/", *(f"{kapittel.navn}/" for kapittel in KAPITLER)):
        metode = client.post if sti == "kladd/" else client.get
        assert metode(KOMPONENTER + sti).status_code == 404
    settings.TOK_DEMO = True
    assert client.get(KOMPONENTER + "finnes-ikke/").status_code == 404
