"""The case's documents and its log as pages (L21, N7, P2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import (
    NAA,
    HenvendelseFabrikk,
    KontoFabrikk,
    SakFabrikk,
    koordinator_i,
    tok_ansatt,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument, Konto
from tok.sak.models import Henvendelse, Innsyn, Sak, Saksdokument
from tok.sak.sporringer import logg
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import noter_lesing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    """TOTP has its own tests; the clock stands."""
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def test_et_dokument_som_ikke_lar_seg_lage_faar_vanlige_ord(client: Client) -> None:
    sak = SakFabrikk()
    dokument = Dokument.objects.create(
        noekkel="proeve", mal="finnes_ikke", tittel="Brev", innhold={}, bestilt_tid=NAA, neste_forsoek_tid=NAA
    )
    with som_system("test data"):
        arkivert = Saksdokument.objects.create(sak=sak, dokument=dokument, type="innkalling", tittel="Brev", dato=NAA)
    client.force_login(koordinator_i(sak))
    svar = client.get(reverse("sak:dokument", args=[arkivert.pk]))
    assert svar.status_code == 503
    assert "Dokumentet kunne ikke lages akkurat nå" in svar.content.decode()
    assert "attachment" not in svar.headers.get("Content-Disposition", "")


def lest(konto: Konto, rad: Sak | Henvendelse, minutter: int) -> None:
    rett = Rett.SE_SAK if isinstance(rad, Sak) else Rett.SE_HENVENDELSE
    noter_lesing(konto, rett, rad, naa=NAA - timedelta(minutes=minutter))


def test_loggen_viser_ogsaa_hvem_som_leste_henvendelsen(client: Client) -> None:
    """The request is read before there is a case; the person is the same (N7). Another case's readers are its own."""
    sak = SakFabrikk()
    avsluttet = SakFabrikk(person=sak.person, tilstand="avsluttet", avsluttet_dato=NAA, avsluttet_grunn="flyttet")
    lest(KontoFabrikk(navn="Kari Leser"), HenvendelseFabrikk(person=sak.person), 3)
    lest(KontoFabrikk(navn="Andres Leser"), HenvendelseFabrikk(), 2)
    lest(KontoFabrikk(navn="Gammel Leser"), avsluttet, 1)
    client.force_login(koordinator_i(sak))
    tekst = client.get(reverse("sak:logg", args=[sak.pk])).content.decode()
    assert "Kari Leser" in tekst
    assert "Andres Leser" not in tekst
    assert "Gammel Leser" not in tekst


def test_loggen_blas_i_og_viser_hver_rad_en_gang(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logg, "VIST", 3)
    sak, konto = SakFabrikk(), tok_ansatt()
    henvendelse = HenvendelseFabrikk(person=sak.person)
    for nummer in range(4):
        lest(konto, sak, nummer // 2)  # two of the same moment
        lest(konto, henvendelse, nummer)
    ventet = list(Innsyn.objects.order_by("-tid", "-pk").values_list("pk", flat=True))
    client.force_login(koordinator_i(sak))
    sett: list[int] = []
    url = reverse("sak:logg", args=[sak.pk])
    while url:
        svar: Any = client.get(url.split("#")[0])
        sett += [rad.pk for rad in svar.context["innsyn"] if rad.konto_id == konto.pk]
        url = svar.context["bla_sett"]["neste"]
        assert svar.context["bla_gjort"] == {"neste": "", "forste": ""}
    assert sett == ventet
    assert svar.context["bla_sett"]["forste"] == f"{reverse('sak:logg', args=[sak.pk])}?#sett"


@pytest.mark.parametrize(
    "merke", ["", "x", "2026-11-23T08:30:00_1", f"{NAA.isoformat()}_x", f"{NAA.isoformat()}_{2**64}"]
)
def test_et_oedelagt_merke_viser_foerste_side(merke: str) -> None:
    assert logg.Merke.les(merke) is None
