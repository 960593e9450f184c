"""The search finds what people have in their hand: a new request, a whole number, the end of a case number."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.fabrikker import I_DAG, HenvendelseFabrikk, PersonFabrikk, SakFabrikk, tok_ansatt
from tests.oversikt.rader import sted
from tests.sak.test_person import NUMMER, med_nummer
from tok.oversikt.sporringer.soek import soek

pytestmark = pytest.mark.django_db


def test_nye_henvendelser_i_eget_kontor(client: Client) -> None:
    ny = HenvendelseFabrikk(person=PersonFabrikk(fornavn="Åse", etternavn="Ødegård"))
    HenvendelseFabrikk(person=PersonFabrikk(fornavn="Åse", etternavn="Annetkontor"))
    treff = soek(sted(ny.kontor_id), "åse", I_DAG)
    assert ([h.id for h in treff.henvendelser], treff.rader) == ([ny.pk], [])
    client.force_login(tok_ansatt(kontor=ny.kontor))
    side = client.post("/saker/soek/", {"q": "ødegård"}).content.decode()
    assert f"/henvendelser/{ny.pk}/" in side
    assert "Annetkontor" not in side


@pytest.mark.parametrize(("tekst", "funnet"), [(NUMMER, True), ("179120 00095", True), (NUMMER[:10], False)])
def test_helt_nummer(tekst: str, funnet: bool) -> None:
    sak = SakFabrikk(person=med_nummer())
    ny = HenvendelseFabrikk(kontor=sak.kontor, person=sak.person)
    treff = soek(sted(sak.kontor_id), tekst, I_DAG)
    assert [rad.sak_id for rad in treff.rader] == ([sak.pk] if funnet else [])
    assert [h.id for h in treff.henvendelser] == ([ny.pk] if funnet else [])
    assert soek(sted(), tekst, I_DAG).rader == []


@pytest.mark.parametrize("tekst", ["0714", "714", "2026/0714", "2026/07"])
def test_deler_av_saksnummeret(tekst: str) -> None:
    sak = SakFabrikk(nummer="2026/0714")
    SakFabrikk(nummer="2026/1401", kontor=sak.kontor)
    assert [rad.sak_id for rad in soek(sted(sak.kontor_id), tekst, I_DAG).rader] == [sak.pk]


def test_barnet_uten_fornavn_har_et_navn_i_lista() -> None:
    sak = SakFabrikk(person=PersonFabrikk(fornavn="", etternavn="Holte", er_termin=True))
    assert [rad.navn for rad in soek(sted(sak.kontor_id), "holte", I_DAG).rader] == ["Barn Holte"]
