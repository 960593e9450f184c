"""The frame of the pages: each role is shown what it can use, and the frame costs no more for it (issue 3)."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.fabrikker import DeltakelseFabrikk, SakFabrikk, ansatt, koordinator_i, tok_ansatt
from tok.kjerne.models import Konto

pytestmark = pytest.mark.django_db

HJELP = "/hjelp/"  # a page with nothing but the frame and the municipality's own words


def _side(konto: Konto | None, sti: str = HJELP) -> str:
    klient = Client()
    if konto is not None:
        klient.force_login(konto)
    return klient.get(sti).content.decode()


def _meny(html: str) -> list[str]:
    hoved = re.search(r'<nav class="hovedmeny".*?</nav>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]+)</a>", hoved.group()) if hoved else []


@pytest.fixture(autouse=True)
def uten_totp(settings: Settings) -> None:
    settings.TOK_KREV_TOTP = False


def test_hver_rolle_ser_sin_egen_meny() -> None:
    sak = SakFabrikk()
    foresatt = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder").konto
    menyer = {
        "tok": _meny(_side(tok_ansatt(sak))),
        "leder": _meny(_side(ansatt("leder"))),
        "koordinator": _meny(_side(koordinator_i(sak))),
        "forelder": _meny(_side(foresatt)),
        "systemansvarlig": _meny(_side(ansatt("systemansvarlig"))),
        "personvernombud": _meny(_side(ansatt("personvernombud"))),
        "ingen": _meny(_side(None)),
    }
    assert menyer == {
        "tok": ["Min dag", "Henvendelser", "Saker", "Koordinatorer", "Unntakstilgang"],
        "leder": ["Min dag", "Forespørsler", "Ansattes oppslag", "Ansattes unntak", "Vern uten saksbehandler"],
        "koordinator": ["Min dag", "Møter"],
        "forelder": ["Min side"],
        "systemansvarlig": ["Kontoer", "Unntakstilgang"],
        "personvernombud": ["Min dag", "Loggkontroll", "Ansattes unntak"],
        "ingen": [],
    }


def test_hver_menylinje_kan_aapnes_av_den_som_ser_den() -> None:
    sak = SakFabrikk()
    for konto in (tok_ansatt(sak), ansatt("leder"), koordinator_i(sak)):
        klient = Client()
        klient.force_login(konto)
        for url in re.findall(r'<a class="ds-link" href="(/[a-z-]*/?)"', klient.get(HJELP).content.decode()):
            assert klient.get(url).status_code == 200, url


def test_soekefeltet_sender_navnet_i_kroppen_og_bare_for_kontoret() -> None:
    """A name never ends in an address (ADR 0007), and the box works without JavaScript."""
    sak = SakFabrikk()
    html = _side(tok_ansatt(sak))
    skjema = re.search(r'<form class="topp-soek".*?</form>', html, re.DOTALL)
    assert skjema
    assert 'method="post"' in skjema.group()
    assert "csrfmiddlewaretoken" in skjema.group()
    for konto in (ansatt("leder"), koordinator_i(sak)):
        assert "topp-soek" not in _side(konto)


def test_foten_lover_bare_det_som_finnes() -> None:
    html = _side(None)
    for sti in ("/hjelp/", "/personvern/", "/tilgjengelighet/", "/spraak/"):
        assert f'href="{sti}"' in html
    assert "Nynorsk" not in html
    assert "bare på bokmål" in _side(None, "/spraak/")


def test_det_foerste_i_rekkefoelgen_er_hopp_til_hovedinnhold() -> None:
    html = _side(tok_ansatt())
    assert re.search(r'<body[^>]*>\s*<a class="ds-skip-link" href="#hoved">', html)
    assert html.count('id="hoved"') == 1


def test_utskriften_sier_hvem_og_naar() -> None:
    html = _side(tok_ansatt(navn="Hanne Solvik"))
    assert re.search(r'<p class="papirhode">Skrevet ut .+ av Hanne Solvik\.', html)
    assert "papirhode" not in _side(None)


def test_ramma_koster_det_samme_for_alle() -> None:
    """Session and its renewal, account, municipality, roles: nothing per line of the menu or per case."""
    sak = SakFabrikk()
    for konto in (tok_ansatt(sak), ansatt("leder"), koordinator_i(sak)):
        klient = Client()
        klient.force_login(konto)
        klient.get(HJELP)
        with CaptureQueriesContext(connection) as spurt:
            klient.get(HJELP)
        setninger = [rad["sql"] or "prepared" for rad in spurt]
        lesninger = [sql for sql in setninger if not sql.startswith(("UPDATE", "SAVEPOINT", "RELEASE"))]
        assert len(lesninger) <= 4, lesninger
