"""What the case itself tells is done on the checklist, without anybody ticking it (R30, R110–R112, R125–R126)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.fabrikker import I_DAG, NAA, GjennomfoeringFabrikk, KursFabrikk
from tests.koordinator.conftest import Sted, lag_sted
from tests.oversikt.rader import gruppe
from tok.oversikt.sporringer.saken import sjekkstatus
from tok.sak.handlinger import kryss_av
from tok.sak.models import Avkryssing, Sjekkpunkt

pytestmark = pytest.mark.django_db


@pytest.fixture
def sted(db: None) -> Sted:
    return lag_sted()


def kjent(sted: Sted) -> set[str]:
    return {punkt.kilde for liste in sjekkstatus(sted.sak, I_DAG) for punkt in liste.punkter if punkt.er_kjent}


def test_det_saken_vet(sted: Sted) -> None:
    kurs = KursFabrikk(kreves_foer_foerste_moete=True)
    assert kjent(sted) == set()
    ja = sted.godkjent(NAA)
    assert kjent(sted) == {"R110–R112"}
    sted.oppnevn(NAA, forespoersel=ja)
    assert kjent(sted) == {"R110–R112"}  # the point is appointed *and* the group registered
    gruppe(sted.sak)
    assert kjent(sted) == {"R110–R112", "R30"}
    GjennomfoeringFabrikk(kurs=kurs, konto=sted.jonas, dato=date(2026, 11, 1))
    for annet in KursFabrikk._meta.model.objects.filter(kreves_foer_foerste_moete=True).exclude(pk=kurs.pk):
        GjennomfoeringFabrikk(kurs=annet, konto=sted.jonas)
    assert kjent(sted) == {"R110–R112", "R30", "R125–R126"}
    assert next(iter(sjekkstatus(sted.sak, I_DAG))).gjort == 3
    assert not Avkryssing.objects.exists()


def test_et_kryss_noen_har_satt_staar(sted: Sted) -> None:
    sted.godkjent(NAA)
    punkt = Sjekkpunkt.objects.get(kilde="R110–R112")
    kryss_av(sak=sted.sak, punkt=punkt, av=sted.tok, naa=NAA)
    assert kjent(sted) == set()


def test_paa_siden(sted: Sted, client: Client) -> None:
    sted.godkjent(NAA)
    client.force_login(sted.tok)
    tekst = client.get(reverse("oversikt:sak", args=[sted.sak.pk])).content.decode()
    assert "vet vi fra saken" in tekst
