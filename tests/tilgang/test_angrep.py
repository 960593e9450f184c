"""What somebody with an account tries, who should not see: each of these went through once (N1, N11, N12, N20)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.fabrikker import (
    I_DAG,
    NAA,
    DeltakelseFabrikk,
    PersonFabrikk,
    RepresentasjonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.oversikt.sporringer import mine
from tok.sak.handlinger import avslutt_deltakelse, avslutt_grunnlag, koble_konto, legg_til_deltaker
from tok.sak.handlinger.deltakere import GirSegSelvRollen
from tok.sak.handlinger.representasjon import KontoenErEnAnnens
from tok.sak.models import Deltakelse, Habilitet, Innsyn, Loggfunn, Sak, Tiltak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.sperrer import UTEN_HABILITET

pytestmark = pytest.mark.django_db


def sak_med(aar: int) -> Sak:
    return SakFabrikk(person=PersonFabrikk(foedselsdato=I_DAG.replace(year=I_DAG.year - aar)))


def _inhabil(konto: Konto, sak: Sak, relasjon: str = "forelder") -> None:
    with som_system("test data"):
        Habilitet.objects.create(
            konto=konto, person=sak.person, relasjon=relasjon, kilde="merket", satt_av=konto, satt_tid=NAA
        )


def test_far_faar_ikke_barnets_egen_konto(naa: datetime) -> None:
    """The person's account opens past protection and past what is hidden: it is never that of a known relation."""
    sak = sak_med(13)
    av = koordinator_i(sak)
    barnet = DeltakelseFabrikk(sak=sak, rolle="person", konto=None)
    far = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder")
    avslutt_deltakelse(deltakelse=far, av=av, naa=naa)
    with pytest.raises(KontoenErEnAnnens):
        koble_konto(deltakelse=barnet, konto=far.konto, av=av, naa=naa)
    assert not Rett.SE_SAK.har(far.konto, i_dag=I_DAG)


@pytest.mark.parametrize("rolle", sorted(UTEN_HABILITET - {"person"}))
def test_ingen_gir_seg_selv_en_rolle_som_varer_etter_jobben(rolle: str, naa: datetime) -> None:
    """As the family one keeps the case whatever relation is marked, and after the work in the office has ended."""
    sak = sak_med(13)
    av = tok_ansatt(sak)
    egenskap = "forelder" if rolle == "representant" else ""
    with pytest.raises(GirSegSelvRollen):
        legg_til_deltaker(sak=sak, rolle=rolle, egenskap=egenskap, hvem=av, av=av, naa=naa)


def test_ingen_kobler_seg_selv(naa: datetime) -> None:
    sak = sak_med(13)
    av = tok_ansatt(sak)
    barnet = DeltakelseFabrikk(sak=sak, rolle="person", konto=None)
    with pytest.raises(GirSegSelvRollen):
        koble_konto(deltakelse=barnet, konto=av, av=av, naa=naa)


def _egne_paa_min_dag(konto: Konto) -> tuple[list[str], list[str]]:
    """The tasks and the cases Min dag shows as one's own."""
    bunker, saker = mine.egne(konto, NAA)
    return [rad.setning for bunke in bunker for rad in bunke.rader], [sak.nummer for sak in saker]


def _med_tiltak(deltakelse: Deltakelse) -> None:
    with som_system("test data"):
        Tiltak.objects.create(
            sak=deltakelse.sak,
            tekst="Ringe BUP",
            ansvarlig="Far",
            ansvarlig_deltakelse=deltakelse,
            kilde_type="referat",
            kilde_id=uuid4(),
        )


def test_far_som_er_ansatt_ser_ikke_ungdommens_sak_paa_min_dag() -> None:
    """At 16 a parent's case and tasks are gone from Min dag too, which only those who also work here see (B7)."""
    far = ansatt()
    for aar in (15, 16):
        _med_tiltak(DeltakelseFabrikk(sak=sak_med(aar), konto=far, rolle="representant", egenskap="forelder"))
    femten = Deltakelse.objects.get(konto=far, sak__person__foedselsdato=I_DAG.replace(year=I_DAG.year - 15))
    tiltak, saker = _egne_paa_min_dag(far)
    assert saker == [femten.sak.nummer]
    assert len(tiltak) == 1


def test_verge_som_er_ansatt_mister_min_dag_med_mandatet(naa: datetime) -> None:
    verge = DeltakelseFabrikk(sak=sak_med(30), konto=ansatt(), rolle="representant", egenskap="verge")
    mandat = RepresentasjonFabrikk(deltakelse=verge)
    _med_tiltak(verge)
    assert all(_egne_paa_min_dag(verge.konto))
    avslutt_grunnlag(representasjon=mandat, av=koordinator_i(verge.sak), naa=naa)
    assert not any(_egne_paa_min_dag(verge.konto))


def _lest(sak: Sak, **felt: Any) -> Innsyn:
    konto = koordinator_i(sak)
    return Innsyn.objects.create(
        tid=NAA - timedelta(days=5),
        konto=konto,
        konto_navn=konto.navn,
        rolle="koordinator",
        person_id=sak.person_id,
        sak=sak,
        handling="les",
        formaal="se saken",
        er_beskyttet=True,
        forespoersel_id=uuid4(),
        **felt,
    )


def test_ombudet_leser_ikke_loggen_til_eget_barn(client: Client, settings: Any) -> None:
    """Whose case there is and who works in it stands in the log too: the officer's relation closes all of it (N12)."""
    settings.TOK_KREV_TOTP = False
    ombud, sak, annens = ansatt("personvernombud"), SakFabrikk(nummer="2026/7071"), SakFabrikk(nummer="2026/8082")
    rader = [_lest(sak), _lest(annens)]
    with som_system("test data"):
        funn = [
            Loggfunn.objects.create(
                uke_fra=date(2026, 11, 16),
                regel=Loggfunn.Regel.VERNET,
                konto=rad.konto,
                konto_navn=rad.konto_navn,
                person_id=rad.person_id,
                antall=1,
                innsyn_ider=[rad.pk],
                foerste_tid=rad.tid,
                siste_tid=rad.tid,
                funnet_tid=NAA,
            )
            for rad in rader
        ]
    _inhabil(ombud, sak)
    with time_machine.travel(NAA, tick=False):
        client.force_login(ombud, "tok.kjerne.innlogging.Innlogging")
        uka = client.get(reverse("sak:loggkontroll")).content.decode()
        assert "2026/8082" in uka
        assert "2026/7071" not in uka
        assert rader[0].konto_navn not in uka
        for navn in ("sak:loggkontroll_funn", "sak:loggfunn_gi_til"):
            svar = [client.get(reverse(navn, args=[ett.pk])).status_code for ett in funn]
            assert svar == [404, 200], navn
        dager = (("fra_0", 16), ("fra_1", 11), ("fra_2", 2026), ("til_0", 22), ("til_1", 11), ("til_2", 2026))
        felt = dict(dager)
        soek = reverse("sak:loggsoek")
        ukjent, eget = (client.post(soek, {**felt, "q": q}).content.decode() for q in ("2026/9999", sak.nummer))
        assert "Ingen konto eller sak heter det du skrev." in ukjent
        assert "Ingen konto eller sak heter det du skrev." in eget
        navn = client.post(soek, {**felt, "q": rader[0].konto_navn}).content.decode()
        assert "Ingen oppslag i perioden." in navn
        assert "1 oppslag" in client.post(soek, {**felt, "q": annens.nummer}).content.decode()
