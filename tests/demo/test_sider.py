"""The demo's pages: one button logs in, and none of it exists where TOK_DEMO is off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.fabrikker import ansatt
from tok.demo.roller import ROLLER, kontotabell

pytestmark = pytest.mark.django_db

BREV = b"""Message-ID: <a@test.example>
From: no-reply@test.example
To: jonas.berg@fjordvik.example
Subject: Du er innkalt
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Noe venter: http://localhost/moeter/1/
--x
Content-Type: text/calendar; charset=utf-8
Content-Disposition: attachment; filename="innkalling.ics"

BEGIN:VCALENDAR
--x--
"""


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> Any:
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.TOK_DEMO = True
    settings.TOK_KREV_TOTP = False
    settings.TOK_EPOST_MAPPE = tmp_path
    return settings


def _logg_inn(client: Client, noekkel: str = "hanne", **data: str) -> Any:
    return client.post(reverse("demo:logg_inn", args=[noekkel]), data)


def _dit(svar: Any) -> str:
    """Where one is sent."""
    return str(svar.headers["Location"])


def test_startsiden_viser_alle_rollene(client: Client, demo: Any) -> None:
    side = client.get("/demo/").content.decode()
    for rolle in ROLLER:
        assert f"Logg inn som {rolle.navn}" in side
        assert rolle.epost in kontotabell()


def test_knappen_logger_inn_og_foelger_lenka(client: Client, demo: Any) -> None:
    konto = ansatt("tok", epost=ROLLER[0].epost)
    assert _logg_inn(client).url == reverse("demo:omvisning")
    assert client.session["_auth_user_id"] == str(konto.pk)
    assert _logg_inn(client, next="/saker/").url == "/saker/"
    assert _logg_inn(client, next="https://ond.example/").url == reverse("demo:omvisning")


def test_bare_rollene_paa_lista_og_bare_med_post(client: Client, demo: Any) -> None:
    ansatt("tok", epost="erik.nesheim@fjordvik.example")
    assert _logg_inn(client, "erik").status_code == 404
    assert client.get(reverse("demo:logg_inn", args=["hanne"])).status_code == 405
    assert "_auth_user_id" not in client.session


def test_uten_demo_finnes_ingenting(client: Client, demo: Any) -> None:
    ansatt("tok", epost=ROLLER[0].epost)
    (demo.TOK_EPOST_MAPPE / "1000000000.eml").write_bytes(BREV)
    demo.TOK_DEMO = False
    assert _logg_inn(client).status_code == 404
    assert "_auth_user_id" not in client.session
    for sti in ("/demo/", "/demo/omvisning/", "/demo/omvisning/1/", "/demo/epost/", "/demo/epost/1000000000/"):
        assert client.get(sti).status_code == 404
    assert client.post("/demo/omvisning/skjul/").status_code == 404


def test_omvisningen_viser_bare_steg_som_finnes_foelger_med_og_kan_skjules(client: Client, demo: Any) -> None:
    """In an empty municipality the office has no request to take in, and still its lists (issue 3)."""
    ansatt("tok", epost=ROLLER[0].epost)
    _logg_inn(client)
    tur = client.get(reverse("demo:omvisning")).content.decode()
    assert "Begynner på Min dag" in tur
    assert "Tar imot en henvendelse" not in tur
    svar = client.get(reverse("demo:omvisning_steg", args=[1]))
    assert _dit(svar) == "/"
    side = client.get("/saker/").content.decode()
    assert "1 av 3" in side
    assert reverse("demo:omvisning_steg", args=[2]) in side
    assert _dit(client.get(reverse("demo:omvisning_steg", args=[9]))) == reverse("demo:omvisning")
    skjult = client.post(reverse("demo:skjul_omvisning"), {"next": "/saker/"})
    assert _dit(skjult) == "/saker/"
    assert "1 av 3" not in client.get("/saker/").content.decode()
    assert _dit(client.post(reverse("demo:skjul_omvisning"), {"next": "//ond.example/"})) == "/"


def test_omvisningen_er_for_rollene_og_for_den_som_er_inne(client: Client, demo: Any) -> None:
    for sti in (reverse("demo:omvisning"), reverse("demo:omvisning_steg", args=[1])):
        assert _dit(client.get(sti)) == reverse("demo:start")
    client.force_login(ansatt("tok"))
    assert client.get(reverse("demo:omvisning")).status_code == 404


def test_stripa_finnes_ikke_utenfor_demoen(client: Client, demo: Any) -> None:
    ansatt("tok", epost=ROLLER[0].epost)
    _logg_inn(client)
    client.get(reverse("demo:omvisning_steg", args=[1]))
    demo.TOK_DEMO = False
    side = client.get("/saker/").content.decode()
    assert "Omvisning" not in side
    assert "oppdiktet" not in side


def test_epost_kan_leses_med_kalenderfil(client: Client, demo: Any) -> None:
    assert "Ingen e-post ennå" in client.get("/demo/epost/").content.decode()
    (demo.TOK_EPOST_MAPPE / "1000000000.eml").write_bytes(BREV)
    assert "Du er innkalt" in client.get("/demo/epost/").content.decode()
    brev = client.get("/demo/epost/1000000000/").content.decode()
    assert "Noe venter" in brev
    assert "innkalling.ics" in brev
    assert "BEGIN:VCALENDAR" in brev
    assert client.get("/demo/epost/2000000000/").status_code == 404
