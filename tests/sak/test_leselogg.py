"""The reading log: every field of N3, refused attempts elsewhere (N4), and no page without its row (N6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import (
    DeltakelseFabrikk,
    EnhetFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    slipp_inn,
    tok_ansatt,
    vern,
)
from tests.testbase import Testbase
from tests.tilgang.verden import EGEN, Verden, lag_verden
from tok.kjerne.forespoersel import Forespoersel, sett
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Kommune, Sikkerhetslogg
from tok.sak.models import Innsyn, Nivaa, Omraade, Sak, Unntakstilgang
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import EKSPORT, noter_eksport, noter_liste


@pytest.fixture(autouse=True)
def uten_kodeapp(settings: Settings) -> None:
    """TOTP has its own tests."""
    settings.TOK_KREV_TOTP = False


def les(konto: Any, sak: Sak, naa: datetime, rett: Rett = Rett.SE_SAK, **mer: Any) -> Innsyn:
    rett.hent(konto, Sak.objects.select_related("person"), naa=naa, pk=sak.pk, **mer)
    return Innsyn.objects.latest("pk")


@pytest.fixture
def forespoersel() -> Iterator[Forespoersel]:
    """A request by somebody who logged in with a passkey."""
    sett(denne := Forespoersel(innlogging="passnoekkel"))
    yield denne
    sett(None)


@pytest.mark.django_db
def test_a_row_has_every_field_of_n3(naa: datetime, forespoersel: Forespoersel) -> None:
    """Word by word, in the order of N3."""
    sak = SakFabrikk()
    skole = EnhetFabrikk(navn="Solbakken skole")
    konto = ansatt(enhet=skole, navn="Ingrid Sæther")
    deltakelse = DeltakelseFabrikk(sak=sak, konto=konto, rolle="koordinator", enhet=skole)
    foer = les(konto, sak, naa)
    tid = naa + timedelta(milliseconds=125)
    rad = les(konto, sak, tid)
    assert rad.pk > foer.pk, "sequence"
    assert (rad.tid.astimezone(UTC) - naa).total_seconds() == 0.125, "UTC ms"
    assert (rad.konto_id, rad.konto_navn) == (konto.pk, "Ingrid Sæther"), "actor internal id and name"
    assert (rad.rolle, rad.enhet, rad.arbeidsgiver) == ("koordinator", "Solbakken skole", Kommune.hent().navn)
    assert rad.person_id == sak.person_id, "subject internal id"
    assert (rad.objekt_type, rad.objekt_id, rad.kategori) == ("Sak", sak.pk, Omraade.SAK), "object type/id/category"
    assert rad.handling == "les", "action"
    assert (rad.grunnlag_type, rad.grunnlag_id) == ("deltakelse", deltakelse.pk), "ground (relation id)"
    assert rad.formaal_kode == Innsyn.Formaal.OPPFOELGING, "purpose code"
    assert rad.rett == Rett.SE_SAK.name, "decision-ref (rule id)"
    assert rad.innlogging == "passnoekkel", "auth level"
    assert rad.forespoersel_id == forespoersel.id, "request id"
    assert rad.er_beskyttet is False, "protected-flag"
    with som_system("new name"):
        konto.navn = "Ingrid Ny"
        konto.save(update_fields=["navn"])
    assert Innsyn.objects.get(pk=rad.pk).konto_navn == "Ingrid Sæther", "the name at the time"


@pytest.mark.django_db
def test_the_purpose_follows_from_what_one_is(naa: datetime) -> None:
    sak = SakFabrikk()
    mor = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder").konto
    assert les(tok_ansatt(sak), sak, naa).formaal_kode == "saksbehandling"
    assert les(mor, sak, naa).formaal_kode == "egen_sak"
    noter_liste(ombud := ansatt("personvernombud"), Rett.KONTROLLERE_LOGG, naa=naa, liste="Loggkontroll", antall=3)
    assert Innsyn.objects.get(konto=ombud).formaal_kode == "kontroll"
    noter_eksport(
        tok_ansatt(sak), Rett.EKSPORTERE_REGISTER, Sak.objects.all(), naa=naa, liste="x", formaal="årsmelding"
    )
    assert set(Innsyn.objects.filter(handling=EKSPORT).values_list("formaal_kode", flat=True)) == {"statistikk"}


@pytest.mark.django_db
def test_a_reading_by_exception_is_its_own_action(naa: datetime) -> None:
    sak = SakFabrikk()
    konto = tok_ansatt()
    with som_system("test data"):
        unntak = Unntakstilgang.objects.create(
            konto=konto,
            konto_navn=konto.navn,
            sak=sak,
            grunn="Må svare akuttmottaket",
            leder=ansatt("leder"),
            aapnet_tid=naa,
            fra_dato=naa.date(),
            til_dato=naa.date() + timedelta(days=2),
        )
    rad = les(konto, sak, naa)
    assert (rad.handling, rad.formaal_kode) == ("unntak", "unntak")
    assert (rad.grunnlag_type, rad.grunnlag_id) == ("unntakstilgang", unntak.pk)


@pytest.mark.django_db
def test_the_row_is_marked_by_the_strictest_in_the_case_too(naa: datetime) -> None:
    """A protected sister in the group makes the case protected, though its own person is not (N11)."""
    sak = SakFabrikk()
    konto = koordinator_i(sak)
    vern(DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder").konto, Nivaa.FORTROLIG)
    sak.refresh_from_db()
    assert (sak.person.vernenivaa, sak.vernenivaa) == (Nivaa.INGEN, Nivaa.FORTROLIG)
    slipp_inn(sak.person, konto)
    assert les(konto, sak, naa).er_beskyttet
    noter_eksport(konto, Rett.EKSPORTERE_REGISTER, Sak.objects.all(), naa=naa, liste="x", formaal="årsmelding")
    assert Innsyn.objects.get(handling=EKSPORT, sak=sak).er_beskyttet


# N6, asked for real: the application's role may no longer add to the log.

AAPNES_AV = {
    "oversikt:sak": "koordinator",
    "sak:logg": "koordinator",
    "sak:dokument": "koordinator",
    "sak:samtykke_skann": "koordinator",
    "ansvarsgruppe:referat_pdf": "koordinator",
    "ansvarsgruppe:kalenderfil": "koordinator",
    "sak:henvendelse": "tok",
    "sak:person": "tok",
}
LISTER = {
    "oversikt:register": "tok",
    "sak:henvendelser": "tok",
    "oversikt:min_dag": "koordinator",
    "sak:min_logg": "fast",
}
NOEKKEL = {
    "sak:dokument": "Saksdokument",
    "sak:samtykke_skann": "Samtykke",
    "ansvarsgruppe:referat_pdf": "Referat",
    "ansvarsgruppe:kalenderfil": "Innkalling",
    "sak:henvendelse": "Henvendelse",
}


@pytest.fixture
def uten_logg(ekte_db: Testbase, naa: datetime) -> Iterator[Verden]:
    """A world, and then a database where nobody may write in the reading log."""
    with time_machine.travel(naa, tick=False):
        verden = lag_verden()
        with psycopg.connect(ekte_db.roller.eier, autocommit=True) as c:
            c.execute("REVOKE INSERT ON sak_innsyn FROM tok_app")
        yield verden


def _klient(verden: Verden, navn: str) -> Client:
    """A browser that is shown the error page, as people are."""
    klient = Client(raise_request_exception=False)
    klient.force_login(verden.kontoer[navn])
    return klient


def test_nothing_is_shown_when_the_log_cannot_be_written(uten_logg: Verden, naa: datetime) -> None:
    """503 in plain words and nothing of the person: page, PDF, file, calendar, list and export alike (N6)."""
    rom = uten_logg.rom[EGEN]
    hemmelig = [rom.sak.person.etternavn, rom.sak.nummer, "%PDF", "BEGIN:VCALENDAR"]
    adresser = [(reverse(navn, args=[_rad(rom, navn).pk]), konto) for navn, konto in AAPNES_AV.items()]
    adresser += [(reverse(navn), konto) for navn, konto in LISTER.items()]
    for adresse, konto in adresser:
        svar = _klient(uten_logg, konto).get(adresse)
        assert svar.status_code == 503, adresse
        assert not [ord_ for ord_ in hemmelig if ord_ in svar.content.decode()], adresse
    eksport = {"aar": naa.year, "format": "csv", "formaal": "årsmeldingen til rådet"}
    svar = _klient(uten_logg, "tok").post(reverse("oversikt:eksport"), eksport)
    assert svar.status_code == 503
    assert not Innsyn.objects.exists()


def _rad(rom: Any, navn: str) -> Any:
    return rom.rader[NOEKKEL.get(navn, "Sak")]


@pytest.mark.django_db
def test_a_refused_attempt_is_in_the_security_log_and_never_in_the_reading_log(client: Client) -> None:
    """N4; the whole table of pages is asked in tests/tilgang."""
    sak = SakFabrikk()
    fremmed = ansatt()
    client.force_login(fremmed)
    svar = client.get(reverse("oversikt:sak", args=[sak.pk]))
    assert svar.status_code == 404
    assert not Innsyn.objects.exists()
    assert Sikkerhetslogg.objects.filter(hva="avvist", konto_id=fremmed.pk).count() == 1
