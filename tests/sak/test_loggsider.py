"""The pages of the reading log: the officer's week and search, the leader's findings, one's own log (N7, N9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import (
    NAA,
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    EnhetFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    vern,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto, Sikkerhetslogg, Varsel
from tok.sak.handlinger.loggfunn import AlleredeVurdert, EgetFunn, IkkeLeder, gi_funn_til, vurder_funn
from tok.sak.models import Enhet, Hendelse, Innsyn, Loggfunn, Sak, Ukekontroll
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db
MANDAG = date(2026, 11, 16)
ONSDAG = datetime(2026, 11, 18, 22, 15, tzinfo=OSLO)


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    """TOTP has its own tests; the clock stands."""
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def les(konto: Konto, sak: Sak | None = None, **felt: Any) -> Innsyn:
    """One row as the door writes it."""
    standard = {
        "tid": ONSDAG,
        "konto": konto,
        "konto_navn": konto.navn,
        "rolle": "koordinator",
        "person_id": sak.person_id if sak else None,
        "sak": sak,
        "handling": "les",
        "formaal": "se saken",
        "forespoersel_id": uuid4(),
    }
    return Innsyn.objects.create(**{**standard, **felt})


def funn(konto: Konto, rad: Innsyn, leder: Konto | None = None, **felt: Any) -> Loggfunn:
    standard = {
        "uke_fra": MANDAG,
        "regel": Loggfunn.Regel.EGET_NAVN,
        "konto": konto,
        "konto_navn": konto.navn,
        "person_id": rad.person_id,
        "antall": 1,
        "innsyn_ider": [rad.pk],
        "foerste_tid": rad.tid,
        "siste_tid": rad.tid,
        "leder": leder,
        "funnet_tid": NAA,
    }
    with som_system("test data"):
        return Loggfunn.objects.create(**{**standard, **felt})


@pytest.fixture
def skole() -> Enhet:
    enhet: Enhet = EnhetFabrikk(navn="Solbakken skole")
    return enhet


@pytest.fixture
def leder(skole: Enhet) -> Konto:
    return ansatt("leder", skole, navn="Marit Hagen")


@pytest.fixture
def ingrid(skole: Enhet) -> Konto:
    return ansatt("ansatt", skole, navn="Ingrid Sæther")


@pytest.fixture
def sak() -> Sak:
    sak: Sak = SakFabrikk(person=PersonFabrikk(fornavn="Hemmelig", etternavn="Sæther"), nummer="2026/7071")
    return sak


@pytest.fixture
def ombud() -> Konto:
    return ansatt("personvernombud")


def tekst(klient: Client, navn: str, *noekler: Any, data: dict[str, Any] | None = None) -> str:
    url = reverse(navn, args=noekler)
    svar = klient.post(url, data) if data else klient.get(url)
    assert svar.status_code == 200, (navn, svar.status_code)
    return svar.content.decode()


# The privacy officer


def test_the_week_shows_everything_there_is_to_control(
    client: Client, ombud: Konto, leder: Konto, ingrid: Konto, sak: Sak
) -> None:
    """Findings with their case number, the seals, protected persons, refused attempts; never a person's name."""
    vernet = SakFabrikk(nummer="2026/8082")
    vern(vernet.person)
    funn(ingrid, les(ingrid, sak), leder)
    les(ingrid, vernet, er_beskyttet=True)
    gammelt = les(leder, sak, tid=ONSDAG - timedelta(weeks=3))
    funn(leder, gammelt, uke_fra=MANDAG - timedelta(weeks=3), funnet_tid=NAA - timedelta(weeks=2))
    Ukekontroll.objects.create(uke_fra=MANDAG, kontrollert_tid=NAA, rader=2, funn=1)
    Sikkerhetslogg.objects.create(tid=ONSDAG, konto_id=ingrid.pk, hva="avvist")
    client.force_login(ombud)
    side = tekst(client, "sak:loggkontroll")
    for ord_ in (
        "uke 47",
        "Loggen er hel",
        "Ingrid Sæther",
        "2026/7071",
        "2026/8082",
        "Marit Hagen",
        "onsdag 18. november",
    ):
        assert ord_ in side, ord_
    assert "mangler leder som kan vurdere" in side
    assert "Hemmelig" not in side
    assert vernet.person.etternavn not in side


def test_a_broken_log_is_said_first(client: Client, ombud: Konto) -> None:
    Ukekontroll.objects.create(
        uke_fra=MANDAG, kontrollert_tid=NAA, rader=2, funn=0, brudd="sak_innsyn: rad 4 er endret"
    )
    client.force_login(ombud)
    side = tekst(client, "sak:loggkontroll")
    assert "Loggen er ikke hel" in side
    assert "rad 4 er endret" in side


@pytest.mark.parametrize("uke", ["", "tull", "0001-01-01", "9999-12-31", "2026-11-18"])
def test_any_week_in_the_address_shows_a_week(client: Client, ombud: Konto, uke: str) -> None:
    client.force_login(ombud)
    assert client.get(reverse("sak:loggkontroll"), {"uke": uke}).status_code == 200


