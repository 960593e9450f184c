"""Post that did not come through is seen by somebody who can do something about it (P1, P2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from tests.fabrikker import KontoFabrikk, SakFabrikk, ansatt, tok_ansatt
from tok.kjerne.dokumenter import bestill, lag_neste
from tok.kjerne.models import Dokument, Konto, Varsel
from tok.kjerne.utboks import INNLOGGING
from tok.sak.dagbok import setning
from tok.sak.handlinger import kom_fram, lag_paa_nytt, send_paa_nytt
from tok.sak.handlinger.post import ErIOrden
from tok.sak.models import Hendelse, Innsyn
from tok.sak.tilgang import post
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings, naa: datetime) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(naa, tick=False):
        yield


def varsel(naa: datetime, tilstand: str = "i_tvil", **felt: Any) -> Varsel:
    nr = Varsel.objects.count()
    standard: dict[str, Any] = {"mottaker": KontoFabrikk(navn=f"Mottaker {nr}"), "tekst": "Logg inn", "forsoek": 8}
    return Varsel.objects.create(
        noekkel=f"n{nr}",
        meldings_id=f"<{nr}@tok.example>",
        epost="ansatt@fjordvik.example",
        emne="Noe venter",
        tilstand=tilstand,
        lagt_tid=naa,
        neste_forsoek_tid=naa,
        **standard | felt,
    )


def dokument(naa: datetime, **felt: Any) -> Dokument:
    bestilt = bestill(noekkel="d", mal="innkalling", tittel="Innkalling til Amina", innhold={}, naa=naa)
    Dokument.objects.filter(pk=bestilt.pk).update(**{"tilstand": "feilet", "forsoek": 5, "feil": "KeyError"} | felt)
    return bestilt


@pytest.fixture
def hos_oss() -> Konto:
    return tok_ansatt(SakFabrikk(), navn="Kari Østby")


def test_den_sendes_paa_nytt(naa: datetime, hos_oss: Konto) -> None:
    rad = varsel(naa, "oppgitt", feil="SMTPDataError 550")
    send_paa_nytt(varsel=rad, av=hos_oss, naa=naa)
    rad.refresh_from_db()
    assert (rad.tilstand, rad.forsoek, rad.neste_forsoek_tid, rad.feil) == ("klar", 0, naa, "")
    assert setning(Hendelse.objects.get()) == "Kari Østby sendte en melding til Mottaker 0 på nytt."
    with pytest.raises(ErIOrden):
        send_paa_nytt(varsel=rad, av=hos_oss, naa=naa)


def test_den_kom_fram(naa: datetime, hos_oss: Konto) -> None:
    rad = varsel(naa)
    kom_fram(varsel=rad, av=hos_oss, naa=naa)
    rad.refresh_from_db()
    assert (rad.tilstand, rad.sendt_tid) == ("sendt", naa)


def test_dokumentet_lages_paa_nytt(naa: datetime, hos_oss: Konto) -> None:
    rad = dokument(naa)
    lag_paa_nytt(dokument=rad, av=hos_oss, naa=naa)
    rad.refresh_from_db()
    assert (rad.tilstand, rad.forsoek, rad.feil) == ("bestilt", 0, "")
    lag_neste(naa=naa)  # a worker takes it up again
    rad.refresh_from_db()
    assert rad.forsoek == 1
    with pytest.raises(ErIOrden):
        lag_paa_nytt(dokument=rad, av=hos_oss, naa=naa)


def test_bare_kontoret(naa: datetime) -> None:
    rad = varsel(naa)
    with pytest.raises(Avvist):
        send_paa_nytt(varsel=rad, av=ansatt("leder"), naa=naa)


def test_det_som_ikke_er_stoppet_er_ikke_paa_lista(naa: datetime, hos_oss: Konto) -> None:
    for tilstand in ("klar", "sendes", "stanset"):
        varsel(naa, tilstand)
    varsel(naa, gjelder_type=INNLOGGING)
    assert post.antall(hos_oss) == post.Postantall()


def test_min_dag_og_lista(
    naa: datetime, hos_oss: Konto, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rad, brev = varsel(naa), dokument(naa)
    varsel(naa, "oppgitt")
    with django_assert_num_queries(1):
        assert post.antall(hos_oss) == post.Postantall(2, 1, naa)
    client.force_login(hos_oss)
    min_dag = client.get("/").content.decode()
    assert "Post som ikke kom fram" in min_dag
    assert "2 meldinger og 1 dokument kom ikke fram" in min_dag
    liste = client.get(reverse("sak:post")).content.decode()
    assert "Til Mottaker 0" in liste
    assert "Vi vet ikke om den kom fram." in liste
    assert "Gitt opp etter 8 forsøk." in liste
    assert "Amina" not in liste
    assert Innsyn.objects.filter(objekt_type="Post", antall=3).exists()
    for navn, noekkel in (("post_send", rad.pk), ("post_kom_fram", rad.pk), ("post_lag", brev.pk)):
        assert client.post(reverse(f"sak:{navn}", args=[noekkel])).headers["Location"] == reverse("sak:post")
    assert post.antall(hos_oss).meldinger == 1
    assert "Dette er alt ordnet." in client.get(reverse("sak:post")).content.decode()
