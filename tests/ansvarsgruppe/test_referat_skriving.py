"""Beginning, saving and mending minutes as handlings: right, refusal, rows, diary; and that no text is ever lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from ansvarsgruppe.handlinger.felter import les
from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat
from ansvarsgruppe.handlinger.fletting import Felter
from ansvarsgruppe.handlinger.referat import (
    ManglerGrunn,
    MoetetErAvlyst,
    MoetetErIkkeInnkalt,
    ReferatErAlleredeRettet,
    ReferatErEndret,
    ReferatErLaast,
    lagre_referat,
    rett_referat,
    start_referat,
)
from ansvarsgruppe.models import Moete, Referat
from tests.ansvarsgruppe.referat_rom import MOETE_START, NAA, Rom, helt_referat, lag_rom, lagre, start
from tests.fabrikker import DeltakelseFabrikk, tok_ansatt
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak import utkast
from tok.sak.models import Hendelse

pytestmark = pytest.mark.django_db


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def lagret_fra(referat: Referat, base: Felter, lagring: int, av: Konto, **endret: Any) -> Referat:
    return lagre_referat(referat=referat, base_lagring=lagring, base=base, data=base | endret, av=av, naa=NAA)


def test_start_lager_utkast_uten_at_noen_er_krysset_av(rom: Rom) -> None:
    referat = start(rom)
    assert (referat.versjon, referat.tilstand, referat.referent) == (1, "utkast", rom.koordinator)
    assert les(referat)["oppmoete"] == {}
    assert referat.neste_hvem.startswith("Emma Prøvesen, Silje Prøvesen, Tone Bakke")
    assert start(rom) == referat
    linje = Hendelse.objects.filter(handling="ansvarsgruppe.start_referat").first()
    assert linje is not None
    assert linje.sak == rom.sak


@pytest.mark.parametrize(
    ("tilstand", "minutter", "avslag"),
    [
        ("innkalt", -60, None),
        ("planlagt", -1, MoetetErIkkeInnkalt),
        ("planlagt", 0, None),
        ("avlyst", 60, MoetetErAvlyst),
    ],
)
def test_naar_et_referat_kan_begynnes(rom: Rom, tilstand: str, minutter: int, avslag: Any) -> None:
    """Minutes are written from every meeting, also one that was never called in from here (R83)."""
    with som_system("test data"):
        Moete.objects.filter(pk=rom.moete.pk).update(tilstand=tilstand)
    naa = MOETE_START + timedelta(minutes=minutter)
    if avslag is None:
        assert start(rom, naa).tilstand == "utkast"
        return
    with pytest.raises(avslag):
        start(rom, naa)


@pytest.mark.parametrize("hvem", ["fast", "uten_samtykke", "tok"])
def test_andre_kan_ikke_skrive(rom: Rom, hvem: str) -> None:
    konto = tok_ansatt(rom.sak) if hvem == "tok" else getattr(rom, hvem)
    with pytest.raises(Http404):
        start_referat(moete=rom.moete, av=konto, naa=NAA)
    assert not Referat.objects.exists()


def test_lagre_skriver_alt_og_teller(rom: Rom) -> None:
    referat = helt_referat(rom)
    felter = les(Referat.objects.get(pk=referat.pk))
    assert felter["maal"] == "Hele dagen på skolen innen vinterferien."
    assert [rad[0] for rad in felter["avtaler"]] == [
        "Søke hjelpestønad",
        "Rolig rom alle dager",
        "Ny time hos fysioterapeut",
    ]
    assert felter["neste_tid"] == ["2027-03-09T14:00:00+01:00", "2027-03-09T15:30:00+01:00"]
    assert felter["oppmoete"][str(rom.mor.pk)] == "forfall"
    assert referat.lagring == 1


def test_dagboka_har_ingen_tekst_fra_referatet(rom: Rom) -> None:
    helt_referat(rom)
    for linje in Hendelse.objects.all():
        assert "Nora" not in json.dumps(linje.data)
        assert "skolen" not in json.dumps(linje.data)


def test_rader_som_fjernes_er_borte_og_resten_staar(rom: Rom) -> None:
    referat = helt_referat(rom)
    foerste = referat.avtaler.get(nr=1).pk
    lagre(rom, referat, avtaler=[["Søke hjelpestønad", str(rom.mor.pk), "2026-12-18"]])
    assert [rad.pk for rad in referat.avtaler.all()] == [foerste]


def test_deltaker_fra_en_annen_sak_er_en_feil(rom: Rom) -> None:
    fremmed = DeltakelseFabrikk()
    with pytest.raises(ValueError, match="another case"):
        lagre(rom, start(rom), avtaler=[["x", str(fremmed.pk), ""]])


def test_ulike_felter_flettes(rom: Rom) -> None:
    referat = start(rom)
    base = les(referat)
    lagret_fra(referat, base, 0, rom.koordinator, maal="Tones mål")
    svar = lagret_fra(referat, base, 0, rom.medkoordinator, naa_situasjon="Karis tekst")
    assert (svar.maal, svar.naa_situasjon, svar.lagring) == ("Tones mål", "Karis tekst", 2)


@pytest.mark.parametrize("samme_bruker", [True, False])
def test_samme_felt_gir_konflikt_og_ingenting_skrives(rom: Rom, samme_bruker: bool) -> None:
    referat = start(rom)
    base = les(referat)
    lagret_fra(referat, base, 0, rom.koordinator, maal="Tones mål")
    av = rom.koordinator if samme_bruker else rom.medkoordinator
    with pytest.raises(ReferatErEndret) as endret:
        lagret_fra(referat, base, 0, av, maal="Karis mål", naa_situasjon="Karis tekst")
    assert endret.value.fletting.konflikter == ("maal",)
    assert endret.value.fletting.felter["maal"] == "Tones mål\nKaris mål"
    referat.refresh_from_db()
    assert (referat.maal, referat.naa_situasjon) == ("Tones mål", "")
    samlet = lagret_fra(referat, endret.value.andres, endret.value.lagring, av, **endret.value.fletting.felter)
    assert (samlet.maal, samlet.naa_situasjon) == ("Tones mål\nKaris mål", "Karis tekst")


def _alt_som_finnes(referat: Referat) -> str:
    """The row and its whole history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT maal, naa_situasjon FROM ansvarsgruppe_referatevent WHERE pgh_obj_id = %s", [referat.pk])
        historikk = cursor.fetchall()
    referat.refresh_from_db()
    return "\n".join([referat.maal, referat.naa_situasjon, *("\n".join(rad) for rad in historikk)])


