"""Protection is set by two and ended by two, holds from the next request, and lets in those named alone (N11, L20)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import (
    NAA,
    DeltakelseFabrikk,
    KontaktFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tests.sak.vernerom import Rom, far_i, lag_rom, sett, sett_og_bekreft
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto, Varsel
from tok.sak.forms.vern import VernSkjema
from tok.sak.handlinger import (
    bekreft_vern,
    fjern_vernetilgang,
    foreslaa_slutt,
    gi_vernetilgang,
    legg_til_deltaker,
    opphev_vern,
)
from tok.sak.handlinger.nyttvern import EnAlene, HarSammeVern
from tok.sak.handlinger.vern import (
    EnAnnenMaaOppheve,
    HarIngenVei,
    IkkeForeslaatt,
    IkkeISaken,
    IkkeLengerAktuelt,
    SisteFraKontoret,
)
from tok.sak.models import Frist, Habilitet, Hendelse, Nivaa, Person, Sak, Vern, Vernetilgang
from tok.sak.sporringer.vern import kan_vernes
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist
from tok.sak.tilgang.vernegruppe import forvalgte, kan_bekrefte, kandidater

pytestmark = pytest.mark.django_db
I_DAG = NAA.date()
SENERE = NAA + timedelta(hours=1)


def ser(rom: Rom, konto: Konto) -> bool:
    return Rett.SE_SAK.synlige(konto, Sak.objects.filter(pk=rom.sak.pk), i_dag=I_DAG).exists()


def som_ser(rom: Rom) -> set[str]:
    return {navn for navn, konto in rom.kontoer.items() if ser(rom, konto)}


def inne(person: Person) -> set[Konto]:
    return {rad.konto for rad in Vernetilgang.objects.virksomme().filter(person=person)}


def test_bare_de_navngitte_ser_saken_fra_naa() -> None:
    """The setter and the second always; who is not ticked loses it, office, coordinator and mother alike."""
    rom = lag_rom()
    assert som_ser(rom) == set(rom.kontoer)
    sett(rom, rom["koordinator"])
    assert som_ser(rom) == {"tok", "kollega", "koordinator"}


@pytest.mark.parametrize(
    ("hvem", "faar"),
    [
        ("tok", True),
        ("koordinator", True),
        ("vara", True),
        ("fast1", False),
        ("mor", False),
        ("annet_kontor", False),
        ("ansatt", False),
        ("inhabil", False),
    ],
)
def test_hvem_som_kan_sette_vern(hvem: str, faar: bool) -> None:
    rom = lag_rom()
    rom.kontoer |= {"annet_kontor": tok_ansatt(), "ansatt": ansatt(), "inhabil": tok_ansatt(rom.sak)}
    with som_system("test data"):
        Habilitet.objects.create(
            konto=rom["inhabil"], person=rom.sak.person, relasjon="soesken", kilde="utledet", satt_tid=NAA
        )
    if faar:
        assert sett(rom, av=rom[hvem]).satt_av == rom[hvem]
        return
    with pytest.raises(Avvist):
        sett(rom, av=rom[hvem])
    assert not Vern.objects.exists()


@pytest.mark.parametrize("annen", ["tok", "koordinator", "annet_kontor", "inhabil", "sluttet"])
def test_den_andre_er_en_annen_paa_kontoret(annen: str) -> None:
    """One alone is refused by the handling, and so is a second who is not of the office or has a relation."""
    rom = lag_rom()
    rom.kontoer |= {"annet_kontor": tok_ansatt(), "inhabil": tok_ansatt(rom.sak), "sluttet": tok_ansatt(rom.sak)}
    with som_system("test data"):
        Habilitet.objects.create(
            konto=rom["inhabil"], person=rom.sak.person, relasjon="soesken", kilde="utledet", satt_tid=NAA
        )
        Konto.objects.filter(pk=rom["sluttet"].pk).update(is_active=False)
    with pytest.raises(EnAlene):
        sett(rom, annen=rom[annen])
    assert not Vern.objects.exists()
    assert ser(rom, rom["fast1"])


def test_en_alene_naar_ikke_fram_i_skjemaet() -> None:
    rom = lag_rom()
    skjema = VernSkjema(
        {"hvem": "person", "nivaa": "3", "grunn": "Politiet", "bekreftes_av": str(rom["tok"].pk)},
        kan_vernes=list(kan_vernes(rom.sak, I_DAG)),
        kandidater=kandidater(rom.sak.person, I_DAG),
        bekreftere=kan_bekrefte(rom["tok"], [rom.sak.kontor_id], I_DAG, rom.sak.person),
    )
    assert set(skjema.errors) == {"bekreftes_av"}


def test_en_alene_naar_ikke_fram_i_databasen() -> None:
    rom = lag_rom()
    rad = Vern(person=rom.sak.person, nivaa=3, grunn="x", satt_av=rom["tok"], satt_tid=NAA, bekreftes_av=rom["tok"])
    with pytest.raises(IntegrityError, match="vern_settes_av_to"), transaction.atomic(), som_system("alone"):
        rad.save()


def test_databasen_krever_to_for_aa_oppheve() -> None:
    rom = lag_rom()
    vern = sett(rom)
    felt: dict[str, Any] = {"slutt_foreslaatt_av": rom["tok"], "slutt_foreslaatt_tid": NAA, "slutt_grunn": "x"}
    with pytest.raises(IntegrityError, match="vern_oppheves_av_to"), transaction.atomic(), som_system("alone"):
        Vern.objects.filter(pk=vern.pk).update(**felt, opphevet_av=rom["tok"], opphevet_tid=NAA)


def test_bare_den_navngitte_bekrefter_og_bare_en_gang() -> None:
    rom = lag_rom()
    vern = sett(rom, rom["koordinator"], rom["tredje"])
    for hvem in ("tok", "tredje", "koordinator"):
        with pytest.raises(Avvist):
            bekreft_vern(vern=vern, av=rom[hvem], naa=SENERE)
    assert bekreft_vern(vern=vern, av=rom["kollega"], naa=SENERE).bekreftet_tid == SENERE
    with pytest.raises(IkkeLengerAktuelt):
        bekreft_vern(vern=vern, av=rom["kollega"], naa=SENERE)


def test_beskjeden_og_fristen_sier_ingenting_om_hvem() -> None:
    rom = lag_rom(fornavn="Kanarifornavn", etternavn="Kanarietternavn", adresse="Kanariveien 3")
    vern = sett(rom)
    varsel = Varsel.objects.get(mottaker=rom["kollega"])
    assert "Kanari" not in varsel.emne + varsel.tekst
    assert reverse("sak:vern_bekreft", args=[vern.pk]) in varsel.tekst
    frist = Frist.objects.aapne().get(regel="bekreft_vern")
    bekreft_vern(vern=vern, av=rom["kollega"], naa=SENERE)
    frist.refresh_from_db()
    assert frist.lukket_tid == SENERE
    assert {h.handling for h in Hendelse.objects.filter(sak=rom.sak)} == {"sak.sett_vern", "sak.bekreft_vern"}


def test_samme_vern_en_gang_og_strengeste_gjelder() -> None:
    rom = lag_rom()
    sett(rom, nivaa=Nivaa.FORTROLIG)
    with pytest.raises(HarSammeVern):
        sett(rom, nivaa=Nivaa.FORTROLIG)
    sett(rom, nivaa=Nivaa.STRENGT)
    rom.sak.refresh_from_db()
    assert rom.sak.vernenivaa == Nivaa.STRENGT


def test_en_som_ikke_er_i_saken_vernes_ikke_herfra() -> None:
    rom = lag_rom()
    with pytest.raises(IkkeISaken):
        sett(rom, hvem=PersonFabrikk())


def test_bare_de_som_har_en_vei_slipper_inn() -> None:
    rom = lag_rom()
    with pytest.raises(HarIngenVei):
        sett(rom, ansatt())
    assert not Vern.objects.exists()


def test_strengt_sletter_adressen() -> None:
    rom = lag_rom(adresse="Veien 1")
    sett(rom)
    rom.sak.person.refresh_from_db()
    assert rom.sak.person.adresse == ""


def test_samme_innlogging_mister_saken_ved_neste_kall(client: Client, settings: Settings) -> None:
    """No cache beyond the request (N2): page, file list and log alike, and back again when let in."""
    settings.TOK_KREV_TOTP = False
    rom = lag_rom()
    sider = [reverse(navn, args=[rom.sak.pk]) for navn in ("oversikt:sak", "sak:dokumenter", "sak:logg")]
    client.force_login(rom["vara"])
    assert [client.get(side).status_code for side in sider] == [200, 200, 200]
    sett(rom, rom["koordinator"])
    assert [client.get(side).status_code for side in sider] == [404, 404, 404]
    gi_vernetilgang(sak=rom.sak, konto=rom["vara"], av=rom["tok"], naa=SENERE)
    assert [client.get(side).status_code for side in sider] == [200, 200, 200]


def test_oppheves_av_to() -> None:
    rom = lag_rom()
    vern = sett_og_bekreft(rom, rom["koordinator"])
    with pytest.raises(IkkeForeslaatt):
        opphev_vern(sak=rom.sak, vern=vern, av=rom["tok"], naa=SENERE)
    foreslaa_slutt(sak=rom.sak, vern=vern, grunn="Trusselen er over", av=rom["koordinator"], naa=SENERE)
    with pytest.raises(EnAnnenMaaOppheve):
        opphev_vern(sak=rom.sak, vern=vern, av=rom["koordinator"], naa=SENERE)
    assert not ser(rom, rom["fast1"])
    opphev_vern(sak=rom.sak, vern=vern, av=rom["kollega"], naa=SENERE)
    assert som_ser(rom) == set(rom.kontoer)
    assert inne(rom.sak.person) == set()
    with pytest.raises(IkkeLengerAktuelt):
        foreslaa_slutt(sak=rom.sak, vern=vern, grunn="Igjen", av=rom["tok"], naa=SENERE)


def test_ett_av_to_vern_opphevet_lukker_fortsatt() -> None:
    """To lower a level is to set the lower and end the stricter; the group stays all the way."""
    rom = lag_rom()
    strengt = sett_og_bekreft(rom, rom["koordinator"])
    sett_og_bekreft(rom, rom["koordinator"], nivaa=Nivaa.FORTROLIG)
    foreslaa_slutt(sak=rom.sak, vern=strengt, grunn="Ny vurdering", av=rom["tok"], naa=SENERE)
    opphev_vern(sak=rom.sak, vern=strengt, av=rom["kollega"], naa=SENERE)
    rom.sak.refresh_from_db()
    assert rom.sak.vernenivaa == Nivaa.FORTROLIG
    assert som_ser(rom) == {"tok", "kollega", "koordinator"}


def test_vern_i_en_annen_sak_oppheves_ikke_herfra() -> None:
    rom, annet = lag_rom(), lag_rom()
    vern = sett_og_bekreft(annet)
    with pytest.raises(IkkeLengerAktuelt):
        foreslaa_slutt(sak=rom.sak, vern=vern, grunn="Feil sak", av=rom["tok"], naa=SENERE)


def test_kontoret_har_alltid_en_som_slipper_inn() -> None:
    rom = lag_rom()
    sett_og_bekreft(rom, rom["koordinator"])
    fjern_vernetilgang(sak=rom.sak, konto=rom["kollega"], av=rom["tok"], naa=SENERE)
    assert som_ser(rom) == {"tok", "koordinator"}
    with pytest.raises(SisteFraKontoret):
        fjern_vernetilgang(sak=rom.sak, konto=rom["tok"], av=rom["koordinator"], naa=SENERE)
    fjern_vernetilgang(sak=rom.sak, konto=rom["koordinator"], av=rom["tok"], naa=SENERE)
    assert som_ser(rom) == {"tok"}


def test_hvem_som_kan_gis_tilgang() -> None:
    rom = lag_rom()
    sett_og_bekreft(rom)
    gi_vernetilgang(sak=rom.sak, konto=rom["mor"], av=rom["tok"], naa=SENERE)
    assert "mor" in som_ser(rom)
    for konto in (ansatt(), tok_ansatt()):
        with pytest.raises(HarIngenVei):
            gi_vernetilgang(sak=rom.sak, konto=konto, av=rom["tok"], naa=SENERE)
    with pytest.raises(Avvist):
        gi_vernetilgang(sak=rom.sak, konto=rom["fast1"], av=rom["fast2"], naa=SENERE)


def test_en_vernet_kontakt_lukker_alle_sakene_sine() -> None:
    """The strictest of anyone: each case keeps its own coordinator and case worker, and nobody is let in elsewhere."""
    rom, annet = lag_rom(), lag_rom()
    kontakt = far_i(rom).kontakt
    DeltakelseFabrikk(sak=annet.sak, konto=None, kontakt=kontakt, rolle="representant", egenskap="forelder")
    assert kontakt is not None
    sett_og_bekreft(rom, hvem=kontakt)
    kontakt.refresh_from_db()
    assert kontakt.postadresse == ""
    assert som_ser(rom) == {"tok", "kollega"}
    assert not inne(annet.sak.person) & {rom["tok"], rom["kollega"]}
    # the other case's own: its case worker has left, so all of its office keep it
    assert som_ser(annet) == {"tok", "kollega", "tredje", "koordinator", "vara"}


def test_en_lukket_sak_aapnes_ikke_av_et_vern_i_en_annen() -> None:
    """A contact is protected from one case; the group of the other, already closed, stays as it was."""
    rom, annet = lag_rom(), lag_rom()
    kontakt = KontaktFabrikk(navn="Tante Prøve")
    for sak in (rom.sak, annet.sak):
        DeltakelseFabrikk(sak=sak, konto=None, kontakt=kontakt, rolle="stoetteperson")
    sett_og_bekreft(annet, nivaa=Nivaa.FORTROLIG)
    foer = inne(annet.sak.person)
    sett_og_bekreft(rom, hvem=kontakt)
    assert inne(annet.sak.person) == foer
    annet.sak.refresh_from_db()
    assert annet.sak.vernenivaa == Nivaa.STRENGT


def test_en_vernet_konto_lagt_til_i_en_gammel_gruppe_lukker_den() -> None:
    rom, annet = lag_rom(), lag_rom()
    sett_og_bekreft(annet, hvem=annet["fast1"])
    legg_til_deltaker(sak=rom.sak, rolle="fast", hvem=annet["fast1"], av=rom["koordinator"], naa=SENERE)
    rom.sak.refresh_from_db()
    assert rom.sak.vernenivaa == Nivaa.STRENGT
    assert {"koordinator", "vara", "tok"} <= som_ser(rom)
    assert "fast2" not in som_ser(rom)


def test_en_ny_deltaker_i_en_lukket_sak_slipper_ikke_inn_av_seg_selv() -> None:
    rom = lag_rom()
    sett_og_bekreft(rom, rom["koordinator"])
    ny = ansatt()
    legg_til_deltaker(sak=rom.sak, rolle="fast", hvem=ny, av=rom["tok"], naa=SENERE)
    assert not ser(rom, ny)
    gi_vernetilgang(sak=rom.sak, konto=ny, av=rom["tok"], naa=SENERE)
    assert ser(rom, ny)


def test_saksbehandleren_som_har_sluttet_etterlater_ikke_saken() -> None:
    """Coordinator and case worker keep it unasked; when nobody of the office is among them, all of the office do."""
    sak = SakFabrikk()
    koordinator, kollega = koordinator_i(sak), tok_ansatt(sak)
    assert set(forvalgte(sak.person, I_DAG, foer=0)) == {koordinator, kollega}
    egen = SakFabrikk(saksbehandler=kollega, kontor=sak.kontor)
    tredje = tok_ansatt(sak)
    assert set(forvalgte(egen.person, I_DAG, foer=0)) == {kollega}
    assert set(forvalgte(sak.person, I_DAG, foer=0, ogsaa=[tredje])) == {koordinator, tredje}
    assert forvalgte(sak.person, I_DAG, foer=Nivaa.STRENGT) == []
