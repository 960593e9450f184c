"""An appointment from a later day says the same everywhere: head, card, register, load, group (R30, L3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ansvarsgruppe.handlinger.gruppe import IngenKoordinator, opprett_gruppe
from koordinator.handlinger import avslutt_oppnevning
from koordinator.models import Oppnevning
from koordinator.sporringer import hent_belastning
from tests.koordinator.conftest import Sted
from tok.oversikt.eksport import kommafil
from tok.oversikt.sporringer import aarstall, register, tall
from tok.sak.dagbok import setning
from tok.sak.models import Deltakelse, Hendelse, Sak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paa_dagen")]
DESEMBER = date(2026, 12, 1)


@pytest.fixture
def senere(sted: Sted, naa: datetime) -> Oppnevning:
    """Jonas from 1 December; today is 23 November."""
    return sted.oppnevn(naa, fra_dato=DESEMBER)


def test_hodet_og_kortet(sted: Sted, senere: Oppnevning, client: Client) -> None:
    client.force_login(sted.tok)
    tekst = client.get(reverse("oversikt:sak", args=[sted.sak.pk])).content.decode()
    assert "Jonas Berg fra 1. desember" in tekst
    assert "Ingen ennå" not in tekst
    assert "Jonas Berg er koordinator fra 1. desember. Da kan gruppa opprettes." in tekst
    assert reverse("koordinator:avslutt", args=[senere.pk]) in tekst


def test_registeret(sted: Sted, senere: Oppnevning, naa: datetime) -> None:
    rad = register.les_rader([sted.sak.pk], naa.date())[sted.sak.pk]
    assert (rad.koordinator, rad.koordinator_fra) == ("Jonas Berg", DESEMBER)
    rad = register.les_rader([sted.sak.pk], DESEMBER)[sted.sak.pk]
    assert (rad.koordinator, rad.koordinator_fra) == ("Jonas Berg", None)
    assert not tall.uten_koordinator(Sak.objects.all(), naa.date()).exists()


def test_belastningen_sier_at_den_begynner_senere(sted: Sted, senere: Oppnevning, naa: datetime) -> None:
    belastning = hent_belastning([sted.jonas.pk], naa.date())[sted.jonas.pk]
    assert belastning.omfang == "1 sak (1 begynner senere), 2,5 timer i måneden"
    assert hent_belastning([sted.jonas.pk], DESEMBER)[sted.jonas.pk].omfang == "1 sak, 2,5 timer i måneden"


def test_gruppa_venter_med_ord(sted: Sted, senere: Oppnevning, naa: datetime) -> None:
    with pytest.raises(IngenKoordinator) as avslag:
        opprett_gruppe(sak=sted.sak, formaal="Prøve", av=sted.tok, naa=naa)
    assert str(avslag.value.melding) == "Jonas Berg er koordinator fra 1. desember. Da kan gruppa opprettes."


def test_avlyses_foer_den_begynner(sted: Sted, senere: Oppnevning, naa: datetime, client: Client) -> None:
    client.force_login(sted.tok)
    side = reverse("koordinator:avslutt", args=[senere.pk])
    assert "Avlys oppnevningen av Jonas Berg" in client.get(side).content.decode()
    assert client.post(side, {"slutt_grunn": ""}).status_code == 422
    assert client.post(side, {"slutt_grunn": "Flytter."}).status_code == 302
    assert not Deltakelse.objects.koordinatorer().ikke_slutt(naa.date()).exists()
    assert not Oppnevning.objects.ikke_slutt(naa.date()).exists()
    assert setning(Hendelse.objects.get(handling="koordinator.avslutt_oppnevning")) == (
        "Kari Østby avlyste oppnevningen av Jonas Berg før den begynte."
    )
    assert "Ingen ennå" in client.get(reverse("oversikt:sak", args=[sted.sak.pk])).content.decode()
    assert hent_belastning([sted.jonas.pk], naa.date())[sted.jonas.pk].saker == 0
    sted.oppnevn(naa, forespoersel=sted.godkjent(naa, foreslaatt=sted.trine), fra_dato=DESEMBER)


def test_kan_ogsaa_faa_en_siste_dag(sted: Sted, senere: Oppnevning, naa: datetime) -> None:
    avslutt_oppnevning(oppnevning=senere, slutt_dato=date(2027, 1, 1), slutt_grunn="Vikariat.", av=sted.tok, naa=naa)
    assert "Siste dag er 31. desember 2026." in setning(Hendelse.objects.get(handling="koordinator.avslutt_oppnevning"))


def test_eksporten_har_foerste_dag(sted: Sted, senere: Oppnevning, naa: datetime) -> None:
    """And what is called off in the new year leaves the old year as it was (L24)."""

    def fra(aar: int, i_dag: date) -> str:
        valgt = aarstall.Aar.lag(aar, i_dag)
        hode, rad, *_resten = (
            b"".join(kommafil.biter(valgt, aarstall.saker(valgt, sted.tok, None))).decode().split("\r\n")
        )
        return dict(zip(hode.split(";"), rad.split(";"), strict=True))["ny koordinator fra"]

    assert fra(2026, naa.date()) == "2026-12-01"
    assert fra(2026, DESEMBER) == ""
    avslutt_oppnevning(
        oppnevning=senere, slutt_dato=DESEMBER, slutt_grunn="x", av=sted.tok, naa=naa + timedelta(days=2)
    )
    assert fra(2026, naa.date()) == "2026-12-01"
    assert fra(2026, naa.date() + timedelta(days=2)) == ""
