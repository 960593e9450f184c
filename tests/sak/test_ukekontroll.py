"""The weekly control of the reading log: what it finds, what it leaves alone, to whom it goes, and how fast (N9)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import time_machine
from django.db import connection

from tests.fabrikker import EnhetFabrikk, KontoFabrikk, PersonFabrikk, SakFabrikk, ansatt
from tests.sak import loggmaaned
from tests.testbase import Testbase
from tok.kjerne import forsegling, tidsplan
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Varsel
from tok.sak.models import Ansettelse, Innsyn, Loggfunn, Sak, Ukekontroll
from tok.sak.sporringer.loggkontroll import start
from tok.sak.tasks import kontroller_logg
from tok.sak.ukekontroll import kontroller_uke, kontroller_uker, regler
from tok.sak.ukekontroll.regler import Adresse, Fakta, Oppslag, Rad
from tok.sak.varseltilgang import kan_se

Regel = Loggfunn.Regel
MANDAG = date(2026, 11, 16)
NAA = datetime(2026, 11, 23, 4, 0, tzinfo=OSLO)


def kl(dag: int, time_: int, minutt: int = 0) -> datetime:
    """A moment of November 2026."""
    return datetime(2026, 11, dag, time_, minutt, tzinfo=OSLO)


def oppslag(*tider: datetime, navn: str = "Kari Østby", **felt: Any) -> Oppslag:
    rader = tuple(Rad(nr, tid) for nr, tid in enumerate(tider or (kl(18, 10),), start=1))
    felt = {"har_rolle": False, "vernet": False, "person_id": uuid4(), **felt}
    return Oppslag(konto_id=uuid4(), konto_navn=navn, rader=rader, **felt)


# The rules, one by one


@pytest.mark.parametrize(
    ("konto", "person", "skal"),
    [
        ("Kari Østby", "Østby", True),
        ("Kari Østby", "østby", True),
        ("Kari Berg-Hansen", "Hansen", True),
        ("Kari Hansen", "Berg Hansen", True),
        ("Kari Hansen Østby", "Hansen", False),
        ("Kari Østby", "Østbye", False),
        ("Kari Østby", "", False),
    ],
)
def test_own_name(konto: str, person: str, skal: bool) -> None:
    """Its parts, whatever the letters; a middle name is not one's own."""
    ett = oppslag(navn=konto)
    assert bool(regler.eget_navn(ett, Fakta(etternavn={ett.person_id: person}))) is skal


@pytest.mark.parametrize(
    ("hjem", "bor", "skal"),
    [
        ("Storgata 12, 0001 Fjordvik", "Storgata 12, 0001 Fjordvik", True),
        ("Storgata 12 B, 0001 Fjordvik", "storgata 14, 0001 fjordvik", True),
        ("Storgata 12", "Storgata 16, 0001 Fjordvik", True),
        ("Storgata 12, 0001 Fjordvik", "Storgata 17, 0001 Fjordvik", False),
        ("Storgata 12, 0001 Fjordvik", "Storgata 12, 0002 Andvik", False),
        ("17. mai-gata 5, 0001 Fjordvik", "17. mai-gata 7, 0001 Fjordvik", True),
        ("Gården ved fjorden", "Gården ved fjorden", False),
        ("", "", False),
    ],
)
def test_neighbour(hjem: str, bor: str, skal: bool) -> None:
    """The same house or within four numbers in the street; of an address without a number nothing is said."""
    ett = oppslag()
    adresser = {ett.person_id: lest} if (lest := Adresse.les(hjem)) else {}
    bosteder = {ett.konto_id: {lest}} if (lest := Adresse.les(bor)) else {}
    assert bool(regler.nabo(ett, Fakta(adresser=adresser, bosteder=bosteder))) is skal


@pytest.mark.parametrize(
    ("har_rolle", "samme_enhet", "skal"), [(False, False, True), (True, False, False), (True, True, True)]
)
def test_colleague(har_rolle: bool, samme_enhet: bool, skal: bool) -> None:
    """Somebody who works here: from the same unit always, else by who has no part in the case."""
    ett, enhet = oppslag(har_rolle=har_rolle), uuid4()
    enheter = {ett.konto_id: frozenset({enhet})} if samme_enhet else {}
    kjent = Fakta(ansatte={ett.person_id: frozenset({enhet})}, enheter=enheter)
    assert bool(regler.kollega(ett, kjent)) is skal
    assert not regler.kollega(ett, Fakta(enheter=enheter))


