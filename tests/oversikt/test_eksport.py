"""The yearly export: opens right, runs nothing, is logged, and an old year comes out the same again (L24, N3, N11)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Value
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fabrikker import (
    I_DAG,
    NAA,
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    EnhetFabrikk,
    ForespoerselFabrikk,
    KontaktFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    SamtykkeFabrikk,
    koordinator_i,
    slipp_inn,
    tok_ansatt,
    vern,
)
from tests.oversikt.rader import flytt, frist, gruppe, kl, kontor, lukk, moete, referat
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument, Konto
from tok.oversikt.eksport import kommafil
from tok.oversikt.sporringer import aarstall
from tok.oversikt.sporringer.celler import BOM, tekst, ufarlig
from tok.sak.models import Enhet, Innsyn, Nivaa, Sak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import noter_eksport

pytestmark = pytest.mark.django_db

AAR = 2026
SENERE = date(2027, 6, 1)


def les(data: bytes) -> list[dict[str, str]]:
    """Read the file as Excel would: BOM, semicolons."""
    innhold = data.decode("utf-8")
    assert innhold.startswith(BOM)
    return list(csv.DictReader(io.StringIO(innhold.removeprefix(BOM), newline=""), delimiter=";"))


def eksport(aar: int = AAR, i_dag: date = SENERE, konto: Konto | None = None) -> bytes:
    with transaction.atomic():
        valgt = aarstall.Aar.lag(aar, i_dag)
        return b"".join(kommafil.biter(valgt, aarstall.saker(valgt, konto or KontoFabrikk(), None)))


def full_sak() -> Sak:
    """A case with something in every column."""
    sak = SakFabrikk(nummer="2026/0500", person=PersonFabrikk(foedselsdato=date(2014, 5, 4)))
    skole, ppt = EnhetFabrikk(navn="Ås skole", sektor="oppvekst"), EnhetFabrikk(sektor="ppt")
    leder = DeltakelseFabrikk(
        sak=sak, konto=KontoFabrikk(navn="Åse Øye"), rolle="koordinator", enhet=skole, fra_dato=date(2026, 9, 1)
    )
    DeltakelseFabrikk(sak=sak, enhet=ppt)
    spurt = ForespoerselFabrikk(sak=sak)
    with som_system("test data"):
        brev = Dokument.objects.create(
            noekkel="brev", mal="oppnevningsbrev", tittel="Brev", innhold={}, bestilt_tid=NAA, neste_forsoek_tid=NAA
        )
        sak.oppnevninger.create(
            deltakelse=leder,
            forespoersel=spurt,
            type="barnekoordinator",
            timer="2.5",
            brev=brev,
            oppnevnt_av=spurt.sendt_av,
            oppnevnt_dato=date(2026, 9, 1),
        )
    forum = gruppe(sak, date(2026, 9, 2))
    for dag, gjennomgang, for_sent in ((date(2026, 10, 1), False, False), (date(2026, 11, 2), True, True)):
        moetet = moete(forum, kl(dag), er_aarlig_gjennomgang=gjennomgang, saksliste_for_sent=for_sent)
        ferdig = kl(dag + timedelta(days=20 if gjennomgang else 3))
        referat(moetet, ferdig)
        lukk(frist(sak, dag + timedelta(days=14), objekt_id=moetet.pk), ferdig)
    moete(forum, kl(date(2026, 12, 1)), tilstand="avlyst")
    SamtykkeFabrikk(sak=sak, gyldig_tom=date(2027, 8, 31))
    return sak


VALGT = {"aar": "2026", "formaal": "Årsmelding til rådet", "format": "csv"}
VENTET = {
    "saksnummer": "2026/0500",
    "fødselsår": "2014",
    "sektorer": "PPT, barnehage og skole",
    "åpnet": "2026-08-17",
    "koordinator": "Åse Øye",
    "enhet": "Ås skole",
    "type": "barnekoordinator",
    "oppnevnt fra": "2026-09-01",
    "ny koordinator fra": "",
    "timer i måneden": "2,5",
    "gruppe opprettet": "2026-09-02",
    "møter": "2",
    "saksliste i tide": "1",
    "referater": "2",
    "referater i tide": "1",
    "årlig gjennomgang": "2026-11-02",
    "samtykke til": "2027-08-31",
    "tilstand": "åpen",
    "avsluttet": "",
}


def test_alle_kolonnene() -> None:
    full_sak()
    assert les(eksport()) == [VENTET]


def test_fila_aapnes_rett_i_excel() -> None:
    full_sak()
    data = eksport()
    assert data.startswith(b"\xef\xbb\xbfsaksnummer;")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    assert "Åse Øye".encode() in data


def test_et_gammelt_aar_kommer_likt_ut_igjen() -> None:
    """Whatever happens in the new year, the old one stays as it was (L24)."""
    sak = full_sak()
    foer = eksport()
    leder = sak.deltakelser.get(rolle="koordinator")
    flytt(leder, til_dato=date(2027, 2, 1))
    DeltakelseFabrikk(sak=sak, rolle="koordinator", fra_dato=date(2027, 2, 1))
    DeltakelseFabrikk(sak=sak, enhet=EnhetFabrikk(sektor="nav"), fra_dato=date(2027, 1, 1))
    moetet = moete(sak.gruppe, kl(date(2027, 1, 10)), er_aarlig_gjennomgang=True)
    referat(moetet, kl(date(2027, 1, 12)))
    samtykke = sak.samtykker.get()
    with som_system("test data"):
        samtykke.trukket_tid, samtykke.trukket_registrert_av = kl(date(2027, 3, 1)), leder.konto
        samtykke.save(update_fields=["trukket_tid", "trukket_registrert_av"])
    SamtykkeFabrikk(sak=sak, gyldig_tom=date(2029, 1, 1), registrert_tid=kl(date(2027, 3, 2)))
    flytt(sak, tilstand="avsluttet", avsluttet_dato=date(2027, 4, 1), avsluttet_grunn="flyttet")
    SakFabrikk(kontor=sak.kontor, aapnet_dato=date(2027, 1, 1))
    assert eksport() == foer
    aaret_etter = {rad["saksnummer"]: rad["avsluttet"] for rad in les(eksport(2027, date(2028, 1, 1)))}
    assert aaret_etter[sak.nummer] == "2027-04-01"


@pytest.mark.parametrize(
    ("aapnet", "avsluttet", "med", "tilstand"),
    [
        (date(2026, 12, 31), None, True, "åpen"),
        (date(2027, 1, 1), None, False, ""),
        (date(2025, 1, 1), date(2025, 12, 31), False, ""),
        (date(2025, 1, 1), date(2026, 1, 1), True, "avsluttet"),
        (date(2025, 1, 1), date(2026, 12, 31), True, "avsluttet"),
        (date(2025, 1, 1), date(2027, 1, 1), True, "åpen"),
    ],
)
def test_hvilke_saker_som_er_med(aapnet: date, avsluttet: date | None, med: bool, tilstand: str) -> None:
    sak = SakFabrikk(aapnet_dato=aapnet)
    if avsluttet:
        flytt(sak, tilstand="avsluttet", avsluttet_dato=avsluttet, avsluttet_grunn="flyttet")
    assert [rad["tilstand"] for rad in les(eksport())] == ([tilstand] if med else [])


def test_aaret_som_ikke_er_slutt_tas_per_i_dag() -> None:
    sak = SakFabrikk()
    DeltakelseFabrikk(sak=sak, rolle="koordinator", fra_dato=I_DAG + timedelta(days=1))
    assert les(eksport(AAR, I_DAG))[0]["koordinator"] == ""


def test_enheten_er_arbeidsstedet_naar_deltakelsen_ikke_sier_det() -> None:
    sak = SakFabrikk()
    leder = DeltakelseFabrikk(sak=sak, rolle="koordinator")
    AnsettelseFabrikk(konto=leder.konto, enhet=EnhetFabrikk(navn="Fjordvik skole"))
    assert les(eksport())[0]["enhet"] == "Fjordvik skole"


@pytest.mark.parametrize("beskyttelse", ["fortrolig", "strengt"])
def test_beskyttet_adresse_roeper_ikke_stedet(beskyttelse: str) -> None:
    """Coordinator and unit would tell where the person is (N11)."""
    sak = SakFabrikk(person=PersonFabrikk(adressebeskyttelse=beskyttelse))
    koordinator_i(sak, navn="Kanarifugl Koordinator")
    konto = tok_ansatt(sak)
    assert les(eksport(konto=konto)) == []
    slipp_inn(sak.person, konto)
    data = eksport(konto=konto)
    assert b"Kanarifugl" not in data
    assert {(rad["koordinator"], rad["enhet"]) for rad in les(data)} == {("skjermet", "skjermet")}


def test_en_vernet_mor_i_gruppa_roeper_ikke_stedet() -> None:
    """The strictest level of anyone in the case governs, not only the person's (N11)."""
    sak, konto = SakFabrikk(), tok_ansatt()
    koordinator_i(sak, navn="Kanarifugl Koordinator")
    mor = DeltakelseFabrikk(sak=sak, konto=None, kontakt=KontaktFabrikk(), rolle="representant", egenskap="forelder")
    vern(mor.kontakt, Nivaa.FORTROLIG)
    assert les(eksport(konto=konto)) == []
    slipp_inn(sak.person, konto)
    assert {rad["koordinator"] for rad in les(eksport(konto=konto))} == {"skjermet"}


