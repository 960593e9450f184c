"""The workbook: typed, with its code book, the same cases and values as the semicolon file, and nothing that runs."""

from __future__ import annotations

import io
import os
import re
import stat
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fabrikker import (
    I_DAG,
    NAA,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    koordinator_i,
    slipp_inn,
    tok_ansatt,
)
from tests.oversikt.arkleser import Ark, egenskaper, les_bok
from tests.oversikt.test_eksport import AAR, FORMLER, SENERE, VALGT, VENTET, full_sak, les
from tok.kjerne.models import Kommune, Konto
from tok.oversikt.eksport import Format, arbeidsmappe, kodebok, regneark, skriv
from tok.oversikt.sporringer.aarstall import Aar, Kolonne, Type, kolonner, saker
from tok.oversikt.sporringer.celler import ufarlig
from tok.sak.models import Enhet, Innsyn

pytestmark = pytest.mark.django_db
VALG = Aar.lag(AAR, SENERE)


def fil(format_: Format = Format.XLSX, konto: Konto | None = None) -> bytes:
    ut = io.BytesIO()
    with transaction.atomic():
        skriv(format_, VALG, saker(VALG, konto or KontoFabrikk(), None), ut, laget=NAA)
    return ut.getvalue()


def register(konto: Konto | None = None) -> Ark:
    return les_bok(fil(konto=konto))["Register"]


def som_i_kommafila(verdi: Any, kolonne: Kolonne) -> str:
    """A typed cell as the semicolon file writes it."""
    if verdi is None:
        return ""
    if kolonne.type is Type.DESIMALTALL:
        return f"{verdi:.1f}".replace(".", ",")
    return ufarlig(str(verdi))


def likt_i_begge(konto: Konto | None = None) -> None:
    felt = {kolonne.navn: kolonne for kolonne in kolonner(VALG)}
    rader = register(konto).rader()
    arket = [{navn: som_i_kommafila(verdi, felt[navn]) for navn, verdi in rad.items()} for rad in rader]
    assert arket == les(fil(Format.CSV, konto))


def test_cellene_har_sin_type() -> None:
    """Dates can be sorted and numbers added up; nothing is text that is something else."""
    full_sak()
    rad = register().rader()[0]
    assert (
        rad
        | {
            "saksnummer": "2026/0500",
            "fødselsår": 2014,
            "åpnet": date(2026, 8, 17),
            "timer i måneden": Decimal("2.5"),
            "møter": 2,
            "årlig gjennomgang": date(2026, 11, 2),
            "avsluttet": None,
        }
        == rad
    )
    typer = {Type.TEKST: str, Type.KODE: str, Type.HELTALL: int, Type.DESIMALTALL: Decimal, Type.DATO: date}
    for kolonne in kolonner(VALG):
        assert rad[kolonne.navn] is None or type(rad[kolonne.navn]) is typer[kolonne.type], kolonne.navn


def test_samme_kolonner_og_verdier_som_kommafila() -> None:
    full_sak()
    skjermet, konto = SakFabrikk(person=PersonFabrikk(adressebeskyttelse="fortrolig")), tok_ansatt()
    slipp_inn(skjermet.person, konto)
    assert register(konto).hode == list(VENTET)
    assert len(register(konto).rader()) == 2
    likt_i_begge(konto)


NAVN = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=20)
VANSKELIGE = ["Åse Øye\nÆgir\r\n", "_x0041_ \x07\t", "\uffff\ufffe", "<b>&amp;\"' ]]>", "😀" * 40, "\r", "\xa0=1"]


@pytest.fixture
def koordinatorer() -> list[Konto]:
    return [koordinator_i(SakFabrikk()) for _ in VANSKELIGE]


@settings(max_examples=8)
@given(navn=st.lists(NAVN, min_size=len(VANSKELIGE), max_size=len(VANSKELIGE)))
@example(navn=VANSKELIGE)
def test_alt_noen_kan_hete_staar_likt_i_begge_filene(koordinatorer: list[Konto], navn: list[str]) -> None:
    """Any text PostgreSQL holds: the workbook opens, and the two files say the same."""
    for konto, ett in zip(koordinatorer, navn, strict=True):
        Konto.objects.filter(pk=konto.pk).update(navn=ett)
    likt_i_begge()


