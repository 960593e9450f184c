"""«Legg til» without JavaScript: one row more on the agenda and in the minutes, nothing lost, nothing saved early."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from ansvarsgruppe.models import Moete, Referat, Sakslistepunkt
from tests.ansvarsgruppe.referat_rom import NAA, Rom, lag_rom, start
from tests.ansvarsgruppe.referat_side import aapne, skjemadata, som, url
from tok.kjerne.historikk import som_system
from tok.sak.models import Utkast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def klokka(settings: Any) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def test_en_avtale_til_i_referatet(rom: Rom) -> None:
    """The draft keeps what is typed, and comes back as it was, without asking for another row."""
    start(rom)
    klient = som(rom.koordinator)
    _html, data = aapne(klient, rom)
    data |= {"avtaler-0-tiltak": "Søke NAV", "avtaler-1-frist_0": "1", "avtaler-LEGG_TIL": "1"}
    svar = klient.post(url("referat_skriv", rom), data)
    igjen = skjemadata(svar.content.decode())
    assert svar.status_code == 422
    assert "ds-error-summary" not in svar.content.decode()
    assert int(igjen["avtaler-TOTAL_FORMS"]) == int(data["avtaler-TOTAL_FORMS"]) + 1
    assert igjen["avtaler-0-tiltak"] == "Søke NAV"
    assert not Referat.objects.get().avtaler.exists()
    assert Utkast.objects.count() == 1
    _html, hentet = aapne(klient, rom)
    assert hentet["avtaler-0-tiltak"] == "Søke NAV"


def test_en_sak_til_paa_sakslista(rom: Rom) -> None:
    with som_system("test data"):
        Moete.objects.filter(pk=rom.moete.pk).update(tilstand=Moete.Tilstand.PLANLAGT)
    klient, adresse = som(rom.koordinator), reverse("ansvarsgruppe:saksliste", args=[rom.moete.pk])
    rader = {"punkt-TOTAL_FORMS": "1", "punkt-INITIAL_FORMS": "0", "punkt-0-tekst": "Emma får ordet først"}
    foer = Sakslistepunkt.objects.count()
    svar = klient.post(adresse, rader | {"punkt-LEGG_TIL": "1"})
    html = svar.content.decode()
    assert svar.status_code == 422
    assert "ds-error-summary" not in html
    assert 'value="Emma får ordet først"' in html
    assert 'name="punkt-1-tekst"' in html
    assert Sakslistepunkt.objects.count() == foer
