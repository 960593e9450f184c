"""A meeting changed after it was sent: it waits on the coordinator, and the new letter says so (R59, R64)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from ansvarsgruppe import bidrag, frister
from ansvarsgruppe.forms.moete import Moeteskjema
from ansvarsgruppe.models import Innkalling, Moete
from tests.ansvarsgruppe.moeterom import NAA, START, Rom, dager, endre, innkalt, lag_rom, planlegg, send, sett_opp
from tests.ansvarsgruppe.referat_side import som
from tok.kjerne.historikk import som_system
from tok.sak import paaminnelser
from tok.sak.models import Frist, Saksdokument
from tok.sak.paaminnelser import finn_mottakere

pytestmark = pytest.mark.django_db

LENGDER: dict[str, Any] = {"minutter": 60, "tolketillegg": 30}
SENT = NAA + dager(8)  # two days before the meeting


@pytest.fixture(autouse=True)
def klokka(settings: Any) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def saksliste(moete: Moete) -> Frist | None:
    return Frist.objects.aapne().filter(objekt_id=moete.pk, regel=frister.SAKSLISTE.kode).first()


def hvordan_det_endres(rom: Rom, moete: Moete, hva: str, naa: datetime) -> None:
    if hva == "rom":
        endre(rom, moete, naa, sted="Rom 3")
    elif hva == "klokkeslett":
        endre(rom, moete, naa, start_tid=START + timedelta(hours=1))
    else:
        sett_opp(rom, moete, "Noe helt annet", naa=naa)


@pytest.mark.parametrize("hva", ["rom", "klokkeslett", "saksliste"])
def test_sendt_moete_som_endres_venter_paa_koordinator(rom: Rom, hva: str) -> None:
    moete = innkalt(rom)
    assert saksliste(moete) is None
    hvordan_det_endres(rom, moete, hva, NAA)
    frist = saksliste(moete)
    assert frist is not None
    assert (frist.utgangspunkt, frist.forfall) == (START.date(), date(2026, 11, 26))
    assert frist.neste_paaminnelse == date(2026, 11, 23)
    send(rom, moete)
    assert saksliste(moete) is None


def test_etter_fristen_paaminnes_koordinator_neste_arbeidsdag_og_det_er_for_sent(rom: Rom) -> None:
    moete = innkalt(rom)
    endre(rom, moete, SENT, sted="Rom 3")
    frist = saksliste(moete)
    assert frist is not None
    assert frist.neste_paaminnelse == date(2026, 12, 2)
    send(rom, moete, naa=SENT)
    moete.refresh_from_db()
    assert (moete.saksliste_sendt_tid, moete.saksliste_for_sent) == (SENT, True)


def test_paaminnelsen_etter_fristen_gaar_til_koordinator(rom: Rom) -> None:
    moete = innkalt(rom)
    endre(rom, moete, SENT, sted="Rom 3")
    frist = saksliste(moete)
    assert frist is not None
    dag = date(2026, 12, 2)
    assert [konto for _noekkel, konto, _sti in paaminnelser._meldinger(frist, finn_mottakere([frist], dag), dag)] == [
        rom.koordinator
    ]


def test_moetesiden_sier_hva_som_mangler(rom: Rom) -> None:
    moete = innkalt(rom)
    url = reverse("ansvarsgruppe:moete", args=[moete.pk])
    ord_ = "Endret etter at innkallingen ble sendt. Ny innkalling kommer."
    assert ord_ not in som(rom.laerer).get(url).content.decode()
    endre(rom, moete, SENT, sted="Rom 3")
    assert ord_ in som(rom.laerer).get(url).content.decode()
    with time_machine.travel(SENT, tick=False):
        html = som(rom.koordinator).get(url).content.decode()
    assert "Møtet er endret etter at innkallingen ble sendt. Den må sendes på nytt." in html
    assert "Det blir registrert som for sent." in html
    send(rom, moete)
    assert ord_ not in som(rom.laerer).get(url).content.decode()


def brevet(moete: Moete, rom: Rom) -> dict[str, Any]:
    rad = Innkalling.objects.filter(moete=moete, deltakelse=rom.mor).order_by("-sekvens").first()
    assert rad is not None
    assert rad.brev is not None
    innhold: dict[str, Any] = rad.brev.innhold
    return innhold


def test_brevet_etter_et_flyttet_moete_sier_hva_det_erstatter(rom: Rom) -> None:
    moete = innkalt(rom)
    assert brevet(moete, rom)["overskrift"] == "Innkalling til ansvarsgruppemøte"
    assert brevet(moete, rom)["erstatter"] == ""
    endre(rom, moete, start_tid=START + dager(12))
    send(rom, moete)
    nytt = brevet(moete, rom)
    assert nytt["overskrift"] == "Ny tid for møtet"
    assert nytt["erstatter"] == (
        "Erstatter innkallingen sendt 23. november 2026. Møtet var torsdag 3. desember 2026, kl. 13.00–14.00."
    )
    titler = set(Saksdokument.objects.filter(type="innkalling", tittel__endswith="Kanarimor").values_list("tittel"))
    assert titler == {
        ("Innkalling til møte 3. desember 2026, til Kanarimor",),
        ("Innkalling (endret) til møte 15. desember 2026, til Kanarimor",),
    }


def test_brevet_etter_et_nytt_sted_er_en_endret_innkalling(rom: Rom) -> None:
    moete = innkalt(rom)
    endre(rom, moete, sted="Rom 3")
    send(rom, moete)
    nytt = brevet(moete, rom)
    assert nytt["overskrift"] == "Endret innkalling"
    assert nytt["erstatter"] == ("Erstatter innkallingen sendt 23. november 2026. Stedet var Fjordvik skole, rom 2.")


def test_den_som_ikke_har_faatt_brev_foer_faar_en_vanlig_innkalling(rom: Rom) -> None:
    moete = innkalt(rom, rom.deltakelse(rom.koordinator))
    endre(rom, moete, sted="Rom 3")
    send(rom, moete, rom.mor)
    assert brevet(moete, rom)["overskrift"] == "Innkalling til ansvarsgruppemøte"


def skjema(foer: tuple[datetime, datetime, str] | None, **data: str) -> Moeteskjema:
    grunn = {
        "start_tid_0": "3", "start_tid_1": "12", "start_tid_2": "2026", "start_tid_3": "13.00",
        "slutt": "14.30", "sted": "Rom 2", "videolenke": "", "tolk_spraak": "",
    }  # fmt: skip
    return Moeteskjema(grunn | data, foer=foer, **LENGDER)


HALVANNEN = (START, START + timedelta(minutes=90), "somali")
MED_TOLK = {"tolk": "on", "tolk_spraak": "somali"}


def test_flyttet_start_tar_slutten_med_seg() -> None:
    flyttet = skjema(HALVANNEN, start_tid_3="14.00", **MED_TOLK)
    assert flyttet.is_valid(), flyttet.errors
    assert flyttet.cleaned_data["slutt_tid"] == START + timedelta(minutes=150)
    begge = skjema(HALVANNEN, start_tid_3="14.00", slutt="16.00", **MED_TOLK)
    assert begge.is_valid(), begge.errors
    assert begge.cleaned_data["slutt_tid"] == START + timedelta(hours=3)


@pytest.mark.parametrize("foer", [None, HALVANNEN, (START, START + timedelta(minutes=30), "")])
def test_kort_moete_med_tolk_maa_bekreftes(foer: tuple[datetime, datetime, str] | None) -> None:
    kort = skjema(foer, slutt="13.30", **MED_TOLK)
    assert not kort.is_valid()
    assert "Møtet er satt til 30 minutter. Med tolk er det vanlige 90." in kort.errors["slutt"][0]
    assert kort.spoer_om_lengde
    assert skjema(foer, slutt="13.30", kort_er_riktig="on", **MED_TOLK).is_valid()


def test_uendret_lengde_og_tolk_spoerres_det_ikke_om() -> None:
    foer = (START, START + timedelta(minutes=30), "somali")
    assert skjema(foer, slutt="13.30", sted="Rom 3", **MED_TOLK).is_valid()
    assert skjema(None, slutt="13.30").is_valid()


def test_krysset_vises_bare_naar_det_trengs(rom: Rom) -> None:
    url = reverse("ansvarsgruppe:planlegg_moete", args=[rom.sak.pk])
    klient = som(rom.koordinator)
    assert "kort_er_riktig" not in klient.get(url).content.decode()
    svar = klient.post(url, skjema(None, slutt="13.30", **MED_TOLK).data)
    assert svar.status_code == 422
    assert 'name="kort_er_riktig"' in svar.content.decode()
    assert klient.post(url, {**skjema(None, slutt="13.30", **MED_TOLK).data, "kort_er_riktig": "on"}).status_code == 302
    assert Moete.objects.get().slutt_tid == START + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("foedt", "forvalgt", "mor_kalles"),
    [
        (
            date(2010, 11, 24),
            True,
            False,
        ),  # 16 tomorrow, before the meeting
        (date(2010, 11, 23), True, False),
        (date(2010, 12, 4), False, True),  # 16 the day after the meeting
        (date(2019, 1, 1), False, True),
        (date(1980, 1, 1), True, False),
    ],
)
def test_barn_under_16_faar_beskjed_av_foresatte(foedt: date, forvalgt: bool, mor_kalles: bool) -> None:
    rom = lag_rom()
    with som_system("test data"):
        type(rom.sak.person).objects.filter(pk=rom.sak.person_id).update(foedselsdato=foedt)
    moete = planlegg(rom)
    html = som(rom.koordinator).get(reverse("ansvarsgruppe:innkalling", args=[moete.pk])).content.decode()
    assert ("Barnet får vanligvis beskjed av foresatte" in html) is not forvalgt
    assert (str(rom.mor.pk) in html) is mor_kalles
    assert not mor_kalles or _valgt(html, str(rom.mor.pk))
    assert _valgt(html, str(rom.personen.pk)) is forvalgt


def _valgt(html: str, verdi: str) -> bool:
    return " checked" in html.split(f'value="{verdi}"', 1)[1].split(">", 1)[0]


def test_barnet_er_valgt_naar_ingen_foresatt_kan_kalles_inn() -> None:
    rom = lag_rom()
    with som_system("test data"):
        rom.mor.delete()
    html = som(rom.koordinator).get(reverse("ansvarsgruppe:innkalling", args=[planlegg(rom).pk])).content.decode()
    assert _valgt(html, str(rom.personen.pk))


def test_ordene_om_gjennomgangen_er_sanne_fra_foerste_dag(rom: Rom) -> None:
    frist = Frist.objects.get(objekt_id=rom.gruppe.pk, regel=frister.AARLIG_GJENNOMGANG.kode)
    setning = bidrag._gjennomgang(frist.utgangspunkt, rom.gruppe.pk, rom.sak.pk).setning
    assert setning == "Hold årlig gjennomgang av gruppa innen et år fra 23. november 2026"