@pytest.mark.parametrize("tekst", [*FORMLER, "=HYPERLINK(A1)", '=cmd|" /C calc"!A0'])
def test_ingen_celle_er_en_formel(tekst: str) -> None:
    """The reader of the test refuses formula cells; quoted texts stay texts when somebody edits them."""
    koordinator_i(SakFabrikk(), navn=tekst)
    ark = register()
    assert ark.rader()[0]["koordinator"] == re.sub(r"[\r\n]+", " ", tekst)
    assert ark.siterte == {"E2"}


def test_tekst_kan_ikke_skrive_markering_i_arket() -> None:
    """XlsxWriter would write a text in <r> as it stands, and with it a formula."""
    angrep = "<r><t>x</t></r></is></c><c r='F2'><f>1+1</f></c><c><is><r></r>"
    koordinator_i(SakFabrikk(), navn=angrep)
    assert register().rader()[0]["koordinator"] == angrep


def test_for_lang_tekst_kuttes_og_sier_fra() -> None:
    assert regneark._kutt("æ" * 32_767) == "æ" * 32_767
    assert regneark._kutt("æ" * 32_768) == "æ" * 32_766 + "…"
    assert regneark._kutt("😀" * 20_000) == "😀" * 16_383 + "…"


def test_hodet_staar_fast_og_kan_filtreres() -> None:
    full_sak()
    rot = register().rot
    utsnitt, filter_ = rot.find(".//{*}pane"), rot.find("{*}autoFilter")
    assert utsnitt is not None
    assert filter_ is not None
    assert (utsnitt.attrib["state"], utsnitt.attrib["ySplit"], filter_.attrib["ref"]) == ("frozen", "1", "A1:S2")


def test_tomt_register_er_ogsaa_en_fil() -> None:
    arkene = les_bok(fil())
    assert arkene["Register"].rader() == []
    assert list(arkene) == ["Register", "Kodebok"]


def test_hver_kolonne_er_forklart() -> None:
    """A column without its words cannot be declared: name, meaning, type, source, what empty means, every code."""
    for kolonne in kolonner(VALG):
        assert kolonne.navn == kolonne.navn.strip() != ""
        assert kolonne.forklaring.endswith(".")
        assert kolonne.tom.endswith(".")
        assert re.fullmatch(r"[RL]\d+(, [RL]\d+)*", kolonne.kilde)
        assert (kolonne.type is Type.KODE) <= bool(kolonne.verdier)
        assert bool(kolonne.enhet) == (kolonne.type in {Type.HELTALL, Type.DESIMALTALL})
        assert all(verdi.ord and verdi.betydning for verdi in kolonne.verdier)


def test_kodeboka_har_en_linje_for_hver_kolonne_og_alle_ordene() -> None:
    full_sak()
    arkene = les_bok(fil())
    bok = arkene["Kodebok"].rader()[: len(kolonner(VALG))]
    assert [rad["Kolonne"] for rad in bok] == arkene["Register"].hode
    assert all(rad[navn] for rad in bok for navn in ("Betydning", "Type", "Kilde", "Tom celle betyr"))
    ord_ = {rad["Kolonne"]: {linje.split(": ")[0] for linje in rad["Verdier"].splitlines()} for rad in bok}
    rad = arkene["Register"].rader()[0]
    assert set(rad["sektorer"].split(", ")) <= ord_["sektorer"] == {str(navn) for _kode, navn in Enhet.Sektor.choices}
    assert rad["type"] in ord_["type"]
    assert rad["tilstand"] in ord_["tilstand"]


def test_fila_sier_hvem_og_naar_men_ikke_hvilke_personer() -> None:
    full_sak()
    data = fil()
    egne = egenskaper(data)
    assert Kommune.hent().navn in egne
    assert "Register 2026" in egne
    assert "31.12.2026" in egne
    assert not [konto.navn for konto in Konto.objects.all() if konto.navn in egne]
    linjer = les_bok(data)["Kodebok"].linjer
    assert {linje[0]: linje[1] for linje in linjer[-7:]}["Tilstand per"] == "31.12.2026"