FORMLER = ["=1+1", "+47", "-1", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(1)", "=1\n+2"]


@pytest.mark.parametrize("formel", FORMLER)
def test_ingen_celle_er_en_formel(formel: str) -> None:
    """Every text a user can write: names of people and units (sikkerhet.md §2)."""
    sak = SakFabrikk()
    konto = KontoFabrikk(navn=f'{formel};"a"')
    DeltakelseFabrikk(sak=sak, konto=konto, rolle="koordinator", enhet=EnhetFabrikk(navn=formel))
    rader = les(eksport())
    assert len(rader) == 1
    for felt in ("koordinator", "enhet"):
        assert rader[0][felt].startswith("'")
    assert rader[0]["koordinator"].endswith(';"a"')


@pytest.mark.parametrize("formel", FORMLER)
def test_heller_ikke_overskriften(formel: str) -> None:
    assert ufarlig(formel).startswith("'")
    assert "\n" not in ufarlig(formel)


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n a;\"'æ\\0&"), max_size=8))
def test_python_og_postgresql_er_enige(verdi: str) -> None:
    """One rule in two places: the cells in SQL and the header in Python."""
    rad = Enhet.objects.annotate(celle=tekst(Value(verdi))).values_list("celle", flat=True)
    EnhetFabrikk()
    assert (rad[0] or "") == ufarlig(verdi)


