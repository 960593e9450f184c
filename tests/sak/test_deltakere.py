"""In and out of the case (R33, N2), and the form that asks who it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.fabrikker import DeltakelseFabrikk, KontoFabrikk, SakFabrikk, koordinator_i
from tok.kjerne.models import Konto, Varsel
from tok.sak.forms import DeltakerSkjema
from tok.sak.handlinger import avslutt_deltakelse, legg_til_deltaker
from tok.sak.handlinger.deltakere import AlleredeAvsluttet, DeltarAllerede, KoordinatorOppnevnes
from tok.sak.models import Deltakelse, Sak
from tok.sak.opplysninger import UtenKonto
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db

MOR = UtenKonto("Silje Fjellvik", "", "12 34 51 00", "", "Prøveveien 1, 0001 Fjordvik")


def test_koordinator_legger_til_og_kontoret_faar_vite_det(naa: datetime) -> None:
    sak = SakFabrikk()
    mor = legg_til_deltaker(
        sak=sak, rolle="representant", hvem=MOR, egenskap="forelder", av=koordinator_i(sak), naa=naa
    )
    assert mor.navn == "Silje Fjellvik"
    varsel = Varsel.objects.get()
    assert varsel.mottaker == sak.saksbehandler
    assert "Fjellvik" not in varsel.tekst + varsel.emne


def test_samme_deltaker_en_gang(naa: datetime) -> None:
    fast = DeltakelseFabrikk()
    with pytest.raises(DeltarAllerede):
        legg_til_deltaker(sak=fast.sak, rolle="fast", hvem=fast.konto, av=koordinator_i(fast.sak), naa=naa)


def test_koordinator_oppnevnes_ikke_her(naa: datetime) -> None:
    sak = SakFabrikk()
    av = koordinator_i(sak)
    with pytest.raises(KoordinatorOppnevnes):
        legg_til_deltaker(sak=sak, rolle="koordinator", hvem=KontoFabrikk(), av=av, naa=naa)
    with pytest.raises(KoordinatorOppnevnes):
        avslutt_deltakelse(deltakelse=Deltakelse.objects.get(konto=av), av=av, naa=naa)


def test_tatt_ut_er_ute_med_en_gang(naa: datetime) -> None:
    fast = DeltakelseFabrikk()
    av = koordinator_i(fast.sak)
    avslutt_deltakelse(deltakelse=fast, av=av, naa=naa)
    assert not Rett.SE_SAK.synlige(fast.konto, Sak.objects.all(), i_dag=naa.date()).exists()
    with pytest.raises(AlleredeAvsluttet):
        avslutt_deltakelse(deltakelse=fast, av=av, naa=naa)


def test_lagt_til_og_tatt_ut_samme_dag(naa: datetime) -> None:
    sak = SakFabrikk()
    av = koordinator_i(sak)
    deltakelse = legg_til_deltaker(sak=sak, rolle="fast", hvem=KontoFabrikk(), av=av, naa=naa)
    assert avslutt_deltakelse(deltakelse=deltakelse, av=av, naa=naa).til_dato == naa.date()


def test_fast_deltaker_kan_ikke_endre_gruppa(naa: datetime) -> None:
    fast = DeltakelseFabrikk(fra_dato=date(2026, 1, 1))
    with pytest.raises(Avvist):
        legg_til_deltaker(sak=fast.sak, rolle="fast", hvem=KontoFabrikk(), av=fast.konto, naa=naa)


@pytest.mark.parametrize(
    ("data", "felt"),
    [
        ({"rolle": "representant", "hvordan": "uten", "navn": "A", "postadresse": "B"}, "egenskap"),
        ({"rolle": "fast", "hvordan": "konto"}, "konto"),
        ({"rolle": "fast", "hvordan": "uten", "postadresse": "B"}, "navn"),
        ({"rolle": "fast", "hvordan": "uten", "navn": "A"}, "postadresse"),
        ({"rolle": "fast", "hvordan": "uten", "navn": "A", "postadresse": "B", "epost": "ikke epost"}, "epost"),
        ({"rolle": "koordinator", "hvordan": "konto"}, "rolle"),
        ({"hvordan": "konto"}, "rolle"),
    ],
)
def test_skjemaet_sier_fra_ved_feltet(data: dict[str, Any], felt: str) -> None:
    assert felt in DeltakerSkjema(data, kontoer=Konto.objects.all()).errors
