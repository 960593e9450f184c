"""Group and meeting: planning, changing, calling off, the agenda; rights and refusals (R30, R36, R56–R64, R88, L26)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.http import QueryDict

from ansvarsgruppe import frister, sporringer
from ansvarsgruppe.forms.moete import Moeteskjema, Sakslisteskjema
from ansvarsgruppe.handlinger.gruppe import GruppaFinnes, IngenKoordinator, opprett_gruppe
from ansvarsgruppe.handlinger.moete import avlys_moete
from ansvarsgruppe.handlinger.moeteplan import ManglerSamtykke, nytt_moete
from ansvarsgruppe.handlinger.saksliste import MoetetHarBegynt, SakslistaErEndret, lagre_saksliste
from ansvarsgruppe.handlinger.steg import KanIkkeNaa
from ansvarsgruppe.models import Ansvarsgruppe, Innkalling, Moete
from tests.ansvarsgruppe.moeterom import NAA, START, Rom, dager, endre, innkalt, lag_rom, plan, planlegg, sett_opp
from tests.fabrikker import DeltakelseFabrikk, SakFabrikk, koordinator_i, tok_ansatt
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Kommune, Varsel
from tok.sak import bidrag
from tok.sak.models import Deltakelse, Frist, Hendelse, Samtykke
from tok.sak.tilgang import Avslag
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def frist(objekt: Any, regel: Any) -> Frist | None:
    return Frist.objects.aapne().filter(objekt_id=objekt.pk, regel=regel.kode).first()


def test_gruppa_har_personen_og_frist_for_aarlig_gjennomgang(rom: Rom) -> None:
    assert rom.personen.fra_dato == NAA.date()
    aarlig = frist(rom.gruppe, frister.AARLIG_GJENNOMGANG)
    assert aarlig is not None
    assert aarlig.forfall == date(2027, 11, 23)
    assert Hendelse.objects.get(handling="ansvarsgruppe.opprett_gruppe").sak == rom.sak


def test_gruppa_trenger_koordinator_og_er_en(rom: Rom) -> None:
    sak = SakFabrikk()
    with pytest.raises(IngenKoordinator):
        opprett_gruppe(sak=sak, formaal="", av=tok_ansatt(sak), naa=NAA)
    with pytest.raises(GruppaFinnes):
        opprett_gruppe(sak=rom.sak, formaal="", av=rom.tok, naa=NAA)


def test_bare_kontoret_oppretter_gruppe() -> None:
    sak = SakFabrikk()
    with pytest.raises(Avvist):
        opprett_gruppe(sak=sak, formaal="", av=koordinator_i(sak), naa=NAA)
    assert not Ansvarsgruppe.objects.exists()


def test_planlagt_moete_setter_begge_frister(rom: Rom) -> None:
    moete = planlegg(rom)
    saksliste, referat = frist(moete, frister.SAKSLISTE), frist(moete, frister.REFERAT)
    assert saksliste is not None
    assert saksliste.forfall == date(2026, 11, 26)
    assert referat is not None
    assert referat.forfall == date(2026, 12, 17)
    assert Hendelse.objects.get(handling="ansvarsgruppe.planlegg_moete").data == {"tid": "3. desember 2026 kl. 13.00"}


@pytest.mark.parametrize(("spraak", "minutter"), [("", 60), ("somali", 90)])
def test_tolk_gir_lengre_moete(rom: Rom, spraak: str, minutter: int) -> None:
    moete = planlegg(rom, tolk_spraak=spraak)
    assert (moete.slutt_tid - moete.start_tid).total_seconds() == minutter * 60


@pytest.mark.parametrize(
    ("felt", "hvor", "melding"),
    [
        ({"start_tid": NAA}, "start_tid", "Møtet må være fram i tid."),
        ({"start_tid": NAA - dager(1)}, "start_tid", "Møtet må være fram i tid."),
        ({"start_tid": NAA.replace(year=2062)}, "start_tid", "Sjekk årstallet"),
        ({"slutt_tid": START}, "slutt", "Møtet må slutte etter at det begynner."),
        ({"sted": ""}, "sted", "Skriv hvor møtet er"),
        ({"sted": "Hjemme hos Kanarifornavn"}, "sted", "uten navnet"),
        ({"sted": "Kanariveien 3"}, "sted", "adressen"),
        ({"videolenke": "http://video.example"}, "videolenke", "https://"),
        ({"videolenke": "javascript:alert(1)"}, "videolenke", "https://"),
        ({"videolenke": "data:text/html,x"}, "videolenke", "https://"),
    ],
)
def test_plan_som_avslaas(rom: Rom, felt: dict[str, Any], hvor: str, melding: str) -> None:
    with pytest.raises(Avslag) as feil:
        planlegg(rom, **felt)
    assert feil.value.felt == hvor
    assert melding in feil.value.melding
    assert not Moete.objects.exists()
    assert not Hendelse.objects.filter(handling="ansvarsgruppe.planlegg_moete").exists()


def test_moetet_maa_ligge_i_koordinators_periode(rom: Rom) -> None:
    with som_system("test data"):
        Deltakelse.objects.filter(sak=rom.sak, rolle="koordinator").update(til_dato=date(2026, 12, 3))
    with pytest.raises(Avslag, match=r"Ingen er koordinator 3\. desember 2026"):
        planlegg(rom)
    assert planlegg(rom, start_tid=START - dager(1)).pk


def test_uten_samtykke_kalles_ingen_inn(rom: Rom) -> None:
    with som_system("test data"):
        Samtykke.objects.update(trukket_tid=NAA, trukket_registrert_av=rom.koordinator)
    with pytest.raises(ManglerSamtykke):
        planlegg(rom)


def test_muntlig_ja_holder_til_foerste_moete_er_holdt() -> None:
    rom = lag_rom(muntlig=True)
    moete = planlegg(rom)
    with som_system("test data"):
        Moete.objects.filter(pk=moete.pk).update(tilstand="holdt")
    with pytest.raises(ManglerSamtykke):
        planlegg(rom, start_tid=START + dager(30))


def test_kurset_hindrer_foerste_moete_der_kommunen_har_valgt_det(rom: Rom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bidrag, "hinder", [lambda sak, i_dag: ["Koordinator har ikke tatt kurset."]])
    assert planlegg(rom).pk
    Kommune.objects.update(opplaeringskrav=Kommune.Opplaeringskrav.HINDRE)
    with pytest.raises(Avslag, match="ikke tatt kurset"):
        planlegg(rom, start_tid=START + dager(1))


@pytest.mark.parametrize("hvem", ["tok", "laerer", "spesialist"])
def test_andre_planlegger_ikke(rom: Rom, hvem: str) -> None:
    with pytest.raises(Avvist):
        planlegg(Rom(**{**vars(rom), "koordinator": getattr(rom, hvem)}))


def test_koordinator_i_annen_sak_planlegger_ikke_her(rom: Rom) -> None:
    with pytest.raises(Avvist):
        planlegg(Rom(**{**vars(rom), "koordinator": koordinator_i(SakFabrikk())}))


def test_ny_dag_foer_utsending_flytter_fristene(rom: Rom) -> None:
    moete = planlegg(rom)
    endret = endre(rom, moete, start_tid=START + dager(7))
    saksliste = frist(moete, frister.SAKSLISTE)
    assert saksliste is not None
    assert saksliste.forfall == date(2026, 12, 3)
    assert (endret.tilstand, endret.sekvens) == ("planlagt", 0)
    assert Frist.objects.filter(objekt_id=moete.pk).count() == 2


def test_nytt_rom_etter_utsending_krever_ny_innkalling(rom: Rom) -> None:
    moete = innkalt(rom)
    endret = endre(rom, moete, naa=NAA + dager(8), sted="Rom 3")
    assert (endret.tilstand, endret.sekvens) == ("planlagt", 1)
    assert frist(moete, frister.SAKSLISTE) is not None


def test_ny_dag_etter_utsending_starter_klokka_paa_nytt(rom: Rom) -> None:
    moete = innkalt(rom)
    endre(rom, moete, start_tid=START + dager(14))
    aapen = frist(moete, frister.SAKSLISTE)
    assert aapen is not None
    assert aapen.forfall == date(2026, 12, 10)
    moete.refresh_from_db()
    assert moete.saksliste_sendt_tid is None


def test_bare_merket_aarlig_gjennomgang_krever_ingen_ny_innkalling(rom: Rom) -> None:
    moete = innkalt(rom)
    endret = endre(rom, moete, er_aarlig_gjennomgang=True)
    assert (endret.tilstand, endret.sekvens, endret.er_aarlig_gjennomgang) == ("innkalt", 0, True)


def test_avlyst_moete_lukker_frister_og_tar_moetet_ut_av_kalenderen(rom: Rom) -> None:
    moete = innkalt(rom)
    Varsel.objects.all().delete()
    avlys_moete(moete=moete, grunn="Sykdom", av=rom.koordinator, naa=NAA)
    assert not Frist.objects.aapne().filter(objekt_id=moete.pk).exists()
    varsler = Varsel.objects.all()
    assert {varsel.mottaker for varsel in varsler} == {rom.laerer, rom.koordinator}
    assert all("METHOD:CANCEL" in varsel.kalender and "SEQUENCE:1" in varsel.kalender for varsel in varsler)
    with pytest.raises(KanIkkeNaa, match="avlyst"):
        avlys_moete(moete=moete, grunn="Igjen", av=rom.koordinator, naa=NAA)


def test_avlyst_grunn_staar_ikke_i_dagboka(rom: Rom) -> None:
    avlys_moete(moete=planlegg(rom), grunn="Sykdom i familien", av=rom.koordinator, naa=NAA)
    assert "Sykdom" not in str(Hendelse.objects.get(handling="ansvarsgruppe.avlys_moete").data)


def test_sakslista_faar_ny_rekkefoelge(rom: Rom) -> None:
    moete = sett_opp(rom, planlegg(rom), "Først", "Sist")
    sett_opp(rom, moete, "Sist", "Først", "Ny")
    assert sporringer.punkttekster(moete) == ["Sist", "Først", "Ny"]


def test_to_som_skriver_sakslista_overskriver_ikke_hverandre(rom: Rom) -> None:
    moete = planlegg(rom)
    sett_opp(rom, moete, "Fra den første")
    felt: dict[str, Any] = {"moete": moete, "punkter": ["Fra den andre"], "satt_opp_med_personen": False}
    with pytest.raises(SakslistaErEndret, match="Fra den første"):
        lagre_saksliste(**felt, grunnlag=[], av=rom.koordinator, naa=NAA)
    lagre_saksliste(**felt, grunnlag=["Fra den første"], av=rom.koordinator, naa=NAA)
    assert sporringer.punkttekster(moete) == ["Fra den andre"]


def test_endret_saksliste_etter_utsending_maa_sendes_paa_nytt(rom: Rom) -> None:
    moete = innkalt(rom)
    uendret = sett_opp(rom, moete)
    assert uendret.tilstand == "innkalt"
    endret = sett_opp(rom, moete, "Noe helt annet")
    assert (endret.tilstand, endret.sekvens) == ("planlagt", 1)
    with pytest.raises(MoetetHarBegynt):
        sett_opp(rom, moete, "For sent", naa=START)


def test_nytt_moete_kan_lages_fra_et_referat(rom: Rom) -> None:
    with som_system("test data"):
        moete = nytt_moete(rom.gruppe, plan(), NAA)
    assert frist(moete, frister.SAKSLISTE) is not None


def test_moetet_uten_innkalling_kan_bli_holdt(rom: Rom) -> None:
    moete = planlegg(rom)
    with som_system("test data"):
        moete.tilstand = Moete.Tilstand.HOLDT
        moete.save()
    assert not Innkalling.objects.exists()


def moeteskjema(**data: str) -> Moeteskjema:
    grunn = {
        "start_tid_0": "3", "start_tid_1": "12", "start_tid_2": "2026", "start_tid_3": "13.00",
        "slutt": "14.30", "sted": "Rom 2", "videolenke": "", "tolk_spraak": "",
    }  # fmt: skip
    return Moeteskjema(grunn | data, minutter=60, tolketillegg=30)


def test_skjemaet_gir_lokal_tid() -> None:
    skjema = moeteskjema()
    assert skjema.is_valid(), skjema.errors
    assert skjema.cleaned_data["start_tid"] == START
    assert skjema.cleaned_data["slutt_tid"] == datetime(2026, 12, 3, 14, 30, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("data", "felt"),
    [
        ({"start_tid_0": "31", "start_tid_1": "2"}, "start_tid"),
        ({"start_tid_3": ""}, "start_tid"),
        ({"start_tid_3": "25.00"}, "start_tid"),
        ({"start_tid_0": "28", "start_tid_1": "3", "start_tid_2": "2027", "start_tid_3": "02.30"}, "start_tid"),
        ({"slutt": "halv tre"}, "slutt"),
        ({"sted": ""}, "sted"),
        ({"sted": "x" * 201}, "sted"),
        ({"videolenke": "javascript:alert(1)"}, "videolenke"),
        ({"videolenke": "data:text/html,x"}, "videolenke"),
        ({"videolenke": "http://video.example/rom"}, "videolenke"),
        ({"videolenke": "rom 7"}, "videolenke"),
        ({"tolk": "on", "tolk_spraak": ""}, "tolk_spraak"),
    ],
)
def test_daarlig_inndata_sies_ved_feltet(data: dict[str, str], felt: str) -> None:
    skjema = moeteskjema(**data)
    assert not skjema.is_valid()
    assert felt in skjema.errors


def saksliste(*rader: tuple[str, str, str]) -> Sakslisteskjema:
    data = QueryDict(mutable=True)
    data.update({"punkt-TOTAL_FORMS": str(len(rader)), "punkt-INITIAL_FORMS": "0"})
    for plass, (nr, tekst, fjern) in enumerate(rader):
        data.update({f"punkt-{plass}-nr": nr, f"punkt-{plass}-tekst": tekst, f"punkt-{plass}-DELETE": fjern})
    return Sakslisteskjema(data)


@pytest.mark.parametrize(
    ("rader", "punkter"),
    [
        ([("1", "A", ""), ("2", "B", "")], ["A", "B"]),
        ([("2", "A", ""), ("1", "B", "")], ["B", "A"]),
        ([("1", "A", ""), ("2", "B", "on"), ("", "C", "")], ["A", "C"]),
        ([("", "A", ""), ("", "", ""), ("", "  B ", "")], ["A", "B"]),
    ],
)
def test_sakslista_flyttes_legges_til_og_fjernes(rader: list[tuple[str, str, str]], punkter: list[str]) -> None:
    skjema = saksliste(*rader)
    assert skjema.is_valid(), skjema.errors
    assert skjema.cleaned_data["punkter"] == punkter


@pytest.mark.parametrize("rader", [[("1", "", "")], [("1", "A", "on")], [("x", "A", "")], [("1", "a" * 201, "")]])
def test_gal_saksliste_avvises(rader: list[tuple[str, str, str]]) -> None:
    assert not saksliste(*rader).is_valid()


def test_den_som_gaar_ut_foer_moetet_kan_ikke_kalles_inn(rom: Rom) -> None:
    moete = planlegg(rom)
    DeltakelseFabrikk(sak=rom.sak, til_dato=START.date(), konto__navn="Slutter Snart")
    assert "Slutter Snart" not in [d.navn for d in sporringer.kan_innkalles(moete, NAA.date())]
