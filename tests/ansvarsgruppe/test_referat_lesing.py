"""Reading finished minutes: page, PDF, new versions; who gets in and who does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat
from ansvarsgruppe.models import Referat
from tests.ansvarsgruppe.referat_rom import NAA, Rom, helt_referat, lag_rom, lagre, start
from tests.ansvarsgruppe.referat_side import aapne, ferdig, som, url
from tests.fabrikker import DeltakelseFabrikk, ansatt, tok_ansatt
from tok.kjerne.historikk import som_system
from tok.sak.models import Innsyn, Samtykke

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def klokka(settings: Any) -> Iterator[Any]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False) as reise:
        yield reise


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def test_ferdig_referat_leses_og_lastes_ned(rom: Rom) -> None:
    referat = ferdig(rom)
    klient = som(rom.fast)
    side = reverse("ansvarsgruppe:referat", args=[referat.pk])
    html = klient.get(side).content.decode()
    assert "Jeg vil gå til skolen med Nora." in html
    assert "Hvem har fått referatet" not in html
    svar = klient.get(reverse("ansvarsgruppe:referat_pdf", args=[referat.pk]))
    assert svar.content.startswith(b"%PDF")
    assert svar["Content-Disposition"] == 'attachment; filename="referat-2026-11-20.pdf"'
    assert "sandbox" in svar["Content-Security-Policy"]
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert set(Innsyn.objects.filter(konto=rom.fast).values_list("handling", "rett")) == {
        ("les", "LESE_REFERAT"),
        ("last_ned", "LESE_REFERAT"),
    }


def test_trukket_samtykke_stenger_ved_neste_foresporsel(rom: Rom) -> None:
    referat = ferdig(rom)
    klient = som(rom.fast)
    side, fil = (reverse(f"ansvarsgruppe:{navn}", args=[referat.pk]) for navn in ("referat", "referat_pdf"))
    assert klient.get(side).status_code == 200
    with som_system("test data"):
        Samtykke.objects.filter(pk=rom.samtykke.pk).update(trukket_tid=NAA, trukket_registrert_av=rom.koordinator)
    assert klient.get(side).status_code == 404
    assert klient.get(fil).status_code == 404


@pytest.mark.parametrize("hvem", ["uten_samtykke", "tok"])
def test_uten_samtykke_er_referatet_stengt(rom: Rom, hvem: str) -> None:
    referat = ferdig(rom)
    konto = tok_ansatt(rom.sak) if hvem == "tok" else rom.uten_samtykke
    for navn in ("referat", "referat_pdf", "referat_rett"):
        assert som(konto).get(reverse(f"ansvarsgruppe:{navn}", args=[referat.pk])).status_code == 404


def test_et_utkast_har_ingen_leseside(rom: Rom) -> None:
    referat = start(rom)
    assert som(rom.koordinator).get(reverse("ansvarsgruppe:referat", args=[referat.pk])).status_code == 404


def test_ny_versjon_fra_siden(rom: Rom) -> None:
    referat = ferdig(rom)
    klient = som(rom.koordinator)
    side = reverse("ansvarsgruppe:referat_rett", args=[referat.pk])
    assert klient.get(side).status_code == 200
    assert "Hvorfor rettes referatet?" in klient.post(side, {"grunn": ""}).content.decode()
    svar = klient.post(side, {"grunn": "Feil frist."})
    assert (svar.status_code, svar["Location"]) == (302, url("referat_skriv", rom))
    assert "Grunnen til endringen: Feil frist." in aapne(klient, rom)[0]
    nytt = Referat.objects.get(versjon=2)
    ferdigstill_referat(referat=nytt, base_lagring=nytt.lagring, av=rom.koordinator, naa=NAA)
    html = klient.get(reverse("ansvarsgruppe:referat", args=[referat.pk])).content.decode()
    assert "Erstattet av versjon 2." in html
    assert (
        "Versjon 1, 23. november 2026" in klient.get(reverse("ansvarsgruppe:referat", args=[nytt.pk])).content.decode()
    )


def test_tekst_som_ikke_ble_med_vises_for_den_som_skrev(rom: Rom) -> None:
    referat = helt_referat(rom)
    kari = som(rom.medkoordinator)
    _html, data = aapne(kari, rom)
    kari.post(url("referat_utkast", rom), data | {"maal": "KANARI"})
    assert (
        "Kari Østby har tekst som ikke er lagret"
        in som(rom.koordinator).get(url("referat_ferdigstill", rom)).content.decode()
    )
    ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.koordinator, naa=NAA)
    svar = kari.post(url("referat_utkast", rom), data | {"maal": "KANARI to"}).json()
    assert svar["konflikt"] is True
    assert kari.post(url("referat_skriv", rom), data | {"maal": "KANARI tre"}).status_code == 302
    side = reverse("ansvarsgruppe:referat", args=[referat.pk])
    assert "KANARI tre" in kari.get(side).content.decode()
    assert "KANARI" not in som(rom.koordinator).get(side).content.decode()


def test_sidene_har_like_mange_spoerringer_for_mange_rader(rom: Rom) -> None:
    referat = helt_referat(rom)
    klient = som(rom.koordinator)
    sider = [url("referat_skriv", rom), url("referat_ferdigstill", rom)]
    faa = [_antall(klient, side) for side in sider]
    for _nr in range(5):
        DeltakelseFabrikk(sak=rom.sak, konto=ansatt(), rolle="fast")
    lagre(rom, referat, avtaler=[[f"Tiltak {nr}", str(rom.mor.pk), ""] for nr in range(30)])
    assert [_antall(klient, side) for side in sider] == faa


def _antall(klient: Client, side: str) -> int:
    klient.get(side)
    with CaptureQueriesContext(connection) as spoerringer:
        assert klient.get(side).status_code == 200
    return len(spoerringer)
