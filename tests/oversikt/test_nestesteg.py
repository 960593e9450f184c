"""What TOK itself must do next stands on Min dag until it is done (R29–R30, R109–R113)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koordinator.handlinger import avslaa, avslutt_oppnevning, bytt_koordinator, trekk_forespoersel
from tests.fabrikker import I_DAG, NAA, AnsettelseFabrikk, SakFabrikk, ansatt, tok_ansatt
from tests.koordinator.conftest import Sted, lag_sted
from tests.oversikt.rader import flytt, gruppe, kontor
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.bunker import Bunke, MinDagRad, Utsnitt
from tok.oversikt.sporringer.kontor import plass
from tok.oversikt.sporringer.nestesteg import NESTE_STEG, kontorets
from tok.sak.models import Ansettelse

pytestmark = pytest.mark.django_db
EN_DAG = timedelta(days=1)


@pytest.fixture
def sted() -> Sted:
    sted = lag_sted()
    flytt(sted.sak, oensker_koordinator=True, oensker_gruppe=True)
    return sted


def bunken(konto: Konto, i_dag: date = I_DAG) -> Bunke:
    """The pile on its own page."""
    (bunke,) = kontorets(plass(konto, i_dag), i_dag, Utsnitt(NESTE_STEG))
    return bunke


def rader(sted: Sted, i_dag: date = I_DAG) -> list[MinDagRad]:
    return bunken(sted.tok, i_dag).rader


def steg(sted: Sted, i_dag: date = I_DAG) -> list[tuple[str, date | None]]:
    return [(rad.setning, rad.siden) for rad in rader(sted, i_dag)]


def test_ingen_er_spurt(sted: Sted) -> None:
    assert steg(sted) == [("Spør leder om koordinator", sted.sak.aapnet_dato)]
    flytt(sted.sak, oensker_koordinator=False, oensker_gruppe=False)
    assert steg(sted) == []


def test_mens_leder_er_spurt_er_det_lederens_tur(sted: Sted) -> None:
    sted.spoer(NAA)
    assert steg(sted) == []


def test_leder_har_sagt_ja(sted: Sted) -> None:
    ja = sted.godkjent(NAA - 3 * EN_DAG)
    [rad] = rader(sted)
    assert (rad.setning, rad.siden) == ("Oppnevn Jonas Berg som koordinator", date(2026, 11, 20))
    assert str(ja.pk) in rad.url


def test_leder_har_sagt_nei(sted: Sted) -> None:
    avslaa(forespoersel=sted.spoer(NAA - 5 * EN_DAG), grunn="tid", av=sted.leder, naa=NAA - EN_DAG)
    assert steg(sted) == [("Leder svarte nei. Spør en annen", date(2026, 11, 22))]
    sted.spoer(NAA, foreslaatt=sted.trine)
    assert steg(sted) == []


def test_trukket_er_som_ikke_spurt(sted: Sted) -> None:
    trekk_forespoersel(forespoersel=sted.spoer(NAA), av=sted.tok, naa=NAA)
    assert [setning for setning, _ in steg(sted)] == ["Spør leder om koordinator"]


def test_gruppa_er_oensket_og_ikke_opprettet(sted: Sted) -> None:
    sted.oppnevn(NAA)
    assert steg(sted) == [("Opprett ansvarsgruppa", I_DAG)]
    gruppe(sted.sak)
    assert steg(sted) == []


def test_oppnevning_som_begynner_senere(sted: Sted) -> None:
    """Nothing to do until the first day; then the group."""
    sted.oppnevn(NAA, fra_dato=date(2026, 12, 1))
    assert steg(sted) == []
    assert steg(sted, date(2026, 12, 1)) == [("Opprett ansvarsgruppa", date(2026, 12, 1))]


def test_etter_en_slutt_uten_ny_maa_noen_spoerres(sted: Sted) -> None:
    oppnevning = sted.oppnevn(NAA)
    avslutt_oppnevning(oppnevning=oppnevning, slutt_dato=I_DAG + EN_DAG, slutt_grunn="x", av=sted.tok, naa=NAA)
    assert steg(sted, I_DAG + EN_DAG) == [("Spør leder om koordinator", I_DAG + EN_DAG)]


def test_bytte_som_er_godkjent(sted: Sted) -> None:
    gammel = sted.oppnevn(NAA)
    gruppe(sted.sak)
    ja = sted.godkjent(NAA, foreslaatt=sted.trine)
    assert steg(sted) == [("Oppnevn Trine Aasen som koordinator", I_DAG)]
    bytt_koordinator(oppnevning=gammel, forespoersel=ja, fra_dato=I_DAG, av=sted.tok, naa=NAA)
    assert steg(sted) == []


def test_lederen_er_ikke_leder_lenger(sted: Sted) -> None:
    spurt = sted.spoer(NAA)
    flytt(Ansettelse.objects.get(konto=sted.leder), til_dato=I_DAG)
    AnsettelseFabrikk(konto=ansatt(), enhet=sted.skole, rolle="leder", fra_dato=I_DAG)
    [rad] = rader(sted)
    assert rad.setning == "Marit Hagen er ikke leder for enheten lenger. Trekk forespørselen, og spør på nytt"
    assert str(spurt.pk) in rad.url


def test_den_som_har_ventet_lengst_staar_foerst(sted: Sted) -> None:
    sted.godkjent(NAA)
    SakFabrikk(kontor=sted.sak.kontor, nummer="2026/0801", aapnet_dato=I_DAG - 9 * EN_DAG, oensker_gruppe=True)
    SakFabrikk(kontor=sted.sak.kontor, nummer="2026/0802", aapnet_dato=I_DAG - 2 * EN_DAG, oensker_plan=True)
    assert [rad.saksnummer for rad in rader(sted)] == ["2026/0801", "2026/0802", "2026/0102"]


def test_bare_eget_kontor(sted: Sted) -> None:
    annet = tok_ansatt(kontor=kontor("Et annet kontor"))
    assert bunken(annet).rader == []


@pytest.mark.parametrize("antall", [2, 30])
def test_en_spoerring_uansett(sted: Sted, antall: int) -> None:
    for nr in range(antall):
        SakFabrikk(kontor=sted.sak.kontor, nummer=f"2026/09{nr:02}", oensker_gruppe=True)
    plass_ = plass(sted.tok, I_DAG)
    with CaptureQueriesContext(connection) as spoerringer:
        _nye, bunke = kontorets(plass_, I_DAG)
    assert len(spoerringer) == 1
    assert (len(bunke.rader), bunke.antall) == ((3, "3") if antall == 2 else (7, "25+"))


def test_staar_paa_siden(sted: Sted, client: Client, naa: datetime) -> None:
    sted.godkjent(naa)
    klient: Any = client
    klient.force_login(sted.tok)
    tekst = klient.get("/").content.decode()
    assert "Neste steg i sakene" in tekst
    assert "siden 23. november" in tekst