@pytest.mark.parametrize("antall", [1, 40])
def test_en_spoerring_uansett_antall(django_assert_num_queries: object, antall: int) -> None:
    for _ in range(antall):
        koordinator_i(SakFabrikk())
    konto = KontoFabrikk()
    with django_assert_num_queries(3):  # type: ignore[operator]  # one, inside a savepoint
        assert len(les(eksport(konto=konto))) == antall


def test_siden_logger_grunn_og_antall_foer_fila_gaar(client: Client) -> None:
    sak = full_sak()
    SakFabrikk()
    konto = tok_ansatt(sak)
    client.force_login(konto)
    svar = client.post("/saker/eksport/", {**VALGT, "formaal": "Årsmelding til kommunedirektøren"})
    logget = Innsyn.objects.get(konto=konto, handling="eksport", sak=None)
    assert (logget.formaal, logget.antall, logget.objekt_type) == (
        "Årsmelding til kommunedirektøren",
        1,
        "Register 2026 csv",
    )
    assert svar["Content-Disposition"] == 'attachment; filename="register-2026-per-2026-11-23.csv"'
    assert [rad["saksnummer"] for rad in les(b"".join(svar))] == ["2026/0500"]


@pytest.mark.parametrize(
    ("felt", "verdi", "melding"),
    [
        ("formaal", "", "Fyll ut"),
        ("formaal", "for kort", "minst 10 tegn"),
        ("formaal", "x" * 300, "Skriv kortere"),
        ("aar", "", "Fyll ut"),
        ("aar", "tjueseks", "fire siffer"),
        ("aar", "1999", "Skriv et år fra 2000 til 2026"),
        ("aar", "2027", "Skriv et år fra 2000 til 2026"),
        ("format", "", "Velg i"),
        ("format", "pdf", "gyldig valg"),
    ],
)
def test_gale_svar_gir_melding_ved_feltet_og_ingen_fil(client: Client, felt: str, verdi: str, melding: str) -> None:
    client.force_login(tok_ansatt(SakFabrikk()))
    svar = client.post("/saker/eksport/", VALGT | {felt: verdi})
    assert svar.status_code == 422
    assert melding in svar.content.decode()
    assert not Innsyn.objects.filter(handling="eksport").exists()


