"""Agenda and invitation sent: rows, messages, letters, clocks, refusals and rights (R56–R64, N11, N19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansvarsgruppe import frister, sporringer
from ansvarsgruppe.handlinger.innkalling import (
    EndretSidenDuSaaOver,
    IngenMottakere,
    ManglerSaksliste,
    MoetetHarVaert,
    send_innkalling,
)
from ansvarsgruppe.handlinger.steg import KanIkkeNaa
from ansvarsgruppe.models import Innkalling, Moete
from tests.ansvarsgruppe.moeterom import (
    KANARIER,
    NAA,
    START,
    Rom,
    dager,
    endre,
    innkalt,
    lag_rom,
    planlegg,
    send,
    sett_opp,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Dokument, Varsel
from tok.sak.models import Frist, Hendelse, Saksdokument
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


@pytest.fixture
def klokka(settings: Any) -> Iterator[None]:
    """The pages read the clock themselves; here it stands still, and one factor is enough to log in."""
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def test_de_faste_og_personens_egne_kalles_inn(rom: Rom) -> None:
    moete = innkalt(rom)
    rader = Innkalling.objects.filter(moete=moete)
    kanaler = {rad.deltakelse.navn: rad.kanal for rad in rader}
    assert kanaler == {
        "Tone Koordinator": "konto",
        "Kanarilaerer Dahl": "konto",
        "Kanarimor": "papir",
        "Kanarifornavn Kanarietternavn": "papir",
    }
    assert moete.tilstand == "innkalt"
    assert all(rad.kalender.startswith("BEGIN:VCALENDAR") for rad in rader)
    dagbok = Hendelse.objects.get(handling="ansvarsgruppe.send_innkalling")
    assert dagbok.data["antall"] == 4
    assert dagbok.data["paa_papir"] == 2


def test_e_posten_sier_bare_at_noe_venter(rom: Rom) -> None:
    moete = innkalt(rom)
    varsler = Varsel.objects.all()
    assert {varsel.mottaker for varsel in varsler} == {rom.koordinator, rom.laerer}
    for varsel in varsler:
        alt = f"{varsel.emne} {varsel.tekst} {varsel.kalender}".replace("\r\n ", "")
        assert [ord_ for ord_ in KANARIER if ord_ in alt] == []
        assert f"/moeter/{moete.pk}/" in varsel.tekst
        assert "ansvarsgruppe" not in f"{varsel.emne} {varsel.tekst}"


def test_brev_paa_papir_arkiveres_i_saken(rom: Rom) -> None:
    innkalt(rom)
    brev = Dokument.objects.get(tittel__endswith="til Kanarimor")
    assert brev.saksdokument.type == Saksdokument.Type.INNKALLING
    assert brev.innhold["mottaker"] == {"navn": "Kanarimor", "adresse": ["Prøveveien 1", "0001 Fjordvik"]}
    assert brev.innhold["moete"]["tid"] == "Torsdag 3. desember 2026, kl. 13.00–14.00"
    assert brev.innhold["tolk"] == "Det blir ikke brukt tolk."
    assert [sak["tittel"] for sak in brev.innhold["saker"]] == ["Kanarisak om skolen", "Dato for neste møte"]
    assert brev.innhold["satt_opp_sammen"] is True
    assert brev.innhold["koordinator"]["navn"] == "Tone Koordinator"


def test_legekontoret_bes_om_dobbelttime_og_tolk_sies(rom: Rom) -> None:
    innkalt(rom, rom.lege, tolk_spraak="somali")
    innhold = Dokument.objects.get(mal="innkalling").innhold
    assert "dobbelttime" in innhold["merknad"]
    assert innhold["mottaker"]["adresse"][0] == "Fjordvik legekontor"
    assert innhold["tolk"] == "Det blir brukt tolk. Språk: somali."


@pytest.mark.parametrize(("dag", "for_sent"), [(-7, False), (-6, True), (-1, True)])
def test_for_sen_saksliste_er_lov_og_registreres(rom: Rom, dag: int, for_sent: bool) -> None:
    moete = planlegg(rom)
    sett_opp(rom, moete)
    sendt = send(rom, moete, naa=START + dager(dag))
    frist = Frist.objects.get(objekt_id=moete.pk, regel=frister.SAKSLISTE.kode)
    assert (sendt.saksliste_for_sent, frist.ble_for_sen) == (for_sent, for_sent)
    assert frist.lukket_tid is not None
    brev = Dokument.objects.filter(mal="innkalling").first()
    assert brev is not None
    assert ("mindre enn en uke" in brev.innhold["merknad"]) == for_sent


def test_det_sies_foer_det_sendes_for_sent(rom: Rom) -> None:
    moete = planlegg(rom)
    sett_opp(rom, moete)
    kan = frozenset({Rett.SENDE_SAKSLISTE.name})
    loep = sporringer.finn_loep(moete, kan, lokal_dato(START - dager(2)), begynt=False)
    assert loep.for_sent == "Fristen var 26. november. Du kan sende likevel. Det blir registrert som for sent."
    assert loep.neste is not None
    assert loep.neste.tekst == loep.for_sent


def test_uten_saksliste_uten_mottakere_etter_moetet_og_to_ganger(rom: Rom) -> None:
    moete = planlegg(rom)
    with pytest.raises(ManglerSaksliste):
        send(rom, moete)
    moete = sett_opp(rom, moete)
    sett = sporringer.avtrykk(moete, sporringer.punkttekster(moete))
    with pytest.raises(IngenMottakere):
        send_innkalling(moete=moete, til=[], sett=sett, av=rom.koordinator, naa=NAA)
    with pytest.raises(MoetetHarVaert):
        send(rom, moete, naa=START)
    send(rom, moete)
    with pytest.raises(KanIkkeNaa, match="alt sendt"):
        send(rom, moete)
    assert Innkalling.objects.count() == 4


def test_det_som_sendes_er_det_som_ble_sett_over(rom: Rom) -> None:
    moete = sett_opp(rom, planlegg(rom))
    sett = sporringer.avtrykk(moete, sporringer.punkttekster(moete))
    sett_opp(rom, moete, "Noe annet")
    with pytest.raises(EndretSidenDuSaaOver):
        send(rom, moete, sett=sett)
    with pytest.raises(EndretSidenDuSaaOver):
        send(rom, moete, lag_rom().mor)
    assert not Innkalling.objects.exists()
    assert not Varsel.objects.exists()


def test_ny_utsending_oppdaterer_og_tar_ut_den_som_ikke_skal_med(rom: Rom) -> None:
    laerer, spesialist = rom.deltakelse(rom.laerer), rom.deltakelse(rom.spesialist)
    moete = innkalt(rom, laerer, spesialist)
    Varsel.objects.all().delete()
    endre(rom, moete, sted="Rom 3")
    send(rom, moete, laerer)
    til = {varsel.mottaker: varsel for varsel in Varsel.objects.all()}
    assert til[rom.laerer].emne == "Et møte er endret"
    assert "METHOD:CANCEL" in til[rom.spesialist].kalender
    assert [rad.deltakelse for rad in sporringer.siste_innkallinger(moete)] == [laerer]


def test_sendt_innkalling_kan_ikke_endres(rom: Rom) -> None:
    innkalt(rom)
    with pytest.raises(DatabaseError), som_system("test data"):
        Innkalling.objects.update(kalender="")


@pytest.mark.parametrize("hvem", ["tok", "laerer", "spesialist"])
def test_andre_sender_ikke(rom: Rom, hvem: str) -> None:
    moete = planlegg(rom)
    sett_opp(rom, moete)
    with pytest.raises(Avvist):
        send(Rom(**{**vars(rom), "koordinator": getattr(rom, hvem)}), moete)


def hent(konto: Any, navn: str, *noekler: Any, **spoerring: Any) -> Any:
    klient = Client()
    klient.force_login(konto)
    return klient.get(reverse(f"ansvarsgruppe:{navn}", args=noekler), spoerring)


def test_kalt_ved_behov_ser_bare_moetet_den_er_kalt_til(rom: Rom, klokka: None) -> None:
    moete, annet = planlegg(rom), planlegg(rom, start_tid=START + dager(30))
    sett_opp(rom, moete)
    assert hent(rom.spesialist, "moete", moete.pk).status_code == 404
    send(rom, moete, rom.deltakelse(rom.spesialist))
    svar = hent(rom.spesialist, "moete", moete.pk)
    assert svar.status_code == 200
    assert "sakshode" not in svar.content.decode()
    assert hent(rom.spesialist, "moete", annet.pk).status_code == 404
    assert hent(rom.spesialist, "moeter", rom.sak.pk).status_code == 404


def test_egen_kalenderfil(rom: Rom, klokka: None) -> None:
    moete = innkalt(rom)
    svar = hent(rom.laerer, "egen_kalenderfil", moete.pk)
    assert svar["Content-Type"].startswith("text/calendar")
    assert svar["Content-Disposition"] == 'attachment; filename="moete.ics"'
    assert rom.laerer.epost in svar.content.decode().replace("\r\n ", "")
    assert hent(rom.tok, "egen_kalenderfil", moete.pk).status_code == 404
    mors = Innkalling.objects.get(deltakelse=rom.mor)
    assert hent(rom.laerer, "kalenderfil", mors.pk).status_code == 404
    assert hent(rom.koordinator, "kalenderfil", mors.pk).status_code == 200


def test_hele_veien_gjennom_sidene(rom: Rom, klokka: None) -> None:
    """Plan, agenda, choose, look over, send: what is typed stays, and each page says the next step."""
    klient = Client()
    klient.force_login(rom.koordinator)
    felt = {
        "start_tid_0": "3", "start_tid_1": "12", "start_tid_2": "2020", "start_tid_3": "13.00",
        "slutt": "", "sted": "Fjordvik skole", "videolenke": "", "tolk_spraak": "",
    }  # fmt: skip
    nytt = reverse("ansvarsgruppe:planlegg_moete", args=[rom.sak.pk])
    assert klient.get(nytt).status_code == 200
    svar = klient.post(nytt, felt)
    assert svar.status_code == 422
    assert "Møtet må være fram i tid." in svar.content.decode()
    assert "Fjordvik skole" in svar.content.decode()
    svar = klient.post(nytt, felt | {"start_tid_2": "2026"}, follow=True)
    assert "Sett opp saksliste" in svar.content.decode()
    moete = Moete.objects.get()
    liste = reverse("ansvarsgruppe:saksliste", args=[moete.pk])
    assert "får ordet først" in klient.get(liste).content.decode()
    punkter = {"punkt-TOTAL_FORMS": "1", "punkt-INITIAL_FORMS": "0", "punkt-0-nr": "1", "punkt-0-tekst": "Skoledagen"}
    assert klient.post(liste, punkter | {"punkt-0-tekst": ""}).status_code == 422
    svar = klient.post(liste, punkter | {"satt_opp_med_personen": "on"}, follow=True)
    assert "Se over innkallingen" in svar.content.decode()
    til = [str(rom.mor.pk), str(rom.deltakelse(rom.laerer).pk)]
    assert klient.get(reverse("ansvarsgruppe:innkalling", args=[moete.pk])).status_code == 200
    se_over = reverse("ansvarsgruppe:send_innkalling", args=[moete.pk])
    assert klient.get(se_over).status_code == 302
    svar = klient.get(se_over, {"til": til})
    side = svar.content.decode()
    assert "Kanarimor, Prøveveien 1, 0001 Fjordvik" in side
    assert "Du er innkalt til et møte" in side
    gammelt = klient.post(se_over, {"til": til, "sett": "gammelt"})
    assert gammelt.status_code == 422
    assert "endret siden du så over" in gammelt.content.decode()
    svar = klient.post(se_over, {"til": til, "sett": svar.context["sett"]}, follow=True)
    assert "Saksliste og innkalling er sendt." in svar.content.decode()
    assert Innkalling.objects.count() == 2


@pytest.mark.parametrize("navn", ["moete", "endre_moete", "avlys_moete", "saksliste", "innkalling", "send_innkalling"])
def test_fremmed_faar_404(rom: Rom, navn: str, klokka: None) -> None:
    moete = innkalt(rom)
    fremmed = lag_rom().koordinator
    assert hent(fremmed, navn, moete.pk, til=[str(rom.mor.pk)]).status_code == 404


def test_listene_har_fast_antall_spoerringer(rom: Rom, klokka: None) -> None:
    def antall() -> int:
        with CaptureQueriesContext(connection) as fanget:
            assert hent(rom.koordinator, "mine_moeter").status_code == 200
            assert hent(rom.koordinator, "moeter", rom.sak.pk).status_code == 200
        return len(fanget)

    planlegg(rom)
    faa = antall()
    for nr in range(10):
        planlegg(rom, start_tid=START + timedelta(days=nr + 1))
    assert antall() == faa


def test_moetesiden_vokser_ikke_med_antall_kalte(rom: Rom, klokka: None) -> None:
    def antall(moete: Moete) -> int:
        with CaptureQueriesContext(connection) as fanget:
            assert hent(rom.koordinator, "moete", moete.pk).status_code == 200
        return len(fanget)

    en = antall(innkalt(rom, rom.mor))
    mange = antall(
        innkalt(rom, rom.mor, rom.lege, rom.personen, rom.deltakelse(rom.laerer), start_tid=START + dager(9))
    )
    assert en == mange
