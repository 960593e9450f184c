"""From request to case: handlings and form (R28–R30, R231, L5, L7, L25)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests.fabrikker import (
    EnhetFabrikk,
    HenvendelseFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    tok_ansatt,
)
from tok.kjerne.models import Konto
from tok.kjerne.tilstand import UlovligSteg
from tok.sak.forms import HenvendelseSkjema
from tok.sak.handlinger import avslutt_henvendelse, bli_sak, registrer_henvendelse
from tok.sak.handlinger.henvendelse import FeilJasier, HarAapenSak
from tok.sak.handlinger.person import NummeretErKjent
from tok.sak.models import Deltakelse, Hendelse, Henvendelse, Person, Sak, Samtykke
from tok.sak.opplysninger import Henvendelsesfelt, Personopplysninger
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db

EMMA = Personopplysninger("Emma", "Fjellvik", date(2014, 5, 4), False, "", "", "", "nb", "")
FELT = Henvendelsesfelt(
    mottatt_dato=date(2026, 11, 20),
    kanal="telefon",
    avsender_navn="Silje Fjellvik",
    avsender_rolle="foresatt",
    avsender_telefon="12 34 51 00",
    er_enig=True,
    ja_sagt_av="forelder",
    tjenester=["oppvekst", "ppt", "helse"],
    behov="Samordning",
    oensker_gruppe=True,
    oensker_koordinator=True,
    oensker_plan=False,
    foreslaatt_koordinator=None,
    er_enig_i_forslag=False,
    ja_sagt_navn="Silje Fjellvik",
)


def registrer(av: Konto, naa: datetime, **mer: Any) -> Henvendelse:
    verdier: dict[str, Any] = {"skjema_id": uuid.uuid4(), "felt": FELT, "person": EMMA} | mer
    return registrer_henvendelse(henvendelse=None, av=av, naa=naa, **verdier)


def test_registrert_i_eget_kontor_med_en_hendelse(naa: datetime) -> None:
    kontor = EnhetFabrikk(er_kontor=True)
    av = tok_ansatt(kontor=kontor)
    henvendelse = registrer(av, naa)
    assert henvendelse.kontor == kontor
    assert Hendelse.objects.get().handling == "sak.registrer_henvendelse"


def test_samme_skjema_to_ganger_gir_en_henvendelse(naa: datetime) -> None:
    av, skjema_id = tok_ansatt(), uuid.uuid4()
    assert registrer(av, naa, skjema_id=skjema_id) == registrer(av, naa, skjema_id=skjema_id)
    assert Person.objects.count() == 1


def test_bare_tok_kan_registrere(naa: datetime) -> None:
    with pytest.raises(Avvist):
        registrer(ansatt("leder"), naa)
    assert Henvendelse.objects.count() == 0


def test_kjent_nummer_gir_ikke_ny_person(naa: datetime) -> None:
    av = tok_ansatt()
    registrer(av, naa, person=replace(EMMA, nummer="17912000095"))
    with pytest.raises(NummeretErKjent):
        registrer(av, naa, person=replace(EMMA, fornavn="Anna", nummer="17912000095"))
    assert Henvendelse.objects.count() == 1


def test_nummeret_ligger_kryptert(naa: datetime) -> None:
    henvendelse = registrer(tok_ansatt(), naa, person=replace(EMMA, nummer="17912000095"))
    person = Person.objects.get(pk=henvendelse.person_id)
    assert b"17912000095" not in bytes(person.nummer_kryptert or b"")
    assert person.les_nummer() == "17912000095"


@pytest.mark.parametrize(
    ("foedt", "hvem", "gaar"),
    [
        (date(2014, 5, 4), "forelder", True),
        (date(2014, 5, 4), "selv", False),
        (date(2010, 11, 20), "selv", True),
        (date(2010, 11, 21), "selv", False),
        (date(2010, 11, 20), "forelder", True),
        (date(2000, 1, 1), "forelder", False),
        (date(2000, 1, 1), "verge", True),
    ],
)
def test_hvem_kan_si_ja(foedt: date, hvem: str, gaar: bool, naa: datetime) -> None:
    felt = replace(FELT, ja_sagt_av=hvem, vurdert_av="Fastlege Prøve")
    person = replace(EMMA, foedselsdato=foedt)
    if gaar:
        assert registrer(tok_ansatt(), naa, felt=felt, person=person)
    else:
        with pytest.raises(FeilJasier):
            registrer(tok_ansatt(), naa, felt=felt, person=person)


def test_bli_sak_gir_nummer_deltaker_og_muntlig_ja(naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk()
    av = tok_ansatt(kontor=henvendelse.kontor)
    sak = bli_sak(henvendelse=henvendelse, av=av, naa=naa)
    assert (sak.nummer, sak.saksbehandler, sak.oensker_koordinator) == ("2026/0001", av, True)
    assert Deltakelse.objects.get(sak=sak).rolle == "person"
    muntlig = Samtykke.objects.get(sak=sak)
    assert (muntlig.maate, muntlig.formaal, muntlig.gyldig_tom) == (
        "muntlig",
        ["gruppe", "koordinator"],
        date(2027, 5, 20),
    )
    assert Hendelse.objects.get(handling="sak.bli_sak").sak == sak


def test_muntlig_ja_varer_ikke_forbi_16_aar(naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk(person=PersonFabrikk(foedselsdato=date(2011, 1, 15)))
    sak = bli_sak(henvendelse=henvendelse, av=tok_ansatt(kontor=henvendelse.kontor), naa=naa)
    assert Samtykke.objects.get(sak=sak).gyldig_tom == date(2027, 1, 14)


def test_saksnummer_loeper_i_aaret(naa: datetime) -> None:
    for nummer in ("2026/0001", "2026/0002"):
        henvendelse = HenvendelseFabrikk()
        assert bli_sak(henvendelse=henvendelse, av=tok_ansatt(kontor=henvendelse.kontor), naa=naa).nummer == nummer


def test_en_person_har_en_aapen_sak(naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk(person=SakFabrikk().person)
    with pytest.raises(HarAapenSak):
        bli_sak(henvendelse=henvendelse, av=tok_ansatt(kontor=henvendelse.kontor), naa=naa)
    assert Sak.objects.count() == 1


def test_behandlet_en_gang(naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk()
    av = tok_ansatt(kontor=henvendelse.kontor)
    avslutt_henvendelse(henvendelse=henvendelse, grunn="Ønsket det ikke likevel.", av=av, naa=naa)
    with pytest.raises(UlovligSteg):
        bli_sak(henvendelse=henvendelse, av=av, naa=naa)


def test_et_annet_kontor_kan_ikke_behandle(naa: datetime) -> None:
    with pytest.raises(Avvist):
        bli_sak(henvendelse=HenvendelseFabrikk(), av=tok_ansatt(kontor=EnhetFabrikk(er_kontor=True)), naa=naa)


GODT = {
    "skjema_id": "5f0a4f9e-9a6d-4d3e-8f6b-1f1f5b9c7a11",
    "fornavn": "Emma",
    "etternavn": "Fjellvik",
    "foedselsdato_0": "4",
    "foedselsdato_1": "mai",
    "foedselsdato_2": "2014",
    "maalform": "nb",
    "mottatt_dato_0": "20",
    "mottatt_dato_1": "11",
    "mottatt_dato_2": "2026",
    "kanal": "telefon",
    "avsender_navn": "Silje Fjellvik",
    "avsender_rolle": "foresatt",
    "oensker": ["gruppe", "koordinator"],
}


def skjema(**endret: Any) -> HenvendelseSkjema:
    return HenvendelseSkjema(GODT | endret, ansatte=Konto.objects.all(), konto=KontoFabrikk(), i_dag=date(2026, 11, 23))


def test_godt_skjema_er_godt() -> None:
    s = skjema()
    assert s.is_valid(), s.errors
    assert s.person() == replace(EMMA, telefon="")


@pytest.mark.parametrize(
    ("endret", "felt", "melding"),
    [
        ({"fornavn": ""}, "fornavn", "Fyll ut «Fornavn»."),
        ({"foedselsdato_1": "13"}, "foedselsdato", None),
        ({"foedselsdato_2": "2027"}, "foedselsdato", "termin"),
        ({"foedselsdato_2": "1850"}, "foedselsdato", "Kontroller årstallet"),
        ({"er_termin": "on"}, "er_termin", "fram i tid"),
        ({"nummer": "12345678901"}, "nummer", None),
        ({"nummer": "123"}, "nummer", None),
        ({"mottatt_dato_2": "2027"}, "mottatt_dato", "fram i tid"),
        ({"er_enig": "on"}, "ja_sagt_av", "hvem som sa ja"),
        ({"ja_sagt_av": "forelder"}, "er_enig", "Kryss av"),
        ({"er_enig_i_forslag": "on"}, "foreslaatt_koordinator", "Velg"),
        ({"oensker": []}, "oensker", None),
        ({"kanal": "faks"}, "kanal", None),
        ({"vern_nivaa": "3"}, "vern_grunn", "hvor opplysningen"),
        ({"vern_nivaa": "2", "vern_grunn": "Politiet"}, "vern_bekreftes_av", "Velg en kollega"),
        ({"vern_nivaa": "3", "vern_grunn": "Politiet", "adresse": "Veien 1"}, "adresse", "Fjern adressen"),
        ({"vern_nivaa": "1", "vern_grunn": "Politiet"}, "vern_nivaa", None),
    ],
)
def test_daarlig_input_sier_fra_ved_feltet(endret: dict[str, Any], felt: str, melding: str | None) -> None:
    s = skjema(**endret)
    assert felt in s.errors
    assert melding is None or melding in str(s.errors[felt])


def test_kjent_person_vises_foer_det_blir_en_dobbelt() -> None:
    kjent = PersonFabrikk(fornavn="Emma", etternavn="Fjelvik", foedselsdato=date(2014, 5, 4))
    s = skjema()
    assert "person_valg" in s.errors
    valgt = skjema(person_valg=str(kjent.pk))
    assert valgt.is_valid()
    assert valgt.person() == kjent
    ny = skjema(person_valg="ny")
    assert ny.is_valid()
    assert isinstance(ny.person(), Personopplysninger)


def test_samme_nummer_kan_bare_vaere_samme_person() -> None:
    kjent = PersonFabrikk(fornavn="Helt", etternavn="Annen", foedselsdato=date(2020, 11, 17))
    kjent.sett_nummer("17912000095")
    from tok.kjerne.historikk import som_system

    with som_system("number"):
        kjent.save()
    likt = {"nummer": "179120 00095", "foedselsdato_0": "17", "foedselsdato_1": "11", "foedselsdato_2": "2020"}
    assert "person_valg" in skjema(**likt, person_valg="ny").errors
    assert skjema(**likt, person_valg=str(kjent.pk)).is_valid()
