"""Exceptions: opened with a reason and told to the leader, for reading only, for seven days at most (N10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import (
    NAA,
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    EnhetFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    vern,
)
from tests.sak.unntaksrom import GRUNN, kontor_med_leder, unntak_i
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto, Sikkerhetslogg, Varsel
from tok.sak import varseltilgang
from tok.sak.dagbok import setning
from tok.sak.handlinger import aapne_unntak, avslutt_unntak, merk_inhabilitet
from tok.sak.handlinger.unntak import (
    AlleredeAvsluttet,
    ErAlleredeInne,
    FeilGrunn,
    FeilLengde,
    IngenFaarBeskjed,
    IngenSlikSak,
    NevnerPersonen,
)
from tok.sak.models import Ansettelse, Habilitet, Hendelse, Innsyn, Nivaa, Sak, Unntakstilgang
from tok.sak.tilgang import Rett, Rolle, handlinger
from tok.sak.tilgang.innsyn import Avvist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klokka")]


@pytest.fixture
def klokka(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


@pytest.fixture
def sak(db: None) -> Sak:
    """Another office's case."""
    rad: Sak = SakFabrikk(nummer="2026/0777", person=PersonFabrikk(fornavn="Selma", etternavn="Nes"))
    return rad


def aapne(konto: Konto, naa: datetime, **felt: Any) -> Unntakstilgang:
    verdier: dict[str, Any] = {"saksnummer": "2026/0777", "grunn": GRUNN, "dager": 7} | felt
    return aapne_unntak(**verdier, av=konto, naa=naa)


def ser(konto: Konto, sak: Sak, dag: date, rett: Rett = Rett.SE_SAK) -> bool:
    return rett.synlige(konto, Sak.objects.all(), i_dag=dag).filter(pk=sak.pk).exists()


def test_aapnet_for_lesing_og_lederen_hoerer_det(sak: Sak, naa: datetime) -> None:
    """Minutes too, for which the office otherwise needs the person's yes; and nothing can be changed."""
    konto, leder = kontor_med_leder()
    unntak = aapne(konto, naa)
    assert (unntak.leder, unntak.siste_dag) == (leder, naa.date() + timedelta(days=6))
    i_saker = [rett for rett in Rett if rett.omfang == "sak" and ser(konto, sak, naa.date(), rett)]
    assert set(i_saker) == {rett for rett in Rett if Rolle.UNNTAK in rett.roller}
    assert Rett.LESE_REFERAT in i_saker
    assert not set(i_saker) & set(handlinger().values())
    varsel = Varsel.objects.get()
    assert varsel.mottaker == leder
    assert varseltilgang.kan_se(varsel, naa=naa)
    assert not any(ord_ in varsel.tekst + varsel.emne for ord_ in ("Nes", "2026/0777", "syk", konto.navn))
    hendelse = Hendelse.objects.get(sak=sak)
    assert "syk" not in str(hendelse.data)
    assert setning(hendelse).endswith("åpnet saken for lesing med unntakstilgang, til og med 29. november 2026.")


@pytest.mark.parametrize("rolle", ["ansatt", "leder", "personvernombud"])
def test_bare_kontoret_og_systemansvarlig_kan_aapne(rolle: str, sak: Sak, naa: datetime) -> None:
    with pytest.raises(Avvist):
        aapne(ansatt(rolle), naa)
    assert not Unntakstilgang.objects.exists()


def stengt(sak: Sak, konto: Konto, hva: str) -> str:
    """The number to try, after the case has become what the name says."""
    if hva == "ukjent":
        return "2026/9999"
    if hva in ("fortrolig", "strengt"):
        vern(sak.person, Nivaa.FORTROLIG if hva == "fortrolig" else Nivaa.STRENGT)
    if hva == "deltaker_strengt":
        vern(DeltakelseFabrikk(sak=sak).konto, Nivaa.STRENGT)
    if hva == "inhabil":
        with som_system("test data"):
            Habilitet.objects.create(
                konto=konto, person=sak.person, relasjon="annen", kilde="merket", satt_av=konto, satt_tid=NAA
            )
    return sak.nummer


