"""Ages × capacity × area × condition, against a file written by hand; the real pages are asked (B7, L14, N20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.fabrikker import (
    I_DAG,
    NAA,
    DeltakelseFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    RepresentasjonFabrikk,
    SakFabrikk,
    koordinator_i,
    samtykke_for,
)
from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.verden import EGEN, Verden
from tok.kjerne.fristregning import alder, fyller_aar
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.sak.handlinger import trekk_samtykke
from tok.sak.models import Deltakelse, Fyller, Omraade, Person, Sak
from tok.sak.tilgang.representanter import omraader

TABELL = Path(__file__).with_name("alder.txt")
ALDRE = (11, 12, 15, 16, 18)
SIDER = {
    Omraade.SAK: ("sak:deltakere", "Sak"),
    Omraade.MOETE: ("ansvarsgruppe:moete", "Moete"),
    Omraade.REFERAT: ("ansvarsgruppe:referat", "Referat"),
    Omraade.DOKUMENT: ("sak:dokumenter", "Sak"),
    Omraade.SAMTYKKE: ("sak:samtykker", "Sak"),
    Omraade.LOGG: ("sak:logg", "Sak"),
}


def celler() -> Iterator[tuple[str, str, int, str]]:
    """Every cell of the file that can arise: capacity, condition, age, what is read."""
    for rad in TABELL.read_text().splitlines():
        if rad and not rad.startswith("#"):
            egenskap, vilkaar, *svar = rad.split(" | ")
            for aar, ett in zip(ALDRE, svar, strict=True):
                if ett != "x":
                    yield egenskap, vilkaar, aar, ett


def _sett_vilkaar(deltakelse: Deltakelse, vilkaar: str) -> None:
    slutt = I_DAG if vilkaar.endswith("_i_gaar") else None
    if vilkaar.startswith("dokument"):
        RepresentasjonFabrikk(deltakelse=deltakelse, til_dato=slutt)
    elif vilkaar.startswith("vurdert"):
        RepresentasjonFabrikk(deltakelse=deltakelse, fil=None, vurdert_av="Overlege Prøve", til_dato=slutt)
    elif vilkaar.startswith("navngitt"):
        felt = {"egenskap": "selv", "underskrevet_dato": I_DAG, "gyldig_fra": I_DAG, "gyldig_tom": I_DAG}
        samtykke = samtykke_for(deltakelse.sak, deltakelse, **felt)
        if vilkaar == "navngitt_trukket":
            koordinator = Deltakelse.objects.koordinatorer().gjeldende(I_DAG).get(sak=deltakelse.sak).konto
            trekk_samtykke(samtykke=samtykke, trukket_av="Personen", av=koordinator, naa=NAA)


@pytest.mark.parametrize(("egenskap", "vilkaar", "aar", "svar"), list(celler()))
def test_hva_hver_leser_i_hver_alder(
    verden: Verden, klienter: dict[str, Client], egenskap: str, vilkaar: str, aar: int, svar: str
) -> None:
    """The page opens just where the file says so, and the page «Representanter» says the same as the door."""
    rom, rolle = verden.rom[EGEN], "person" if egenskap == "selv" else "representant"
    with rulles_tilbake():
        with som_system("test data"):
            Person.objects.filter(pk=rom.sak.person_id).update(foedselsdato=I_DAG.replace(year=I_DAG.year - aar))
            egne = Deltakelse.objects.filter(sak=rom.sak, konto=verden.kontoer[rolle])
            egne.update(egenskap="" if rolle == "person" else egenskap)
        deltakelse = egne.get()
        _sett_vilkaar(deltakelse, vilkaar)
        aapnet = {
            omraade
            for omraade, (navn, tabell) in SIDER.items()
            if klienter[rolle].get(reverse(navn, args=[rom.rader[tabell].pk])).status_code == 200
        }
        assert aapnet == (set(Omraade) if svar == "alt" else set())
        assert omraader(Sak.objects.get(pk=rom.sak.pk), I_DAG).get(deltakelse.pk, frozenset()) == aapnet


def test_fila_har_alle_egenskapene() -> None:
    assert {egenskap for egenskap, *_rest in celler()} == {"selv", *Deltakelse.Egenskap.values}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
@pytest.mark.django_db
def test_databasen_og_python_fyller_aar_paa_samme_dag(foedt: date, aar: int) -> None:
    """One rule in two places; 29 February is 1 March in other years (to verify)."""
    dag = _i_databasen(foedt, aar)
    assert dag == fyller_aar(foedt, aar)
    assert alder(foedt, dag) == aar
    assert alder(foedt, dag - timedelta(days=1)) == aar - 1


def _i_databasen(foedt: date, aar: int) -> date:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {Fyller.function}(%s, %s)", [foedt, aar])
        [dag] = cursor.fetchone()
    assert isinstance(dag, date)
    return dag


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("foedt", "midnatt"),
    [
        (date(2010, 11, 24), datetime(2026, 11, 24, tzinfo=OSLO)),
        (date(2012, 2, 29), datetime(2028, 2, 29, tzinfo=OSLO)),
        (date(2011, 7, 1), datetime(2027, 7, 1, tzinfo=OSLO)),
    ],
)
def test_over_midnatt_i_samme_oekt(settings: object, foedt: date, midnatt: datetime) -> None:
    """The father reads at 23.59 and not at 00.00 on the 16th birthday, in Norwegian time, summer and winter."""
    settings.TOK_KREV_TOTP = False  # type: ignore[attr-defined]
    sak = SakFabrikk(person=PersonFabrikk(foedselsdato=foedt))
    far = KontoFabrikk()
    DeltakelseFabrikk(sak=sak, konto=far, rolle="representant", egenskap="forelder")
    koordinator = koordinator_i(sak)
    klient, url = Client(), reverse("sak:deltakere", args=[sak.pk])
    with time_machine.travel(midnatt - timedelta(seconds=20), tick=False) as reise:
        klient.force_login(far, "tok.kjerne.innlogging.Innlogging")
        assert klient.get(url).status_code == 200
        reise.shift(timedelta(seconds=20))
        assert klient.get(url).status_code == 404
        andre = Client()
        andre.force_login(koordinator, "tok.kjerne.innlogging.Innlogging")
        assert andre.get(url).status_code == 200
