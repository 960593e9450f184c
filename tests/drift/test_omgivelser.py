"""Port 8000 taken, and servers that do not answer: the demo says who, whom to ask, and what to type instead."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest

from verktoey import omgivelser
from verktoey.demo import ledig_port
from verktoey.prosess import ROOT


@pytest.fixture
def opptatt() -> Iterator[int]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        yield s.getsockname()[1]


def test_a_taken_port_is_explained(opptatt: int) -> None:
    with pytest.raises(SystemExit) as stopp:
        omgivelser.krev_port(opptatt)
    tekst = str(stopp.value)
    assert tekst.startswith(f"Port {opptatt} er opptatt av ")
    assert f"(prosess {os.getpid()}, kontoen " in tekst
    assert f"fra {ROOT}" in tekst
    forslag = int(tekst.rpartition("make demo PORT=")[2])
    assert omgivelser.er_ledig(forslag)


def test_another_demo_is_called_so() -> None:
    annen = omgivelser.Lytter("kari", 4711, "/srv/tok/.venv/bin/python -m gunicorn tok.wsgi:application", "/srv/tok")
    assert str(annen) == "en annen TOK-demo, python (prosess 4711, kontoen kari) fra /srv/tok"
    assert str(omgivelser.Lytter("kari")) == "et program som kontoen kari kjører"


def test_a_free_port_is_taken() -> None:
    omgivelser.krev_port(ledig_port())


@pytest.mark.parametrize("tekst", ["abc", "0", "70000", "-1", "80 80"])
def test_port_must_be_one(tekst: str) -> None:
    with pytest.raises(SystemExit, match="PORT må være et helt tall"):
        omgivelser.les_port(tekst)


def test_port_is_8000_until_somebody_says_otherwise() -> None:
    assert (omgivelser.les_port(None), omgivelser.les_port(""), omgivelser.les_port("8080")) == (8000, 8000, 8080)


@pytest.mark.parametrize(
    ("navn", "adresse"),
    [
        ("DATABASE_URL", "postgresql://tok_app:kanarifugl@127.0.0.1:{port}/tok"),
        ("CELERY_BROKER_URL", "redis://:kanarifugl@127.0.0.1:{port}/0"),
        ("TOK_CACHE_URL", "redis://:kanarifugl@127.0.0.1:{port}/1"),
    ],
)
def test_a_named_server_that_is_away(monkeypatch: pytest.MonkeyPatch, navn: str, adresse: str) -> None:
    for satt in ("DATABASE_URL", "CELERY_BROKER_URL", "TOK_CACHE_URL"):
        monkeypatch.delenv(satt, raising=False)
    omgivelser.krev_tjenere()
    monkeypatch.setenv(navn, adresse.format(port=ledig_port()))
    with pytest.raises(SystemExit) as stopp:
        omgivelser.krev_tjenere()
    assert navn in str(stopp.value)
    assert "svarer ikke" in str(stopp.value)
    assert "kanarifugl" not in str(stopp.value)
