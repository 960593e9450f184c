"""The place tells neither who nor where at home, however a meeting comes about (N11, N19, L20)."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansvarsgruppe.handlinger.ferdigstilling import (
    ReferatetMangler,
    ferdigstill_referat,
    hinder_for_neste,
    mangler,
)
from ansvarsgruppe.handlinger.sted import StedetNevnerPersonen, nevner
from ansvarsgruppe.models import Innkalling, Moete
from tests.ansvarsgruppe import referat_rom
from tests.ansvarsgruppe.moeterom import NAA, endre, innkalt, lag_rom, planlegg, send, sett_opp
from tests.ansvarsgruppe.referat_side import som, url
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.sak.models import Deltakelse, Person


def person(adresse: str = "Kanariveien 3, 7580 Fjordvik", fornavn: str = "Emma-Lise", etternavn: str = "Bo") -> Person:
    return Person(fornavn=fornavn, etternavn=etternavn, adresse=adresse)


@pytest.mark.parametrize(
    "sted",
    [
        "Hjemme hos Emma",
        "hjemme hos EMMA",
        "Emmas rom",
        "Hos Lise.",
        "Hos Emma-Lise Bo",
        "Kanariveien 3",
        "kanariveien 3, 2. etasje",
        "Kanariveien  3B",
        "Hjemme, Kanariveien 3",
    ],
)
def test_navn_og_hjemmeadresse_sees(sted: str) -> None:
    assert nevner(sted, person())


@pytest.mark.parametrize(
    "sted",
    ["", "Emmaus menighetshus", "Bo- og servicesenteret", "Kanariveien 31", "Kanariveien skole", "Rom 3", "Rådhuset"],
)
def test_andre_steder_gaar_fint(sted: str) -> None:
    assert not nevner(sted, person())


def test_et_ufoedt_barn_har_ikke_navn_som_kan_nevnes() -> None:
    assert not nevner("Barn og unge-huset", person(fornavn="Ufødt barn", etternavn="Moe"))


def test_korte_navn_bare_hele() -> None:
    bo_li = person(fornavn="Bo", etternavn="Li")
    assert nevner("Hjemme hos Bo Li", bo_li)
    assert not nevner("Li bo- og servicesenter", bo_li)


@pytest.mark.parametrize(
    ("adresse", "sted", "ventet"),
    [
        ("", "Kanariveien 3", False),
        ("c/o Berg, Kanariveien 3 B, 7580 Fjordvik", "Kanariveien 3b", True),
        ("c/o Berg, Kanariveien 3 B, 7580 Fjordvik", "Berg skole", False),
        ("Nordgarden, 7580 Fjordvik", "På Nordgarden", True),
        ("7580 Fjordvik", "Fjordvik skole", False),
        ("7580 Fjordvik", "7580 Fjordvik", False),
    ],
)
def test_adresser_av_flere_slag(adresse: str, sted: str, ventet: bool) -> None:
    assert nevner(sted, person(adresse)) is ventet


@given(st.text(max_size=40), st.text(max_size=40))
def test_rare_tegn_velter_ingenting(sted: str, adresse: str) -> None:
    nevner(sted, person(adresse, fornavn=sted, etternavn="Bo"))


@pytest.mark.django_db
@pytest.mark.parametrize("sted", ["Hjemme hos Kanarifornavn", "Kanariveien 3"])
def test_moetet_flyttes_ikke_hjem(sted: str) -> None:
    rom = lag_rom()
    moete = planlegg(rom)
    with pytest.raises(StedetNevnerPersonen):
        endre(rom, moete, sted=sted)


@pytest.mark.django_db
def test_det_som_alt_staar_der_sendes_ikke() -> None:
    rom = lag_rom()
    moete = planlegg(rom)
    sett_opp(rom, moete)
    with som_system("test data"):
        Moete.objects.filter(pk=moete.pk).update(sted="Hjemme hos Kanarifornavn")
    with pytest.raises(StedetNevnerPersonen, match="Endre stedet"):
        send(rom, moete)
    assert not Innkalling.objects.exists()


@pytest.mark.django_db
def test_den_som_faar_nytt_navn_etter_utsending_sendes_ikke_paa_nytt() -> None:
    rom = lag_rom()
    moete = innkalt(rom, sted="Solbakken, rom 2")
    with som_system("test data"):
        Person.objects.update(etternavn="Solbakken")
    sett_opp(rom, moete, "Noe nytt", naa=NAA)
    with pytest.raises(StedetNevnerPersonen):
        send(rom, moete)


@pytest.mark.django_db
def test_referatet_setter_ikke_opp_moete_hjemme() -> None:
    rom = referat_rom.lag_rom()
    referat = referat_rom.helt_referat(rom, neste_sted="Hjemme hos Emma")
    assert [(mangel.felt, "uten navnet" in mangel.melding) for mangel in mangler(referat)] == [("neste_sted", True)]
    with pytest.raises(ReferatetMangler):
        ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.koordinator, naa=referat_rom.NAA)
    assert Moete.objects.count() == 1


@pytest.mark.django_db
def test_stedet_uten_dato_gir_ikke_noe_moete_og_hindrer_ikke() -> None:
    rom = referat_rom.lag_rom()
    assert mangler(referat_rom.helt_referat(rom, neste_sted="Hjemme hos Emma", neste_tid=[])) == []


@pytest.mark.django_db
def test_neste_moete_utenfor_koordinators_tid_settes_ikke_opp_og_det_sies(settings: object) -> None:
    rom = referat_rom.lag_rom()
    settings.TOK_KREV_TOTP = False  # type: ignore[attr-defined]
    with som_system("test data"):
        Deltakelse.objects.filter(sak=rom.sak, rolle="koordinator").update(til_dato=datetime(2027, 1, 1, tzinfo=OSLO))
    referat = referat_rom.helt_referat(rom)
    assert hinder_for_neste(referat, naa=referat_rom.NAA).startswith("Ingen er koordinator 9. mars 2027")
    side = som(rom.medkoordinator).get(url("referat_ferdigstill", rom)).content.decode()
    assert "Neste møte blir ikke satt opp. Ingen er koordinator 9. mars 2027" in side
    ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.medkoordinator, naa=referat_rom.NAA)
    assert Moete.objects.count() == 1
