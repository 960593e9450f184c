"""The family's own page: what stands on it by age and role, who has looked, and its number of queries (N7, N20)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.ansvarsgruppe import moeterom
from tests.fabrikker import (
    NAA,
    DeltakelseFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    SamtykkeFabrikk,
    ansatt,
    koordinator_i,
    vern,
)
from tests.tilgang.familierom import FORESATTE, lag_familie, notat, skjult_moete
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Innsyn, Sak, Tiltak

pytestmark = pytest.mark.django_db


def siden(client: Client, konto: Konto, sak: Sak) -> str:
    client.force_login(konto)
    svar = client.get(reverse("oversikt:min_sak", args=[sak.pk]))
    assert svar.status_code == 200
    tekst: str = svar.content.decode()
    return tekst


def test_forsida_er_deres_egen_side(client: Client) -> None:
    familie = lag_familie()
    sak = familie.rom.sak
    for navn in ("personen", *FORESATTE):
        client.force_login(familie.konto(navn))
        kjede = client.get("/", follow=True).redirect_chain
        assert [url for url, _ in kjede] == ["/min-side/", f"/min-side/{sak.pk}/"]
    client.force_login(familie.rom.koordinator)
    assert client.get("/").status_code == 200
    assert client.get("/min-side/").status_code == 404


def test_en_ansatt_som_ogsaa_er_forelder_har_begge_sidene(client: Client) -> None:
    sak, mor = SakFabrikk(), ansatt()
    DeltakelseFabrikk(sak=sak, konto=mor, rolle="representant", egenskap="forelder")
    client.force_login(mor)
    forsida = client.get("/")
    assert forsida.status_code == 200
    assert 'href="/min-side/"' in forsida.content.decode()
    assert client.get("/min-side/")["Location"] == f"/min-side/{sak.pk}/"


def test_to_barn_gir_et_valg(client: Client) -> None:
    mor = KontoFabrikk()
    saker = [SakFabrikk(person=PersonFabrikk(fornavn=navn)) for navn in ("Åse", "Bo")]
    for sak in saker:
        DeltakelseFabrikk(sak=sak, konto=mor, rolle="representant", egenskap="forelder")
    client.force_login(mor)
    tekst = client.get("/min-side/").content.decode()
    assert all(f"/min-side/{sak.pk}/" in tekst for sak in saker)
    assert Innsyn.objects.get(objekt_type="MinSide").antall == 2


def test_alt_det_som_er_lovet_staar_der(client: Client) -> None:
    familie = lag_familie()
    with som_system("test data"):
        Tiltak.objects.create(
            sak=familie.rom.sak,
            tekst="Søke hjelpestønad",
            ansvarlig="Tone Koordinator",
            frist_dato=date(2026, 12, 18),
            kilde_id=familie.rom.sak.pk,
        )
    tekst = " ".join(siden(client, familie.mor, familie.rom.sak).split())
    for ord_ in (
        "Torsdag 3. desember 2026 kl. 13.00–14.00</time> (om 10 dager)",
        "Fjordvik skole, rom 2",
        "Kanarisak om skolen",
        "Tone Koordinator",
        "mailto:",
        "Forelder med foreldreansvar",
        "Søke hjelpestønad",
        "innen 18. desember 2026",
        "Slutter 31. august 2027",
        "Dette kan alle lese",
        "Forlat siden raskt",
        'rel="noreferrer"',
    ):
        assert ord_ in tekst, ord_


def test_siste_som_har_sett_er_andre_enn_en_selv(client: Client) -> None:
    """One's own visits would fill the five lines; the whole list has them (N7)."""
    familie = lag_familie()
    sak = familie.rom.sak
    for konto in (familie.far, *[familie.mor] * 7):
        tekst = siden(client, konto, sak)
    assert "<strong>Konto far</strong>" in tekst
    assert "<strong>Konto mor</strong>" not in tekst
    alle = client.get(reverse("oversikt:hvem_har_sett", args=[sak.pk])).content.decode()
    assert "<strong>Konto mor</strong>" in alle


def test_et_skjult_moete_er_merket_der_det_staar(client: Client) -> None:
    """For the child and the coordinator, so that none of them tells of it by mistake (N20)."""
    familie = lag_familie()
    sak = familie.rom.sak
    merket = "Foresatte ser ikke dette"
    assert merket not in siden(client, familie.personen, sak)
    skjult_moete(familie)
    assert merket in siden(client, familie.personen, sak)
    assert merket not in siden(client, familie.mor, sak)
    client.force_login(familie.rom.koordinator)
    mine = reverse("ansvarsgruppe:mine_moeter")
    for url in (*(reverse(navn, args=[sak.pk]) for navn in ("oversikt:sak", "ansvarsgruppe:moeter")), mine):
        assert client.get(url).content.decode().count(merket) == 1, url


def test_samtykket_har_begge_navnene(client: Client) -> None:
    familie = lag_familie()
    SamtykkeFabrikk(sak=familie.rom.sak, underskrevet_av="Anne Ås", underskrevet_av_2="Bo Bø")
    assert "Fra Anne Ås og Bo Bø." in siden(client, familie.mor, familie.rom.sak)


