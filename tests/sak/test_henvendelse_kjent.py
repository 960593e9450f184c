"""People we know already: who is shown, what is written about it, and what is new about them (L25, N3, N6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import NAA, HenvendelseFabrikk, PersonFabrikk, SakFabrikk, tok_ansatt
from tests.sak.test_henvendelse import GODT, skjema
from tests.sak.test_person import NUMMER, med_nummer
from tok.sak.models import Henvendelse, Innsyn, Person

pytestmark = pytest.mark.django_db

FOEDT = date(2014, 5, 4)
MED_NUMMER = GODT | {"nummer": NUMMER, "foedselsdato_0": "17", "foedselsdato_1": "11", "foedselsdato_2": "2020"}


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def emma(**felt: Any) -> Person:
    person: Person = PersonFabrikk(**{"fornavn": "Emma", "etternavn": "Fjelvik", "foedselsdato": FOEDT} | felt)
    return person


def send(client: Client, data: dict[str, Any]) -> tuple[int, str]:
    svar = client.post(reverse("sak:henvendelse_ny"), data)
    return svar.status_code, svar.content.decode()


def test_hvert_oppslag_staar_i_personens_logg(client: Client) -> None:
    to = [emma(), emma(fornavn="Ema")]
    client.force_login(tok_ansatt())
    status, side = send(client, GODT)
    assert (status, "Emma Fjelvik, født 4. mai 2014" in side) == (422, True)
    rader = Innsyn.objects.filter(handling="oppslag", objekt_type="Person")
    assert {rad.person_id for rad in rader} == {p.pk for p in to}
    assert all(rad.rett == "REGISTRERE_HENVENDELSE" for rad in rader)


def test_en_skjermet_vises_uten_navn_og_kan_ikke_velges(client: Client) -> None:
    skjermet = med_nummer(fornavn="Ida", etternavn="Myrvold", adressebeskyttelse="fortrolig")
    client.force_login(tok_ansatt())
    status, side = send(client, MED_NUMMER | {"person_valg": str(skjermet.pk)})
    assert status == 422
    assert "En person med dette nummeret finnes, men er skjermet." in side
    assert "Myrvold" not in side
    assert Innsyn.objects.get(handling="oppslag").er_beskyttet
    assert not Henvendelse.objects.exists()


def test_en_skjermet_som_ligner_navngis_ikke(client: Client) -> None:
    skjermet = emma(adressebeskyttelse="strengt")
    client.force_login(tok_ansatt())
    _status, side = send(client, GODT | {"person_valg": str(skjermet.pk)})
    assert "En person med denne fødselsdatoen finnes, men er skjermet." in side
    assert "Fjelvik" not in side
    assert not Henvendelse.objects.exists()
    assert send(client, GODT | {"person_valg": "ny"})[0] == 302


def test_nummeret_er_registrert_paa_en_annen(client: Client) -> None:
    med_nummer(fornavn="Helt", etternavn="Annen", foedselsdato=date(2020, 11, 17))
    client.force_login(tok_ansatt())
    _status, side = send(client, MED_NUMMER)
    assert "Nummeret er registrert på Helt Annen" in side
    assert "Er nummeret feil" in side
    assert 'value="ny"' not in side


def test_det_kontoret_har_fra_foer_vises_med_lenke(client: Client) -> None:
    sak = SakFabrikk(person=emma())
    henvendelse = HenvendelseFabrikk(kontor=sak.kontor, person=emma(fornavn="Ema"))
    SakFabrikk(person=emma(fornavn="Emme"), nummer="2026/7777")
    client.force_login(tok_ansatt(sak))
    _status, side = send(client, GODT)
    assert f"har åpen sak {sak.nummer}" in side
    assert reverse("oversikt:sak", args=[sak.pk]) in side
    assert reverse("sak:henvendelse", args=[henvendelse.pk]) in side
    assert "2026/7777" not in side


def test_nye_opplysninger_forsvinner_ikke_stille(client: Client) -> None:
    kjent = emma(telefon="12 34 50 01", adresse="Veien 1")
    client.force_login(tok_ansatt())
    nytt = GODT | {"telefon": "12345002", "tolkespraak": "tyrkisk"}
    _status, side = send(client, nytt)
    assert "Registrert: 12 34 50 01. Nytt: 12 34 50 02" in side
    assert "Ikke registrert. Nytt: tyrkisk" in side
    assert "Veien 1" not in side
    assert send(client, nytt | {"person_valg": str(kjent.pk)})[0] == 302
    kjent.refresh_from_db()
    assert kjent.telefon == "12 34 50 01"
    nytt["skjema_id"] = "5f0a4f9e-9a6d-4d3e-8f6b-1f1f5b9c7a12"
    assert send(client, nytt | {"person_valg": str(kjent.pk), "oppdater": "on"})[0] == 302
    kjent.refresh_from_db()
    assert (kjent.telefon, kjent.tolkespraak, kjent.adresse) == ("12 34 50 02", "tyrkisk", "Veien 1")
    assert kjent.etternavn == "Fjelvik"


def test_strengt_fortrolig_tar_bort_adressen() -> None:
    kjent = emma(adresse="Veien 1")
    s = skjema(person_valg=str(kjent.pk), oppdater="on", adressebeskyttelse="strengt")
    assert s.is_valid(), s.errors
    oppdatert = s.oppdatering()
    assert oppdatert is not None
    assert (oppdatert.adresse, oppdatert.adressebeskyttelse) == ("", "strengt")


@pytest.mark.parametrize(
    ("kjent", "vises"),
    [
        ({"foedselsdato": date(2014, 5, 7)}, True),
        ({"foedselsdato": date(2014, 5, 8)}, False),
        ({"foedselsdato": date(2014, 4, 5)}, True),
        ({"foedselsdato": date(2014, 5, 5), "fornavn": "Olav", "etternavn": "Moe"}, False),
        ({"foedselsdato": date(2014, 8, 1), "fornavn": "", "etternavn": "fjellvik", "er_termin": True}, True),
        ({"foedselsdato": date(2016, 8, 1), "fornavn": "", "etternavn": "Fjellvik", "er_termin": True}, False),
    ],
)
def test_dobbelt_med_skrivefeil_eller_fra_foer_foedselen(kjent: dict[str, Any], vises: bool) -> None:
    emma(**{"etternavn": "Fjellvik"} | kjent)
    assert bool(skjema().errors.get("person_valg")) is vises


def test_samme_nummer_staar_foerst_og_alene() -> None:
    for _nr in range(6):
        emma(foedselsdato=date(2020, 11, 17), etternavn="Fjellvik")
    samme = med_nummer(fornavn="Helt", etternavn="Annen")
    s = skjema(**{felt: MED_NUMMER[felt] for felt in MED_NUMMER if felt not in GODT or "foedselsdato" in felt})
    assert not s.is_valid()
    assert [k.person for k in s.kjente] == [samme]
