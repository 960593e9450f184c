"""What is sent is what was looked over, also when the same task stands open in two windows (P7, R110–R112)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from koordinator.models import Forespoersel
from koordinator.sporringer import kandidater
from tests.fabrikker import AnsettelseFabrikk, EnhetFabrikk, ansatt
from tests.koordinator.conftest import Sted
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto, Varsel
from tok.sak.models import Ansettelse

pytestmark = pytest.mark.django_db
ENDRET = "Ikke sendt. Det som stod her, er endret i et annet vindu."


@pytest.fixture
def svein(sted: Sted) -> Konto:
    """Ola works where Svein leads."""
    enhet = EnhetFabrikk(navn="Hjemmetjenesten")
    AnsettelseFabrikk(konto=ansatt(enhet=enhet, navn="Ola Strand"), enhet=enhet)
    leder: Konto = ansatt("leder", enhet, navn="Svein Leder")
    return leder


def _skriv(klient: Client, sted: Sted, navn: str, i_dag: date) -> str:
    """Fill out the form and return the mark of the page that shows it."""
    valgt = next(en.noekkel for en in kandidater(i_dag) if en.konto.navn == navn)
    klient.post(_spoer("spoer", sted), {"foreslaatt": valgt, "omfang": f"Om {navn[0]}.", "anslag_timer": "3"})
    merke: str = klient.get(_spoer("spoer_se_over", sted)).context["merke"]
    return merke


def _spoer(side: str, sted: Sted) -> str:
    return reverse(f"koordinator:{side}", args=[sted.sak.pk])


def test_spoersmaalet_gaar_ikke_til_en_annen_leder(
    sted: Sted, svein: Konto, naa: datetime, client: Client, paa_dagen: None
) -> None:
    client.force_login(sted.tok)
    fane_a = _skriv(client, sted, "Jonas Berg", naa.date())
    fane_b = _skriv(client, sted, "Ola Strand", naa.date())
    svar = client.post(_spoer("spoer_se_over", sted), {"merke": fane_a})
    assert svar.status_code == 422
    tekst = svar.content.decode()
    assert ENDRET in tekst
    assert "Send til Svein Leder" in tekst
    assert not Forespoersel.objects.exists()
    assert not Varsel.objects.exists()
    assert client.post(_spoer("spoer_se_over", sted), {"merke": fane_b}).status_code == 302
    assert Forespoersel.objects.get().leder == svein


def test_ny_leder_siden_sist_er_en_annen_mottaker(sted: Sted, naa: datetime, client: Client, paa_dagen: None) -> None:
    client.force_login(sted.tok)
    sett = _skriv(client, sted, "Jonas Berg", naa.date())
    with som_system("test data"):
        Ansettelse.objects.filter(konto=sted.leder).update(til_dato=naa.date())
    ansatt("leder", navn="Ny Leder")
    AnsettelseFabrikk(konto=Konto.objects.get(navn="Ny Leder"), enhet=sted.skole, rolle="leder", fra_dato=naa.date())
    svar = client.post(_spoer("spoer_se_over", sted), {"merke": sett})
    assert svar.status_code == 422
    assert "Send til Ny Leder" in svar.content.decode()


def test_uten_merke_sendes_ingenting(sted: Sted, naa: datetime, client: Client, paa_dagen: None) -> None:
    client.force_login(sted.tok)
    _skriv(client, sted, "Jonas Berg", naa.date())
    assert client.post(_spoer("spoer_se_over", sted)).status_code == 422
    assert not Forespoersel.objects.exists()


def test_forsvinner_lederen_gaar_siden_til_skjemaet(sted: Sted, naa: datetime, client: Client, paa_dagen: None) -> None:
    client.force_login(sted.tok)
    _skriv(client, sted, "Jonas Berg", naa.date())
    with som_system("test data"):
        Ansettelse.objects.filter(konto=sted.leder).update(til_dato=naa.date())
    assert client.get(_spoer("spoer_se_over", sted)).headers["Location"] == _spoer("spoer", sted)


def test_lederens_nei_blir_ikke_ja(sted: Sted, naa: datetime, client: Client, paa_dagen: None) -> None:
    forespoersel = sted.spoer(naa)
    side, se_over = (reverse(f"koordinator:{s}", args=[forespoersel.pk]) for s in ("svar", "svar_se_over"))
    client.force_login(sted.leder)

    def skriv(**data: str) -> Any:
        client.post(side, data)
        return client.get(se_over).context["merke"]

    nei = skriv(svar="avslag", grunn="tid")
    ja = skriv(svar="godkjenn", timer="3")
    svar = client.post(se_over, {"merke": nei})
    assert svar.status_code == 422
    assert ENDRET in svar.content.decode()
    assert "Ja, Jonas Berg kan være koordinator" in svar.content.decode()
    forespoersel.refresh_from_db()
    assert forespoersel.tilstand == "sendt"
    assert client.post(se_over, {"merke": ja}).status_code == 302
