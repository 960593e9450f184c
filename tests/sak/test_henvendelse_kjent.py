"""People we know already: who is shown, what is written about it, and what is new about them (L25, N3, N6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import NAA, HenvendelseFabrikk, PersonFabrikk, SakFabrikk, slipp_inn, tok_ansatt
from tests.oversikt.rader import flytt
from tests.sak.test_henvendelse import EMMA, FELT, GODT, skjema
from tests.sak.test_person import NUMMER, med_nummer
from tok.kjerne.historikk import som_system
from tok.sak.handlinger import registrer_henvendelse
from tok.sak.models import Habilitet, Henvendelse, Innsyn, Nivaa, Person, Vernetilgang
from tok.sak.opplysninger import NyttVern

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


def registrer(client: Client, data: dict[str, Any]) -> tuple[str, Henvendelse]:
    """Sent at the first try, and where one comes then."""
    svar = client.post(reverse("sak:henvendelse_ny"), data)
    assert svar.status_code == 302
    return svar.headers["Location"], Henvendelse.objects.get()


def test_en_vernet_med_nummeret_faar_henvendelsen_usett(client: Client) -> None:
    """Nothing tells that we know the person, and no duplicate is made: those who are named find the request (N11)."""
    vernet = med_nummer(fornavn="Ida", etternavn="Myrvold", adressebeskyttelse="fortrolig")
    kari, navngitt = tok_ansatt(), tok_ansatt()
    client.force_login(kari)
    dit, henvendelse = registrer(client, MED_NUMMER)
    assert dit == reverse("sak:henvendelser")
    assert "Henvendelsen er registrert." in (liste := client.get(dit).content.decode())
    assert "Myrvold" not in liste
    assert client.get(reverse("sak:henvendelse", args=[henvendelse.pk])).status_code == 404
    assert (henvendelse.person, Person.objects.count()) == (vernet, 1)
    assert not Innsyn.objects.filter(handling="oppslag").exists()
    slipp_inn(vernet, navngitt)
    flytt(henvendelse, kontor=navngitt.ansettelser.get().enhet)
    client.force_login(navngitt)
    assert "Ida Myrvold" in client.get(reverse("sak:henvendelse", args=[henvendelse.pk])).content.decode()


def test_den_som_registrerer_slipper_seg_ikke_inn_hos_en_vernet() -> None:
    """A protection told with the request would let the two who set it in; not to somebody who is closed to them."""
    sak = SakFabrikk(person=emma(adressebeskyttelse="fortrolig", etternavn="Fjellvik"))
    kari = tok_ansatt()
    rad = registrer_henvendelse(
        skjema_id=uuid4(),
        felt=FELT,
        person=sak.person,
        oppdater=EMMA,
        vern=NyttVern(nivaa=Nivaa.STRENGT, grunn="Prøve", bekreftes_av=tok_ansatt(sak)),
        av=kari,
        naa=NAA,
    )
    assert (rad.person, rad.kontor) == (sak.person, sak.kontor)
    assert not Vernetilgang.objects.filter(konto=kari).exists()
    sak.person.refresh_from_db()
    assert sak.person.vernenivaa == Nivaa.FORTROLIG


def test_en_vernet_med_samme_navn_og_dato_blir_ikke_til_to(client: Client) -> None:
    vernet = emma(adressebeskyttelse="strengt", **{"etternavn": "Fjellvik"})
    client.force_login(tok_ansatt())
    dit, henvendelse = registrer(client, GODT)
    assert (dit, henvendelse.person) == (reverse("sak:henvendelser"), vernet)


def test_en_vernet_som_bare_ligner_roepes_ikke(client: Client) -> None:
    vernet = emma(adressebeskyttelse="strengt", fornavn="Ema")
    client.force_login(tok_ansatt())
    dit, henvendelse = registrer(client, GODT | {"person_valg": str(vernet.pk)})
    assert henvendelse.person != vernet
    assert dit == reverse("sak:henvendelse", args=[henvendelse.pk])


def test_den_inhabile_faar_ikke_vite_at_vi_kjenner_personen(client: Client) -> None:
    kjent, tante = emma(etternavn="Fjellvik"), tok_ansatt()
    with som_system("test data"):
        Habilitet.objects.create(
            konto=tante, person=kjent, relasjon="annen", kilde="erklaert", satt_av=tante, satt_tid=NAA
        )
    client.force_login(tante)
    dit, henvendelse = registrer(client, GODT)
    assert (dit, henvendelse.person) == (reverse("sak:henvendelser"), kjent)


def test_den_som_er_navngitt_ser_den_vernede_som_andre(client: Client) -> None:
    kjent, kari = emma(adressebeskyttelse="fortrolig"), tok_ansatt()
    slipp_inn(kjent, kari)
    client.force_login(kari)
    status, side = send(client, GODT)
    assert (status, "Emma Fjelvik, født 4. mai 2014" in side) == (422, True)
    assert Innsyn.objects.get(handling="oppslag").er_beskyttet


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
