"""Canaries in a protected case: looked for in every channel there is, as everybody who may not know (N11, N19, L20)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.fabrikker import NAA
from tests.tilgang import kanaler
from tests.tilgang.conftest import innlogget, rulles_tilbake
from tests.tilgang.kanaler import Funn, Loggsamler
from tests.tilgang.kanarier import BARNEHAGE, FINNES, SKOLE, STED, Kanarisak, hoder, kropp, plant, vern_saken
from tests.tilgang.tabell import adresser
from tests.tilgang.verden import ANNEN, EGEN, Verden
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument, Varsel
from tok.sak.models import Deltakelse, Henvendelse, Sak

# Each way out, by name. What a crawl finds that is not here, and what is here and was not met, both fail.
KANALER = {
    "andre sider",
    "Min dag og kontorets tall",
    "én bunke av Min dag",
    "registeret",
    "registerets filtre",
    "henvendelsene",
    "post som ikke kom fram",
    "personopplysninger",
    "hvem som har sett",
    "dokumenttitler",
    "koordinatorer og belastning",
    "lederens forespørsler",
    "møter på tvers",
    "skjemaer med feil",
    "feilsider",
    "hoder, filnavn og informasjonskapsler",
    "adresser det sendes videre til",
    "ren tekst",
    "JSON",
    "filer hentet",
    "søk på navn",
    "søk på saksnummer",
    "søk på fødselsnummer",
    "søk på avsender og forelder",
    "søk på koordinator",
    "kjent person ved registrering",
    "register som CSV",
    "register som XLSX, celler og egenskaper",
    "registerkommandoen",
    "kalenderfiler hentet",
    "kalenderfiler sendt",
    "e-post i utboksen",
    "e-post slik den går ut",
    "brev, innholdet",
    "brev, PDF-en",
    "referat, innholdet",
    "referat, PDF-en",
    "teknisk logg",
}
# Met only where everybody asks for everything, which is done once.
NAAR_ALLE_SPOER = {
    "personopplysninger",
    "hvem som har sett",
    "dokumenttitler",
    "lederens forespørsler",
    "møter på tvers",
    "adresser det sendes videre til",
}
MERKER = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|nonce="?[^">\s]+|name="skjema_id" value="[^"]+"')


@pytest.fixture(scope="module")
def kanari(verden: Verden) -> Kanarisak:
    return plant(verden)


@pytest.fixture
def loggen() -> Iterator[Loggsamler]:
    """Everything the program logs, down to DEBUG."""
    samler, rot = Loggsamler(), logging.getLogger()
    nivaa = rot.level
    rot.addHandler(samler)
    rot.setLevel(logging.DEBUG)
    yield samler
    rot.setLevel(nivaa)
    rot.removeHandler(samler)


@pytest.mark.parametrize("hvordan", ["fortrolig", "strengt", "mor"])
def test_no_canary_gets_out(
    kanari: Kanarisak, hvordan: str, loggen: Loggsamler, tmp_path: Path, record_property: Any
) -> None:
    """The child's address is confidential, or strictly so, or another's: a mother who takes part is protected."""
    funn, alle = Funn(), hvordan == "fortrolig"
    with rulles_tilbake():
        vern_saken(kanari, hvordan)
        kanaler.sidene(kanari, funn, alle=alle)
        kanaler.uten_innlogging(kanari, funn)
        kanaler.ut_av_huset(kanari, funn)
        kanaler.soeket(kanari, funn)
        kanaler.filtrene(kanari, funn)
        kanaler.registerfilene(kanari, funn)
        kanaler.kommandoen(kanari, funn, tmp_path)
        kanaler.registreringen(kanari, funn)
        kanaler.innkallingen(kanari, funn)
        kanaler.referatene(kanari, funn)
    for linje in loggen.linjer:
        funn.se("teknisk logg", "logg", linje, FINNES)
    assert not funn.lekkasjer, f"{len(funn.lekkasjer)} leaks:\n" + "\n".join(sorted(set(funn.lekkasjer))[:40])
    assert set(funn.antall) <= KANALER, f"list the new channels: {set(funn.antall) - KANALER}"
    skal_moetes = KANALER if alle else KANALER - NAAR_ALLE_SPOER
    assert set(funn.antall) >= skal_moetes, f"channels nothing came out of: {skal_moetes - set(funn.antall)}"
    sett = sum(funn.antall.values())
    record_property("tall", f"canaries ({hvordan}): {len(funn.antall)} channels, {sett} texts, 0 hits")


def _lister(klient: Client) -> dict[str, str]:
    """Every page that needs no key, as text without what is new at each drawing."""
    sider = {}
    for adresse in adresser():
        if not adresse.har_objekt:
            with rulles_tilbake():
                svar = klient.get(f"/{adresse.rute}")
                sider[adresse.navn] = MERKER.sub("", f"{svar.status_code} {kropp(svar).decode()}")
    return sider


def _uten_saken(kanari: Kanarisak, annet_kontor: Sak) -> None:
    """The same world where the case is another office's and nobody here has taken part in it."""
    sak = kanari.sak
    Sak.objects.filter(pk=sak.pk).update(kontor=annet_kontor.kontor)
    Henvendelse.objects.filter(person=sak.person).update(kontor=annet_kontor.kontor)
    Deltakelse.objects.filter(sak=sak, til_dato=None).update(til_dato=NAA.date())
    Varsel.objects.filter(pk=kanari.rom.rader["Varsel"].pk).update(tilstand="sendt", sendt_tid=NAA)
    Dokument.objects.filter(saksdokument__sak=sak, tilstand="feilet").update(tilstand="bestilt")


