"""/livez and /readyz: no database, session or host name needed to be alive, and one neutral word a part (P11)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests.fabrikker import tok_ansatt
from tests.testbase import Testbase
from tok import oppstart, puls
from tok.kjerne import databaseversjon, tidsplan
from tok.kjerne.databaseversjon import Avvik, sammenlign
from tok.kjerne.utboks import legg_i
from tok.settings import miljoe
from verktoey.demo import ledig_port

FJERNT = {"Host": "10.0.0.7:8000"}  # a probe asks by address


def deler(klient: Client) -> tuple[int, dict[str, str]]:
    svar = klient.get("/readyz", headers=FJERNT)
    return svar.status_code, dict(linje.split() for linje in svar.content.decode().splitlines())


def test_livez_needs_nothing(client: Client) -> None:
    """No database mark on this test: a query would fail it."""
    client.cookies["sessionid"] = "x" * 32
    svar = client.get("/livez", headers=FJERNT)
    assert (svar.status_code, svar.content) == (200, b"lever\n")
    assert not svar.cookies
    assert svar["Cache-Control"] == "no-store"
    assert client.post("/livez", headers=FJERNT).status_code == 405


def test_probes_are_not_sent_to_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_REDIRECT_EXEMPT = True, [r"^livez$", r"^readyz$"]
    assert client.get("/livez", headers=FJERNT).status_code == 200


@pytest.mark.django_db
def test_ready_and_what_waits(client: Client, naa: datetime) -> None:
    with time_machine.travel(naa, tick=False):
        tidsplan.merk_tikk(naa=naa - timedelta(seconds=90))
        status, ord_ = deler(client)
        assert status == 200
        assert set(ord_.values()) == {"ok"}
        assert list(ord_) == ["database", "skjema", "koe", "mellomlager", "arbeid", "post"]
        assert not client.cookies
        legg_i(
            noekkel="proeve",
            mottaker=None,
            epost="kari@fjordvik.example",
            emne="Noe venter",
            tekst="Logg inn",
            naa=naa - timedelta(minutes=6),
        )
    with time_machine.travel(naa + timedelta(seconds=31), tick=False):
        status, ord_ = deler(client)
    assert status == 200, "people can work while the post waits"
    assert (ord_["arbeid"], ord_["post"]) == ("venter", "venter")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "setning",
    [
        "INSERT INTO django_migrations (app, name, applied) VALUES ('sak', '9999_fra_framtida', now())",
        "DELETE FROM django_migrations WHERE app = 'kjerne' AND name = '0001_tabeller'",
    ],
)
def test_a_database_of_another_version_is_not_ready(ekte_db: Testbase, client: Client, setning: str) -> None:
    with psycopg.connect(ekte_db.roller.eier) as c:
        c.execute(setning)
    status, ord_ = deler(client)
    assert status == 503
    assert (ord_["database"], ord_["skjema"]) == ("ok", "feil")


@pytest.mark.django_db
def test_broker_and_cache_gone(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{ledig_port()}/0"
    settings.CACHES = miljoe.cache(f"redis://127.0.0.1:{ledig_port()}/1")
    status, ord_ = deler(client)
    assert status == 503
    assert (ord_["database"], ord_["koe"], ord_["mellomlager"]) == ("ok", "feil", "feil")


def test_a_database_that_is_away(client: Client, ekte_db: Testbase, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/finnes/ikke")
    assert deler(client)[1] == {"database": "feil", "skjema": "feil", "koe": "ok", "mellomlager": "ok"}


@pytest.mark.django_db
def test_who_is_logged_in_works_on_without_the_cache(client: Client, settings: Settings) -> None:
    """Only log-in counts in the cache; a page that begins to need it fails here (P16)."""
    settings.TOK_KREV_TOTP = False
    settings.CACHES = miljoe.cache(f"redis://127.0.0.1:{ledig_port()}/1")
    client.force_login(tok_ansatt())
    assert client.get("/personvern/").status_code == 200
    assert client.get("/").status_code == 200


def test_a_pulse_is_alive_until_it_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not puls.lever("klokke"), "no folder is named"
    monkeypatch.setenv("TOK_PULSMAPPE", str(tmp_path))
    assert not puls.lever("klokke")
    puls.slaa("klokke")
    assert puls.lever("klokke")
    assert not puls.lever("arbeider")
    monkeypatch.setattr(puls, "STANS", 0.0)
    assert not puls.lever("klokke")
    monkeypatch.setenv("TOK_PULSMAPPE", str(tmp_path / "finnes-ikke"))
    puls.slaa("klokke")  # a full disk, a folder gone: the process goes on


def test_the_owner_never_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOK_DB_ROLLE", "eier")
    with pytest.raises(oppstart.KanIkkeStarte, match="bare for migrering"):
        oppstart.krev_klar_database()


A, B, C = ("sak", "0001_a"), ("sak", "0002_b"), ("sak", "0003_c")
INGEN: frozenset[tuple[str, str]] = frozenset()


@pytest.mark.parametrize(
    ("kode", "base", "mangler", "ukjente"),
    [
        ({A: INGEN, B: INGEN}, {A, B}, set(), set()),
        ({A: INGEN, B: INGEN}, {A}, {B}, set()),
        ({A: INGEN}, {A, B}, set(), {B}),
        ({A: INGEN, B: INGEN}, {A, C}, {B}, {C}),
        ({C: frozenset({A, B})}, {A, B}, set(), set()),  # squashed, and the old ones are applied
        ({C: frozenset({A, B})}, {A}, {C}, set()),
        ({C: frozenset({A, B})}, {A, B, C}, set(), set()),
    ],
)
def test_older_and_newer(
    kode: dict[databaseversjon.Migrering, frozenset[databaseversjon.Migrering]],
    base: set[databaseversjon.Migrering],
    mangler: set[databaseversjon.Migrering],
    ukjente: set[databaseversjon.Migrering],
) -> None:
    assert sammenlign(kode, frozenset(base)) == Avvik(frozenset(mangler), frozenset(ukjente))


def test_the_operator_is_told_what_to_do() -> None:
    assert Avvik(frozenset({A, B}), INGEN).melding == (
        "Databasen er eldre enn koden (sak.0001_a og 1 til): kjør migreringsjobben, "
        "TOK_DB_ROLLE=eier python manage.py migrate --noinput"
    )
    assert Avvik(frozenset({A}), frozenset({B})).melding == (
        "Databasen er nyere enn koden (sak.0002_b): start den nye utgaven av koden."
    )
    assert not Avvik(INGEN, INGEN)