def test_a_week_that_is_not_controlled_does_not_say_that_nothing_was_found(client: Client, ombud: Konto) -> None:
    client.force_login(ombud)
    side = client.get(reverse("sak:loggkontroll"), {"uke": "2026-11-18"}).content.decode()
    assert "Funnene kommer når uka er kontrollert." in side
    assert "fant ingenting" not in side


def test_min_dag_of_the_officer_is_the_control(client: Client, ombud: Konto) -> None:
    client.force_login(ombud)
    assert client.get(reverse("oversikt:min_dag")).headers["Location"] == reverse("sak:loggkontroll")


def test_who_looked_at_a_case_and_the_search_stands_in_the_cases_own_log(
    client: Client, ombud: Konto, ingrid: Konto, sak: Sak
) -> None:
    """Who, when, as what and why; not what the case holds. The officer is seen too."""
    les(ingrid, sak, formaal_kode="oppfoelging")
    client.force_login(ombud)
    soek = {"q": "2026/7071", **_periode(1, 30)}
    side = tekst(client, "sak:loggsoek", data=soek)
    assert "Ingrid Sæther" in side
    assert "Oppfølging av personen" in side
    assert "Koordinator" in side
    assert "Hemmelig" not in side
    egen = Innsyn.objects.get(konto=ombud)
    assert (egen.sak, egen.person_id, egen.handling, egen.formaal_kode) == (sak, sak.person_id, "oppslag", "kontroll")


def test_what_an_account_looked_at(client: Client, ombud: Konto, ingrid: Konto, sak: Sak) -> None:
    les(ingrid, sak)
    les(ingrid, sak, tid=ONSDAG - timedelta(days=60), formaal="Utenfor perioden")
    client.force_login(ombud)
    side = tekst(client, "sak:loggsoek", data={"q": "sæther", **_periode(1, 30)})
    assert "2026/7071" in side
    assert "Utenfor perioden" not in side
    assert Innsyn.objects.get(konto=ombud).handling == "liste"


def _periode(fra: int, til: int) -> dict[str, int]:
    return {"fra_0": fra, "fra_1": 11, "fra_2": 2026, "til_0": til, "til_1": 11, "til_2": 2026}


@pytest.mark.parametrize("feil", [{"q": ""}, {"q": "ab"}, {"til_2": 2025}, {"fra_0": 31}])
def test_a_search_that_cannot_be_made_says_why(client: Client, ombud: Konto, feil: dict[str, Any]) -> None:
    client.force_login(ombud)
    svar = client.post(reverse("sak:loggsoek"), {"q": "sæther", **_periode(1, 30), **feil})
    assert svar.status_code == 422


def test_questions_do_not_grow_with_findings(client: Client, ombud: Konto, leder: Konto, ingrid: Konto) -> None:
    client.force_login(ombud)

    def spoersmaal() -> int:
        with CaptureQueriesContext(
            connection,
        ) as sett:
            tekst(client, "sak:loggkontroll")
        return len(sett)

    for _nr in range(2):
        funn(ingrid, les(ingrid, SakFabrikk()), leder)
    spoersmaal()  # the first asking puts questions together
    med_to = spoersmaal()
    for _nr in range(10):
        funn(ingrid, les(ingrid, SakFabrikk()), leder)
    assert spoersmaal() == med_to


# The leader


def test_the_leader_sees_that_and_when_and_never_whom(client: Client, leder: Konto, ingrid: Konto, sak: Sak) -> None:
    rad = funn(ingrid, les(ingrid, sak), leder)
    client.force_login(leder)
    for side in (
        tekst(client, "sak:loggfunn"),
        tekst(client, "sak:loggfunn_vurder", rad.pk),
        tekst(client, "sak:ansattes_logg"),
    ):
        assert "Ingrid Sæther" in side
        assert "18. november 2026 kl. 22.15" in side
        assert "Hemmelig" not in side
        assert "2026/7071" not in side


def test_a_finding_is_closed_once_with_an_assessment(client: Client, leder: Konto, ingrid: Konto, sak: Sak) -> None:
    rad = funn(ingrid, les(ingrid, sak), leder)
    client.force_login(leder)
    url = reverse("sak:loggfunn_vurder", args=[rad.pk])
    for for_kort in (" ", "Alt er ok"):
        assert client.post(url, {"vurdering": for_kort}).status_code == 422
    assert client.post(url, {"vurdering": "Snakket med henne. Hun tok imot en telefon."}).status_code == 302
    rad.refresh_from_db()
    assert (rad.lukket_av, rad.lukket_tid) == (leder, NAA)
    hendelse = Hendelse.objects.get(handling="sak.vurder_funn")
    assert (hendelse.sak, hendelse.objekt_id, hendelse.data) == (None, rad.pk, {})
    svar = client.post(url, {"vurdering": "En gang til"})
    assert svar.status_code == 422
    assert "alt vurdert" in svar.content.decode()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic(), som_system("test"):
        Loggfunn.objects.filter(pk=rad.pk).update(vurdering="Skrevet om")


