"""What is shown when something is wrong: plain words, the right status, no leak, and nothing asked that is down."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import KontoFabrikk, ansatt, tok_ansatt
from tests.testbase import Testbase

HEMMELIG = ("Ola Nordmann", "01010112345", "ValueError", "Traceback", "psycopg", "127.0.0.1")


@pytest.fixture
def klient(settings: Settings) -> Client:
    settings.TOK_KREV_TOTP = False
    return Client(raise_request_exception=False)


def _lukket_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture
def uten_database(testbase: Testbase, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database's address answers nobody."""
    foer = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(HOST="127.0.0.1", PORT=str(_lukket_port()))
        yield
        connection.close()
        connection.settings_dict.update(HOST=foer["HOST"], PORT=foer["PORT"])


def _les(svar: Any) -> str:
    html: str = svar.content.decode()
    assert not [ord_ for ord_ in HEMMELIG if ord_ in html]
    assert svar.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in svar.headers
    return html


@pytest.mark.parametrize("cookie", ["", "en-gammel-oekt"])
@pytest.mark.parametrize("sti", ["/", "/hjelp/", "/saker/", "/finnes-ikke/"])
def test_uten_database_er_svaret_503_uten_aa_spoerre_den(
    klient: Client, uten_database: None, sti: str, cookie: str
) -> None:
    """Also where the session or the account is what cannot be read, and for the page that says 404."""
    klient.cookies["sessionid"] = cookie
    svar = klient.get(sti)
    if svar.status_code == 302:  # an unknown visitor is sent to log in, which asks nobody yet
        svar = klient.get(svar.headers["Location"])
    assert svar.status_code == 503
    assert int(svar.headers["Retry-After"]) > 0
    assert "Løsningen er nede akkurat nå" in _les(svar)


def test_det_som_var_skrevet_kommer_tilbake_med_503(klient: Client, uten_database: None) -> None:
    klient.cookies["sessionid"] = "en-gammel-oekt"
    data = {"notat": "Emma vil se skolen <først>", "password": "hemmelighet"}
    svar = klient.post("/henvendelser/ny/", data)
    assert svar.status_code == 503
    html = _les(svar)
    assert "Emma vil se skolen &lt;først&gt;" in html
    assert "hemmelighet" not in html


@pytest.mark.django_db
def test_uten_tellerlager_kan_ingen_logge_inn_og_det_sies_rett_ut(klient: Client, settings: Settings) -> None:
    """Failed log-ins cannot be counted, so none are taken (ASVS 6.3.1)."""
    redis = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"redis://127.0.0.1:{_lukket_port()}",
    }
    settings.CACHES = {"default": redis}
    svar = klient.post(reverse("account_login"), {"login": "a@b.example", "password": "hemmelighet"})
    assert svar.status_code == 503
    assert "nede akkurat nå" in _les(svar)


@pytest.mark.django_db
@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_en_feil_hos_oss_viser_ikke_feilen_og_gir_teksten_tilbake(
    klient: Client, settings: Settings, htmx: dict[str, str]
) -> None:
    settings.ROOT_URLCONF = "tests.kjerne.feil_urls"
    svar = klient.post("/smell/", {"notat": "Det jeg skrev"}, headers=htmx)
    assert svar.status_code == 500
    html = _les(svar)
    assert "Noe gikk galt hos oss" in html
    assert "Det jeg skrev" in html
    assert 'id="hoved"' in html  # what htmx takes from the page (templates/base.html)


@pytest.mark.django_db
def test_det_som_ikke_kan_leses_er_400(klient: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    svar = klient.post(reverse("account_login"), {"a": "1", "b": "2", "c": "3"})
    assert svar.status_code == 400
    assert "Ingenting er lagret" in _les(svar)


@pytest.mark.django_db
def test_404_leder_videre_etter_hva_kontoen_har(klient: Client) -> None:
    """Search for who has it, Min dag for who has that, the log-in for the rest; closed and missing are one (N1)."""
    for sti in ("/finnes-ikke/", f"/saker/{uuid4()}/"):
        assert "Gå til forsiden" in _les(klient.get("/finnes-ikke/"))
        klient.force_login(tok_ansatt())
        svar = klient.get(sti)
        assert svar.status_code == 404
        html = _les(svar)
        assert "Søk øverst på siden" in html
        assert "Gå til Min dag" in html
        klient.force_login(ansatt("leder"))
        html = _les(klient.get(sti))
        assert "Søk øverst" not in html
        assert "Gå til Min dag" in html
        klient.logout()


@pytest.mark.django_db
def test_en_konto_uten_sider_faar_vite_det_og_sendes_ikke_i_ring(klient: Client) -> None:
    klient.force_login(KontoFabrikk())
    svar = klient.get("/")
    assert svar.status_code == 404
    html = _les(svar)
    assert "Ingen sider for kontoen din" in html
    assert "Gå til forsiden" not in html


@pytest.mark.django_db
def test_403_sier_hva_en_kan_gjoere(settings: Settings) -> None:
    klient = Client(enforce_csrf_checks=True)
    svar = klient.post(reverse("account_login"), {"notat": "Det jeg skrev"})
    assert svar.status_code == 403
    html = _les(svar)
    assert "Åpne siden på nytt" in html
    assert "Det jeg skrev" in html