trekk = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(["aapne", "skriv", "lagre"]),
        st.sampled_from(["maal", "naa_situasjon"]),
    ),
    max_size=14,
)


@settings(max_examples=15)
@given(trekk)
def test_ingen_lagret_tekst_gaar_tapt(trekkene: list[tuple[int, str, str]]) -> None:
    """Two editors open, type and save in any order: each saved text is in the row, in history or in its draft."""
    rom = lag_rom()
    referat = start(rom)
    kontoer = (rom.koordinator, rom.medkoordinator)
    sider = [(f"{hvem:012x}", 0, les(referat), les(referat)) for hvem in (0, 1)]
    lagrede: list[str] = []
    for nr, (hvem, hva, felt) in enumerate(trekkene):
        fane, lagring, base, tekst = sider[hvem]
        sted: Any = {"konto": kontoer[hvem], "objekt_type": "referat", "objekt_id": referat.pk, "fane": fane}
        if hva == "aapne":
            referat.refresh_from_db()
            sider[hvem] = (f"{nr + 2:012x}", referat.lagring, les(referat), les(referat))
        elif hva == "skriv":
            sider[hvem] = (fane, lagring, base, tekst | {felt: f"ord{nr}"})
        else:
            lagrede += [ord_ for ord_ in (tekst["maal"], tekst["naa_situasjon"]) if ord_]
            try:
                svar = lagre_referat(
                    referat=referat, base_lagring=lagring, base=base, data=tekst, av=kontoer[hvem], naa=NAA
                )
                utkast.slett(**sted)
                sider[hvem] = (fane, svar.lagring, les(svar), les(svar))
            except ReferatErEndret as endret:
                utkast.lagre(**sted, innhold=tekst, base_versjon=lagring, naa=NAA)
                sider[hvem] = (fane, endret.lagring, endret.andres, endret.fletting.felter)
    alt = _alt_som_finnes(referat) + _utkastene(referat, kontoer, len(trekkene) + 2)
    assert [ord_ for ord_ in lagrede if any(linje not in alt for linje in ord_.split("\n"))] == []


def _utkastene(referat: Referat, kontoer: tuple[Konto, Konto], antall: int) -> str:
    """Everything in everybody's drafts."""
    funnet = [
        utkast.hent(konto=konto, objekt_type="referat", objekt_id=referat.pk, fane=f"{nr:012x}")
        for konto in kontoer
        for nr in range(antall)
    ]
    return "".join(f"{u.innhold['maal']}\n{u.innhold['naa_situasjon']}\n" for u in funnet if u)


def test_ferdig_referat_kan_ikke_lagres(rom: Rom) -> None:
    referat = helt_referat(rom)
    ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.koordinator, naa=NAA)
    with pytest.raises(ReferatErLaast):
        lagre(rom, referat, maal="nytt")


def test_rett_krever_ferdig_grunn_og_nyeste(rom: Rom) -> None:
    referat = helt_referat(rom)
    with pytest.raises(ReferatErLaast):
        rett_referat(referat=referat, grunn="Feil frist", av=rom.koordinator, naa=NAA)
    ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.koordinator, naa=NAA)
    with pytest.raises(ManglerGrunn):
        rett_referat(referat=referat, grunn="  ", av=rom.koordinator, naa=NAA)
    nytt = rett_referat(referat=referat, grunn="Feil frist", av=rom.koordinator, naa=NAA)
    assert (nytt.versjon, nytt.tilstand, nytt.erstatter, nytt.endring_grunn) == (2, "utkast", referat, "Feil frist")
    referat.refresh_from_db()
    assert les(nytt) == les(referat)
    with pytest.raises(ReferatErAlleredeRettet):
        rett_referat(referat=referat, grunn="Feil frist", av=rom.koordinator, naa=NAA)