def test_nobody_assesses_own_lookups(leder: Konto, sak: Sak) -> None:
    """Not by the page, not by the handling, and not past the database."""
    rad = funn(leder, les(leder, sak), leder)
    with pytest.raises(EgetFunn):
        vurder_funn(funn=rad, vurdering="Alt i orden", av=leder, naa=NAA)
    with pytest.raises(IntegrityError), transaction.atomic(), som_system("test"):
        Loggfunn.objects.filter(pk=rad.pk).update(lukket_av=leder, lukket_tid=NAA, vurdering="x")


def test_another_leader_does_not_come_in(client: Client, leder: Konto, ingrid: Konto, sak: Sak) -> None:
    rad = funn(ingrid, les(ingrid, sak), leder)
    annen = ansatt("leder")
    client.force_login(annen)
    assert client.get(reverse("sak:loggfunn_vurder", args=[rad.pk])).status_code == 404
    assert "Ingrid" not in tekst(client, "sak:loggfunn")
    with pytest.raises(Avvist):
        vurder_funn(funn=rad, vurdering="x", av=annen, naa=NAA)


def test_the_officer_gives_a_finding_without_leader_to_one(
    client: Client, ombud: Konto, leder: Konto, sak: Sak, ingrid: Konto
) -> None:
    """A leader's own lookups; never to the leader itself, never to somebody who leads nothing."""
    annen = ansatt("leder", navn="Geir Molvær")
    rad = funn(leder, les(leder, sak))
    client.force_login(ombud)
    url = reverse("sak:loggfunn_gi_til", args=[rad.pk])
    side = client.get(url).content.decode()
    assert "Geir Molvær" in side
    assert f'value="{leder.pk}"' not in side
    assert client.post(url, {"leder": annen.pk}).status_code == 302
    rad.refresh_from_db()
    assert rad.leder == annen
    assert Varsel.objects.get().mottaker == annen
    for hvem, feil in ((leder, EgetFunn), (ingrid, IkkeLeder)):
        with pytest.raises(feil):
            gi_funn_til(funn=rad, leder=hvem, av=ombud, naa=NAA)
    vurder_funn(funn=rad, vurdering="I orden", av=annen, naa=NAA)
    with pytest.raises(AlleredeVurdert):
        gi_funn_til(funn=rad, leder=annen, av=ombud, naa=NAA)


def test_the_leaders_log_is_of_own_staff_in_the_own_unit(client: Client, leder: Konto, skole: Enhet) -> None:
    """N7: not what they look at as somebody of another unit, not others, not before they came, not oneself."""
    fysio = EnhetFabrikk(navn="Fysioterapien")
    begge = ansatt("ansatt", skole, navn="Begge Steder")
    AnsettelseFabrikk(konto=begge, enhet=fysio)
    bare_her = ansatt("ansatt", skole, navn="Bare Her")
    ny = KontoFabrikk(navn="Nettopp Begynt")
    AnsettelseFabrikk(konto=ny, enhet=skole, fra_dato=NAA.date())
    les(begge, enhet="Solbakken skole", formaal="Som lærer")
    les(begge, enhet="Fysioterapien", formaal="Som fysioterapeut")
    les(begge, enhet="", formaal="Uvisst som hva")
    les(bare_her, enhet="", formaal="Uten enhet")
    les(ny, enhet="Solbakken skole", formaal="Før hun begynte")
    les(ansatt("ansatt", fysio), enhet="Fysioterapien", formaal="En annens")
    les(leder, enhet="Solbakken skole", formaal="Lederens eget")
    client.force_login(leder)
    side = tekst(client, "sak:ansattes_logg")
    sett = {"Som lærer", "Uten enhet"}
    ikke_sett = {"Som fysioterapeut", "Uvisst som hva", "Før hun begynte", "En annens", "Lederens eget"}
    assert {ord_ for ord_ in sett | ikke_sett if ord_ in side} == sett


# One's own


def test_my_log_is_mine_and_names_only_cases_i_still_may_see(client: Client, sak: Sak) -> None:
    konto = koordinator_i(sak)
    sluttet = DeltakelseFabrikk(sak=SakFabrikk(nummer="2026/9093"), konto=konto, til_dato=NAA.date()).sak
    les(konto, sak)
    les(konto, sluttet)
    les(koordinator_i(SakFabrikk()), sak, formaal="En annens lesing")
    client.force_login(konto)
    side = tekst(client, "sak:min_logg")
    assert "2026/7071" in side
    assert "2026/9093" not in side
    assert "en sak du ikke har tilgang til nå" in side
    assert "En annens lesing" not in side


def test_a_long_log_is_read_page_by_page(client: Client, sak: Sak) -> None:
    konto = koordinator_i(sak)
    for nr in range(101):
        les(konto, sak, formaal=f"Lesing {nr:03}", tid=ONSDAG + timedelta(minutes=nr))
    client.force_login(konto)
    foerste = client.get(reverse("sak:min_logg"))
    assert "Lesing 000" not in foerste.content.decode()
    neste = foerste.context["neste_url"]
    assert "Lesing 000" in client.get(neste).content.decode()
