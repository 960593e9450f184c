"""The environment: one table; what is missing, malformed or unknown is said at once, and no value is repeated."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys

import pytest

from tests.arkitektur.kilde import PAKKER, python
from tok.settings import miljoe
from tok.settings.miljoe import BARE_UTVIKLING, TABELL, MiljoeFeil
from verktoey.prosess import ROOT

NOEKKEL = base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
RING = json.dumps({"k1": NOEKKEL})
GYLDIG = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP",
    "ALLOWED_HOSTS": "tok.example",
    "TOK_NETTADRESSE": "https://tok.example",
    "TOK_FNR_NOEKLER": RING,
    "TOK_UTKAST_NOEKLER": RING,
    "TOK_FIL_NOEKLER": RING,
    "TOK_BLINDINDEKS_NOEKKEL": NOEKKEL,
    "DATABASE_URL": "postgresql://tok_app:hemmelig-ord@localhost/tok",
    "CELERY_BROKER_URL": "redis://:hemmelig-ord@localhost/0",
    "TOK_CACHE_URL": "redis://:hemmelig-ord@localhost/1",
    "EMAIL_HOST": "localhost",
    "DEFAULT_FROM_EMAIL": "no-reply@tok.example",
    "TOK_SEGL_MAPPE": "/var/lib/tok/segl",
}


def test_a_whole_environment_is_read() -> None:
    verdier = miljoe.alle(GYLDIG)
    assert set(verdier) == set(TABELL)
    assert verdier["EMAIL_PORT"] == 587
    assert verdier["EMAIL_USE_TLS"] is True
    assert verdier["ALLOWED_HOSTS"] == ["tok.example"]
    assert verdier["TOK_FNR_NOEKLER"] == {"k1": NOEKKEL}


def test_all_that_is_wrong_is_said_at_once() -> None:
    halvt = {n: v for n, v in GYLDIG.items() if n not in {"SECRET_KEY", "EMAIL_HOST"}}
    with pytest.raises(MiljoeFeil) as feil:
        miljoe.alle({**halvt, "EMAIL_PORT": "abc", "TOK_CACHE_ULR": "redis://x"})
    assert str(feil.value).splitlines() == [
        "4 feil i miljøet:",
        "  Miljøvariabelen SECRET_KEY mangler. Den må være satt i drift; se docs/drift.md.",
        "  Miljøvariabelen EMAIL_HOST mangler. Den må være satt i drift; se docs/drift.md.",
        "  Miljøvariabelen EMAIL_PORT må være et helt tall fra 1 til 65535.",
        "  Miljøvariabelen TOK_CACHE_ULR er ukjent. Mente du TOK_CACHE_URL?",
    ]


@pytest.mark.parametrize(
    ("navn", "verdi"),
    [
        ("SECRET_KEY", "kanarifugl"),
        ("EMAIL_PORT", "abc"),
        ("EMAIL_PORT", "0"),
        ("EMAIL_USE_TLS", "maybe"),
        ("TOK_FNR_NOEKLER", "kanarifugl"),
        ("TOK_FNR_NOEKLER", "{}"),
        ("TOK_FNR_NOEKLER", '{"k1": 7}'),
        ("TOK_UTKAST_NOEKLER", '{"k1": "a2FuYXJpZnVnbA=="}'),
        ("TOK_FIL_NOEKLER", f'{{"k1": "{NOEKKEL}", "k1": "{NOEKKEL}"}}'),
        ("TOK_BLINDINDEKS_NOEKKEL", "kanarifugl"),
        ("DATABASE_URL", "sqlite:///kanarifugl.db"),
        ("DATABASE_URL", "postgresql://tok_app:kanarifugl@localhost:abc/tok"),
        ("DATABASE_URL", "postgresql://tok_app:kanarifugl@localhost"),
        ("CELERY_BROKER_URL", "memory://kanarifugl"),
        ("TOK_CACHE_URL", "redis+socket:///kanarifugl"),
        ("TOK_NETTADRESSE", "http://tok.example"),
        ("TOK_NETTADRESSE", "https://tok.example/kanarifugl"),
        ("TOK_NETTADRESSE", "tok.example"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "tok.example,.kanarifugl.no"),
        ("ALLOWED_HOSTS", "https://tok.example"),
        ("DEFAULT_FROM_EMAIL", "kanarifugl"),
        ("TOK_DB_ROLLE", "kanarifugl"),
        ("TOK_MOTTAKSLOGG", "kanarifugl.log"),
        ("TOK_SEGL_MAPPE", "kanarifugl/segl"),
        ("TOK_LOGG_AAR", "4"),
        ("TOK_ANTALL_PROXYER", "-1"),
        ("TOK_BIND", "kanarifugl"),
        ("TOK_NETTPROSESSER", "mange"),
        ("FORWARDED_ALLOW_IPS", "*"),
    ],
)
def test_a_malformed_one_is_named_and_not_repeated(navn: str, verdi: str) -> None:
    with pytest.raises(MiljoeFeil) as feil:
        miljoe.alle({**GYLDIG, navn: verdi})
    assert str(feil.value).startswith(f"Miljøvariabelen {navn} må være ")
    assert "kanarifugl" not in str(feil.value)
    assert NOEKKEL not in str(feil.value)


def test_the_two_database_roles_need_an_address_each() -> None:
    """The migration job needs not the application's password, nor the other way (two database roles)."""
    uten = {navn: verdi for navn, verdi in GYLDIG.items() if navn != "DATABASE_URL"}
    som_eier = {**uten, "TOK_DB_ROLLE": "eier", "DATABASE_URL_EIER": "postgresql://tok_eier@localhost/tok"}
    assert miljoe.alle(som_eier)["DATABASE_URL_EIER"] == "postgresql://tok_eier@localhost/tok"
    with pytest.raises(MiljoeFeil, match="DATABASE_URL_EIER mangler"):
        miljoe.alle({**uten, "TOK_DB_ROLLE": "eier"})
    with pytest.raises(MiljoeFeil, match="DATABASE_URL mangler"):
        miljoe.alle(uten)


