"""A protected case that has lost its people: the office's leader sees the number, and names somebody (N11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import NAA, ansatt, tok_ansatt
from tests.sak.vernerom import Rom, lag_rom, sett_og_bekreft
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.handlinger import navngi_saksbehandler
from tok.sak.handlinger.vernelos import HarSaksbehandler, IkkePaaKontoret
from tok.sak.models import Ansettelse, Habilitet, Innsyn, Sak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist
from tok.sak.tilgang.vernelos import uten_saksbehandler

pytestmark = pytest.mark.django_db
I_DAG = NAA.date()


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def forlatt() -> tuple[Rom, Konto]:
    """A closed case whose two have left the office, and the office's leader."""
    rom = lag_rom(fornavn="Kanarifornavn", etternavn="Kanarietternavn")
    leder = ansatt("leder", rom.sak.kontor)
    sett_og_bekreft(rom, rom["koordinator"])
    assert not uten_saksbehandler(leder, I_DAG).exists()
    with som_system("left"):
        Ansettelse.objects.filter(konto__in=[rom["tok"], rom["kollega"]]).update(til_dato=I_DAG)
    return rom, leder


def test_lederen_navngir_en_og_ser_nummeret_alene(client: Client) -> None:
    rom, leder = forlatt()
    assert list(uten_saksbehandler(leder, I_DAG)) == [rom.sak]
    client.force_login(leder)
    side = reverse("sak:vern_uten_saksbehandler")
    html = client.get(side).content.decode()
    assert rom.sak.nummer in html
    assert "Kanari" not in html
    assert Innsyn.objects.filter(konto=leder, rett="GJENOPPRETTE_VERN", antall=1).exists()
    assert f'href="{side}"' in client.get("/").content.decode()
    assert client.post(side, {"sak": rom.sak.pk, "konto": rom["koordinator"].pk}).status_code == 422
    assert client.post(side, {"sak": rom.sak.pk, "konto": rom["tredje"].pk}).status_code == 302
    assert Rett.SE_SAK.krev(rom["tredje"], rom.sak, i_dag=I_DAG)
    assert not Rett.SE_SAK.krev(leder, rom.sak, i_dag=I_DAG)
    assert "Alle vernede saker på kontoret har en saksbehandler" in client.get(side).content.decode()


def test_bare_kontorets_leder_og_bare_en_paa_kontoret() -> None:
    rom, leder = forlatt()
    felles: dict[str, Any] = {"sak": rom.sak, "naa": NAA}
    with pytest.raises(HarSaksbehandler):
        navngi_saksbehandler(konto=rom["tredje"], av=ansatt("leder"), **felles)
    for hvem in ("tredje", "koordinator"):
        with pytest.raises(Avvist):
            navngi_saksbehandler(konto=rom["tredje"], av=rom[hvem], **felles)
    for konto in (rom["fast1"], rom["koordinator"], tok_ansatt()):
        with pytest.raises(IkkePaaKontoret):
            navngi_saksbehandler(konto=konto, av=leder, **felles)
    navngi_saksbehandler(konto=rom["tredje"], av=leder, **felles)
    with pytest.raises(HarSaksbehandler):
        navngi_saksbehandler(konto=rom["tredje"], av=leder, **felles)


def test_en_leder_i_slekt_ser_ikke_at_det_er_en_sak() -> None:
    rom, leder = forlatt()
    with som_system("test data"):
        Habilitet.objects.create(konto=leder, person=rom.sak.person, relasjon="soesken", kilde="utledet", satt_tid=NAA)
    assert not uten_saksbehandler(leder, I_DAG).exists()


def test_en_vanlig_sak_uten_saksbehandler_er_ikke_paa_lista() -> None:
    rom = lag_rom()
    leder = ansatt("leder", rom.sak.kontor)
    assert Sak.objects.exists()
    assert not uten_saksbehandler(leder, I_DAG).exists()
