"""Two at once, twice by mistake, too late: a meeting is not doubled, undone or called off unseen (P2, P7, R87)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ansvarsgruppe import frister, sporringer
from ansvarsgruppe.handlinger.moete import MoetetErEndret, MoetetHarBegynt, ReferatErPaabegynt, avlys_moete
from ansvarsgruppe.handlinger.moeteplan import MoetetFinnes
from ansvarsgruppe.handlinger.referat import start_referat
from ansvarsgruppe.models import Moete
from tests.ansvarsgruppe.moeterom import NAA, START, Rom, dager, endre, innkalt, lag_rom, planlegg
from tok.sak.models import Frist

pytestmark = pytest.mark.django_db


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


@pytest.fixture
def klokka(settings: Any) -> Iterator[Any]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False) as reise:
        yield reise


def skjema(sted: str, **mer: str) -> dict[str, str]:
    return {
        "start_tid_0": "3", "start_tid_1": "12", "start_tid_2": "2026", "start_tid_3": "13.00",
        "slutt": "14.00", "sted": sted, "videolenke": "", "tolk_spraak": "",
    } | mer  # fmt: skip


def som(konto: Any) -> Client:
    klient = Client()
    klient.force_login(konto)
    return klient


def test_to_trykk_gir_ett_moete(rom: Rom, klokka: Any) -> None:
    nytt = reverse("ansvarsgruppe:planlegg_moete", args=[rom.sak.pk])
    klient = som(rom.koordinator)
    assert klient.post(nytt, skjema("Rom 2")).status_code == 302
    svar = klient.post(nytt, skjema("Rom 2"))
    assert svar.status_code == 422
    assert "Det er alt planlagt et møte da." in svar.content.decode()
    assert Moete.objects.count() == 1


def test_et_moete_flyttes_ikke_oppaa_et_annet_men_gjerne_der_et_er_avlyst(rom: Rom) -> None:
    opptatt, moete = planlegg(rom), planlegg(rom, start_tid=START + dager(1))
    with pytest.raises(MoetetFinnes):
        endre(rom, moete)
    endre(rom, moete, start_tid=START + dager(1), sted="Rom 3")
    avlys_moete(moete=opptatt, grunn="Sykdom", av=rom.koordinator, naa=NAA)
    assert endre(rom, moete).start_tid == START


def test_et_eldre_skjema_gjoer_ikke_om_det_en_annen_har_endret(rom: Rom) -> None:
    moete = planlegg(rom)
    bs_skjema = sporringer.planmerke(moete)
    endre(rom, moete, sted="Rom 7")
    with pytest.raises(MoetetErEndret) as feil:
        endre(rom, moete, sett=bs_skjema, tolk_spraak="somali")
    assert "Rom 7, uten tolk" in feil.value.melding
    assert "Fjordvik skole, rom 2, tolk i somali" in feil.value.melding
    moete.refresh_from_db()
    assert (moete.sted, moete.tolk_spraak) == ("Rom 7", "")


def test_samme_endring_to_ganger_er_ingen_konflikt(rom: Rom) -> None:
    moete = planlegg(rom)
    merke = sporringer.planmerke(moete)
    endre(rom, moete, sted="Rom 7")
    assert endre(rom, moete, sett=merke, sted="Rom 7").sted == "Rom 7"


@pytest.mark.parametrize("sett", ["", "tull"])
def test_et_skjema_uten_gyldig_merke_avvises(rom: Rom, sett: str) -> None:
    moete = planlegg(rom)
    with pytest.raises(MoetetErEndret):
        endre(rom, moete, sett=sett, sted="Rom 7")


def test_siden_viser_begge_og_lar_en_velge(rom: Rom, klokka: Any) -> None:
    moete = planlegg(rom)
    side = reverse("ansvarsgruppe:endre_moete", args=[moete.pk])
    klient = som(rom.koordinator)
    sett = klient.get(side).context["sett"]
    endre(rom, moete, sted="Rom 7")
    svar = klient.post(side, skjema("Rom 8", sett=sett))
    assert svar.status_code == 422
    html = svar.content.decode()
    assert "Noen har endret møtet mens du skrev." in html
    assert "Rom 7" in html
    assert 'value="Rom 8"' in html
    assert klient.post(side, skjema("Rom 8", sett=svar.context["sett"])).status_code == 302
    moete.refresh_from_db()
    assert moete.sted == "Rom 8"


def test_et_moete_som_har_begynt_avlyses_ikke(rom: Rom, klokka: Any) -> None:
    moete = innkalt(rom)
    with pytest.raises(MoetetHarBegynt, match="Skriv heller referat"):
        avlys_moete(moete=moete, grunn="Ingen kom", av=rom.koordinator, naa=START)
    assert Frist.objects.aapne().filter(objekt_id=moete.pk, regel=frister.REFERAT.kode).exists()
    avlys = reverse("ansvarsgruppe:avlys_moete", args=[moete.pk])
    klokka.move_to(START)
    assert avlys not in som(rom.koordinator).get(reverse("ansvarsgruppe:moete", args=[moete.pk])).content.decode()
    assert "Skriv heller referat" in som(rom.koordinator).get(avlys).content.decode()


def test_et_moete_med_paabegynt_referat_avlyses_ikke(rom: Rom, klokka: Any) -> None:
    moete = innkalt(rom)
    start_referat(moete=moete, av=rom.koordinator, naa=NAA)
    with pytest.raises(ReferatErPaabegynt):
        avlys_moete(moete=moete, grunn="Sykdom", av=rom.koordinator, naa=NAA)
    moete.refresh_from_db()
    assert moete.tilstand == "innkalt"
    avlys = reverse("ansvarsgruppe:avlys_moete", args=[moete.pk])
    assert "kan ikke avlyses" in som(rom.koordinator).get(avlys).content.decode()