@pytest.mark.parametrize("program", [["manage.py", "check"], ["-m", "celery", "-A", "tok", "beat"], ["-m", "gunicorn"]])
def test_each_program_stops_with_the_words_and_no_traceback(program: list[str]) -> None:
    miljoet = {"PATH": os.environ["PATH"], **GYLDIG, "DJANGO_SETTINGS_MODULE": "tok.settings.prod"}
    svar = subprocess.run(
        [sys.executable, *program, *(["tok.wsgi:application"] if "gunicorn" in program else [])],
        cwd=ROOT,
        env={**miljoet, "EMAIL_PORT": "abc"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert svar.returncode == 1
    assert svar.stderr.strip().splitlines()[-1] == "Miljøvariabelen EMAIL_PORT må være et helt tall fra 1 til 65535."
    assert "Traceback" not in svar.stderr + svar.stdout


def test_a_database_that_does_not_answer_is_one_line_too() -> None:
    """Also for the migration job, and without the address or its password."""
    svar = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            **GYLDIG,
            "DJANGO_SETTINGS_MODULE": "tok.settings.prod",
            "TOK_DB_ROLLE": "eier",
            "DATABASE_URL_EIER": "postgresql://tok_eier:hemmelig-ord@127.0.0.1:1/tok",
        },
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert (svar.returncode, svar.stdout) == (1, "")
    assert svar.stderr.startswith("Får ikke kontakt med databasen. Sjekk at den kjører")
    assert len(svar.stderr.splitlines()) == 1


def test_code_reads_no_variable_outside_the_table() -> None:
    """Whoever reads a new one writes what it is in tok/settings/miljoe.py."""
    lest = re.compile(r"""(?:environ(?:\.get\(|\.setdefault\(|\[)|getenv\(|\ben\()\s*["']([A-Z_]+)["']""")
    kjente = {*TABELL, "DJANGO_SETTINGS_MODULE", "PORT"}  # PORT: the demo's own
    produkt = {
        navn for fil in python(*PAKKER) for navn in lest.findall(fil.read_text()) if not navn.startswith("PYTEST_")
    }
    assert produkt - kjente - BARE_UTVIKLING == set()
    tekster = [fil.read_text() for mappe in ("verktoey", "tests") for fil in (ROOT / mappe).rglob("*.py")]
    utvikling = {navn for tekst in tekster for navn in lest.findall(tekst) if navn.startswith("TOK_")}
    assert utvikling - set(TABELL) - BARE_UTVIKLING == set(), "add it to BARE_UTVIKLING in tok/settings/miljoe.py"
