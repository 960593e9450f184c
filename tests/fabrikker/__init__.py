"""Rows for tests, made as SYSTEM and synthetic throughout."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from koordinator.models import Forespoersel, Gjennomfoering, Kurs
from tok.kjerne import filer
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Fil, Konto
from tok.sak.models import (
    Ansettelse,
    Deltakelse,
    Enhet,
    Henvendelse,
    Kontakt,
    Nivaa,
    Person,
    Representasjon,
    Sak,
    Samtykke,
    Samtykkedeltaker,
    Vern,
    Vernetilgang,
)

LENGE_SIDEN = date(2020, 1, 1)
NAA = datetime(2026, 11, 23, 8, 30, tzinfo=OSLO)
I_DAG = NAA.date()


class Fabrikk(DjangoModelFactory):
    """Makes rows as SYSTEM, with a reason in their history."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with som_system("test data"):
            return super()._create(model_class, *args, **kwargs)


class KontoFabrikk(Fabrikk):
    class Meta:
        model = Konto

    navn = factory.Sequence(lambda n: f"Ansatt Nummer{n}")
    epost = factory.Sequence(lambda n: f"ansatt{n}@fjordvik.example")
    telefon = "12 34 50 00"
    tittel = "rådgiver"


class EnhetFabrikk(Fabrikk):
    class Meta:
        model = Enhet

    navn = factory.Sequence(lambda n: f"Enhet {n}")
    sektor = Enhet.Sektor.OPPVEKST


class AnsettelseFabrikk(Fabrikk):
    class Meta:
        model = Ansettelse

    konto = factory.SubFactory(KontoFabrikk)
    enhet = factory.SubFactory(EnhetFabrikk)
    rolle = Ansettelse.Rolle.ANSATT
    fra_dato = LENGE_SIDEN


class PersonFabrikk(Fabrikk):
    class Meta:
        model = Person

    fornavn = factory.Sequence(lambda n: f"Testfornavn{n}")
    etternavn = "Syntetisk"
    foedselsdato = date(2014, 5, 4)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Person:
        """`adressebeskyttelse` is asked for by its name, and set as a protection by two."""
        beskyttelse = kwargs.pop("adressebeskyttelse", "ingen")
        person: Person = super()._create(model_class, *args, **kwargs)
        if beskyttelse != "ingen":
            vern(person, NIVAA_AV[beskyttelse])
        return person


NIVAA_AV = {"ingen": Nivaa.INGEN, "fortrolig": Nivaa.FORTROLIG, "strengt": Nivaa.STRENGT}


def vern(hvem: Person | Kontakt | Konto, nivaa: Nivaa = Nivaa.STRENGT, *slipper_inn: Konto) -> Vern:
    """A protection set and confirmed by two, and the accounts that may see the person even so."""
    felt = {Person: "person", Kontakt: "kontakt", Konto: "konto"}[type(hvem)]
    en, annen = KontoFabrikk(), KontoFabrikk()
    with som_system("test data"):
        rad = Vern.objects.create(
            **{felt: hvem},
            nivaa=nivaa,
            grunn="Meldt av politiet",
            satt_av=en,
            satt_tid=NAA,
            bekreftes_av=annen,
            bekreftet_tid=NAA,
        )
    hvem.refresh_from_db()
    for konto in slipper_inn:
        slipp_inn(hvem, konto)
    return rad


def slipp_inn(person: Any, *kontoer: Konto) -> None:
    """Name the accounts among those who may see a protected person."""
    with som_system("test data"):
        for konto in kontoer:
            Vernetilgang.objects.create(person=person, konto=konto, gitt_av=konto, gitt_tid=NAA)


class SakFabrikk(Fabrikk):
    class Meta:
        model = Sak

    nummer = factory.Sequence(lambda n: f"2026/{n + 1:04d}")
    person = factory.SubFactory(PersonFabrikk)
    kontor = factory.SubFactory(EnhetFabrikk, er_kontor=True, sektor=Enhet.Sektor.HELSE)
    saksbehandler = factory.SubFactory(KontoFabrikk)
    aapnet_dato = date(2026, 8, 17)


class KontaktFabrikk(Fabrikk):
    class Meta:
        model = Kontakt

    navn = factory.Sequence(lambda n: f"Forelder Nummer{n}")
    telefon = "12 34 51 00"
    postadresse = "Prøveveien 1, 0001 Fjordvik"


class DeltakelseFabrikk(Fabrikk):
    class Meta:
        model = Deltakelse

    sak = factory.SubFactory(SakFabrikk)
    rolle = Deltakelse.Rolle.FAST
    konto = factory.SubFactory(KontoFabrikk)
    fra_dato = date(2026, 8, 17)


