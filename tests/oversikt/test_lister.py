"""Every list logs how many rows it showed, before they leave, and writes nothing else (N4, N6)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.fabrikker import (
    NAA,
    DeltakelseFabrikk,
    ForespoerselFabrikk,
    HenvendelseFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tests.oversikt.rader import gruppe, moete
from tok.kjerne.models import Konto, Sikkerhetslogg
from tok.oversikt.views import Register
from tok.sak.models import Innsyn, Sak

pytestmark = pytest.mark.django_db


@pytest.fixture
def sak() -> Sak:
    """Two cases of one office, one with a coordinator, and a request."""
    sak: Sak = SakFabrikk(person=PersonFabrikk(etternavn="Kanarifugl"))
    SakFabrikk(kontor=sak.kontor)
    HenvendelseFabrikk(kontor=sak.kontor)
    return sak


def antall(client: Client, konto: Konto, navn: str, **post: Any) -> int:
    client.force_login(konto)
    url = reverse(navn)
    svar = client.post(url, post) if post else client.get(url)
    assert svar.status_code in (200, 302)
    return Innsyn.objects.get(konto=konto, handling="liste").antall


@pytest.mark.parametrize(("navn", "ventet"), [("oversikt:register", 2), ("sak:henvendelser", 1), ("oversikt:soek", 0)])
def test_kontorets_lister(client: Client, sak: Sak, navn: str, ventet: int) -> None:
    assert antall(client, tok_ansatt(sak), navn) == ventet


def test_koordinatorene(client: Client, sak: Sak) -> None:
    koordinator_i(sak)
    assert antall(client, tok_ansatt(sak), "koordinator:koordinatorer") == 1


@pytest.mark.parametrize(("ord_", "ventet"), [("kanarifugl", 1), ("syntetisk", 1), ("finnesikke", 0)])
def test_soek(client: Client, sak: Sak, ord_: str, ventet: int) -> None:
    assert antall(client, tok_ansatt(sak), "oversikt:soek", q=ord_) == ventet


def test_min_dag(client: Client, sak: Sak) -> None:
    """The new request, and the case one takes part in."""
    konto = tok_ansatt(sak)
    DeltakelseFabrikk(sak=sak, konto=konto)
    assert antall(client, konto, "oversikt:min_dag") == 2


def test_egne_moeter(client: Client, sak: Sak) -> None:
    konto = koordinator_i(sak)
    moete(gruppe(sak), NAA)
    assert antall(client, konto, "ansvarsgruppe:mine_moeter") == 1


def test_egne_foresporsler(client: Client, sak: Sak) -> None:
    leder = ansatt("leder")
    ForespoerselFabrikk(sak=sak, leder=leder, enhet=leder.ansettelser.get().enhet)
    assert antall(client, leder, "koordinator:foresporsler") == 1


def test_en_liste_kan_ikke_skrive_annet_enn_loggen(sak: Sak, rf: RequestFactory) -> None:
    class Skriver(Register):
        def svar(self) -> HttpResponse:
            self.antall = 0
            Sikkerhetslogg.objects.create(tid=self.naa, hva="proeve")
            return HttpResponse()

    request = rf.get("/saker/")
    request.user = tok_ansatt(sak)
    with pytest.raises(DatabaseError, match="read-only"):
        Skriver.as_view()(request)
    assert not Innsyn.objects.exists()
