"""A protected person is protected wherever the account takes part: the other's case closes too (N11, L20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import NAA, DeltakelseFabrikk, KontaktFabrikk, KontoFabrikk, SakFabrikk, ansatt, vern
from tests.sak.test_vern import inne, som_ser
from tests.sak.vernerom import Rom, far_i, lag_rom, sett_og_bekreft
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.handlinger import foreslaa_slutt, koble_konto, merk_inhabilitet, opphev_inhabilitet, opphev_vern
from tok.sak.models import Deltakelse, Habilitet, Hendelse, Nivaa, Person, Sak

pytestmark = pytest.mark.django_db
UTENFRA = "har strengt fortrolig adresse. Vernet er satt et annet sted enn her"
SENERE = NAA + timedelta(hours=1)


def er(konto: Konto, person: Person) -> Habilitet:
    with som_system("test data"):
        return Habilitet.objects.create(
            konto=konto, person=person, relasjon="selv", kilde="merket", satt_av=KontoFabrikk(), satt_tid=NAA
        )


def nivaa(sak: Sak) -> int:
    return Sak.objects.get(pk=sak.pk).vernenivaa


@pytest.mark.parametrize("rekkefoelge", list(permutations(("vern", "selv", "deltar"))), ids="-".join)
def test_saken_lukkes_i_hvilken_rekkefoelge_det_enn_skjer(rekkefoelge: tuple[str, ...]) -> None:
    egen, annen, konto = SakFabrikk(), SakFabrikk(), KontoFabrikk()
    steg: dict[str, Callable[[], object]] = {
        "vern": lambda: vern(egen.person),
        "selv": lambda: er(konto, egen.person),
        "deltar": lambda: DeltakelseFabrikk(sak=annen, konto=konto, rolle="stoetteperson"),
    }
    for ett in rekkefoelge:
        assert nivaa(annen) == Nivaa.INGEN
        steg[ett]()
    assert nivaa(annen) == Nivaa.STRENGT


def test_en_skjermet_ansatt_skjermer_ikke_sakene_den_arbeider_i() -> None:
    egen, annen, konto = SakFabrikk(), SakFabrikk(), ansatt()
    er(konto, egen.person)
    DeltakelseFabrikk(sak=annen, konto=konto, rolle="fast")
    assert (nivaa(egen), nivaa(annen)) == (Nivaa.SKJERMET, Nivaa.INGEN)


def to_rom() -> tuple[Rom, Rom]:
    """The person of the first case is the mother in the other."""
    rom, annet = lag_rom(), lag_rom()
    er(annet["mor"], rom.sak.person)
    return rom, annet


def test_den_andre_saken_faar_sin_egen_gruppe_og_aapnes_igjen_av_to() -> None:
    rom, annet = to_rom()
    vernet = sett_og_bekreft(rom)
    assert (nivaa(annet.sak), som_ser(rom)) == (Nivaa.STRENGT, {"tok", "kollega"})
    assert {"koordinator", "vara"} <= som_ser(annet)
    assert "fast1" not in som_ser(annet)
    assert {h.sak for h in Hendelse.objects.all()} == {rom.sak}  # nothing of it is told in the other's diary
    foreslaa_slutt(sak=rom.sak, vern=vernet, grunn="Over", av=rom["tok"], naa=SENERE)
    opphev_vern(sak=rom.sak, vern=vernet, av=rom["kollega"], naa=SENERE)
    assert (inne(rom.sak.person), inne(annet.sak.person)) == (set(), set())
    assert som_ser(annet) == set(annet.kontoer)


def test_siden_sier_at_vernet_er_satt_et_annet_sted_og_ikke_hos_hvem(client: Client, settings: Settings) -> None:
    settings.TOK_KREV_TOTP = False
    rom, annet = to_rom()
    sett_og_bekreft(rom)
    client.force_login(annet["koordinator"])
    side = client.get(reverse("sak:vern", args=[annet.sak.pk])).content.decode()
    assert UTENFRA in side
    assert rom.sak.person.fornavn not in side
    client.force_login(rom["tok"])
    assert UTENFRA not in client.get(reverse("sak:vern", args=[rom.sak.pk])).content.decode()


def test_aa_si_hvem_kontoen_er_lukker_saken_rundt_den_og_feil_kan_rettes() -> None:
    rom, annet = lag_rom(), lag_rom()
    sett_og_bekreft(rom)
    merk_inhabilitet(sak=rom.sak, konto=annet["fast1"], relasjon="selv", av=rom["tok"], naa=SENERE)
    assert nivaa(annet.sak) == Nivaa.STRENGT
    assert {"koordinator", "vara"} <= som_ser(annet)
    assert not {"fast2", "mor"} & som_ser(annet)
    merket = Habilitet.objects.get(konto=annet["fast1"])
    opphev_inhabilitet(sak=rom.sak, habilitet=merket, grunn="Feil konto", av=rom["tok"], naa=SENERE)
    assert (nivaa(annet.sak), nivaa(rom.sak)) == (Nivaa.INGEN, Nivaa.STRENGT)


@pytest.mark.parametrize("vernes", ["konto", "person"])
def test_en_vernet_konto_som_kobles_til_etterlater_en_gruppe(vernes: str) -> None:
    """A father on paper gets an account that is protected: coordinator, deputy and who linked it keep the case."""
    rom, konto = lag_rom(), KontoFabrikk()
    if vernes == "konto":
        vern(konto)
    else:
        egen = SakFabrikk()
        er(konto, egen.person)
        vern(egen.person)
    koble_konto(deltakelse=far_i(rom), konto=konto, av=rom["tok"], naa=SENERE)
    assert nivaa(rom.sak) == Nivaa.STRENGT
    assert som_ser(rom) == {"tok", "koordinator", "vara"}


def test_den_vernede_faar_konto_og_alle_sakene_den_er_med_i_lukkes() -> None:
    """The account is known as the person's own from this moment; the cases it helps in get their group."""
    rom, annet = lag_rom(), lag_rom()
    selv = DeltakelseFabrikk(sak=rom.sak, rolle="person", konto=None)
    sett_og_bekreft(rom, rom["koordinator"])
    koble_konto(deltakelse=selv, konto=annet["fast1"], av=rom["tok"], naa=SENERE)
    assert nivaa(annet.sak) == Nivaa.STRENGT
    assert {"koordinator", "vara"} <= som_ser(annet)
    assert som_ser(rom) == {"tok", "kollega", "koordinator"}


def test_en_kontakt_med_konto_er_fortsatt_med() -> None:
    """Linking an account that nobody protects closes nothing and names nobody."""
    rom = lag_rom()
    far = DeltakelseFabrikk(
        sak=rom.sak, rolle="representant", egenskap="forelder", konto=None, kontakt=KontaktFabrikk()
    )
    koble_konto(deltakelse=far, konto=KontoFabrikk(), av=rom["tok"], naa=SENERE)
    assert (som_ser(rom), inne(rom.sak.person)) == (set(rom.kontoer), set())
    assert Deltakelse.objects.filter(pk=far.pk, konto__isnull=False).exists()