class HenvendelseFabrikk(Fabrikk):
    class Meta:
        model = Henvendelse

    kontor = factory.SubFactory(EnhetFabrikk, er_kontor=True, sektor=Enhet.Sektor.HELSE)
    person = factory.SubFactory(PersonFabrikk)
    mottatt_dato = date(2026, 11, 20)
    kanal = Henvendelse.Kanal.TELEFON
    avsender_navn = "Helsesykepleier Prøve"
    avsender_rolle = Henvendelse.Avsender.TJENESTE
    er_enig = True
    ja_sagt_av = "forelder"
    ja_sagt_navn = "Forelder Prøve"
    ja_sagt_dato = date(2026, 11, 20)
    tjenester = ["oppvekst", "ppt", "helse"]
    oensker_gruppe = True
    oensker_koordinator = True
    registrert_av = factory.SubFactory(KontoFabrikk)
    skjema_id = factory.Faker("uuid4")


class FilFabrikk(Fabrikk):
    class Meta:
        model = Fil

    navn = "samtykke.pdf"
    type = Fil.Type.PDF
    stoerrelse = 10
    sha256 = "0" * 64
    innhold = b"0123456789"
    lastet_opp_tid = NAA
    lastet_opp_av = factory.SubFactory(KontoFabrikk)


class SamtykkeFabrikk(Fabrikk):
    class Meta:
        model = Samtykke

    sak = factory.SubFactory(SakFabrikk)
    formaal = ["gruppe", "koordinator", "referat"]
    underskrevet_av = "Forelder Prøve"
    egenskap = "forelder"
    underskrevet_dato = date(2026, 9, 1)
    gyldig_fra = date(2026, 9, 1)
    gyldig_tom = date(2027, 8, 31)
    barnets_syn = "Vil gjerne ha hjelp."
    skjema_tekst = "Skjemaets tekst"
    skjema_versjon = "1"
    fil = factory.SubFactory(FilFabrikk)
    registrert_av = factory.SubFactory(KontoFabrikk)
    registrert_tid = NAA - timedelta(days=80)


def fil_i_lageret() -> Fil:
    """A document kept as uploads are."""
    bilde = BytesIO()
    Image.new("RGB", (8, 8)).save(bilde, "PNG")
    with som_system("test data"):
        return filer.ta_imot(SimpleUploadedFile("attest.png", bilde.getvalue()), av=KontoFabrikk(), naa=NAA)


class RepresentasjonFabrikk(Fabrikk):
    """A mandate with its document, without an end."""

    class Meta:
        model = Representasjon

    deltakelse = factory.SubFactory(DeltakelseFabrikk)
    mandat = "Økonomi og personlige forhold"
    fil = factory.LazyFunction(fil_i_lageret)
    fra_dato = date(2026, 1, 1)
    registrert_av = factory.SubFactory(KontoFabrikk)
    registrert_tid = NAA - timedelta(days=80)


class ForespoerselFabrikk(Fabrikk):
    class Meta:
        model = Forespoersel

    sak = factory.SubFactory(SakFabrikk)
    foreslaatt = factory.SubFactory(KontoFabrikk)
    leder = factory.SubFactory(KontoFabrikk)
    enhet = factory.SubFactory(EnhetFabrikk)
    omfang = "Et barn som får hjelp fra fire tjenester."
    anslag_timer = 3
    sendt_av = factory.SubFactory(KontoFabrikk)
    sendt_tid = NAA


class KursFabrikk(Fabrikk):
    class Meta:
        model = Kurs

    navn = factory.Sequence(lambda n: f"Kurs {n}")
    minutter = 120


class GjennomfoeringFabrikk(Fabrikk):
    class Meta:
        model = Gjennomfoering

    kurs = factory.SubFactory(KursFabrikk)
    konto = factory.SubFactory(KontoFabrikk)
    dato = date(2026, 3, 14)


def ansatt(rolle: str = "ansatt", enhet: Enhet | None = None, **felt: Any) -> Konto:
    """An account with a place of work."""
    konto = KontoFabrikk(**felt)
    AnsettelseFabrikk(konto=konto, enhet=enhet or EnhetFabrikk(), rolle=rolle)
    return konto


def tok_ansatt(sak: Sak | None = None, kontor: Enhet | None = None, **felt: Any) -> Konto:
    """Somebody who works in the case's office."""
    return ansatt("tok", sak.kontor if sak else kontor or EnhetFabrikk(er_kontor=True), **felt)


def koordinator_i(sak: Sak, **felt: Any) -> Konto:
    """The coordinator of a case."""
    konto = ansatt(**felt)
    DeltakelseFabrikk(sak=sak, konto=konto, rolle=Deltakelse.Rolle.KOORDINATOR)
    return konto


def samtykke_for(sak: Sak, *deltakelser: Deltakelse, **felt: Any) -> Samtykke:
    """A consent that covers just these participants."""
    samtykke = SamtykkeFabrikk(sak=sak, **felt)
    with som_system("test data"):
        for deltakelse in deltakelser:
            Samtykkedeltaker.objects.create(samtykke=samtykke, deltakelse=deltakelse)
    return samtykke
