"""Notes: who writes and reads them, one for each form, and a draft that is its author's alone (R7, R80, P9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import (
    I_DAG,
    NAA,
    DeltakelseFabrikk,
    PersonFabrikk,
    SakFabrikk,
    koordinator_i,
    tok_ansatt,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak import utkast
from tok.sak.handlinger.notat import skriv_notat
from tok.sak.models import Notat, Sak, Skjult, Utkast
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def skriv(sak: Sak, av: Konto, **felt: Any) -> Notat:
    verdier: dict[str, Any] = {"tekst": "Jeg vil ha fri på fredager.", "skjul": False, "skjema_id": uuid4()} | felt
    return skriv_notat(sak=sak, av=av, naa=NAA, **verdier)


def personen(sak: Sak) -> Konto:
    konto: Konto = DeltakelseFabrikk(sak=sak, rolle="person").konto
    return konto


def forelder(sak: Sak) -> Konto:
    konto: Konto = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder").konto
    return konto


def test_familien_og_koordinatoren_skriver_og_leser_og_ingen_andre() -> None:
    sak = SakFabrikk()
    inne = [personen(sak), forelder(sak), koordinator_i(sak)]
    ute = [DeltakelseFabrikk(sak=sak).konto, tok_ansatt(sak), koordinator_i(SakFabrikk())]
    for konto in inne:
        skriv(sak, konto)
    for konto in ute:
        with pytest.raises(Avvist):
            skriv(sak, konto)
    for konto, antall in [(k, 3) for k in inne] + [(k, 0) for k in ute]:
        assert Rett.SE_NOTAT.synlige(konto, Notat.objects.all(), i_dag=I_DAG).count() == antall


@pytest.mark.parametrize(("foedt", "leser"), [(date(2014, 11, 24), False), (date(2014, 11, 23), True)])
def test_den_som_fyller_tolv_i_dag_leser_selv_fra_i_dag(client: Client, foedt: date, leser: bool) -> None:
    sak = SakFabrikk(person=PersonFabrikk(foedselsdato=foedt))
    client.force_login(personen(sak))
    svar = client.get(reverse("sak:notat_nytt", args=[sak.pk]))
    assert svar.status_code == (200 if leser else 404)
    assert ("Bare du og koordinatoren din ser dette." in svar.content.decode()) is leser


def test_samme_skjema_to_ganger_er_ett_notat() -> None:
    sak = SakFabrikk()
    av, skjema_id = personen(sak), uuid4()
    assert skriv(sak, av, skjema_id=skjema_id, skjul=True) == skriv(sak, av, skjema_id=skjema_id, skjul=True)
    assert (Notat.objects.count(), Skjult.objects.count()) == (1, 1)


def test_det_som_er_sagt_endres_ikke() -> None:
    notat = skriv(SakFabrikk(), koordinator_i(Sak.objects.get()))
    with som_system("test data"), pytest.raises(ProgrammingError), transaction.atomic():
        Notat.objects.filter(pk=notat.pk).update(tekst="Noe annet")


def test_kladden_er_forfatterens_og_borte_naar_notatet_er_lagret(client: Client) -> None:
    sak = SakFabrikk()
    jeg, mor = personen(sak), forelder(sak)
    client.force_login(jeg)
    kladd, nytt = (reverse(f"sak:{navn}", args=[sak.pk]) for navn in ("notatkladd", "notat_nytt"))
    faner = ["a" * 12, "b" * 12]
    for fane in faner:
        svar = client.post(kladd, {"tekst": f"Halvferdig {fane}", "skjul": "on", "fane": fane})
        assert svar.json() == {"lagret": "08.30"}
    assert Utkast.objects.filter(objekt_type__startswith="notat").count() == 2
    assert "Halvferdig" not in str(list(Utkast.objects.values_list("innhold", flat=True)))
    assert "Halvferdig" in client.get(nytt).content.decode()
    client.force_login(mor)
    assert "Halvferdig" not in client.get(nytt).content.decode()
    client.force_login(jeg)
    data = {"tekst": "Ferdig", "skjul": "on", "skjema_id": str(uuid4()), "fane": faner[0]}
    assert client.post(nytt, data)["Location"] == f"/min-side/{sak.pk}/#notater"
    igjen = [k.innhold["tekst"] for k in utkast.hent_alle(konto=jeg, objekt_type="notat", objekt_id=sak.pk)]
    assert igjen == [f"Halvferdig {faner[1]}"]
    assert Skjult.objects.get().objekt_id == Notat.objects.get(tekst="Ferdig").pk
    client.post(kladd, {"tekst": " ", "fane": faner[1]})
    assert not Utkast.objects.exists()


def test_kladd_uten_innlogging_og_uten_rett(client: Client) -> None:
    sak = SakFabrikk()
    url = reverse("sak:notatkladd", args=[sak.pk])
    assert client.post(url, {"tekst": "x"}).status_code == 401
    client.force_login(tok_ansatt(sak))
    assert client.post(url, {"tekst": "x"}).status_code == 404
    assert not Utkast.objects.exists()


def test_tomt_og_for_langt_sies_ved_feltet_og_teksten_staar(client: Client) -> None:
    sak = SakFabrikk()
    client.force_login(forelder(sak))
    url = reverse("sak:notat_nytt", args=[sak.pk])
    for tekst, feil in (("", "Fyll ut «Hva vil du si?»"), ("å" * 4001, "kan ha høyst 4000 tegn")):
        svar = client.post(url, {"tekst": tekst, "skjema_id": str(uuid4())})
        assert svar.status_code == 422
        assert feil in svar.content.decode()
        assert tekst in svar.content.decode()
    assert not Notat.objects.exists()


def test_koordinatoren_ser_det_nyeste_paa_saken_og_kontoret_ser_det_ikke(client: Client) -> None:
    sak = SakFabrikk()
    skriv(sak, personen(sak), skjul=True)
    for konto, ser in ((koordinator_i(sak), True), (tok_ansatt(sak), False)):
        client.force_login(konto)
        assert ("fri på fredager" in client.get(reverse("oversikt:sak", args=[sak.pk])).content.decode()) is ser


def test_like_mange_spoerringer_med_mange_notater(client: Client) -> None:
    sak = SakFabrikk()
    av = koordinator_i(sak)
    client.force_login(av)
    url = reverse("sak:notater", args=[sak.pk])
    antall = []
    for flere in (1, 20):
        for nr in range(flere):
            skriv(sak, av, skjul=nr % 2 == 0)
        client.get(url)
        with CaptureQueriesContext(connection) as spurt:
            assert client.get(url).status_code == 200
        antall.append(len(spurt))
    assert antall[0] == antall[1]