def test_bare_eget_kontors_saker(client: Client) -> None:
    SakFabrikk()
    client.force_login(tok_ansatt(kontor=kontor()))
    svar = client.post("/saker/eksport/", VALGT)
    assert les(b"".join(svar)) == []


def test_kommandoen_skriver_samme_fil_og_logger(tmp_path: Path) -> None:
    full_sak()
    ut = tmp_path / "register.csv"
    call_command("registereksport", "--aar", "2026", "--ut", str(ut), "--formaal", "Rapport til staten")
    assert ut.read_bytes() == eksport(AAR, I_DAG)
    assert ut.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [ut]
    logget = Innsyn.objects.get(handling="eksport", sak=None)
    assert (logget.konto.er_system, logget.formaal, logget.antall) == (True, "Rapport til staten", 1)


def test_hver_person_ser_eksporten_i_sin_egen_logg(client: Client, tmp_path: Path) -> None:
    """The file leaves the house: one row per case, with the reason, and marked where the address is protected (N4).

    SYSTEM is named in nobody's protection: what is protected is not in its file (N11).
    """
    sak = SakFabrikk()
    skjermet = SakFabrikk(kontor=sak.kontor, person=PersonFabrikk(adressebeskyttelse="fortrolig"))
    andres = SakFabrikk()
    konto = tok_ansatt(sak)
    slipp_inn(skjermet.person, konto)
    client.force_login(konto)
    client.post("/saker/eksport/", VALGT)
    rader = Innsyn.objects.filter(konto=konto, handling="eksport", sak__isnull=False)
    assert {(rad.sak, rad.person_id, rad.formaal, rad.er_beskyttet, rad.rolle) for rad in rader} == {
        (sak, sak.person_id, "Årsmelding til rådet", False, "tok"),
        (skjermet, skjermet.person_id, "Årsmelding til rådet", True, "tok"),
    }
    valg = ["--aar", "2026", "--ut", str(tmp_path / "ut.csv"), "--formaal", "Rapport til staten"]
    call_command("registereksport", *valg)
    egne = Innsyn.objects.filter(konto=Konto.system(), handling="eksport", sak__isnull=False)
    assert {rad.sak for rad in egne} == {sak, andres}


@pytest.mark.parametrize("antall", [1, 40])
def test_loggen_skrives_i_like_mange_spoerringer(django_assert_num_queries: Any, antall: int) -> None:
    konto = tok_ansatt()
    for _ in range(antall):
        SakFabrikk()
    with django_assert_num_queries(5):  # the grounds, the municipality, the cases, their rows, the file's
        logget = noter_eksport(
            konto, Rett.EKSPORTERE_REGISTER, Sak.objects.all(), naa=NAA, liste="Register", formaal="Prøve"
        )
    assert logget.antall == antall


def test_en_halv_fil_blir_borte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is taken when the file is whole; what stood there before stands until then."""

    def brister(*_args: object) -> Iterator[bytes]:
        yield b"halv"
        raise RuntimeError

    ut = tmp_path / "register.csv"
    ut.write_bytes(b"i fjor")
    monkeypatch.setattr(kommafil, "biter", brister)
    with pytest.raises(RuntimeError):
        call_command("registereksport", "--aar", "2026", "--ut", str(ut), "--formaal", "Rapport til staten")
    assert [fil.read_bytes() for fil in tmp_path.iterdir()] == [b"i fjor"]
    assert not Innsyn.objects.filter(handling="eksport").exists(), "no file, no export"


@pytest.mark.parametrize(
    "valg", [["--aar", "2027"], ["--aar", "2026", "--formaal", "kort"], ["--aar", "2026", "--ut", "/finnes/ikke/x.csv"]]
)
def test_kommandoen_sier_hva_som_er_galt(tmp_path: Path, valg: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("registereksport", "--ut", str(tmp_path / "x.csv"), *valg)
