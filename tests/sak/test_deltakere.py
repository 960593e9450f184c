"""In and out of the case (R33, N2), and the form that asks who it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.fabrikker import (
    DeltakelseFabrikk,
    EnhetFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
)
from tok.kjerne.models import Konto, Varsel
from tok.sak.forms import DeltakerSkjema
from tok.sak.handlinger import avslutt_deltakelse, endre_deltaker, legg_til_deltaker
from tok.sak.handlinger.deltakere import (
    AlleredeAvsluttet,
    DeltarAllerede,
    ForelderTilVoksen,
    KoordinatorOppnevnes,
    PersonenErMed,
)
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


def test_den_som_er_med_i_en_rolle_kommer_ikke_inn_i_en_til(naa: datetime) -> None:
    sak = SakFabrikk()
    av = koordinator_i(sak)
    with pytest.raises(DeltarAllerede, match="koordinator"):
        legg_til_deltaker(sak=sak, rolle="fast", hvem=av, av=av, naa=naa)
    legg_til_deltaker(sak=sak, rolle="representant", hvem=MOR, egenskap="forelder", av=av, naa=naa)
    with pytest.raises(DeltarAllerede):
        legg_til_deltaker(sak=sak, rolle="stoetteperson", hvem=MOR, av=av, naa=naa)


def test_forelder_er_med_til_personen_er_18(naa: datetime) -> None:
    sak = SakFabrikk(person=PersonFabrikk(foedselsdato=date(2009, 2, 3)))
    mor = legg_til_deltaker(
        sak=sak, rolle="representant", hvem=MOR, egenskap="forelder", av=koordinator_i(sak), naa=naa
    )
    assert mor.til_dato == date(2027, 2, 3)
    voksen = SakFabrikk(person=PersonFabrikk(foedselsdato=date(1990, 1, 1)))
    with pytest.raises(ForelderTilVoksen):
        legg_til_deltaker(
            sak=voksen, rolle="representant", hvem=MOR, egenskap="forelder", av=koordinator_i(voksen), naa=naa
        )


def test_den_ansattes_enhet_er_kjent(naa: datetime) -> None:
    sak = SakFabrikk()
    tor = ansatt(enhet=EnhetFabrikk(navn="Fysioterapien"))
    deltakelse = legg_til_deltaker(sak=sak, rolle="fast", hvem=tor, av=koordinator_i(sak), naa=naa)
    assert deltakelse.enhet is not None
    assert deltakelse.enhet.navn == "Fysioterapien"


def test_personen_kan_ikke_tas_ut(naa: datetime) -> None:
    sak = SakFabrikk()
    personen = DeltakelseFabrikk(sak=sak, konto=None, rolle="person")
    with pytest.raises(PersonenErMed):
        avslutt_deltakelse(deltakelse=personen, av=koordinator_i(sak), naa=naa)


def test_adressen_kan_rettes_uten_nytt_samtykke(naa: datetime) -> None:
    sak = SakFabrikk()
    av = koordinator_i(sak)
    mor = legg_til_deltaker(sak=sak, rolle="representant", hvem=MOR, egenskap="forelder", av=av, naa=naa)
    endre_deltaker(
        deltakelse=mor,
        kontakt=replace(MOR, postadresse="Nyveien 2"),
        enhet=None,
        bidrag="Kjenner Emma best",
        via_legekontor=False,
        av=av,
        naa=naa,
    )
    mor = Deltakelse.objects.med_navn().get(pk=mor.pk)
    assert (mor.kontakt.postadresse, mor.bidrag) == ("Nyveien 2", "Kjenner Emma best")


def test_en_konto_utenfor_kommunen_finnes_paa_epost() -> None:
    far = KontoFabrikk(epost="far@hjemme.example")
    data = {"rolle": "representant", "egenskap": "forelder", "hvordan": "konto", "epost_konto": "Far@hjemme.example"}
    skjema = DeltakerSkjema(data, kontoer=Konto.objects.none())
    assert skjema.is_valid(), skjema.errors
    assert skjema.hvem() == far
    assert "epost_konto" in DeltakerSkjema(data | {"epost_konto": "x@y.example"}, kontoer=Konto.objects.none()).errors


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


def test_mange_endringer_paa_en_dag_gir_kontoret_en_melding(naa: datetime) -> None:
    """Eight changes in a minute are one thing to look at; the next day is another (R33)."""
    sak = SakFabrikk()
    av = koordinator_i(sak)
    for nr in range(4):
        ny = legg_til_deltaker(sak=sak, rolle="fast", hvem=ansatt(navn=f"Fast {nr}"), av=av, naa=naa)
        avslutt_deltakelse(deltakelse=ny, av=av, naa=naa)
    assert Varsel.objects.count() == 1
    legg_til_deltaker(sak=sak, rolle="fast", hvem=ansatt(), av=av, naa=naa + timedelta(days=1))
    assert Varsel.objects.count() == 2
