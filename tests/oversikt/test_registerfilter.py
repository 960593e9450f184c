"""The register's filters: the longest overdue first, and no list of coordinators longer than one can choose from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.fabrikker import I_DAG, DeltakelseFabrikk, SakFabrikk, koordinator_i, tok_ansatt
from tests.oversikt.rader import frist, kontor, sted
from tok.oversikt.sporringer import register
from tok.oversikt.sporringer.register import SIDE, Merke, Utvalg
from tok.oversikt.sporringer.registervalg import KOORDINATORER_HOEYST, valg
from tok.sak.models import Enhet, Innsyn

pytestmark = pytest.mark.django_db
HINT = "Søk etter navnet øverst på sida"


def _sider(enhet: Enhet, utvalg: Utvalg) -> list[list[object]]:
    sider: list[list[object]] = []
    etter: Merke | None = None
    while etter or not sider:
        side = register.side(sted(enhet.pk), utvalg, etter, I_DAG)
        sider.append([rad.sak_id for rad in side.rader])
        etter = Merke.les(str(side.neste)) if side.neste else None
    return sider


def test_lengst_over_fristen_foerst_og_hver_sak_en_gang() -> None:
    """A case with two late minutes stands where the older one does, on one page only."""
    enhet = kontor()
    saker = [SakFabrikk(kontor=enhet) for _ in range(SIDE + 5)]
    for nr, sak in enumerate(saker):
        frist(sak, I_DAG - timedelta(days=100 - nr))
        frist(sak, I_DAG - timedelta(days=1))
        frist(sak, I_DAG - timedelta(days=1))
    frist(SakFabrikk(), I_DAG - timedelta(days=200))  # another office
    foerste, andre = _sider(enhet, Utvalg(mangler="referat"))
    assert [*foerste, *andre] == [sak.pk for sak in saker]


def test_sene_saker_hos_en_koordinator() -> None:
    enhet = kontor()
    en, to = (SakFabrikk(kontor=enhet) for _ in range(2))
    for sak in (en, to):
        frist(sak, I_DAG - timedelta(days=1))
    leder = koordinator_i(en)
    koordinator_i(to)
    assert _sider(enhet, Utvalg(mangler="referat", koordinator=leder.pk)) == [[en.pk]]


def test_den_som_koordinerer_naa_staar_foran_den_som_kommer() -> None:
    enhet = kontor()
    med, uten = (SakFabrikk(kontor=enhet) for _ in range(2))
    i_morgen = I_DAG + timedelta(days=1)
    naa = DeltakelseFabrikk(sak=med, rolle="koordinator", til_dato=i_morgen)
    for sak in (med, uten):
        DeltakelseFabrikk(sak=sak, rolle="koordinator", fra_dato=i_morgen)
    rader = register.les_rader([med.pk, uten.pk], I_DAG)
    assert (rader[med.pk].koordinator, rader[med.pk].koordinator_fra) == (naa.konto.navn, None)
    assert rader[uten.pk].koordinator_fra == i_morgen
    assert (rader[uten.pk].koordinator_telefon, rader[uten.pk].enhet) == ("", "")


def test_koordinatorene_kan_velges_saa_lenge_de_er_faa(client: Client) -> None:
    sak = SakFabrikk()
    leder = koordinator_i(sak, navn="Berit Aune")
    koordinator_i(SakFabrikk(), navn="Fra et annet kontor")
    assert valg(sted(sak.kontor_id), I_DAG)[0] == ((str(leder.pk), "Berit Aune"),)
    client.force_login(tok_ansatt(sak))
    side = client.get("/saker/").content.decode()
    assert HINT not in side
    assert "Berit Aune</option>" in side


def test_for_mange_koordinatorer_soekes_det_etter(client: Client) -> None:
    """The one that an old address has chosen still holds, and is named."""
    enhet = kontor()
    ledere = [koordinator_i(SakFabrikk(kontor=enhet)) for _ in range(KOORDINATORER_HOEYST + 1)]
    fremmed = koordinator_i(SakFabrikk())
    assert valg(sted(enhet.pk), I_DAG)[0] == ()
    assert valg(sted(enhet.pk), I_DAG, ledere[0].pk)[0] == ((str(ledere[0].pk), ledere[0].navn),)
    assert valg(sted(enhet.pk), I_DAG, fremmed.pk)[0] == ()
    client.force_login(tok_ansatt(kontor=enhet))
    assert HINT in client.get("/saker/").content.decode()
    client.get("/saker/", {"koordinator": str(ledere[0].pk)})
    assert Innsyn.objects.latest("pk").antall == 1
