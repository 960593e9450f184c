"""Whoever is too near the person is not asked for, does not answer and is not appointed (N12, L28)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from koordinator.handlinger import avslaa, godkjenn, godkjenn_annen
from koordinator.handlinger.forespoersel import LederErInhabil
from koordinator.models import Forespoersel
from koordinator.sporringer import foresporsler_til
from tests.fabrikker import NAA, AnsettelseFabrikk, EnhetFabrikk, ansatt
from tests.koordinator.conftest import Sted
from tok.kjerne.models import Konto
from tok.sak import bidrag
from tok.sak.handlinger import erklaer_inhabilitet, merk_inhabilitet
from tok.sak.models import Deltakelse
from tok.sak.tilgang.habil import ErInhabil
from tok.sak.tilgang.innsyn import Avvist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klokka")]
RELASJONER = ("forelder", "partner", "soesken", "forelder til", "søsken")


@pytest.fixture
def klokka(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def merk(sted: Sted, konto: Konto, naa: datetime, relasjon: str = "soesken") -> None:
    merk_inhabilitet(sak=sted.sak, konto=konto, relasjon=relasjon, av=sted.tok, naa=naa)


def test_den_inhabile_kan_ikke_foreslaas(sted: Sted, naa: datetime) -> None:
    merk(sted, sted.jonas, naa)
    with pytest.raises(ErInhabil) as avslag:
        sted.spoer(naa)
    assert avslag.value.felt == "foreslaatt"
    assert not any(ord_ in avslag.value.melding for ord_ in RELASJONER)


def test_lista_utelater_den_inhabile_og_sier_det_uten_aa_si_hvorfor(sted: Sted, naa: datetime, client: Client) -> None:
    merk(sted, sted.jonas, naa)
    client.force_login(sted.tok)
    svar: Any = client.get(reverse("koordinator:spoer", args=[sted.sak.pk]))
    kandidater = {en.konto.navn for en in svar.context["skjema"].kandidater.values()}
    assert sted.trine.navn in kandidater
    assert sted.jonas.navn not in kandidater
    side = svar.content.decode()
    assert "Kan ikke velges i denne saken: Jonas Berg." in side
    assert "er søsken" not in side


def test_lederen_som_er_barnets_forelder_svarer_ikke(sted: Sted, naa: datetime, client: Client) -> None:
    """The question comes back to the office, as it does when a leader has moved."""
    forespoersel = sted.spoer(naa)
    merk(sted, sted.leder, naa, "forelder")
    assert foresporsler_til(sted.leder, naa.date()) == []
    client.force_login(sted.leder)
    assert client.get(reverse("koordinator:svar", args=[forespoersel.pk])).status_code == 404
    with pytest.raises(Avvist):
        godkjenn(forespoersel=forespoersel, timer=Decimal(2), av=sted.leder, naa=naa)
    with pytest.raises(Avvist):
        avslaa(forespoersel=forespoersel, grunn="tid", av=sted.leder, naa=naa)
    er_mottakers = bidrag.fristregler["svar_fra_leder"].er_mottakers
    assert er_mottakers is not None
    assert not er_mottakers(sted.leder, forespoersel.pk, naa.date())


def test_en_leder_som_er_for_naer_blir_ikke_spurt(sted: Sted, naa: datetime) -> None:
    """Another unit's leader is, when there is one."""
    merk(sted, sted.leder, naa, "forelder")
    with pytest.raises(LederErInhabil):
        sted.spoer(naa)
    annen = EnhetFabrikk(navn="Fritidsklubben")
    AnsettelseFabrikk(konto=sted.jonas, enhet=annen)
    leder = ansatt("leder", annen)
    assert sted.spoer(naa).leder == leder


def test_lederen_faar_nei_ved_feltet_naar_den_foreslaatte_er_blitt_for_naer(
    sted: Sted, naa: datetime, client: Client
) -> None:
    """In the form and in the handling; no word of the relation, which would tell whose case it is."""
    forespoersel = sted.spoer(naa)
    merk(sted, sted.jonas, naa)
    merk(sted, sted.trine, naa)
    with pytest.raises(ErInhabil):
        godkjenn(forespoersel=forespoersel, timer=Decimal(2), av=sted.leder, naa=naa)
    with pytest.raises(ErInhabil) as avslag:
        godkjenn_annen(
            forespoersel=forespoersel, annen=sted.trine, timer=Decimal(2), melding="Tid", av=sted.leder, naa=naa
        )
    assert avslag.value.felt == "annen"
    client.force_login(sted.leder)
    url = reverse("koordinator:svar", args=[forespoersel.pk])
    for data, felt in (
        ({"svar": "godkjenn", "timer": "2"}, "svar"),
        ({"svar": "annen", "annen": sted.trine.pk, "timer_annen": "2", "melding_annen": "Tid"}, "annen"),
    ):
        svar: Any = client.post(url, data)
        assert svar.status_code == 422
        assert set(svar.context["skjema"].errors) == {felt}
        assert "søsken" not in svar.content.decode()
    assert Forespoersel.objects.get(pk=forespoersel.pk).tilstand == "sendt"


def test_den_som_ble_for_naer_etter_lederens_ja_oppnevnes_ikke(sted: Sted, naa: datetime) -> None:
    forespoersel = sted.godkjent(naa)
    merk(sted, sted.jonas, naa)
    with pytest.raises(ErInhabil):
        sted.oppnevn(naa, forespoersel=forespoersel)
    assert not Deltakelse.objects.filter(konto=sted.jonas).exists()


def test_koordinatoren_melder_fra_og_kontoret_finner_en_ny(sted: Sted, naa: datetime, client: Client) -> None:
    """The case stands without a coordinator at once, and the office is led on to the next question."""
    sted.oppnevn(naa)
    erklaer_inhabilitet(sak=sted.sak, relasjon="annen", av=sted.jonas, naa=naa)
    client.force_login(sted.tok)
    side = client.get(reverse("oversikt:sak", args=[sted.sak.pk])).content.decode()
    assert "Spør leder" in side
    assert "Ingen ennå" in side
    forespoersel = sted.spoer(naa, foreslaatt=sted.trine)
    godkjenn(forespoersel=forespoersel, timer=Decimal(2), av=sted.leder, naa=naa)
    forespoersel.refresh_from_db()
    assert sted.oppnevn(naa, forespoersel=forespoersel).deltakelse.konto == sted.trine
