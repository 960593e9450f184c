"""Encryption: only the right place and the right key can read, and keys can be rotated (ASVS 11.3)."""

import base64
import hashlib

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tok.kjerne.kryptering import (
    KanIkkeLeses,
    Noekkel,
    blindindeks,
    dekrypter,
    krypter,
    maa_krypteres_paa_nytt,
    rad_aad,
)

GAMMEL, NY = (base64.b64encode(bytes([tall] * 32)).decode() for tall in (1, 2))
AAD = rad_aad("sak_person", "nummer", "rad-1")


@pytest.fixture(autouse=True)
def _noekler(settings: Settings) -> None:
    settings.TOK_FNR_NOEKLER = {"2026": GAMMEL}
    settings.TOK_UTKAST_NOEKLER = {"2026": NY}
    settings.TOK_BLINDINDEKS_NOEKKEL = GAMMEL


@given(st.binary(max_size=2000))
def test_frem_og_tilbake(tekst: bytes) -> None:
    kryptert = krypter(tekst, noekkel=Noekkel.FNR, aad=AAD)
    assert dekrypter(kryptert, noekkel=Noekkel.FNR, aad=AAD) == tekst
    assert dekrypter(memoryview(kryptert), noekkel="fnr", aad=AAD) == tekst


def test_samme_tekst_blir_aldri_lik() -> None:
    assert krypter(b"x", noekkel=Noekkel.FNR, aad=AAD) != krypter(b"x", noekkel=Noekkel.FNR, aad=AAD)


def test_klarteksten_og_noekkelen_staar_ikke_i_bytene() -> None:
    kryptert = krypter(b"hemmelig tekst", noekkel=Noekkel.FNR, aad=AAD)
    assert b"hemmelig" not in kryptert
    assert bytes([1] * 32) not in kryptert


@pytest.mark.parametrize(
    "aad",
    [
        rad_aad("sak_person", "nummer", "rad-2"),
        rad_aad("sak_person", "adresse", "rad-1"),
        rad_aad("sak_sak", "nummer", "rad-1"),
        b"",
    ],
)
def test_en_verdi_som_er_flyttet_kan_ikke_leses(aad: bytes) -> None:
    with pytest.raises(KanIkkeLeses):
        dekrypter(krypter(b"x", noekkel=Noekkel.FNR, aad=AAD), noekkel=Noekkel.FNR, aad=aad)


def test_en_annen_ring_kan_ikke_lese() -> None:
    with pytest.raises(KanIkkeLeses):
        dekrypter(krypter(b"x", noekkel=Noekkel.FNR, aad=AAD), noekkel=Noekkel.UTKAST, aad=AAD)


def test_hver_endret_byte_oppdages() -> None:
    kryptert = krypter(b"abc", noekkel=Noekkel.FNR, aad=AAD)
    for plass in range(len(kryptert)):
        endret = bytearray(kryptert)
        endret[plass] ^= 1
        with pytest.raises(KanIkkeLeses):
            dekrypter(bytes(endret), noekkel=Noekkel.FNR, aad=AAD)


@given(st.binary(max_size=60))
def test_tilfeldige_bytes_kan_ikke_leses(data: bytes) -> None:
    with pytest.raises(KanIkkeLeses):
        dekrypter(data, noekkel=Noekkel.FNR, aad=AAD)


def test_bytte_av_noekkel(settings: Settings) -> None:
    """Rotation: all keys read, the first one writes, and the old values can be found."""
    gammel = krypter(b"x", noekkel=Noekkel.FNR, aad=AAD)
    settings.TOK_FNR_NOEKLER = {"2027": NY, "2026": GAMMEL}
    ny = krypter(b"x", noekkel=Noekkel.FNR, aad=AAD)
    assert dekrypter(gammel, noekkel=Noekkel.FNR, aad=AAD) == dekrypter(ny, noekkel=Noekkel.FNR, aad=AAD) == b"x"
    assert maa_krypteres_paa_nytt(gammel, noekkel=Noekkel.FNR)
    assert not maa_krypteres_paa_nytt(ny, noekkel=Noekkel.FNR)
    settings.TOK_FNR_NOEKLER = {"2027": NY}
    with pytest.raises(KanIkkeLeses):
        dekrypter(gammel, noekkel=Noekkel.FNR, aad=AAD)


def test_manglende_eller_kort_noekkel(settings: Settings) -> None:
    settings.TOK_FNR_NOEKLER = {}
    with pytest.raises(ImproperlyConfigured, match="TOK_FNR_NOEKLER"):
        krypter(b"x", noekkel=Noekkel.FNR, aad=AAD)
    settings.TOK_FNR_NOEKLER = {"kort": base64.b64encode(b"kort").decode()}
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        krypter(b"x", noekkel=Noekkel.FNR, aad=AAD)


def test_blindindeks_er_fast_og_krever_noekkelen(settings: Settings) -> None:
    """The same number is found again; an unkeyed hash or another key gives something else (sikkerhet.md §2)."""
    indeks = blindindeks("03031412345")
    assert indeks == blindindeks("03031412345")
    assert len(indeks) == 32
    assert indeks != blindindeks("03031412346")
    assert indeks != hashlib.sha256(b"03031412345").digest()
    settings.TOK_BLINDINDEKS_NOEKKEL = NY
    assert indeks != blindindeks("03031412345")