@pytest.mark.parametrize("hva", ["ukjent", "fortrolig", "strengt", "deltaker_strengt", "inhabil"])
def test_ukjent_vernet_og_for_naer_gir_samme_svar_og_en_linje(
    hva: str, sak: Sak, naa: datetime, client: Client
) -> None:
    """The same words, and one line in the security log; nobody is told, for nothing was opened."""
    konto, _leder = kontor_med_leder()
    client.force_login(konto)
    url = reverse("sak:unntak_ny")
    nummer = stengt(sak, konto, hva)
    svar = client.post(url, {"saksnummer": nummer, "grunn": GRUNN, "dager": 3})
    assert svar.status_code == 422
    assert "Det er ingen sak med dette nummeret som kan åpnes slik." in svar.content.decode()
    assert "Nes" not in svar.content.decode()
    linje = Sikkerhetslogg.objects.get()
    assert (linje.konto_id, linje.rett, linje.objekt_id) == (
        konto.pk,
        "AAPNE_UNNTAK",
        "" if hva == "ukjent" else str(sak.pk),
    )
    assert not Unntakstilgang.objects.exists()
    assert not Varsel.objects.exists()


@pytest.mark.parametrize("hva", ["fortrolig", "strengt", "deltaker_strengt", "inhabil"])
def test_et_aapent_unntak_lukkes_naar_vern_eller_relasjon_kommer_til(hva: str, sak: Sak, naa: datetime) -> None:
    konto, _leder = kontor_med_leder()
    aapne(konto, naa)
    assert ser(konto, sak, naa.date())
    stengt(sak, konto, hva)
    assert not ser(konto, sak, naa.date())


def test_en_ansatt_som_er_person_er_skjermet_og_kan_aapnes(sak: Sak, naa: datetime) -> None:
    """Shielding is from colleagues' curiosity; with a reason and a log one comes in (L28)."""
    DeltakelseFabrikk(sak=sak, konto=ansatt(), rolle="person")
    konto, _leder = kontor_med_leder()
    assert Sak.objects.get(pk=sak.pk).vernenivaa == Nivaa.SKJERMET
    aapne(konto, naa)
    assert ser(konto, sak, naa.date())


@pytest.mark.parametrize(("dager", "avslag"), [(0, FeilLengde), (8, FeilLengde), (-1, FeilLengde)])
def test_hoeyst_sju_dager_i_handlingen(dager: int, avslag: type[Exception], sak: Sak, naa: datetime) -> None:
    with pytest.raises(avslag):
        aapne(kontor_med_leder()[0], naa, dager=dager)


@pytest.mark.parametrize("dager", [0, 8])
def test_hoeyst_sju_dager_i_basen(dager: int, sak: Sak) -> None:
    with pytest.raises(IntegrityError, match="unntak_varer_hoeyst_sju_dager"), transaction.atomic():
        unntak_i(sak, KontoFabrikk(), dager=dager)


@pytest.mark.parametrize(
    ("felt", "verdi"),
    [
        ("dager", "0"),
        ("dager", "8"),
        ("grunn", "For kort"),
        ("grunn", "x" * 256),
        ("saksnummer", ""),
        ("saksnummer", "2026/77"),
        ("saksnummer", "20260777"),
    ],
)
def test_skjemaet_sier_fra_ved_feltet_og_beholder_det_som_er_skrevet(
    felt: str, verdi: str, sak: Sak, client: Client
) -> None:
    client.force_login(kontor_med_leder()[0])
    data = {"saksnummer": sak.nummer, "grunn": GRUNN, "dager": "3"} | {felt: verdi}
    svar: Any = client.post(reverse("sak:unntak_ny"), data)
    assert svar.status_code == 422
    assert set(svar.context["skjema"].errors) == {felt}
    assert data["grunn"] in svar.content.decode()
    assert not Sikkerhetslogg.objects.exists()


@pytest.mark.parametrize("grunn", ["For kort", " kort      ", "x" * 256])
def test_grunnen_maa_si_noe(grunn: str, sak: Sak, naa: datetime) -> None:
    with pytest.raises(FeilGrunn):
        aapne(kontor_med_leder()[0], naa, grunn=grunn)
    with pytest.raises(IntegrityError), transaction.atomic():
        unntak_i(sak, KontoFabrikk(), grunn="x" * 9)


