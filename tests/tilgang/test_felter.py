"""Field level: what each account finds anywhere in the case, against a reviewed file (ASVS 8.2.3, domene.md §2).

A mark is planted in every field that not everybody may read; then every page, file and fragment of the case is fetched
as every account, and the marks that stand there are compared with `felter.txt`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from ansvarsgruppe.models import Moete, Referat, Sakslistepunkt
from tests.fabrikker import NAA, FilFabrikk, HenvendelseFabrikk, samtykke_for
from tests.sak.nummer import numre
from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.tabell import AKTOERER, Adresse, adresser
from tests.tilgang.verden import EGEN, Verden
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument
from tok.sak.models import Notat, Person, Tiltak

FELTER = Path(__file__).with_name("felter.txt")
NUMMER = numre(1, froe=7)[0]
# Never, whatever the reviewed file says: the number to anybody but who writes it, the assessments to services.
ALDRI = {
    "fast": {"nummer", "barnets_syn", "behov", "avsendertelefon", "omfang", "utkast", "mandat", "inhabil"},
    "fast_uten_samtykke": {"nummer", "barnets_syn", "behov", "omfang", "utkast", "referat", "mandat"},
    "leder": {"telefon", "adresse", "nummer", "barnets_syn", "behov", "utkast", "referat", "notat", "tiltak", "sted"},
    "systemansvarlig": {"telefon", "adresse", "nummer", "behov", "omfang", "referat", "notat", "tiltak", "sted"},
    "representant": {"nummer", "omfang", "utkast", "inhabil"},
    "person": {"nummer", "omfang", "utkast", "inhabil"},
}


def merke(navn: str) -> str:
    """A word that stands nowhere else; the number is its own."""
    return NUMMER if navn == "nummer" else f"Zq{navn}qz"


@pytest.fixture(scope="module")
def merket(verden: Verden, klienter: dict[str, Client]) -> Iterator[set[str]]:
    """The own case with a mark in each field; gives the names of the marks."""
    with rulles_tilbake(), som_system("test data"):
        yield plant(verden)


def plant(verden: Verden) -> set[str]:
    """Put the marks in, and return their names."""
    rom = verden.rom[EGEN]
    sak, rader = rom.sak, rom.rader
    plantet: set[str] = set()

    def m(navn: str) -> str:
        plantet.add(navn)
        return merke(navn)

    person = Person.objects.get(pk=sak.person_id)
    person.telefon, person.adresse = m("telefon"), m("adresse")
    person.sett_nummer(m("nummer"))
    person.save()
    samtykke_for(
        sak,
        barnets_syn=m("barnets_syn"),
        omfatter_ikke=m("omfatter_ikke"),
        underskrevet_av=m("underskriver"),
        fil=FilFabrikk(),
    )
    HenvendelseFabrikk(
        kontor=sak.kontor,
        sak=sak,
        person=person,
        behov=m("behov"),
        avsender_navn=m("avsender"),
        avsender_telefon=m("avsendertelefon"),
        tilstand="ble_sak",
        utfall_dato=NAA.date(),
    )
    _sett(rader["Forespoersel"], omfang=m("omfang"))
    _sett(rader["representant"].kontakt, telefon=m("kontakttelefon"))  # type: ignore[attr-defined]
    _sett(rader["Representasjon"], mandat=m("mandat"))
    _sett(rader["Habilitet"], merknad=m("inhabil"))
    _sett(rader["Moete"], sted=m("sted"))
    Sakslistepunkt.objects.create(moete_id=rader["Moete"].pk, nr=9, tekst=m("saksliste"))
    _sett(rader["Referat.utkast"], naa_situasjon=m("utkast"))
    _ferdig_referat(rader, m("referat"))
    felles = {"sak": sak, "skrevet_av": rom.koordinator, "skrevet_av_navn": rom.koordinator.navn, "skrevet_tid": NAA}
    Notat.objects.create(tekst=m("notat"), skjema_id=uuid4(), **felles)
    Tiltak.objects.create(sak=sak, tekst=m("tiltak"), ansvarlig="Prøve", kilde_id=uuid4())
    return plantet


def _ferdig_referat(rader: dict[str, Any], tekst: str) -> None:
    """Finished minutes whose document says it."""
    holdt = rader["Referat"].moete
    moete = Moete.objects.create(
        gruppe=holdt.gruppe,
        start_tid=NAA - timedelta(days=80),
        slutt_tid=NAA - timedelta(days=80, hours=-1),
        sted="Rådhuset",
        tilstand=Moete.Tilstand.HOLDT,
        saksliste_sendt_tid=NAA - timedelta(days=90),
        saksliste_for_sent=False,
    )
    dokument = Dokument.objects.create(
        noekkel="merket",
        mal="referat",
        tittel="Prøve",
        innhold={},
        tilstand=Dokument.Tilstand.LAGET,
        pdf=f"%PDF-1.7 {tekst}".encode(),
        sha256="0" * 64,
        bestilt_tid=NAA,
        laget_tid=NAA,
        neste_forsoek_tid=NAA,
    )
    skrevet_av = rader["Referat"].referent
    rader["Referat.merket"] = Referat.objects.create(
        moete=moete,
        referent=skrevet_av,
        dokument=dokument,
        tilstand=Referat.Tilstand.FERDIG,
        ferdig_tid=NAA,
        ferdig_av=skrevet_av,
    )


def _sett(rad: Any, **felt: str) -> None:
    type(rad)._base_manager.filter(pk=rad.pk).update(**felt)


def _tekst(svar: Any) -> str:
    data = b"".join(svar.streaming_content) if svar.streaming else svar.content
    if data.startswith(b"%PDF-") and len(data) > 100:
        return "\n".join(side.extract_text() for side in PdfReader(io.BytesIO(data)).pages)
    return str(data.decode(errors="replace"))


def _sider(verden: Verden) -> Iterator[tuple[Adresse, str]]:
    for adresse in adresser():
        yield adresse, adresse.url(verden, EGEN)
        if adresse.navn.startswith("ansvarsgruppe:referat"):
            rader = verden.rom[EGEN].rader
            yield adresse, adresse.url(verden, EGEN).replace(str(rader["Referat"].pk), str(rader["Referat.merket"].pk))


def _finner(klient: Client, merker: set[str], verden: Verden) -> tuple[set[str], int]:
    """The marks this account finds, and how many pages it was shown."""
    funnet, sider = set(), 0
    for _adresse, url in _sider(verden):
        with rulles_tilbake():
            svar = klient.get(url)
            tekst = _tekst(svar) if svar.status_code == 200 else ""
        sider += bool(tekst)
        funnet |= {navn for navn in merker if merke(navn) in tekst}
    return funnet, sider


def les_felter() -> dict[str, set[str]]:
    """The reviewed file: account and the marks it finds."""
    linjer = [rad.split(" | ") for rad in FELTER.read_text().splitlines() if rad and not rad.startswith("#")]
    return {navn: set(merker.split()) - {"ingen"} for navn, merker in linjer}


@pytest.mark.parametrize("navn", list(AKTOERER))
def test_hver_finner_det_fila_sier(
    verden: Verden, klienter: dict[str, Client], merket: set[str], navn: str, tall: Callable[[str], None]
) -> None:
    funnet, sider = _finner(klienter[navn], merket, verden)
    assert not funnet & ALDRI.get(navn, set())
    assert les_felter().get(navn) == funnet, (
        f"{navn} finds other fields than felter.txt says. If the office wants it so, put in the line below, and have it"
        f" reviewed:\n{navn} | {' '.join(sorted(funnet)) or 'ingen'}"
    )
    tall(f"fields: {navn} sees {len(funnet)} of {len(merket)} marked fields on {sider} pages")


def test_hvert_merke_finnes_av_noen(merket: set[str]) -> None:
    """A mark that nobody finds proves nothing; those that no page shows are named."""
    assert merket - set().union(*les_felter().values()) == {"nummer"}
