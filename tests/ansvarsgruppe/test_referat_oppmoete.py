"""Who was there, what the child said and agreements without a day: asked once, never answered beforehand (R94)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from ansvarsgruppe.handlinger.felter import deltakere, les, maa_krysses_av
from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat, mangler
from ansvarsgruppe.models import Innkalling, Referat, Sakslistepunkt
from tests.ansvarsgruppe.referat_rom import MOETE_START, NAA, Rom, helt_referat, lag_rom, lagre, start
from tests.ansvarsgruppe.referat_side import aapne, som, url
from tests.fabrikker import DeltakelseFabrikk, ansatt
from tok.kjerne.historikk import som_system

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def klokka(settings: Any) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def ferdigstill(rom: Rom, referat: Referat) -> dict[str, Any]:
    referat.refresh_from_db()
    ferdig = ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.koordinator, naa=NAA)
    assert ferdig.dokument is not None
    innhold: dict[str, Any] = ferdig.dokument.innhold
    return innhold


def test_ingen_er_krysset_av_foer_noen_gjoer_det(rom: Rom) -> None:
    start(rom)
    _html, data = aapne(som(rom.koordinator), rom)
    kalt = {f"oppmoete_{noekkel}" for noekkel in maa_krysses_av(rom.moete)}
    assert kalt
    assert not kalt & set(data)


def test_ett_kryss_gjelder_alle_som_er_kalt_inn_og_staar_aapne(rom: Rom) -> None:
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    tor = rom.deltakelse(rom.uten_samtykke)
    klient.post(url("referat_skriv", rom), data | {"alle_til_stede": "on", f"oppmoete_{tor.pk}": "forfall"})
    oppmoete = les(Referat.objects.get())["oppmoete"]
    assert oppmoete.pop(str(tor.pk)) == "forfall"
    kalt = {str(noekkel) for noekkel in maa_krysses_av(rom.moete)}
    assert oppmoete == dict.fromkeys(kalt - {str(tor.pk)}, "til_stede")
    assert str(rom.mor.pk) not in oppmoete


def test_krysset_gaar_ikke_tapt_i_utkastet(rom: Rom) -> None:
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    klient.post(url("referat_utkast", rom), data | {"alle_til_stede": "on"})
    _html, hentet = aapne(klient, rom)
    assert "alle_til_stede" in hentet


def test_den_som_ikke_er_kalt_inn_hindrer_ikke_sending(rom: Rom) -> None:
    referat = helt_referat(rom)
    kalt = {str(noekkel): "til_stede" for noekkel in maa_krysses_av(rom.moete)}
    lagre(rom, referat, oppmoete=kalt)
    assert str(rom.mor.pk) not in kalt
    assert mangler(referat) == []
    ferdigstill(rom, referat)


def test_den_som_er_tatt_ut_av_siste_utsending_hindrer_ikke(rom: Rom) -> None:
    ute = rom.deltakelse(rom.uten_samtykke)
    with som_system("test data"):
        for deltakelse in (rom.deltakelse(rom.koordinator), rom.deltakelse(rom.fast)):
            Innkalling.objects.create(
                moete=rom.moete, deltakelse=deltakelse, kanal="konto", kalender="x", sekvens=1, sendt_tid=MOETE_START
            )
    assert ute.pk not in maa_krysses_av(rom.moete)
    assert ute in deltakere(start(rom))


def test_koordinator_maa_krysses_av_ogsaa_uten_innkalling(rom: Rom) -> None:
    referat = helt_referat(rom)
    oppmoete = les(referat)["oppmoete"]
    del oppmoete[str(rom.deltakelse(rom.koordinator).pk)]
    lagre(rom, referat, oppmoete=oppmoete)
    assert [str(mangel.melding) for mangel in mangler(referat)] == ["Kryss av om disse var til stede: Tone Bakke."]


def test_den_som_er_med_ved_behov_kan_krysses_av_og_paa_igjen(rom: Rom) -> None:
    lege = DeltakelseFabrikk(sak=rom.sak, konto=ansatt(navn="Lise Lege"), rolle="ved_behov")
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    felt = f"oppmoete_{lege.pk}"
    assert data[felt] == ""
    klient.post(url("referat_skriv", rom), data | {felt: "til_stede"})
    assert les(Referat.objects.get())["oppmoete"] == {str(lege.pk): "til_stede"}
    _html, data = aapne(klient, rom)
    klient.post(url("referat_skriv", rom), data | {felt: ""})
    assert les(Referat.objects.get())["oppmoete"] == {}


def test_andre_som_var_med_staar_i_referatet(rom: Rom) -> None:
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    klient.post(url("referat_skriv", rom), data | {"andre_til_stede": "Amina Yusuf, tolk"})
    assert Referat.objects.get().andre_til_stede == "Amina Yusuf, tolk"
    innhold = ferdigstill(rom, helt_referat(rom, andre_til_stede="Amina Yusuf, tolk"))
    assert innhold["andre"][-1] == "Amina Yusuf, tolk"


def test_det_barnet_sa_skrives_en_gang(rom: Rom) -> None:
    referat = helt_referat(rom)
    html, data = aapne(som(rom.koordinator), rom)
    assert "Hva sa Emma selv?" in html
    assert "Hva sa barnet?" not in html
    assert "medvirkning_sa" not in data
    innhold = ferdigstill(rom, referat)
    referat.refresh_from_db()
    assert referat.medvirkning_sa == referat.personens_stemme
    assert innhold["barnets_medvirkning"]["hva_barnet_sa"] == "Se «Brukerens stemme»."
    assert innhold["brukers_stemme"] == {
        "sitat": "Jeg vil gå til skolen med Nora.",
        "tekst": "Spør meg før dere snakker med klassen.\n\nEmma fikk tilbud om ordet først.",
    }


def test_sakslista_staar_over_skrivefeltene(rom: Rom) -> None:
    start(rom)
    with som_system("test data"):
        Sakslistepunkt.objects.create(moete=rom.moete, nr=1, tekst="Ny skole til høsten")
    html, _data = aapne(som(rom.koordinator), rom)
    assert html.index("Ny skole til høsten") < html.index('name="naa_situasjon"')


def test_avtale_uten_frist_sies_foer_sending_og_i_referatet(rom: Rom) -> None:
    referat = helt_referat(rom)
    klient = som(rom.koordinator)
    html = klient.get(url("referat_ferdigstill", rom)).content.decode()
    assert "Avtale 3 har ingen frist." in html
    assert "Avtale 1 har" not in html
    assert "<td>Ikke avtalt</td>" in html
    ferdigstill(rom, referat)
