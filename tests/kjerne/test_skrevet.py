"""What was typed comes back when the session had ended, and never to another site (P10, ASVS 3.5)."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.fabrikker import SakFabrikk
from tok.kjerne.skrevet import skrevne_felt

pytestmark = pytest.mark.django_db
TEKST = "Emma vil se den nye skolen først <b>"


def test_en_utlogget_faar_teksten_tilbake() -> None:
    sak = SakFabrikk()
    svar = Client().post(reverse("sak:deltaker_ny", args=[sak.pk]), {"bidrag": TEKST, "konto": str(sak.pk)})
    assert svar.status_code == 401
    html = svar.content.decode()
    assert "Emma vil se den nye skolen først &lt;b&gt;" in html
    assert f">{sak.pk}<" not in html


def test_en_utlogget_som_bare_ser_sendes_til_innlogging() -> None:
    svar = Client().get(reverse("sak:deltaker_ny", args=[SakFabrikk().pk]))
    assert svar.status_code == 302


def test_et_gammelt_merke_gir_teksten_tilbake() -> None:
    klient = Client(enforce_csrf_checks=True)
    svar = klient.post(reverse("account_login"), {"login": "a@b.example", "password": "hemmelig", "notat": TEKST})
    assert svar.status_code == 403
    assert "den nye skolen" in svar.content.decode()
    assert "hemmelig" not in svar.content.decode()


def test_et_annet_nettsted_faar_ingenting_gjentatt() -> None:
    request = RequestFactory().post("/", {"notat": TEKST}, headers={"origin": "https://ond.example"})
    assert skrevne_felt(request) == []
