"""Min dag shows what waits, to whom it waits for, and nothing else (N1; sider.md no. 1; ytelse.md goal 1)."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from ansvarsgruppe import frister
from koordinator.frister import SVAR_FRA_LEDER
from tests.fabrikker import (
    I_DAG,
    DeltakelseFabrikk,
    ForespoerselFabrikk,
    HenvendelseFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tests.oversikt.rader import flytt, frist, gruppe, kontor, sted
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.oversikt.sporringer import mindag, nestesteg, tall
from tok.oversikt.sporringer.bunker import HOEYST, KORT
from tok.oversikt.sporringer.kontor import plass
from tok.sak.models import Innsyn, Sak, Tiltak
from tok.sak.tilgang import Rett

pytestmark = pytest.mark.django_db


def bunker(konto: Konto, i_dag: date = I_DAG) -> dict[str, list[str]]:
    """The case numbers in each group."""
    alle = mindag.frister(konto, plass(konto, i_dag), i_dag)
    return {bunke.anker: [rad.saksnummer for rad in bunke.rader] for bunke in alle if bunke.rader}


def dager(antall: int) -> date:
    return I_DAG + timedelta(days=antall)


def test_koordinators_frister_staar_etter_dato() -> None:
    sak = SakFabrikk(nummer="2026/0900")
    konto = koordinator_i(sak)
    for antall in (-2, 0, 3, 30):
        frist(sak, dager(antall))
    assert bunker(konto) == {anker: ["2026/0900"] for anker in ("over", "i-dag", "uka", "senere")}


@pytest.mark.parametrize(
    ("i_dag", "forfall", "anker"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "uka"),
        (date(2026, 11, 23), date(2026, 11, 30), "senere"),
        (date(2026, 11, 29), date(2026, 11, 30), "senere"),
        (date(2026, 12, 28), date(2027, 1, 3), "uka"),
        (date(2026, 12, 28), date(2027, 1, 4), "senere"),
    ],
)
def test_uka_slutter_soendag(i_dag: date, forfall: date, anker: str) -> None:
    sak = SakFabrikk(nummer="2026/0901")
    konto = koordinator_i(sak)
    frist(sak, forfall)
    assert bunker(konto, i_dag) == {anker: ["2026/0901"]}


def test_kontoret_faar_det_andre_lot_gaa_over_fristen_og_venter_paa_resten() -> None:
    sak = SakFabrikk(nummer="2026/0902")
    koordinator_i(sak, navn="Tor Lie", telefon="12 34 50 11")
    frist(sak, dager(-1))
    frist(sak, dager(4), frister.SAKSLISTE)
    frist(sak, dager(40), frister.AARLIG_GJENNOMGANG)
    assert bunker(tok_ansatt(sak)) == {"over": ["2026/0902"], "venter": ["2026/0902"]}


def test_en_sen_saksliste_telles_men_kommer_ikke_til_kontoret() -> None:
    """Only the rules that say so come back to the office (domene.md §3: `counted late`)."""
    sak = SakFabrikk()
    koordinator_i(sak)
    frist(sak, dager(-1), frister.SAKSLISTE)
    assert bunker(tok_ansatt(sak)) == {}


def test_frist_uten_koordinator_er_kontorets() -> None:
    sak = SakFabrikk(nummer="2026/0903")
    frist(sak, dager(4))
    assert bunker(tok_ansatt(sak)) == {"uka": ["2026/0903"]}


def test_egen_frist_vinner_over_aa_vente_paa_seg_selv() -> None:
    sak = SakFabrikk(nummer="2026/0904")
    konto = tok_ansatt(sak)
    DeltakelseFabrikk(sak=sak, konto=konto, rolle="koordinator")
    frist(sak, dager(4))
    assert bunker(konto) == {"uka": ["2026/0904"]}


def test_leder_ser_foerespoerselen_uten_navn_paa_personen() -> None:
    sak = SakFabrikk(person=PersonFabrikk(fornavn="Kanarifugl", etternavn="Hemmelig"))
    leder = ansatt("leder")
    spurt = ForespoerselFabrikk(sak=sak, leder=leder, enhet=leder.ansettelser.get().enhet)
    frist(sak, dager(2), SVAR_FRA_LEDER, konto=leder, objekt_id=spurt.pk)
    (rad,) = next(b for b in mindag.frister(leder, plass(leder, I_DAG), I_DAG) if b.anker == "uka").rader
    assert rad.hvem == spurt.foreslaatt.navn
    assert (rad.saksnummer, rad.sak_url, rad.sak_id) == ("", "", None)
    assert "Kanarifugl" not in repr(rad)


def test_andres_saker_vises_ikke() -> None:
    """Another office, a coordinator whose period is over, a fixed participant, a leader: none sees it (N1, N2)."""
    sak = SakFabrikk()
    frist(sak, dager(0))
    foer = ansatt()
    DeltakelseFabrikk(sak=sak, konto=foer, rolle="koordinator", til_dato=I_DAG)
    fast = ansatt()
    DeltakelseFabrikk(sak=sak, konto=fast)
    for konto in (tok_ansatt(kontor=kontor("Et annet kontor")), foer, fast, ansatt("leder")):
        assert bunker(konto) == {}


def test_alt_paa_lista_er_bak_samme_doer() -> None:
    """Whatever Min dag links to, the door opens (N1)."""
    saker = [SakFabrikk() for _ in range(4)]
    konto = tok_ansatt(saker[0])
    DeltakelseFabrikk(sak=saker[1], konto=konto, rolle="koordinator")
    DeltakelseFabrikk(sak=saker[2], konto=konto, rolle="vara")
    for sak in saker:
        frist(sak, dager(0))
    vist = {rad.sak_id for b in mindag.frister(konto, plass(konto, I_DAG), I_DAG) for rad in b.rader}
    synlige = set(Rett.SE_SAK.synlige(konto, Sak.objects.all(), i_dag=I_DAG).values_list("pk", flat=True))
    assert vist == {sak.pk for sak in saker[:3]} == synlige


def test_nye_henvendelser_paa_eget_kontor() -> None:
    henvendelse = HenvendelseFabrikk()
    HenvendelseFabrikk()
    nye, _neste = nestesteg.kontorets(plass(tok_ansatt(kontor=henvendelse.kontor), I_DAG), I_DAG)
    (rad,) = nye.rader
    assert rad.setning == "Henvendelse kom inn 20. november på telefon"
    assert rad.hvem == henvendelse.person.navn


def test_lista_kuttes_og_sier_det() -> None:
    sak = SakFabrikk()
    konto = koordinator_i(sak)
    for _ in range(HOEYST):
        frist(sak, dager(-3))
    over = mindag.frister(konto, plass(konto, I_DAG), I_DAG)[0]
    assert (len(over.rader), bool(over.neste), over.antall) == (KORT, True, "25+")


def test_kontoret_naa_teller() -> None:
    sak, uten = SakFabrikk(), SakFabrikk()
    flytt(uten, kontor=sak.kontor)
    koordinator_i(sak)
    for antall in (-30, -20, -1, 0):
        frist(sak, dager(antall))
    frist(uten, dager(-1), frister.AARLIG_GJENNOMGANG)
    assert tall.kontoret_naa(sted(sak.kontor_id), I_DAG)[0] == tall.KontoretNaa(1, 3, 1)
    assert tall.kontoret_naa(sted(kontor().pk), I_DAG)[0] == tall.KontoretNaa(0, 0, 0)


@pytest.mark.parametrize("antall", [5, 50])
def test_like_mange_spoerringer_med_fem_og_femti(django_assert_num_queries: object, antall: int) -> None:
    sak = SakFabrikk()
    konto = tok_ansatt(sak)
    koordinator_i(sak)
    for nr in range(antall):
        frist(sak, dager(nr - 10))
        HenvendelseFabrikk(kontor=sak.kontor)
    with django_assert_num_queries(3):  # type: ignore[operator]
        plassen = plass(konto, I_DAG)
        mindag.frister(konto, plassen, I_DAG)
        nestesteg.kontorets(plassen, I_DAG)


def test_siden_tegnes_og_skriver_en_logglinje(client: Client) -> None:
    sak = SakFabrikk()
    konto = tok_ansatt(sak)
    frist(sak, dager(-100))
    HenvendelseFabrikk(kontor=sak.kontor)
    client.force_login(konto)
    svar = client.get("/")
    assert svar.status_code == 200
    tekst = svar.content.decode()
    assert "Over fristen" in tekst
    assert sak.person.navn in tekst
    assert "Kontoret nå" in tekst
    assert Innsyn.objects.filter(konto=konto, handling="liste").count() == 1


def test_en_forelder_har_ogsaa_en_foerste_side(client: Client) -> None:
    deltakelse = DeltakelseFabrikk(rolle="representant", egenskap="forelder")
    client.force_login(deltakelse.konto)
    svar = client.get("/", follow=True)
    assert svar.redirect_chain[-1][0] == f"/min-side/{deltakelse.sak_id}/"
    assert deltakelse.sak.person.fornavn in svar.content.decode()


def test_uten_oppgave_i_kommunen_er_det_ingen_side(client: Client) -> None:
    client.force_login(KontoFabrikk())
    assert client.get("/").status_code == 404


def bla(client: Client, anker: str) -> list[list[str]]:
    """The addresses of the rows on each page of one pile, by its own links."""
    sider, url = [], f"/?bunke={anker}"
    while url:
        tekst = client.get(url).content.decode()
        sider.append(re.findall(r'class="ds-link gjor" href="([^"]+)"', tekst))
        neste = re.search(r'href="([^"]+)" rel="next"', tekst)
        url = html.unescape(neste[1]) if neste else ""
        assert len(sider) < 9
    return sider


def test_en_bunke_alene_har_alle_radene_en_gang(client: Client) -> None:
    """Dates that meet, over three pages; the pile is the same work as in short (sider.md no. 1)."""
    kontoret = kontor()
    konto = tok_ansatt(kontor=kontoret)
    client.force_login(konto)
    saker = [SakFabrikk(kontor=kontoret) for _ in range(3)]
    for nr in range(60):
        frist(saker[nr % 3], dager(-1 - nr // 20), utgangspunkt=dager(-40 - nr))
        HenvendelseFabrikk(kontor=kontoret, mottatt_dato=dager(-nr // 30))
    for _ in range(30):
        SakFabrikk(kontor=kontoret, oensker_gruppe=True, aapnet_dato=dager(-5))
    assert [len(side) for side in bla(client, "over")] == [25, 25, 10]
    for anker, antall in (("nye", 60), ("neste-steg", 30)):
        rader = [url for side in bla(client, anker) for url in side]
        assert (len(rader), len(set(rader))) == (antall, antall)
    hele = client.get("/").content.decode()
    assert "7 av 25+" in hele
    assert 'href="?bunke=over">Vis alle (25+)' in hele


def test_egne_tiltak_og_moeter_blas_i(client: Client) -> None:
    """Tasks without a date stand last; meetings are paged by the clock."""
    sak = SakFabrikk()
    konto = koordinator_i(sak)
    client.force_login(konto)
    deltakelse, gruppa = sak.deltakelser.get(), gruppe(sak)
    with som_system("test data"):
        for nr in range(30):
            Tiltak.objects.create(
                sak=sak,
                tekst=f"Ringe {nr}",
                ansvarlig_deltakelse=deltakelse,
                kilde_type="referat",
                kilde_id=gruppa.pk,
                frist_dato=dager(nr % 4) if nr < 12 else None,
            )
    assert [len(side) for side in bla(client, "tiltak")] == [25, 5]
    alle = "".join(client.get(url).content.decode() for url in ("/?bunke=tiltak", mine_neste(client)))
    assert [f"Ringe {nr}<" in alle for nr in range(30)] == [True] * 30


def mine_neste(client: Client) -> str:
    neste = re.search(r'href="([^"]+)" rel="next"', client.get("/?bunke=tiltak").content.decode())
    assert neste
    return html.unescape(neste[1])


@pytest.mark.parametrize(
    "adresse", ["?bunke=over&etter=tull", "?bunke=moeter&etter=2026-01-01_0", "?bunke=uka&etter=2026-01-01T10:00_0"]
)
def test_en_oedelagt_adresse_viser_foerste_side(client: Client, adresse: str) -> None:
    client.force_login(tok_ansatt(SakFabrikk()))
    assert "Ingenting venter på deg her nå" in client.get(f"/{adresse}").content.decode()


def test_en_bunke_ingen_kjenner_er_hele_min_dag(client: Client) -> None:
    client.force_login(tok_ansatt(SakFabrikk()))
    assert "Kontoret nå" in client.get("/?bunke=alt").content.decode()


def test_en_bunke_viser_ikke_andres(client: Client) -> None:
    """The page of one pile stands behind the same door (N1): no office's pile for who works in none, no other's."""
    sak = SakFabrikk()
    HenvendelseFabrikk(kontor=sak.kontor)
    frist(sak, dager(-1))
    for konto in (tok_ansatt(kontor=kontor("Et annet kontor")), ansatt("leder")):
        client.force_login(konto)
        for anker in ("over", "venter", "nye", "neste-steg"):
            assert bla(client, anker) == [[]]