def test_grunnen_nevner_ikke_personen_for_lederen_leser_den(sak: Sak, naa: datetime) -> None:
    with pytest.raises(NevnerPersonen) as avslag:
        aapne(kontor_med_leder()[0], naa, grunn="Moren til SELMA har ringt om møtet.")
    assert "«SELMA»" in avslag.value.melding
    assert Sikkerhetslogg.objects.count() == 1


def test_slutter_ved_midnatt_etter_siste_dag(sak: Sak, naa: datetime) -> None:
    konto, _leder = kontor_med_leder()
    aapne(konto, naa, dager=1)
    i_dag = naa.date()
    assert ser(konto, sak, i_dag)
    assert not ser(konto, sak, i_dag + timedelta(days=1))
    aapne(konto, datetime(2026, 11, 24, 0, 0, 1, tzinfo=OSLO), dager=7)
    assert ser(konto, sak, date(2026, 11, 30))
    assert not ser(konto, sak, date(2026, 12, 1))


def test_siden_lukkes_ved_midnatt_i_samme_oekt(sak: Sak, client: Client) -> None:
    konto, _leder = kontor_med_leder()
    unntak_i(sak, konto, dager=1)
    url = reverse("oversikt:sak", args=[sak.pk])
    for tid, status in (
        (datetime(2026, 11, 23, 23, 59, 59, tzinfo=OSLO), 200),
        (datetime(2026, 11, 24, tzinfo=OSLO), 404),
    ):
        with time_machine.travel(tid, tick=False):
            client.force_login(konto)
            assert client.get(url).status_code == status


def test_en_om_gangen_og_kan_avsluttes_foer_tiden(sak: Sak, naa: datetime) -> None:
    konto, _leder = kontor_med_leder()
    unntak = aapne(konto, naa)
    with pytest.raises(ErAlleredeInne):
        aapne(konto, naa)
    for andre in (kontor_med_leder()[0], ansatt()):
        with pytest.raises(Avvist):
            avslutt_unntak(unntak=unntak, av=andre, naa=naa)
    avslutt_unntak(unntak=unntak, av=konto, naa=naa)
    assert not ser(konto, sak, naa.date())
    with pytest.raises(AlleredeAvsluttet):
        avslutt_unntak(unntak=unntak, av=konto, naa=naa)
    aapne(konto, naa)
    assert ser(konto, sak, naa.date())


@pytest.mark.parametrize("hva", ["sluttet", "annen_jobb", "stengt"])
def test_den_som_slutter_er_ute(hva: str, sak: Sak, naa: datetime) -> None:
    """Employment and account are asked anew at each request (N2, N14)."""
    konto, _leder = kontor_med_leder()
    aapne(konto, naa)
    with som_system("ends"):
        arbeid = Ansettelse.objects.filter(konto=konto)
        if hva == "stengt":
            Konto.objects.filter(pk=konto.pk).update(is_active=False)
        else:
            arbeid.update(**({"til_dato": naa.date()} if hva == "sluttet" else {"rolle": "ansatt"}))
    assert not ser(Konto.objects.get(pk=konto.pk), sak, naa.date())


def test_uten_leder_hoerer_personvernombudet_det_og_uten_begge_aapnes_ingenting(sak: Sak, naa: datetime) -> None:
    konto = ansatt("tok", EnhetFabrikk(er_kontor=True))
    with pytest.raises(IngenFaarBeskjed):
        aapne(konto, naa)
    assert Sikkerhetslogg.objects.count() == 1
    ombud = ansatt("personvernombud")
    assert aapne(konto, naa).leder == ombud


@pytest.mark.parametrize("hva", ["selv", "inhabil", "stengt"])
def test_en_leder_som_er_en_selv_eller_for_naer_er_ingen_leder(hva: str, sak: Sak, naa: datetime) -> None:
    konto, leder = kontor_med_leder()
    ombud = ansatt("personvernombud")
    if hva == "selv":
        konto = leder
        AnsettelseFabrikk(konto=leder, rolle="tok", enhet=leder.ansettelser.get().enhet)
    elif hva == "stengt":
        Konto.objects.filter(pk=leder.pk).update(is_active=False)
    else:
        stengt(sak, leder, "inhabil")
    assert aapne(konto, naa).leder == ombud


