"""No page asks the database more often when it holds more: the same number of queries with 3 rows and with 60."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansvarsgruppe import frister
from tests.fabrikker import (
    I_DAG,
    NAA,
    DeltakelseFabrikk,
    HenvendelseFabrikk,
    PersonFabrikk,
    SakFabrikk,
    koordinator_i,
    tok_ansatt,
)
from tests.oversikt.rader import frist, gruppe, moete
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument, Konto
from tok.sak.models import Hendelse, Innsyn, Sak, Saksdokument, Tiltak

pytestmark = pytest.mark.django_db

FAA, MANGE = 3, 60


class Kontor:
    """One office that gets more and more to do."""

    def __init__(self) -> None:
        self.sak: Sak = SakFabrikk(person=PersonFabrikk(fornavn="Åse", etternavn="Ødegård"))
        self.tok: Konto = tok_ansatt(self.sak)
        self.koordinator: Konto = koordinator_i(self.sak)
        self.gruppe = gruppe(self.sak)
        self.antall = 0

    def fyll(self, til: int) -> None:
        """More cases with all that belongs to them, and more in the one case."""
        while self.antall < til:
            self.antall += 1
            nr = self.antall
            sak = SakFabrikk(kontor=self.sak.kontor, person=PersonFabrikk(fornavn="Åse", etternavn=f"Ødegård{nr}"))
            koordinator = koordinator_i(sak)
            DeltakelseFabrikk(sak=sak, konto=self.koordinator)
            SakFabrikk(kontor=self.sak.kontor)  # without a coordinator: a next step
            HenvendelseFabrikk(kontor=self.sak.kontor, person=PersonFabrikk(fornavn="Åse"))
            moete(gruppe(sak), NAA + timedelta(days=nr), tilstand="planlagt", saksliste_sendt_tid=None)
            moete(self.gruppe, NAA - timedelta(days=nr), saksliste_sendt_tid=None)
            for sted in (sak, self.sak):
                frist(sted, I_DAG + timedelta(days=nr % 40 - 20))
                frist(sted, I_DAG + timedelta(days=nr), frister.AARLIG_GJENNOMGANG)
            self._i_saken(koordinator)

    def _i_saken(self, konto: Konto) -> None:
        deltakelse = DeltakelseFabrikk(sak=self.sak)
        felt: dict[str, Any] = {"konto": konto, "konto_navn": konto.navn, "tid": NAA, "objekt_id": self.sak.pk}
        with som_system("test data"):
            Tiltak.objects.create(
                sak=self.sak,
                tekst="Ringe",
                ansvarlig_deltakelse=deltakelse,
                kilde_type="referat",
                kilde_id=self.gruppe.pk,
            )
            dokument = Dokument.objects.create(
                noekkel=f"d{self.antall}", mal="x", tittel="x", innhold={}, bestilt_tid=NAA, neste_forsoek_tid=NAA
            )
            Saksdokument.objects.create(sak=self.sak, dokument=dokument, type="innkalling", tittel="x", dato=I_DAG)
            Hendelse.objects.create(sak=self.sak, handling="sak.endre_deltaker", objekt_type="Deltakelse", **felt)
            Innsyn.objects.create(sak=self.sak, handling="les", objekt_type="Sak", forespoersel_id=self.sak.pk, **felt)


def spoerringer(client: Client, url: str, post: dict[str, str] | None) -> int:
    """The second asking: what is put together once, and the session's minute, are done with."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as fanget:
            svar = client.post(url, post) if post else client.get(url)
        assert svar.status_code == 200
    return len(fanget)


@pytest.fixture
def kontoret() -> Kontor:
    return Kontor()


def test_like_mange_spoerringer_med_tre_og_seksti(client: Client, kontoret: Kontor) -> None:
    sak = [kontoret.sak.pk]
    sider: list[tuple[str, Konto, str, dict[str, str] | None]] = [
        ("Min dag, kontoret", kontoret.tok, "/", None),
        ("Min dag, koordinator", kontoret.koordinator, "/", None),
        ("registeret", kontoret.tok, "/saker/", None),
        ("registeret, filtrert", kontoret.tok, "/saker/?mangler=referat&tilstand=alle", None),
        ("søk", kontoret.tok, "/saker/soek/", {"q": "åse"}),
        ("saken, kontoret", kontoret.tok, reverse("oversikt:sak", args=sak), None),
        ("saken, koordinator", kontoret.koordinator, reverse("oversikt:sak", args=sak), None),
        ("møtene i saken", kontoret.koordinator, reverse("ansvarsgruppe:moeter", args=sak), None),
        ("egne møter", kontoret.koordinator, reverse("ansvarsgruppe:mine_moeter"), None),
        ("dokumentene", kontoret.tok, reverse("sak:dokumenter", args=sak), None),
        ("deltakerne", kontoret.tok, reverse("sak:deltakere", args=sak), None),
        ("loggen", kontoret.tok, reverse("sak:logg", args=sak), None),
        ("henvendelsene", kontoret.tok, reverse("sak:henvendelser"), None),
        ("koordinatorene", kontoret.tok, reverse("koordinator:koordinatorer"), None),
    ]
    antall: dict[int, dict[str, int]] = {}
    for til in (FAA, MANGE):
        kontoret.fyll(til)
        antall[til] = {}
        for navn, konto, url, post in sider:
            client.force_login(konto)
            antall[til][navn] = spoerringer(client, url, post)
    assert antall[FAA] == antall[MANGE]
    assert max(antall[MANGE][navn] for navn in ("registeret", "søk")) <= 20
    assert max(antall[MANGE][navn] for navn in ("Min dag, kontoret", "Min dag, koordinator")) <= 12
    assert max(antall[MANGE].values()) <= 40
