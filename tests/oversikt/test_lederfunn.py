"""A leader's Min dag says that findings of the log wait, until the last is assessed; never about whom (N9)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import NAA, EnhetFabrikk, PersonFabrikk, SakFabrikk, ansatt
from tests.sak.test_loggsider import funn, les
from tok.kjerne.models import Konto
from tok.sak.handlinger.loggfunn import vurder_funn
from tok.sak.models import Loggfunn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def min_dag(klient: Client, konto: Konto) -> str:
    klient.force_login(konto)
    return klient.get(reverse("oversikt:min_dag")).content.decode()


def test_funn_venter_paa_lederen_til_det_er_vurdert(client: Client) -> None:
    skole = EnhetFabrikk()
    leder, annen = ansatt("leder", skole), ansatt("leder")
    ingrid = ansatt("ansatt", skole, navn="Ingrid Sæther")
    sak = SakFabrikk(person=PersonFabrikk(fornavn="Hemmelig", etternavn="Sæther"), nummer="2026/7071")
    funnene = [
        funn(ingrid, les(ingrid, sak), leder, regel=regel)
        for regel in (Loggfunn.Regel.EGET_NAVN, Loggfunn.Regel.UTENFOR_ARBEIDSTID)
    ]
    side = min_dag(client, leder)
    assert "2 funn i loggen venter på vurdering fra deg" in side
    assert reverse("sak:loggfunn") in side
    assert not [ord_ for ord_ in ("Hemmelig", "2026/7071") if ord_ in side]
    assert "funn i loggen" not in min_dag(client, annen)
    for rad in funnene:
        vurder_funn(funn=rad, vurdering="Avklart i samtale", av=leder, naa=NAA)
    assert "funn i loggen" not in min_dag(client, leder)
