"""The register and the search: list and door are equal, pages meet without gap, names sort as in Norway (R232, N1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from ansvarsgruppe import frister
from tests.fabrikker import (
    I_DAG,
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    EnhetFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    koordinator_i,
    slipp_inn,
    tok_ansatt,
)
from tests.oversikt.rader import flytt, frist, gruppe, kl, kontor, moete, sted
from tok.kjerne.models import Konto
from tok.oversikt.sporringer import register, soek
from tok.oversikt.sporringer.kontor import plass
from tok.oversikt.sporringer.register import Merke, Utvalg
from tok.oversikt.sporringer.rekkefoelge import noekkel, norsk
from tok.sak.models import Enhet, Sak
from tok.sak.tilgang import Rett

pytestmark = pytest.mark.django_db


def alle_sider(konto: Konto, utvalg: Utvalg | None = None) -> list[register.Registerrad]:
    plassen, etter, rader = plass(konto, I_DAG), None, []
    while True:
        side = register.side(plassen, utvalg or Utvalg(), etter, I_DAG)
        rader += side.rader
        if side.neste is None:
            return rader
        etter = Merke.les(str(side.neste))


@settings(max_examples=8)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 4), st.booleans(), st.sampled_from(["", "koordinator", "fast"])),
        max_size=8,
    )
)
def test_lista_er_doera(spesifikasjon: list[tuple[int, int, bool, str]]) -> None:
    """For one whose only role is TOK, the register holds exactly what SE_SAK opens, open and closed (N1)."""
    kontorer = [EnhetFabrikk(er_kontor=True) for _ in range(3)]
    konto = KontoFabrikk()
    AnsettelseFabrikk(konto=konto, enhet=kontorer[0], rolle="tok")
    AnsettelseFabrikk(konto=konto, enhet=kontorer[1], rolle="tok", til_dato=I_DAG + timedelta(days=1))
    AnsettelseFabrikk(konto=konto, enhet=kontorer[2], rolle="tok", til_dato=I_DAG)
    for kontornr, dager, avsluttet, rolle in spesifikasjon:
        sak = SakFabrikk(kontor=kontorer[kontornr], aapnet_dato=I_DAG - timedelta(days=dager))
        if avsluttet:
            flytt(sak, tilstand="avsluttet", avsluttet_dato=I_DAG, avsluttet_grunn="prøve")
        if rolle:
            DeltakelseFabrikk(sak=sak, rolle=rolle)
    synlige = set(Rett.SE_SAK.synlige(konto, Sak.objects.all(), i_dag=I_DAG).values_list("pk", flat=True))
    vist = [rad.sak_id for rad in alle_sider(konto, Utvalg(tilstand=""))]
    assert set(vist) == synlige
    assert len(vist) == len(synlige)


def test_sidene_henger_sammen_uten_hull() -> None:
    """60 cases, many opened on the same day: every case on exactly one page, newest first."""
    enhet = kontor()
    for nr in range(60):
        SakFabrikk(kontor=enhet, aapnet_dato=date(2026, 8, 17) - timedelta(days=nr // 20))
    rader = alle_sider(tok_ansatt(kontor=enhet))
    assert len({rad.sak_id for rad in rader}) == len(rader) == 60
    assert [rad.aapnet for rad in rader] == sorted((rad.aapnet for rad in rader), reverse=True)


@pytest.mark.parametrize("tekst", ["", "tull", "2026-13-01_x", "2026-08-17", "2026-08-17_zz"])
def test_oedelagt_merke_gir_foerste_side(tekst: str) -> None:
    assert Merke.les(tekst) is None


def test_filtrene() -> None:
    enhet = kontor()
    konto = tok_ansatt(kontor=enhet)
    med, uten, lukket = (SakFabrikk(kontor=enhet) for _ in range(3))
    skole = EnhetFabrikk()
    leder = DeltakelseFabrikk(sak=med, rolle="koordinator", enhet=skole)
    frist(med, I_DAG - timedelta(days=1))
    frist(uten, I_DAG - timedelta(days=1), frister.AARLIG_GJENNOMGANG)
    frist(uten, I_DAG)
    flytt(lukket, tilstand="avsluttet", avsluttet_dato=I_DAG, avsluttet_grunn="prøve")

    def vist(utvalg: Utvalg) -> set[object]:
        return {rad.sak_id for rad in alle_sider(konto, utvalg)}

    assert vist(Utvalg()) == {med.pk, uten.pk}
    assert vist(Utvalg(tilstand="avsluttet")) == {lukket.pk}
    assert vist(Utvalg(mangler="koordinator")) == {uten.pk}
    assert vist(Utvalg(mangler="referat")) == {med.pk}
    assert vist(Utvalg(mangler="gjennomgang")) == {uten.pk}
    assert vist(Utvalg(koordinator=leder.konto_id)) == {med.pk}
    assert vist(Utvalg(enhet=skole.pk)) == {med.pk}


def test_raden_sier_det_viktigste() -> None:
    sak = SakFabrikk(person=PersonFabrikk(adressebeskyttelse="fortrolig"))
    leder = koordinator_i(sak, navn="Berit Aune", telefon="12 34 50 40")
    forum = gruppe(sak)
    for dager in (20, 10, -10):
        moete(forum, kl(I_DAG + timedelta(days=dager)), tilstand="innkalt")
    moete(forum, kl(I_DAG + timedelta(days=2)), tilstand="avlyst")
    tok = tok_ansatt(sak)
    assert alle_sider(tok) == []
    slipp_inn(sak.person, tok)
    (rad,) = alle_sider(tok)
    assert (rad.koordinator, rad.koordinator_telefon, rad.skjermet) == (leder.navn, "12 34 50 40", True)
    assert rad.neste_moete == kl(I_DAG + timedelta(days=10))


@pytest.mark.parametrize("antall", [5, 50])
def test_like_mange_spoerringer_med_fem_og_femti(django_assert_num_queries: object, antall: int) -> None:
    enhet = kontor()
    konto = tok_ansatt(kontor=enhet)
    for _ in range(antall):
        koordinator_i(SakFabrikk(kontor=enhet))
    with django_assert_num_queries(3):  # type: ignore[operator]
        register.side(plass(konto, I_DAG), Utvalg(), None, I_DAG)


NAVN = ["Aas", "Ødegård", "Ås", "Zakariassen", "Ærlig", "Østby", "Berg"]
I_REKKEFOELGE = ["Aas", "Berg", "Zakariassen", "Ærlig", "Ødegård", "Østby", "Ås"]


def test_norsk_rekkefoelge_i_basen_og_i_python() -> None:
    for navn in NAVN:
        EnhetFabrikk(navn=navn)
    assert list(Enhet.objects.order_by(norsk("navn")).values_list("navn", flat=True)) == I_REKKEFOELGE
    assert sorted(NAVN, key=noekkel) == I_REKKEFOELGE


@pytest.fixture
def kasus() -> dict[str, Sak]:
    enhet = kontor()
    navn = {"aase": ("Åse", "Ødegård"), "ola": ("Ola Per", "Åsen"), "bo": ("Bo", "Hansen")}
    saker = {
        noekkel: SakFabrikk(
            kontor=enhet, nummer=f"2026/07{nr:02d}", person=PersonFabrikk(fornavn=fornavn, etternavn=etternavn)
        )
        for nr, (noekkel, (fornavn, etternavn)) in enumerate(navn.items(), 1)
    }
    koordinator_i(saker["bo"], navn="Ingrid Åsheim")
    SakFabrikk(person=PersonFabrikk(fornavn="Åse", etternavn="Annetkontor"))
    return saker


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("åse", ["ola", "aase"]),
        ("ÅSE", ["ola", "aase"]),
        ("ødeg", ["aase"]),
        ("gård åse", ["aase"]),
        ("bo", ["bo"]),
        ("an", []),
        ("hans", ["bo"]),
        ("åsheim", ["bo"]),
        ("ingrid ås", ["bo"]),
        ("2026/07", ["aase", "ola", "bo"]),
        ("2026/0702", ["ola"]),
        ("%", []),
        ("___", []),
        ("   ", []),
        ("finnes ikke", []),
    ],
)
def test_soek(kasus: dict[str, Sak], tekst: str, ventet: list[str]) -> None:
    enhet = kasus["bo"].kontor_id
    treff = soek.soek(sted(enhet), tekst, I_DAG)
    assert {rad.sak_id for rad in treff.rader} == {kasus[navn].pk for navn in ventet}


def test_treff_staar_i_norsk_rekkefoelge(kasus: dict[str, Sak]) -> None:
    treff = soek.soek(sted(kasus["bo"].kontor_id), "2026/", I_DAG)
    assert [rad.navn for rad in treff.rader] == ["Bo Hansen", "Ola Per Åsen", "Åse Ødegård"]


def test_soeket_har_ikke_navnet_i_adressen(client: Client, kasus: dict[str, Sak]) -> None:
    client.force_login(tok_ansatt(kasus["bo"]))
    svar = client.post("/saker/soek/", {"q": "ødegård"})
    assert svar.status_code == 200
    assert "Åse Ødegård" in svar.content.decode()
    assert "Åse" not in client.get("/saker/soek/?q=ødegård").content.decode()
    rett_paa = client.post("/saker/soek/", {"q": "2026/0702"})
    assert rett_paa["Location"] == f"/saker/{kasus['ola'].pk}/"


def test_registeret_tegnes(client: Client, kasus: dict[str, Sak]) -> None:
    client.force_login(tok_ansatt(kasus["bo"]))
    svar = client.get("/saker/?mangler=koordinator&tilstand=tull")
    assert svar.status_code == 200
    assert "Åse Ødegård" in svar.content.decode()
    assert "Bo Hansen" not in svar.content.decode()


@pytest.mark.parametrize("sti", ["/saker/", "/saker/soek/", "/saker/eksport/"])
def test_bare_kontoret_kommer_inn(client: Client, sti: str) -> None:
    client.force_login(koordinator_i(SakFabrikk()))
    assert client.get(sti).status_code == 404
    assert client.post(sti, {"q": "a"}).status_code in {404, 405}