@pytest.mark.parametrize(
    ("tid", "utenfor"),
    [
        (kl(18, 6), False),
        (kl(18, 5, 59), True),
        (kl(18, 19, 59), False),
        (kl(18, 20), True),
        (kl(21, 12), True),  # Saturday
        (datetime(2027, 5, 17, 12, tzinfo=OSLO), True),  # a Monday, and a holiday
    ],
)
def test_working_hours(tid: datetime, utenfor: bool) -> None:
    assert regler.er_utenfor_arbeidstid(tid) is utenfor


@pytest.mark.parametrize(("har_rolle", "antall", "skal"), [(False, 1, 0), (False, 2, 2), (True, 11, 0), (True, 12, 12)])
def test_outside_working_hours(har_rolle: bool, antall: int, skal: int) -> None:
    """Only the rows outside are named; who has a part may write in the evening."""
    ett = oppslag(kl(18, 10), *[kl(18, 22, nr) for nr in range(antall)], har_rolle=har_rolle)
    funnet = regler.utenfor_arbeidstid(ett, Fakta())
    assert len(funnet) == skal
    assert 1 not in funnet


def test_exception_and_protected() -> None:
    ett = oppslag(kl(18, 10), kl(18, 11), ved_unntak=frozenset({2}))
    assert regler.unntak(ett, Fakta()) == (2,)
    assert not regler.vernet(ett, Fakta())
    assert regler.vernet(oppslag(vernet=True), Fakta()) == (1,)
    assert not regler.vernet(oppslag(vernet=True, har_rolle=True), Fakta())


@pytest.mark.parametrize(
    ("antall", "eget", "rollens", "skal"),
    [
        (14, 1, 1, False),
        (15, 5, 5, True),
        (15, 6, 5, False),
        (15, 5, 6, False),
        (40, None, 9, True),
        (15, None, None, True),
    ],
)
def test_unusual_volume(antall: int, eget: float | None, rollens: float | None, skal: bool) -> None:
    """Two and a half times both the account's own usual day and the role's, and never below fifteen."""
    assert regler.er_mange(antall, eget, rollens) is skal


# The month


@pytest.mark.django_db
def test_a_month_with_twenty_misuse_patterns(tall: Callable[[str], None]) -> None:
    """At least nineteen of twenty are found, and less than one row in twenty is named that should not be (N9)."""
    maaned = loggmaaned.lag_maaned()
    for uke in loggmaaned.MAANEDEN:
        kontroller_uke(uke, naa=loggmaaned.NAA)
    funnene = list(Loggfunn.objects.all())
    navngitt = {pk for funn in funnene for pk in funn.innsyn_ider}
    mangler = [ett for ett in maaned.plantet if not any(_er_funnet(ett, funn) for funn in funnene)]
    i_maaneden = [rad for rad in maaned.rader if rad.tid >= start(loggmaaned.MAANEDEN[0])]
    feil = navngitt - maaned.plantede_ider
    andel = len(feil) / len(i_maaneden)
    funnet = f"{len(maaned.plantet) - len(mangler)} of {len(maaned.plantet)} patterns, {len(funnene)} findings"
    falske = f"{len(feil)} of {len(i_maaneden)} rows named falsely ({100 * andel:.2f} %)"
    tall(f"N9: {funnet}; {falske}")
    assert len(maaned.plantet) == 20
    assert len({rad.konto_id for rad in i_maaneden}) == 40
    assert len(mangler) <= 1, [(ett.regel, ett.konto.navn) for ett in mangler]
    assert andel < 0.05


def _er_funnet(ett: loggmaaned.Plantet, funn: Loggfunn) -> bool:
    """By its own rule, its own account, and all its rows."""
    rader = {rad.pk for rad in ett.rader}
    return funn.regel == ett.regel and funn.konto_id == ett.konto.pk and rader <= set(funn.innsyn_ider)