@pytest.mark.parametrize("som", ["tok_utenfor", "fast", "vara", "ansatt"])
def test_no_count_tells_that_the_case_is_there(kanari: Kanarisak, som: str) -> None:
    """Every list, number and choice is the same where the protected case is and where it is not."""
    klient = innlogget(kanari.verden.kontoer[som])
    with rulles_tilbake():
        vern_saken(kanari, "mor")
        med = _lister(klient)
    with rulles_tilbake(), som_system("test data"):
        _uten_saken(kanari, kanari.verden.rom[ANNEN].sak)
        uten = _lister(klient)
    ulike = [navn for navn in med if med[navn] != uten[navn]]
    assert not ulike, {navn: _foerste_forskjell(med[navn], uten[navn]) for navn in ulike}


def _foerste_forskjell(en: str, annen: str) -> str:
    sted = next((nr for nr, (a, b) in enumerate(zip(en, annen, strict=False)) if a != b), 0)
    return f"{en[max(sted - 80, 0) : sted + 80]!r} / {annen[max(sted - 80, 0) : sted + 80]!r}"


def test_the_canaries_sing_where_they_may(kanari: Kanarisak) -> None:
    """The test can fail: those who are named find every canary, and a colleague finds them before the protection."""
    sanger = {STED, SKOLE, BARNEHAGE, "Kanariveien", "Kanarimor", "Kanarisender", "Kanaribehov", "Kanaripunkt"}
    sanger |= {"Kanaritiltak", "Kanaribrev", "Kanarisituasjon", "Kanariunderskrift", "kanarirom", "99887761"}
    with rulles_tilbake():
        vern_saken(kanari, "fortrolig")
        hos_tok, hos_koordinator = _alt(kanari, "tok"), _alt(kanari, "koordinator")
    assert {sang for sang in sanger if sang not in hos_tok + hos_koordinator} == set()
    assert ("Kanariutkast" in hos_koordinator, "Kanariutkast" in hos_tok) == (True, False)
    funn = Funn()
    kanaler.soeket(kanari, funn)
    kanaler.registerfilene(kanari, funn)
    assert {lekkasje.partition(",")[0] for lekkasje in funn.lekkasjer} >= {
        "søk på navn",
        "register som CSV",
        "register som XLSX",
    }
    assert FINNES.search(_alt(kanari, "tok_utenfor"))


def _alt(kanari: Kanarisak, som: str) -> str:
    sider = kanaler.alle_sider(kanari, EGEN, som, "GET")
    return "".join(kropp(svar).decode("utf-8", "replace") + hoder(svar) for _adresse, svar in sider)
