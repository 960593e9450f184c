"""The pages of minutes: writing with autosave and conflict, preview, reading, PDF; who gets in and who does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ansvarsgruppe.models import Referat
from tests.ansvarsgruppe.referat_rom import NAA, Rom, helt_referat, lag_rom, lagre, start
from tests.ansvarsgruppe.referat_side import aapne, skjemadata, som, url
from tests.fabrikker import tok_ansatt
from tok.sak.models import Hendelse, Utkast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def klokka(settings: Any) -> Iterator[Any]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False) as reise:
        yield reise


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def test_knappen_starter_og_sender_til_siden(rom: Rom) -> None:
    svar = som(rom.koordinator).post(url("referat_start", rom))
    assert (svar.status_code, svar["Location"]) == (302, url("referat_skriv", rom))
    assert Referat.objects.get().moete == rom.moete


def test_siden_har_malens_rekkefoelge(rom: Rom) -> None:
    start(rom)
    html, _data = aapne(som(rom.koordinator), rom)
    steder = [
        html.index(f'id="h-{navn}"') for navn in ("deltakere", "stemme", "naa", "maal", "avtaler", "barn", "neste")
    ]
    assert steder == sorted(steder)
    assert "Hva sa Emma selv?" in html


def test_lagre_uten_javascript(rom: Rom) -> None:
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    data |= {
        "naa_situasjon": "Linje en\r\n\r\nLinje to",
        "avtaler-0-tiltak": "Søke NAV",
        "avtaler-0-ansvar": str(rom.mor.pk),
        "avtaler-0-frist_0": "18",
        "avtaler-0-frist_1": "12",
        "avtaler-0-frist_2": "2026",
        "neste_dato_0": "9",
        "neste_dato_1": "mars",
        "neste_dato_2": "2027",
        "neste_fra": "14",
        "neste_til": "15.30",
        "neste_sted": "PPT",
    }
    svar = klient.post(url("referat_skriv", rom), data)
    assert (svar.status_code, svar["Location"]) == (302, url("referat_skriv", rom))
    referat = Referat.objects.get()
    assert referat.naa_situasjon == "Linje en\n\nLinje to"
    avtale = referat.avtaler.get()
    assert (avtale.tiltak, avtale.ansvar, str(avtale.frist_dato)) == ("Søke NAV", rom.mor, "2026-12-18")
    assert referat.neste_start_tid == datetime.fromisoformat("2027-03-09T14:00:00+01:00")
    _html, igjen = aapne(klient, rom)
    assert igjen["avtaler-0-tiltak"] == "Søke NAV"
    assert igjen["neste_fra"] == "14.00"


@pytest.mark.parametrize(
    ("endret", "melding"),
    [
        ({"neste_dato_0": "9", "neste_dato_1": "3", "neste_dato_2": "2027"}, "Skriv når neste møte begynner"),
        ({"neste_fra": "14.00"}, "Fyll ut dato for neste møte."),
        ({"neste_fra": "halv tre"}, "må være et klokkeslett"),
        (
            {
                "neste_dato_0": "9",
                "neste_dato_1": "3",
                "neste_dato_2": "2027",
                "neste_fra": "15.00",
                "neste_til": "14.00",
                "neste_sted": "PPT",
            },
            "Neste møte må slutte etter at det begynner.",
        ),
        (
            {
                "neste_dato_0": "20",
                "neste_dato_1": "11",
                "neste_dato_2": "2026",
                "neste_fra": "15.00",
                "neste_til": "16.00",
                "neste_sted": "PPT",
            },
            "Neste møte må være etter dette møtet.",
        ),
        ({"avtaler-0-frist_0": "31", "avtaler-0-frist_1": "2", "avtaler-0-frist_2": "2027"}, "Frist"),
        (
            {"avtaler-0-frist_0": "1", "avtaler-0-frist_1": "12", "avtaler-0-frist_2": "2026"},
            "Skriv hva som skal gjøres",
        ),
        (
            {
                "avtaler-0-tiltak": "x",
                "avtaler-0-frist_0": "1",
                "avtaler-0-frist_1": "1",
                "avtaler-0-frist_2": "2020",
            },
            "kan ikke være før",
        ),
        ({"naa_situasjon": "x" * 20001}, "kan ha høyst"),
    ],
)
def test_feil_ved_feltet_og_ingenting_gaar_tapt(rom: Rom, endret: dict[str, str], melding: str) -> None:
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    svar = klient.post(url("referat_skriv", rom), data | {"maal": "KANARI"} | endret)
    html = svar.content.decode()
    assert svar.status_code == 422
    assert melding in html
    assert skjemadata(html)["maal"] == "KANARI"
    assert Referat.objects.get().maal == ""
    igjen, hentet = aapne(klient, rom)
    assert "Vi har hentet fram teksten du skrev 23. november 2026 kl. 08.30" in igjen
    assert hentet["maal"] == "KANARI"
    assert {navn: hentet[navn] for navn in endret} == endret


def test_autolagring_hentes_fram_og_kan_forkastes(rom: Rom) -> None:
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    antall = Hendelse.objects.count()
    svar = klient.post(url("referat_utkast", rom), data | {"maal": "KANARI", "neste_dato_0": "9"})
    assert svar.json() == {"lagret": "08.30", "andre": []}
    assert Hendelse.objects.count() == antall
    assert b"KANARI" not in bytes(Utkast.objects.get().innhold)
    html, hentet = aapne(klient, rom)
    assert "Vi har hentet fram teksten du skrev" in html
    assert (hentet["maal"], hentet["neste_dato_0"]) == ("KANARI", "9")
    ikke_min, _data = aapne(som(rom.medkoordinator), rom)
    assert "KANARI" not in ikke_min
    klient.post(url("referat_forkast", rom), {"fra_fane": hentet["fra_fane"]})
    assert not Utkast.objects.exists()
    assert "KANARI" not in aapne(klient, rom)[0]


def test_lagring_tar_med_seg_utkastet_det_kom_fra(rom: Rom, klokka: Any) -> None:
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    klient.post(url("referat_utkast", rom), data | {"maal": "KANARI"})
    klokka.shift(timedelta(minutes=1))
    _html, hentet = aapne(klient, rom)
    klient.post(url("referat_utkast", rom), hentet | {"maal": "KANARI mer"})
    assert Utkast.objects.count() == 1
    klient.post(url("referat_skriv", rom), hentet | {"maal": "KANARI ferdig"})
    assert not Utkast.objects.exists()
    # The page that is left sends one last autosave: it holds nothing new.
    klient.post(url("referat_utkast", rom), hentet | {"maal": "KANARI ferdig"})
    assert not Utkast.objects.exists()


def test_to_faner_skriver_ikke_over_hverandres_utkast(rom: Rom, klokka: Any) -> None:
    start(rom)
    klient = som(rom.koordinator)
    (_h1, ene), (_h2, andre) = aapne(klient, rom), aapne(klient, rom)
    klient.post(url("referat_utkast", rom), ene | {"maal": "FRA DEN ENE"})
    klokka.shift(timedelta(seconds=5))
    klient.post(url("referat_utkast", rom), andre | {"maal": "FRA DEN ANDRE"})
    klient.post(url("referat_skriv", rom), andre | {"maal": "FRA DEN ANDRE"})
    html, hentet = aapne(klient, rom)
    assert "Vi har hentet fram" in html
    assert hentet["maal"] == "FRA DEN ENE"
    svar = klient.post(url("referat_skriv", rom), hentet)
    assert svar.status_code == 409
    assert Referat.objects.get().maal == "FRA DEN ANDRE"


def test_konflikt_viser_begge_og_samlet_lagres(rom: Rom) -> None:
    start(rom)
    kari, tone = som(rom.medkoordinator), som(rom.koordinator)
    _html, karis = aapne(kari, rom)
    _html, tones = aapne(tone, rom)
    tone.post(url("referat_skriv", rom), tones | {"maal": "Rolig sted i storefri"})
    svar = kari.post(url("referat_skriv", rom), karis | {"maal": "Rolig sted hver dag", "naa_situasjon": "Karis"})
    html = svar.content.decode()
    assert svar.status_code == 409
    assert "To tekster i «Mål og fokusområder»" in html
    assert "Tone Bakke, lagret 08.30" in html
    assert "<mark>i storefri</mark>" in html
    assert "<mark>hver dag</mark>" in html
    data = skjemadata(html)
    assert data["maal"].replace("\r", "") == "Rolig sted i storefri\nRolig sted hver dag"
    assert data["naa_situasjon"] == "Karis"
    assert Referat.objects.get().maal == "Rolig sted i storefri"
    assert Utkast.objects.get().konto == rom.medkoordinator
    assert kari.post(url("referat_skriv", rom), data | {"maal": "Samlet"}).status_code == 302
    referat = Referat.objects.get()
    assert (referat.maal, referat.naa_situasjon) == ("Samlet", "Karis")
    assert not Utkast.objects.exists()


def test_autolagring_sier_fra_om_konflikt_og_hvem_som_skriver(rom: Rom) -> None:
    start(rom)
    kari, tone = som(rom.medkoordinator), som(rom.koordinator)
    _html, karis = aapne(kari, rom)
    _html, tones = aapne(tone, rom)
    kari.post(url("referat_utkast", rom), karis | {"maal": "Karis"})
    assert tone.post(url("referat_utkast", rom), tones | {"maal": "Tones"}).json()["andre"] == ["Kari Østby"]
    tone.post(url("referat_skriv", rom), tones | {"maal": "Tones"})
    svar = kari.post(url("referat_utkast", rom), karis | {"maal": "Karis videre"}).json()
    assert svar["konflikt"] is True
    assert svar["lagret"] == "08.30"
    assert "Kari Østby skriver også her nå" in aapne(tone, rom)[0]


def test_autolagring_utlogget_er_401_i_json(rom: Rom) -> None:
    start(rom)
    svar = Client().post(url("referat_utkast", rom), {"maal": "x"})
    assert svar.status_code == 401
    assert svar.json() == {"innlogging": reverse("account_login")}
    assert not Utkast.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"grunnlag": "tull", "fane": "../../x", "fra_fane": "|||"},
        {"avtaler-TOTAL_FORMS": "-1", "avtaler-INITIAL_FORMS": "x", "fra_fane": "a|i går"},
        {"avtaler-TOTAL_FORMS": "1", "avtaler-INITIAL_FORMS": "0", "avtaler-0-ansvar": "ikke en uuid"},
        {"maal": "\x00", "oppmoete_x": "til_stede", "medvirkning_vekt": "enorm"},
    ],
)
def test_toeys_fra_en_klient_gir_aldri_feilside(rom: Rom, data: dict[str, str]) -> None:
    start(rom)
    klient = som(rom.koordinator)
    assert klient.post(url("referat_utkast", rom), data).status_code == 200
    assert klient.post(url("referat_skriv", rom), data).status_code in (302, 409, 422)
    assert klient.get(url("referat_skriv", rom)).status_code == 200


@pytest.mark.parametrize("side", ["referat_skriv", "referat_ferdigstill"])
@pytest.mark.parametrize("hvem", ["fast", "tok"])
def test_andre_ser_en_side_som_ikke_finnes(rom: Rom, side: str, hvem: str) -> None:
    start(rom)
    konto = rom.fast if hvem == "fast" else tok_ansatt(rom.sak)
    assert som(konto).get(url(side, rom)).status_code == 404
    assert som(konto).post(url("referat_utkast", rom), {"maal": "x"}).status_code == 404
    assert not Utkast.objects.exists()


def test_forhaandsvisning_sier_hvem_og_hva_som_mangler(rom: Rom) -> None:
    referat = helt_referat(rom, naa_situasjon="")
    klient = som(rom.koordinator)
    html = klient.get(url("referat_ferdigstill", rom)).content.decode()
    assert "Beskriv nå-situasjonen." in html
    assert "Ferdigstill og send" not in html
    lagre(rom, referat, naa_situasjon="Det går bra.")
    html = klient.get(url("referat_ferdigstill", rom)).content.decode()
    assert "Tor Haugland: får ikke referatet, mangler samtykke" in html
    assert "Silje Prøvesen, forelder med foreldreansvar: brev i posten" in html
    assert "Jeg vil gå til skolen med Nora." in html
    referat.refresh_from_db()
    svar = klient.post(url("referat_ferdigstill", rom), {"lagring": referat.lagring - 1})
    assert (svar.status_code, svar["Location"]) == (302, url("referat_ferdigstill", rom))
    svar = klient.post(url("referat_ferdigstill", rom), {"lagring": referat.lagring})
    assert (svar.status_code, svar["Location"]) == (302, reverse("ansvarsgruppe:referat", args=[referat.pk]))
