"""The keys of identity numbers change while people find, register and mend persons (N24, ASVS 11.3)."""

from __future__ import annotations

import base64
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from tests.fabrikker import PersonFabrikk
from tests.sak.nummer import numre
from tests.testbase import Testbase
from tok.kjerne.historikk import som_system
from tok.kjerne.kryptering import KanIkkeLeses, blindindekser, skrevet_med
from tok.sak.handlinger import nummernoekler
from tok.sak.models import Person
from tok.sak.querysets import har_nummer

K1, K2, B1, B2 = (base64.b64encode(bytes([tall] * 32)).decode() for tall in (1, 2, 3, 4))


def person_med(nummer: str) -> Person:
    person = Person(fornavn="Prøve", etternavn="Syntetisk", foedselsdato="2014-05-04")
    person.sett_nummer(nummer)
    with som_system("test data"):
        person.save()
    return person


def finnes(nummer: str) -> bool:
    return Person.objects.filter(har_nummer(blindindekser(nummer))).count() == 1


def bytt() -> str:
    ut = StringIO()
    call_command("bytt_nummernoekler", stdout=ut)
    return ut.getvalue().strip()


@pytest.fixture
def noekler(settings: Settings) -> Settings:
    """The keys before the change."""
    settings.TOK_FNR_NOEKLER = {"k1": K1}
    settings.TOK_BLINDINDEKS_NOEKKEL = B1
    return settings


def test_hele_byttet_mens_folk_arbeider(ekte_db: Testbase, noekler: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps 1 to 3 of docs/drift.md; at no moment is a number not found, or accepted twice."""
    monkeypatch.setattr(nummernoekler, "BUNKE", 7)
    alle = numre(120)
    for nummer in alle[:100]:
        person_med(nummer)
    med_en_nye = iter(alle[100:])
    leste = 0
    savnet: list[str] = []

    def kjoer_mens_folk_arbeider() -> None:
        nonlocal leste
        feil: list[BaseException] = []

        def kommandoen() -> None:
            try:
                bytt()
            except BaseException as unntak:
                feil.append(unntak)
            finally:
                connection.close()

        traad = threading.Thread(target=kommandoen)
        traad.start()
        while traad.is_alive():
            savnet.extend(nummer for nummer in alle[:100] if not finnes(nummer))
            person_med(next(med_en_nye))
            leste += 100
        traad.join()
        assert not feil

    noekler.TOK_FNR_NOEKLER = {"k2": K2, "k1": K1}
    noekler.TOK_BLINDINDEKS_NOEKKEL_NY = B2
    kjoer_mens_folk_arbeider()
    assert {skrevet_med(bytes(p.nummer_kryptert)) for p in Person.objects.all()} == {"k2"}
    assert not Person.objects.filter(nummer_indeks_ny=None).exists()
    noekler.TOK_FNR_NOEKLER = {"k2": K2}
    noekler.TOK_BLINDINDEKS_NOEKKEL, noekler.TOK_BLINDINDEKS_NOEKKEL_NY = B2, ""
    kjoer_mens_folk_arbeider()
    assert leste
    assert not savnet
    assert not Person.objects.exclude(nummer_indeks_ny=None).exists()
    assert sorted(p.les_nummer() for p in Person.objects.all()) == sorted(nummer for nummer in alle if finnes(nummer))
    assert bytt() == "0 numre er skrevet om."


@pytest.mark.django_db
def test_det_samme_nummeret_avvises_i_hvert_steg(noekler: Settings) -> None:
    nummer = numre(1)[0]
    person_med(nummer)
    for ny, naa in (("", B1), (B2, B1)):
        noekler.TOK_BLINDINDEKS_NOEKKEL_NY, noekler.TOK_BLINDINDEKS_NOEKKEL = ny, naa
        with pytest.raises(IntegrityError), transaction.atomic():
            person_med(nummer)
        bytt()
    noekler.TOK_BLINDINDEKS_NOEKKEL, noekler.TOK_BLINDINDEKS_NOEKKEL_NY = B2, ""
    assert finnes(nummer)  # before the second run, by the column beside
    bytt()
    with pytest.raises(IntegrityError), transaction.atomic():
        person_med(nummer)


@pytest.mark.django_db
def test_en_noekkel_som_mangler_stopper_uten_aa_skrive(noekler: Settings) -> None:
    person = person_med(numre(1)[0])
    noekler.TOK_FNR_NOEKLER = {"k2": K2}
    with pytest.raises(CommandError, match="Sett den gamle nøkkelen tilbake"):
        bytt()
    noekler.TOK_FNR_NOEKLER = {"k1": K1}
    assert Person.objects.get(pk=person.pk).les_nummer() == numre(1)[0]


@pytest.mark.django_db
def test_en_verdi_som_er_flyttet_til_en_annen_rad_kan_ikke_leses(noekler: Settings) -> None:
    """The bytes are bound to table, column and row (ASVS 11.3.3)."""
    en, annen = person_med(numre(1)[0]), PersonFabrikk()
    annen.nummer_kryptert = en.nummer_kryptert
    with pytest.raises(KanIkkeLeses):
        annen.les_nummer()


@pytest.mark.django_db
def test_historien_faar_ingen_rad_av_byttet(noekler: Settings) -> None:
    person = person_med(numre(1)[0])
    historie: Any = person
    antall = historie.events.count()
    noekler.TOK_FNR_NOEKLER = {"k2": K2, "k1": K1}
    assert bytt() == "1 numre er skrevet om."
    assert historie.events.count() == antall
