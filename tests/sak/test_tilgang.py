"""The door: rights, sources and the reading log (N1–N4, N6, L13)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.fabrikker import (
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    KontoFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    samtykke_for,
    tok_ansatt,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto, Sikkerhetslogg
from tok.sak.handlinger import kryss_av
from tok.sak.models import Avkryssing, Deltakelse, Innsyn, Sak, Sjekkpunkt
from tok.sak.sider.grunn import les_bare
from tok.sak.tilgang import Rett, kilder
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db


def ser(konto: Konto, sak: Sak, rett: Rett, naa: datetime) -> bool:
    return rett.synlige(konto, Sak.objects.all(), i_dag=naa.date()).filter(pk=sak.pk).exists()


def test_utenforstaaende_ser_ingenting(naa: datetime) -> None:
    sak = SakFabrikk()
    for konto in (KontoFabrikk(), ansatt(), ansatt("leder"), tok_ansatt(SakFabrikk())):
        assert not any(ser(konto, sak, rett, naa) for rett in Rett if rett.omfang == "sak")


def test_tok_ser_eget_kontors_saker_uten_dobbelt(naa: datetime) -> None:
    sak = SakFabrikk()
    konto = tok_ansatt(sak)
    DeltakelseFabrikk(sak=sak, konto=konto, rolle=Deltakelse.Rolle.FAST)
    assert list(Rett.SE_SAK.synlige(konto, Sak.objects.all(), i_dag=naa.date())) == [sak]


@pytest.mark.parametrize("rolle", [r for r in Deltakelse.Rolle.values if r not in ("person", "representant")])
def test_deltakelse_gir_adgang_mens_den_varer(rolle: str, naa: datetime) -> None:
    deltakelse = DeltakelseFabrikk(rolle=rolle, konto=ansatt())
    skal = rolle in {str(r) for r in Rett.SE_SAK.roller}
    assert ser(deltakelse.konto, deltakelse.sak, Rett.SE_SAK, naa) is skal
    with som_system("ends today"):
        deltakelse.til_dato = naa.date()
        deltakelse.save()
    assert not ser(deltakelse.konto, deltakelse.sak, Rett.SE_SAK, naa)


@pytest.mark.parametrize("rolle", ["koordinator", "vara", "medkoordinator", "fast"])
def test_den_som_slutter_i_kommunen_leder_ingen_sak_lenger(rolle: str, naa: datetime) -> None:
    """From the first day without employment; fixed members may come from outside the municipality (N14)."""
    deltakelse = DeltakelseFabrikk(rolle=rolle)
    konto, sak, i_dag = deltakelse.konto, deltakelse.sak, naa.date()
    arbeid = AnsettelseFabrikk(konto=konto)
    assert ser(konto, sak, Rett.SE_SAK, naa)
    with som_system("ends today"):
        type(arbeid).objects.filter(pk=arbeid.pk).update(til_dato=i_dag)
    er_fast = rolle == "fast"
    assert ser(konto, sak, Rett.SE_SAK, naa) is er_fast
    assert Rett.SE_SAK.har(konto, i_dag=i_dag) is er_fast
    assert Rett.SE_MIN_DAG.har(konto, i_dag=i_dag) is er_fast
    assert bool(kilder.roller_i_sak(konto, sak, i_dag)) is er_fast
    assert bool(kilder.roller_naa(Konto.objects.get(pk=konto.pk), i_dag)) is er_fast


def test_en_rad_satt_sammen_med_en_annens_noekkel_aapner_ingenting(naa: datetime) -> None:
    """A handling asked with an unsaved row is no way round the door, for one who leads another case."""
    konto, andres = koordinator_i(SakFabrikk()), SakFabrikk()
    assert Rett.KRYSSE_AV.har(konto, i_dag=naa.date())
    for sak in (Sak(pk=andres.pk), Sak(), None):
        assert not Rett.KRYSSE_AV.krev(konto, sak, i_dag=naa.date())
    with pytest.raises(Avvist):
        kryss_av(sak=Sak(pk=andres.pk), punkt=Sjekkpunkt.objects.all()[0], av=konto, naa=naa)
    assert not Avkryssing.objects.exists()
    assert Rett.REGISTRERE_HENVENDELSE.krev(tok_ansatt(), None, i_dag=naa.date())


def test_fast_deltaker_leser_referat_bare_mens_samtykket_nevner_ham(naa: datetime) -> None:
    fast = DeltakelseFabrikk()
    assert not ser(fast.konto, fast.sak, Rett.LESE_REFERAT, naa)
    samtykke_for(fast.sak)
    assert not ser(fast.konto, fast.sak, Rett.LESE_REFERAT, naa)
    samtykke = samtykke_for(fast.sak, fast)
    assert ser(fast.konto, fast.sak, Rett.LESE_REFERAT, naa)
    with som_system("withdrawn"):
        samtykke.trukket_tid = naa
        samtykke.trukket_registrert_av = KontoFabrikk()
        samtykke.save(update_fields=["trukket_tid", "trukket_registrert_av"])
    assert not ser(fast.konto, fast.sak, Rett.LESE_REFERAT, naa)


@pytest.mark.parametrize(("dager", "skal"), [(0, True), (1, False)])
def test_samtykke_ender_av_seg_selv(dager: int, skal: bool, naa: datetime) -> None:
    fast = DeltakelseFabrikk()
    samtykke_for(fast.sak, fast, gyldig_tom=naa.date())
    assert ser(fast.konto, fast.sak, Rett.LESE_REFERAT, naa + timedelta(days=dager)) is skal


def test_tok_leser_referat_bare_med_personens_samtykke(naa: datetime) -> None:
    sak = SakFabrikk()
    konto = tok_ansatt(sak)
    assert not ser(konto, sak, Rett.LESE_REFERAT, naa)
    samtykke_for(sak, formaal=["gruppe", "tok"])
    assert ser(konto, sak, Rett.LESE_REFERAT, naa)


def test_stengt_konto_ser_ingenting(naa: datetime) -> None:
    sak = SakFabrikk()
    konto = koordinator_i(sak)
    konto.is_active = False
    assert not ser(konto, sak, Rett.SE_SAK, naa)


def test_lesing_gir_en_rad_med_alle_felt(naa: datetime) -> None:
    sak = SakFabrikk()
    konto = koordinator_i(sak)
    Rett.SE_SAK.hent(konto, Sak.objects.all(), naa=naa, pk=sak.pk)
    rad = Innsyn.objects.get()
    assert (rad.konto, rad.konto_navn, rad.rolle, rad.sak, rad.person_id) == (
        konto,
        konto.navn,
        "koordinator",
        sak,
        sak.person_id,
    )
    assert (rad.rett, rad.grunnlag_type, rad.objekt_type) == ("SE_SAK", "deltakelse", "Sak")
    assert rad.grunnlag_id
    assert rad.forespoersel_id
    assert rad.arbeidsgiver


def test_avvist_er_404_uten_innsyn_og_med_en_sikkerhetsrad(naa: datetime) -> None:
    sak = SakFabrikk()
    with pytest.raises(Avvist) as avvist:
        Rett.SE_SAK.hent(ansatt(), Sak.objects.all(), naa=naa, pk=sak.pk)
    avvist.value.loggfoer()
    assert Innsyn.objects.count() == 0
    assert Sikkerhetslogg.objects.get().objekt_id == str(sak.pk)


def test_et_avslag_skrives_en_gang_selv_om_to_vil_skrive_det(naa: datetime) -> None:
    """The handling and then the page."""
    avvist = Avvist(ansatt(), "SE_SAK", "Sak", "1", naa)
    avvist.loggfoer()
    avvist.loggfoer()
    assert Sikkerhetslogg.objects.count() == 1


def test_en_leseside_kan_ikke_skrive(naa: datetime) -> None:
    def skriv() -> None:
        with transaction.atomic():
            les_bare()
            Sikkerhetslogg.objects.create(tid=naa, hva="proeve")

    with pytest.raises(DatabaseError, match="read-only"):
        skriv()
    Sikkerhetslogg.objects.create(tid=naa, hva="afterwards the outer transaction writes again")


def test_aldri_to_koordinatorer_paa_en_dato() -> None:
    sak = SakFabrikk()
    DeltakelseFabrikk(sak=sak, rolle="koordinator", fra_dato=date(2026, 1, 1), til_dato=date(2026, 6, 1))
    DeltakelseFabrikk(sak=sak, rolle="koordinator", fra_dato=date(2026, 6, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        DeltakelseFabrikk(sak=sak, rolle="koordinator", fra_dato=date(2026, 5, 31), til_dato=date(2026, 6, 1))