def test_lesingen_staar_i_personens_logg_med_grunngruppe_og_uten_grunnen(
    sak: Sak, naa: datetime, client: Client
) -> None:
    """Who, when, as what, from where and what; the free text is for leader and control (N3, N7)."""
    konto, _leder = kontor_med_leder()
    unntak = aapne(konto, naa)
    client.force_login(konto)
    side = client.get(reverse("oversikt:sak", args=[sak.pk])).content.decode()
    assert "Du er inne med unntakstilgang til og med 29. november 2026" in side
    rad = Innsyn.objects.get(sak=sak)
    assert (rad.rolle, rad.grunnlag_type, rad.grunnlag_id) == ("unntak", "unntakstilgang", unntak.pk)
    assert rad.enhet == konto.ansettelser.get().enhet.navn
    logg = client.get(reverse("sak:logg", args=[sak.pk])).content.decode()
    assert "unntakstilgang" in logg
    assert GRUNN not in logg


def test_lederen_ser_hvem_naar_hvorfor_og_saksnummer_men_ikke_hvem_saken_gjelder(
    sak: Sak, naa: datetime, client: Client
) -> None:
    konto, leder = kontor_med_leder()
    andres, annen_leder = kontor_med_leder()
    aapne(konto, naa)
    aapne(andres, naa, grunn="Noe helt annet som haster.")
    url = reverse("sak:unntak_ansatte")
    for hvem, ser_, ser_ikke in ((leder, GRUNN, "helt annet"), (annen_leder, "helt annet", GRUNN)):
        client.force_login(hvem)
        side = client.get(url).content.decode()
        assert ser_ in side
        assert ser_ikke not in side
        assert "2026/0777" in side
        assert "Nes" not in side
    client.force_login(konto)
    assert client.get(url).status_code == 404


def test_den_nye_lederen_ser_ogsaa_det_den_gamle_fikk_beskjed_om(sak: Sak, naa: datetime, client: Client) -> None:
    """The page is of the unit's staff; a leader who has moved sees none of it (N7)."""
    konto, leder = kontor_med_leder()
    aapne(konto, naa)
    with som_system("moves"):
        Ansettelse.objects.filter(konto=leder).update(til_dato=naa.date())
    AnsettelseFabrikk(konto=leder, rolle="leder", fra_dato=naa.date())
    ny = KontoFabrikk()
    AnsettelseFabrikk(konto=ny, rolle="leder", enhet=konto.ansettelser.get().enhet, fra_dato=naa.date())
    for hvem, skal in ((leder, False), (ny, True)):
        client.force_login(hvem)
        assert (GRUNN in client.get(reverse("sak:unntak_ansatte")).content.decode()) is skal


def test_egne_aapne_paa_egen_side(sak: Sak, naa: datetime, client: Client) -> None:
    konto, _leder = kontor_med_leder()
    unntak = aapne(konto, naa)
    unntak_i(SakFabrikk(nummer="2026/0001"), konto, fra=naa.date() - timedelta(days=9))
    client.force_login(konto)
    url = reverse("sak:unntak")
    side = client.get(url).content.decode()
    assert "2026/0777" in side
    assert "2026/0001" not in side
    assert "Nes" not in side
    assert client.post(reverse("sak:unntak_avslutt", args=[unntak.pk])).status_code == 302
    assert "2026/0777" not in client.get(url).content.decode()


def test_den_som_selv_blir_merket_mister_saken_ogsaa_med_unntak(sak: Sak, naa: datetime) -> None:
    konto, _leder = kontor_med_leder()
    aapne(konto, naa)
    merk_inhabilitet(sak=sak, konto=konto, relasjon="partner", av=ansatt("tok", sak.kontor), naa=naa)
    assert not ser(konto, sak, naa.date())
    with pytest.raises(IngenSlikSak):
        aapne(konto, naa)