@pytest.mark.django_db
def test_the_same_week_gives_the_same_findings(naa: datetime) -> None:
    """Run twice, nothing is added and nobody is written to again (P2)."""
    _ett_eget_navn()
    foerste = [_trekk(funn) for funn in kontroller_uke(MANDAG, naa=naa)]
    varsler = Varsel.objects.count()
    andre = [_trekk(funn) for funn in kontroller_uke(MANDAG, naa=naa)]
    assert foerste == andre
    assert (Loggfunn.objects.count(), Ukekontroll.objects.count()) == (len(foerste), 1)
    assert Varsel.objects.count() == varsler == 1


def _trekk(funn: Loggfunn) -> tuple[Any, ...]:
    return funn.regel, funn.konto_id, funn.person_id, funn.innsyn_ider


def _ett_eget_navn(**felt: Any) -> Innsyn:
    """Somebody of the office looked up a namesake last Wednesday."""
    kontor = EnhetFabrikk(er_kontor=True)
    leder = ansatt("leder", kontor)
    konto = ansatt("tok", kontor, navn="Kari Østby")
    sak = SakFabrikk(person=PersonFabrikk(etternavn="Østby"), kontor=kontor, saksbehandler=leder)
    return _les(konto, sak, **felt)


def _les(konto: Any, sak: Any, **felt: Any) -> Innsyn:
    standard = {
        "tid": kl(18, 10),
        "konto": konto,
        "konto_navn": konto.navn,
        "rolle": "tok",
        "person_id": sak.person_id,
        "sak": sak,
        "handling": "les",
        "grunnlag_type": "ansettelse",
        "forespoersel_id": uuid4(),
    }
    return Innsyn.objects.create(**{**standard, **felt})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "felt",
    [
        {"tid": datetime(2026, 11, 15, 23, 59, tzinfo=OSLO)},
        {"tid": datetime(2026, 11, 23, 0, 0, tzinfo=OSLO)},
        {"rolle": "representant", "grunnlag_type": "deltakelse"},
        {"handling": "eksport"},
    ],
)
def test_what_is_not_of_the_week_or_not_of_somebodys_work(felt: dict[str, Any], naa: datetime) -> None:
    """Monday 00.00 to Monday 00.00 in Oslo; the family looks at its own; a file of all is one act with its own row."""
    _ett_eget_navn(**felt)
    assert kontroller_uke(MANDAG, naa=naa) == []


@pytest.mark.django_db
def test_the_leader_hears_that_something_waits_and_nothing_more(naa: datetime) -> None:
    """N19; and one who has left hears nothing (N2)."""
    _ett_eget_navn()
    [funn] = kontroller_uke(MANDAG, naa=naa)
    varsel = Varsel.objects.get()
    assert varsel.mottaker_id == funn.leder_id
    assert "Østby" not in varsel.emne + varsel.tekst
    assert Sak.objects.get().nummer not in varsel.emne + varsel.tekst
    assert kan_se(varsel, naa=naa)
    with som_system("left"):
        Ansettelse.objects.filter(konto=funn.leder_id).update(til_dato=naa.date())
    assert not kan_se(varsel, naa=naa)


@pytest.mark.django_db
def test_a_leaders_own_lookups_go_to_nobody_by_themselves(naa: datetime) -> None:
    """The privacy officer finds who is to assess; never the leader itself."""
    kontor = EnhetFabrikk(er_kontor=True)
    leder = ansatt("leder", kontor, navn="Kari Østby")
    _les(leder, SakFabrikk(person=PersonFabrikk(etternavn="Østby"), kontor=kontor))
    [funn] = kontroller_uke(MANDAG, naa=naa)
    assert funn.leder_id is None


@pytest.mark.django_db
def test_an_assessed_relation_is_not_asked_about_next_week(naa: datetime) -> None:
    rad = _ett_eget_navn()
    [funn] = kontroller_uke(MANDAG, naa=naa)
    _les(rad.konto, rad.sak, tid=kl(25, 10))
    assert len(kontroller_uke(MANDAG + timedelta(weeks=1), naa=naa)) == 1, "still open: it comes again"
    with som_system("test data"):
        Loggfunn.objects.filter(pk=funn.pk).update(lukket_av=KontoFabrikk(), lukket_tid=naa, vurdering="Avklart")
    _les(rad.konto, rad.sak, tid=kl(30, 10))
    assert kontroller_uke(MANDAG + timedelta(weeks=2), naa=naa) == []


# The slot


