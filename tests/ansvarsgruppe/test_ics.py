"""The calendar file, read back by icalendar: one attendee, no names, no case, right hours (R62, N11, N19, L20, P5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ansvarsgruppe.dokumenter.kalenderfil import kalenderfil
from ansvarsgruppe.models import Ansvarsgruppe, Innkalling, Moete
from tests.ansvarsgruppe.moeterom import KANARIER, NAA, START, endre, innkalt, lag_rom, send
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Kontakt, Person, Sak

KONTO = Konto(navn="Kanarilaerer Dahl", epost="ansatt@fjordvik.example")


def fil(skjermet: bool = False, metode: Any = "REQUEST", deltakelse: Deltakelse | None = None, **felt: Any) -> str:
    """A calendar file of rows that are not saved."""
    sak = Sak(person=Person(fornavn="Kanarifornavn", etternavn="Kanarietternavn"))
    moete = Moete(
        **(
            {
                "gruppe": Ansvarsgruppe(sak=sak, formaal="Kanarisak"),
                "start_tid": START,
                "slutt_tid": START + timedelta(minutes=90),
                "sted": "Fjordvik skole, rom 2",
            }
            | felt
        )
    )
    deltakelse = deltakelse or Deltakelse(sak=sak, rolle="fast", konto=KONTO)
    return kalenderfil(moete=moete, deltakelse=deltakelse, skjermet=skjermet, metode=metode, naa=NAA)


def hendelse(tekst: str) -> Any:
    return Calendar.from_ical(tekst).walk("VEVENT")[0]


def test_en_innkalling_til_en() -> None:
    tekst = fil()
    kalender = Calendar.from_ical(tekst)
    assert kalender["METHOD"] == "REQUEST"
    assert len(kalender.walk("VEVENT")) == 1
    assert kalender.walk("VTIMEZONE")[0]["TZID"] == "Europe/Oslo"
    ett = hendelse(tekst)
    assert str(ett["ATTENDEE"]) == "mailto:ansatt@fjordvik.example"
    assert tekst.replace("\r\n ", "").count("ATTENDEE") == 1
    assert str(ett["ORGANIZER"]) == "mailto:no-reply@test.example"
    assert (str(ett["SUMMARY"]), str(ett["LOCATION"])) == ("Møte", "Fjordvik skole, rom 2")
    assert str(ett["DESCRIPTION"]) == str(ett["URL"])
    assert str(ett["URL"]).startswith("http://localhost:8000/moeter/")
    assert ett["SEQUENCE"] == 0
    assert ett["CLASS"] == "PRIVATE"
    assert "VALARM" not in tekst


def test_ingen_navn_og_ikke_noe_av_saken() -> None:
    tekst = fil().replace("\r\n ", "")
    assert [ord_ for ord_ in KANARIER if ord_ in tekst] == []


def test_beskyttet_adresse_skjuler_stedet() -> None:
    tekst = fil(skjermet=True)
    assert str(hendelse(tekst)["LOCATION"]) == "Se innkallingen"
    assert "Fjordvik skole" not in tekst


def test_videolenka_staar_ikke_i_kalenderen() -> None:
    tekst = fil(sted="", videolenke="https://video.example/hemmelig-rom")
    assert str(hendelse(tekst)["LOCATION"]) == "Videomøte"
    assert "hemmelig-rom" not in tekst.replace("\r\n ", "")


@pytest.mark.parametrize(("epost", "adresse"), [("mor@hjemme.example", "mailto:mor@hjemme.example"), ("", "urn:uuid:")])
def test_deltaker_uten_konto(epost: str, adresse: str) -> None:
    deltakelse = Deltakelse(rolle="representant", kontakt=Kontakt(navn="Kanarimor", epost=epost))
    assert str(hendelse(fil(deltakelse=deltakelse))["ATTENDEE"]).startswith(adresse)


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        (datetime(2026, 3, 28, 13, 0, tzinfo=OSLO), datetime(2026, 3, 28, 12, 0, tzinfo=UTC)),
        (datetime(2026, 3, 29, 13, 0, tzinfo=OSLO), datetime(2026, 3, 29, 11, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 13, 0, tzinfo=OSLO), datetime(2026, 10, 24, 11, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 13, 0, tzinfo=OSLO), datetime(2026, 10, 25, 12, 0, tzinfo=UTC)),
    ],
)
def test_sommertid_og_vintertid(start: datetime, utc: datetime) -> None:
    """The last Sundays of March and October (P5): the clock on the wall says 13.00, also when read from UTC."""
    for lagret in (start, utc):
        ett = hendelse(fil(start_tid=lagret, slutt_tid=lagret + timedelta(hours=1)))
        assert ett.start.replace(tzinfo=None) == start.replace(tzinfo=None)
        assert ett.start.astimezone(UTC) == utc


@given(sted=st.text(max_size=80))
def test_stedet_kan_ikke_bryte_ut_av_fila(sted: str) -> None:
    """Whatever stands in the place, there is one event, one attendee and one method (ASVS 1.2.1)."""
    kalender = Calendar.from_ical(fil(sted=f"{sted}\r\nATTENDEE:mailto:ond@example.org\nBEGIN:VEVENT"))
    assert len(kalender.walk("VEVENT")) == 1
    assert str(kalender.walk("VEVENT")[0]["ATTENDEE"]) == "mailto:ansatt@fjordvik.example"


@pytest.mark.django_db
def test_ny_utsending_har_samme_uid_og_hoeyere_sekvens() -> None:
    rom = lag_rom()
    moete = innkalt(rom)
    endre(rom, moete, sted="Rom 3")
    send(rom, moete)
    foerst, sist = (
        hendelse(rad.kalender)
        for rad in Innkalling.objects.filter(deltakelse=rom.deltakelse(rom.laerer)).order_by("sekvens")
    )
    assert str(foerst["UID"]) == str(sist["UID"])
    assert (foerst["SEQUENCE"], sist["SEQUENCE"]) == (0, 1)
