"""Finishing the minutes never throws away text that is nowhere else, not even the author's own (P7, P9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.urls import reverse

from ansvarsgruppe.models import Referat
from tests.ansvarsgruppe.referat_rom import NAA, Rom, helt_referat, lag_rom
from tests.ansvarsgruppe.referat_side import aapne, ferdig, som, url
from tok.kjerne.historikk import som_system
from tok.sak.models import Utkast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def klokka(settings: Any) -> Iterator[Any]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False) as reise:
        yield reise


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def test_egen_tekst_i_en_annen_fane_overlever_ferdigstillingen(rom: Rom, klokka: Any) -> None:
    referat = helt_referat(rom)
    klient = som(rom.koordinator)
    _html, andre_fane = aapne(klient, rom)
    _html, tredje_fane = aapne(klient, rom)
    klient.post(url("referat_utkast", rom), andre_fane | {"maal": "KANARI fra den andre fanen\r\nlinje to"})
    klokka.shift(60)
    klient.post(url("referat_utkast", rom), tredje_fane | {"maal": "KANARI fra den tredje fanen"})

    side = url("referat_ferdigstill", rom)
    html = klient.get(side).content.decode()
    assert "Du har selv skrevet noe som ikke er lagret i referatet" in html
    svar = klient.post(side, {"lagring": referat.lagring}, follow=True)
    assert "Referatet er ferdig og sendt." in svar.content.decode()

    html = klient.get(reverse("ansvarsgruppe:referat", args=[referat.pk])).content.decode()
    assert "KANARI fra den andre fanen" in html
    assert "KANARI fra den tredje fanen" in html
    assert html.count("Du har tekst som ikke ble med") == 2
    # Only what was typed is shown, not the rest of the page.
    assert "Nå-situasjonen" not in html.split("Du har tekst som ikke ble med")[1].split("</dl>")[0]


def test_utkast_som_er_med_i_referatet_ryddes_bort(rom: Rom) -> None:
    referat = helt_referat(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    klient.post(url("referat_utkast", rom), data | {"maal": "Nytt mål"})
    _html, annen = aapne(som(rom.medkoordinator), rom)
    som(rom.medkoordinator).post(url("referat_skriv", rom), annen | {"maal": "Nytt mål", "lagre": "1"})
    referat.refresh_from_db()
    assert Utkast.objects.filter(konto=rom.koordinator).count() == 1
    html = klient.get(url("referat_ferdigstill", rom)).content.decode()
    assert "Du har selv skrevet noe" not in html
    klient.post(url("referat_ferdigstill", rom), {"lagring": referat.lagring})
    referat.refresh_from_db()
    assert referat.er_ferdig
    assert not Utkast.objects.filter(konto=rom.koordinator).exists()


def test_andres_utkast_roeres_ikke(rom: Rom) -> None:
    referat = helt_referat(rom)
    kari = som(rom.medkoordinator)
    _html, data = aapne(kari, rom)
    kari.post(url("referat_utkast", rom), data | {"maal": "KANARI"})
    som(rom.koordinator).post(url("referat_ferdigstill", rom), {"lagring": referat.lagring})
    assert Utkast.objects.filter(konto=rom.medkoordinator).count() == 1


def test_eldre_utkast_hentes_naar_det_nyeste_er_lagret(rom: Rom, klokka: Any) -> None:
    helt_referat(rom)
    klient = som(rom.koordinator)
    _html, ene = aapne(klient, rom)
    _html, andre = aapne(klient, rom)
    klient.post(url("referat_utkast", rom), ene | {"naa_situasjon": "KANARI i den eldste fanen"})
    klokka.shift(60)
    klient.post(url("referat_utkast", rom), andre | {"maal": "Lagres av Kari"})
    _html, karis = aapne(som(rom.medkoordinator), rom)
    som(rom.medkoordinator).post(url("referat_skriv", rom), karis | {"maal": "Lagres av Kari", "lagre": "1"})
    assert "KANARI i den eldste fanen" in aapne(klient, rom)[0]


@pytest.mark.parametrize("tabell", ["avtale", "oppmoete"])
def test_rader_kan_ikke_flyttes_ut_av_et_ferdig_referat(rom: Rom, tabell: str) -> None:
    ferdig_referat = ferdig(rom)
    with som_system("test data"):
        annet = Referat.objects.create(moete=_annet_moete(rom), referent=rom.koordinator)
    laast = pytest.raises(DatabaseError, match="minutes are finished")
    with laast, som_system("test data"), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE ansvarsgruppe_{tabell} SET referat_id = %s WHERE referat_id = %s",  # noqa: S608 -- names above
            [annet.pk, ferdig_referat.pk],
        )


def test_rader_i_et_utkast_kan_fortsatt_endres_og_fjernes(rom: Rom) -> None:
    referat = helt_referat(rom)
    with som_system("test data"), connection.cursor() as cursor:
        cursor.execute("UPDATE ansvarsgruppe_avtale SET tiltak = 'x' WHERE referat_id = %s", [referat.pk])
        assert cursor.rowcount == 3
        cursor.execute("DELETE FROM ansvarsgruppe_avtale WHERE referat_id = %s", [referat.pk])
        assert cursor.rowcount == 3


def _annet_moete(rom: Rom) -> Any:
    moete = type(rom.moete)(gruppe=rom.gruppe, start_tid=rom.moete.slutt_tid, sted="Rom 1")
    moete.slutt_tid = moete.start_tid.replace(hour=23)
    moete.save()
    return moete
