"""An old or half-right address leads on, never out of the house; a button's address leads to its page (issue 3)."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.fabrikker import HenvendelseFabrikk, SakFabrikk, tok_ansatt
from tok.kjerne.adresser import lesbar, rettet
from tok.sak.checks import alle_url
from tok.sak.sider import KnappSide

NOEKKEL = UUID("7b0f6f43-6a5e-4d5c-9d6a-0d0b4f0f5a11")


@pytest.mark.parametrize(
    ("gammel", "ny"),
    [
        ("/Saker/", "/saker/"),
        ("/saker", "/saker/"),
        ("/saker//soek/", "/saker/soek/"),
        ("/henvendelser/).", "/henvendelser/"),
        ("/min-dag/", "/"),
        ("/logg-inn", "/konto/login/"),
        (f"/SAKER/{str(NOEKKEL).upper()}/", f"/saker/{NOEKKEL}/"),
        (f"/koordinatorer/foresporsler/{NOEKKEL}/", f"/saker/foresporsler/{NOEKKEL}/"),
        (f"/saker/koordinator/oppnevninger/{NOEKKEL}/avslutt", f"/saker/oppnevninger/{NOEKKEL}/avslutt/"),
        ("/finnes-ikke/", ""),
        ("//ond.example/", ""),
        ("/\\ond.example", ""),
        ("/saker/", ""),
        ("/" + "/" * 5000, "/"),
    ],
)
def test_det_som_var_ment(gammel: str, ny: str) -> None:
    assert rettet(gammel) == ny


def test_et_gammelt_bokmerke_sendes_videre_med_spoerringen() -> None:
    svar = Client().get("/Saker/?enhet=3")
    assert (svar.status_code, svar.headers["Location"]) == (301, "/saker/?enhet=3")
    assert svar.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ingen_sendes_ut_av_huset_og_ingen_post_flyttes() -> None:
    klient = Client(raise_request_exception=False)
    for sti in ("//ond.example/saker/", "/%5C%5Cond.example/", "/%2F%2Fond.example/saker"):
        svar = klient.get(sti)
        assert svar.headers.get("Location", "/").startswith("/")
        assert not svar.headers.get("Location", "").startswith("//")
    assert klient.post("/Saker/", {"q": "x"}).status_code == 404


def _proeveadresse(rute: str) -> str:
    return "/" + re.sub(r"<uuid:\w+>", str(NOEKKEL), re.sub(r"<int:\w+>", "1", rute))


KNAPPER = [
    (navn, _proeveadresse(rute))
    for rute, navn, view in alle_url()
    if issubclass(getattr(view, "view_class", object), KnappSide)
]


@pytest.mark.parametrize(("navn", "sti"), KNAPPER)
def test_hver_knapp_staar_paa_en_side(navn: str, sti: str) -> None:
    """So that its bare address, from a bookmark or a log-in, can be led on; put a new button under its page."""
    side = lesbar(sti)
    assert side != "/"
    assert sti.startswith(side)


@pytest.mark.django_db
def test_en_knapp_aapnet_som_side_forklares_og_leder_videre(settings: object) -> None:
    settings.TOK_KREV_TOTP = False  # type: ignore[attr-defined]
    henvendelse = HenvendelseFabrikk()
    klient = Client()
    klient.force_login(tok_ansatt(kontor=henvendelse.kontor))
    svar = klient.get(reverse("sak:bli_sak", args=[henvendelse.pk]))
    assert svar.status_code == 405
    assert "POST" in svar.headers["Allow"]
    assert f'href="{reverse("sak:henvendelse", args=[henvendelse.pk])}"' in svar.content.decode()
    som_program = klient.get(reverse("sak:bli_sak", args=[henvendelse.pk]), headers={"accept": "application/json"})
    assert som_program.content == b""


@pytest.mark.django_db
def test_innlogging_etter_en_knapp_leder_til_siden_den_staar_paa() -> None:
    """Back to a page that can be read, when a button was pressed after the session had ended."""
    sak = SakFabrikk()
    svar = Client().post(reverse("sak:kryss", args=[sak.pk, 1]), {"notat": "Emma"})
    assert svar.status_code == 401
    assert f"?next={reverse('oversikt:sak', args=[sak.pk])}" in svar.content.decode()