def test_familien_kommer_raskt_ut_og_hjem_fra_alle_sidene_i_saken(client: Client) -> None:
    """N25 also where the family reads the pages of those who work with the case."""
    familie = lag_familie()
    sak = familie.rom.sak
    hjem = f'href="{reverse("oversikt:min_sak", args=[sak.pk])}">Min side</a>'
    sider = ("oversikt:sak", "sak:notater", "sak:deltakere", "sak:samtykker", "sak:dokumenter", "ansvarsgruppe:moeter")
    for konto, er_familie in ((familie.personen, True), (familie.mor, True), (familie.rom.koordinator, False)):
        client.force_login(konto)
        for navn in sider:
            tekst = client.get(reverse(navn, args=[sak.pk])).content.decode()
            for tegn in ("data-forlat", "js/forlat", hjem):
                assert (tegn in tekst) is er_familie, (navn, tegn)
            assert ("<dt>Neste frist</dt>" in tekst) is not er_familie, navn  # clocks are the helpers'


def test_under_tolv_har_barnet_ingen_side_og_paa_bursdagen_har_det_en(client: Client) -> None:
    sak = SakFabrikk(person=PersonFabrikk(foedselsdato=date(2014, 11, 24)))
    barnet = DeltakelseFabrikk(sak=sak, rolle="person").konto
    client.force_login(barnet)
    assert "Det er ingenting du kan lese her nå" in client.get("/min-side/").content.decode()
    assert client.get(f"/min-side/{sak.pk}/").status_code == 404
    with time_machine.travel(NAA.replace(hour=0, minute=0) + timedelta(days=1), tick=False):
        client.force_login(barnet)
        assert client.get(f"/min-side/{sak.pk}/").status_code == 200


def test_foreldre_er_ute_naar_barnet_fyller_atten_og_vernet_stenger_for_dem(client: Client) -> None:
    voksen = SakFabrikk(person=PersonFabrikk(foedselsdato=date(2008, 11, 23)))
    vernet = SakFabrikk()
    mor = KontoFabrikk()
    for sak in (voksen, vernet):
        DeltakelseFabrikk(sak=sak, konto=mor, rolle="representant", egenskap="forelder")
    vern(vernet.person)
    client.force_login(mor)
    for sak in (voksen, vernet):
        assert client.get(f"/min-side/{sak.pk}/").status_code == 404
        assert sak.person.fornavn not in client.get("/min-side/").content.decode()


def test_hvem_har_sett_sier_navn_rolle_hva_og_hvorfor_og_ikke_mer(client: Client) -> None:
    """Not the free text of an export, not the address one came from (N7)."""
    familie = lag_familie()
    sak = familie.rom.sak
    for nr in range(120):
        Innsyn.objects.create(
            tid=NAA - timedelta(minutes=nr),
            konto=familie.rom.koordinator,
            konto_navn=f"Leser {nr:03}",
            rolle="koordinator",
            enhet="Solbakken skole",
            arbeidsgiver="Fjordvik",
            person_id=sak.person_id,
            sak=sak,
            objekt_type="Referat",
            objekt_id=sak.pk,
            kategori="LESE_REFERAT",
            handling="eksport" if nr == 1 else "les",
            formaal="Fritekst om noe annet",
            rett="LESE_REFERAT",
            innlogging="totp",
            forespoersel_id=sak.pk,
        )
    client.force_login(familie.mor)
    url = reverse("oversikt:hvem_har_sett", args=[sak.pk])
    tekst = client.get(url).content.decode()
    assert "<strong>Leser 000</strong>, koordinator, Solbakken skole" in tekst
    for ord_ in ("Så et referat", "Hentet ut et referat i en fil"):
        assert ord_ in tekst
    assert "for å lese ferdige referater" in tekst
    for ord_ in ("Fritekst", "127.0.0.1"):
        assert ord_ not in tekst
    neste = tekst.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    annen = client.get(neste.replace("&amp;", "&")).content.decode()
    assert "Leser 119" in annen
    assert "Leser 000" not in annen
    assert client.get(f"{url}?etter=tull").status_code == 200


def test_lesingen_logges_en_gang_og_fremmede_faar_404(client: Client) -> None:
    familie = lag_familie()
    siden(client, familie.far, familie.rom.sak)
    assert Innsyn.objects.filter(konto=familie.far, rett="SE_EGEN_SAK", rolle="representant").count() == 1
    fremmed = DeltakelseFabrikk(rolle="representant", egenskap="forelder").konto
    for konto in (fremmed, familie.rom.koordinator, familie.rom.tok):
        client.force_login(konto)
        assert client.get(reverse("oversikt:min_sak", args=[familie.rom.sak.pk])).status_code == 404


def test_like_mange_spoerringer_med_mange_rader(client: Client) -> None:
    familie = lag_familie()
    sak = familie.rom.sak
    antall = []
    for flere in (1, 15):
        for nr in range(flere):
            notat(familie, "mor", f"Notat {nr}")
            DeltakelseFabrikk(sak=sak)
        siden(client, familie.mor, sak)
        with CaptureQueriesContext(connection) as spurt:
            siden(client, familie.mor, sak)
        antall.append(len(spurt))
    assert antall[0] == antall[1]
    assert antall[0] <= 40


def test_koordinator_som_slutter_og_ingen_ny_gir_kontorets_nummer(client: Client) -> None:
    sak = SakFabrikk()
    mor = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder").konto
    assert "Det er ingen koordinator nå." in siden(client, mor, sak)
    leder = koordinator_i(sak, navn="Ny Leder")
    assert leder.navn in siden(client, mor, sak)
    with som_system("test data"):
        Deltakelse.objects.filter(sak=sak, konto=leder).update(til_dato=moeterom.NAA.astimezone(OSLO).date())
    assert "Det er ingen koordinator nå." in siden(client, mor, sak)