def test_the_slot_is_monday_night() -> None:
    """One for each week, also across the change of the clock; a machine that slept takes it later."""
    soendag = tidsplan.mandagsnatt(datetime(2026, 11, 22, 23, 0, tzinfo=OSLO))
    assert soendag.astimezone(OSLO) == datetime(2026, 11, 16, 3, tzinfo=OSLO)
    assert tidsplan.mandagsnatt(datetime(2026, 11, 23, 2, 59, tzinfo=OSLO)) == soendag
    assert tidsplan.mandagsnatt(datetime(2026, 11, 23, 3, 0, tzinfo=OSLO)) == soendag + timedelta(weeks=1)
    sommertid = tidsplan.mandagsnatt(datetime(2026, 10, 26, 12, 0, tzinfo=OSLO))
    assert sommertid.astimezone(OSLO) == datetime(2026, 10, 26, 3, tzinfo=OSLO)


def test_weeks_are_controlled_once_and_made_up_for(ekte_db: Testbase) -> None:
    """The first time last week; after three weeks down, those three; and a week that is not over never."""
    _ett_eget_navn()
    forsegling.forsegl(naa=NAA)
    with time_machine.travel(NAA, tick=False):
        kontroller_logg()
        kontroller_logg()
    assert list(Ukekontroll.objects.values_list("uke_fra", "rader", "funn", "brudd")) == [(MANDAG, 1, 1, "")]
    assert kontroller_uker(naa=NAA + timedelta(weeks=3)) == 3
    assert kontroller_uker(naa=NAA + timedelta(weeks=3)) == 0
    assert Ukekontroll.objects.latest("uke_fra").uke_fra == MANDAG + timedelta(weeks=3)
    purret = Varsel.objects.filter(noekkel__startswith="loggfunn_purret")
    assert purret.count() == 1, "open for three weeks: reminded once in that week"


def test_the_report_says_when_the_log_is_not_whole(ekte_db: Testbase) -> None:
    """The seals are read with the week, and the first row that was altered is named (N5)."""
    rad = _ett_eget_navn()
    forsegling.forsegl(naa=NAA)
    with psycopg.connect(ekte_db.roller.admin, autocommit=True) as c:
        c.execute("SET session_replication_role = replica")
        c.execute("UPDATE sak_innsyn SET konto_navn = 'En annen'")
    kontroller_uker(naa=NAA)
    assert Ukekontroll.objects.get().brudd == f"sak_innsyn: rad {rad.pk} er endret"


# Speed


@pytest.mark.django_db
def test_a_hundred_thousand_rows_take_seconds(tall: Callable[[str], None]) -> None:
    """A few questions and one pass, however many rows (ytelse.md)."""
    kontor = EnhetFabrikk(er_kontor=True)
    kontoer = [ansatt("tok", kontor) for _nr in range(20)]
    saker = [SakFabrikk(kontor=kontor) for _nr in range(50)]
    _fyll(100_000, [konto.pk for konto in kontoer], [(sak.pk, sak.person_id) for sak in saker])
    begynte = time.monotonic()
    kontroller_uke(MANDAG, naa=NAA)
    brukt = time.monotonic() - begynte
    tall(f"N9: 100 000 rows controlled in {brukt:.1f} s")
    assert Ukekontroll.objects.get().rader == 100_000
    assert brukt < 15


def _fyll(antall: int, kontoer: list[Any], saker: list[Any]) -> None:
    """So many rows of the week, loaded by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO sak_innsyn (tid, konto_id, konto_navn, rolle, enhet, arbeidsgiver, person_id, sak_id,
                objekt_type, kategori, handling, grunnlag_type, formaal, formaal_kode, rett, innlogging,
                forespoersel_id, er_beskyttet, antall)
            SELECT %s::timestamptz + make_interval(secs => nr * 4), (%s::uuid[])[1 + nr %% %s], 'Ansatt Prøve', 'tok',
                '', '', (%s::uuid[])[1 + nr %% %s], (%s::uuid[])[1 + nr %% %s], 'Sak', 'sak', 'les', 'ansettelse', '',
                '', 'SE_SAK', '', gen_random_uuid(), false, 1
            FROM generate_series(0, %s) nr
            """,
            [
                start(MANDAG),
                kontoer,
                len(kontoer),
                [person for _sak, person in saker],
                len(saker),
                [sak for sak, _person in saker],
                len(saker),
                antall - 1,
            ],
        )