def test_naar_arket_er_fullt_begynner_et_nytt() -> None:
    """Lines beyond what one sheet holds are never lost; each sheet has its head."""
    for _nummer in range(5):
        SakFabrikk()
    konto, ut = KontoFabrikk(), io.BytesIO()
    with transaction.atomic():
        regneark.skriv(VALG, saker(VALG, konto, None), ut, laget=NAA, linjer_per_ark=3)
    arkene = les_bok(ut.getvalue())
    assert list(arkene) == ["Register", "Register 2", "Register 3", "Kodebok"]
    delene = [arkene[navn].rader() for navn in list(arkene)[:3]]
    assert [len(del_) for del_ in delene] == [2, 2, 1]
    numre = [rad["saksnummer"] for del_ in delene for rad in del_]
    assert numre == sorted(set(numre))


@pytest.mark.parametrize("format_", Format)
def test_siden_gir_fila_og_loggen_samtidig(client: Client, format_: Format) -> None:
    sak = full_sak()
    SakFabrikk()
    konto = tok_ansatt(sak)
    client.force_login(konto)
    svar = client.post("/saker/eksport/", VALGT | {"format": format_.value})
    assert svar["Content-Disposition"] == f'attachment; filename="register-2026-per-2026-11-23.{format_.value}"'
    assert svar["Content-Type"] == format_.innholdstype
    assert svar["Cache-Control"] == "no-store"
    innhold = b"".join(svar)
    assert int(svar["Content-Length"]) == len(innhold)
    rader = les_bok(innhold)["Register"].rader() if format_ is Format.XLSX else les(innhold)
    assert [rad["saksnummer"] for rad in rader] == ["2026/0500"]
    logget = Innsyn.objects.get(konto=konto, handling="eksport", sak=None)
    assert (logget.objekt_type, logget.antall) == (f"Register 2026 {format_.value}", 1)
    egne = Innsyn.objects.filter(konto=konto, handling="eksport", sak__isnull=False)
    assert [rad.sak for rad in egne] == [sak]


def test_det_som_er_skrevet_staar_naar_noe_er_galt(client: Client) -> None:
    client.force_login(tok_ansatt(SakFabrikk()))
    svar = client.post("/saker/eksport/", {"aar": "1814", "formaal": "Årsmelding til rådet", "format": "csv"})
    side = svar.content.decode()
    assert 'value="1814"' in side
    assert 'value="Årsmelding til rådet"' in side
    assert re.search(r'value="csv"[^>]*checked', side)


def test_kommandoen_lager_regnearket(tmp_path: Path) -> None:
    full_sak()
    ut = tmp_path / "register.xlsx"
    call_command("registereksport", "--aar", "2026", "--format", "xlsx", "--ut", str(ut))
    assert [rad["saksnummer"] for rad in les_bok(ut.read_bytes())["Register"].rader()] == ["2026/0500"]
    assert ut.stat().st_mode & 0o777 == 0o600
    assert Innsyn.objects.get(handling="eksport", sak=None).objekt_type == "Register 2026 xlsx"


def test_ingenting_blir_liggende_igjen() -> None:
    """The folder of the pieces is gone when it is used, also when the writer fails; a killed one's goes next time."""
    mappene = Path(gettempdir())
    doed = mappene / f"{arbeidsmappe.NAVN}99999999-prove"
    doed.mkdir()
    (doed / "rader").write_text("x")

    def mine() -> list[Path]:
        return list(mappene.glob(f"{arbeidsmappe.NAVN}{os.getpid()}-*"))

    with arbeidsmappe.arbeidsmappe() as mappe:
        assert [stat.S_IMODE(Path(mappe).stat().st_mode)] * len(mine()) == [0o700]
    assert mine() == []
    assert not doed.exists()
    koordinator_i(SakFabrikk())
    fil()
    assert mine() == []


def test_hodene_i_kodeboka_passer_til_radene() -> None:
    assert len(kodebok.hode()) == len(kodebok.rad(kolonner(Aar.lag(AAR, I_DAG))[0])) == len(kodebok.BREDDER)
