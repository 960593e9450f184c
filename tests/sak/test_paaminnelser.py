"""Reminders: on their day, once, to who holds the role today, with nothing but a link (R62, R63, R89, N19, P4–P6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.fabrikker import AnsettelseFabrikk, DeltakelseFabrikk, SakFabrikk, ansatt, koordinator_i, tok_ansatt
from tok.kjerne import historikk
from tok.kjerne.fristregning import Fristregel, Lengdeenhet
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Kommune, Konto, Varsel
from tok.sak import bidrag, paaminnelser, protokoll
from tok.sak.models import Frist, Sak
from tok.sak.paaminnelser import send_paaminnelser

pytestmark = pytest.mark.django_db


def regel(kode: str, mottaker: str = "koordinator", **felt: Any) -> Fristregel:
    standard: dict[str, Any] = {
        "navn": kode,
        "lengde": 7,
        "enhet": Lengdeenhet.DAGER,
        "kilde": "test",
        "gjelder_fra": date(2020, 1, 1),
        "paaminnes": (3, 0),
    }
    return Fristregel(kode=kode, mottaker=mottaker, **standard | felt)


REFERAT = regel("proeve_referat")
SAKSLISTE = regel("proeve_saksliste", foer=True)
AARLIG = regel("proeve_aarlig", lengde=12, enhet=Lengdeenhet.MAANEDER, paaminnes=(30, 14, 0))
LOV = regel("proeve_lov", mottaker="tok", lovfestet=True)
LEDERSVAR = regel("proeve_ledersvar", mottaker="leder", til_kontoret_naar_over=True)


@pytest.fixture(autouse=True)
def _regler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bidrag, "fristregler", {})
    for en in (REFERAT, SAKSLISTE, AARLIG, LOV):
        bidrag.registrer_frist(bidrag.Fristbidrag(en, tekst))
    bidrag.registrer_frist(bidrag.Fristbidrag(LEDERSVAR, tekst))


def tekst(utgangspunkt: date, objekt_id: Any, sak_id: Any) -> bidrag.Fristtekst:
    return bidrag.Fristtekst("Skriv referatet", f"/saker/{sak_id}/", "Skriv")


def kl(dato: date, time: int = 8) -> datetime:
    return datetime(dato.year, dato.month, dato.day, time, tzinfo=OSLO)


def sett(
    sak: Sak, en: Fristregel, utgangspunkt: date, naa: datetime | None = None, konto: Konto | None = None
) -> Frist:
    with historikk.som_system("test data"):
        return protokoll.sett_frist(
            sak=sak,
            regel=en,
            objekt_id=uuid4(),
            utgangspunkt=utgangspunkt,
            naa=naa or kl(utgangspunkt),
            konto=konto,
        )


def hver_dag(fra: date, til: date) -> list[date]:
    """Run the sweep each quarter of an hour in office hours, and return the dates on which something was put out."""
    datoer = []
    dag = fra
    while dag <= til:
        for time in (0, 7, 12, 23):
            if send_paaminnelser(naa=kl(dag, time)):
                datoer.append(dag)
        dag += timedelta(days=1)
    return datoer


@pytest.mark.parametrize(
    ("en", "utgangspunkt", "dager"),
    [
        # (rule, base date, days on which the coordinator hears of it)
        (REFERAT, date(2026, 11, 23), [date(2026, 11, 27), date(2026, 11, 30)]),
        (REFERAT, date(2026, 3, 26), [date(2026, 3, 30), date(2026, 4, 1)]),  # due on Maundy Thursday
        (REFERAT, date(2026, 3, 30), [date(2026, 4, 1)]),  # due on Easter Monday: both days meet before Easter
        (REFERAT, date(2027, 5, 10), [date(2027, 5, 14)]),  # 17 May 2027 is 2nd Pentecost day too
        (REFERAT, date(2026, 12, 25), [date(2026, 12, 29), date(2026, 12, 31)]),  # due on New Year's Day
        (REFERAT, date(2028, 2, 22), [date(2028, 2, 25), date(2028, 2, 29)]),  # due on leap day
        (REFERAT, date(2026, 3, 22), [date(2026, 3, 26), date(2026, 3, 27)]),  # due as summer time begins
        (REFERAT, date(2026, 10, 18), [date(2026, 10, 22), date(2026, 10, 23)]),  # due as it ends
        (AARLIG, date(2027, 2, 28), [date(2028, 1, 28), date(2028, 2, 14), date(2028, 2, 28)]),
        (AARLIG, date(2028, 2, 29), [date(2029, 1, 29), date(2029, 2, 14), date(2029, 2, 28)]),
    ],
)
def test_the_coordinator_hears_of_it_on_these_days(en: Fristregel, utgangspunkt: date, dager: list[date]) -> None:
    sak = SakFabrikk()
    DeltakelseFabrikk(sak=sak, konto=ansatt(), rolle="koordinator", fra_dato=date(2026, 1, 1))
    frist = sett(sak, en, utgangspunkt)
    assert hver_dag(max(utgangspunkt, dager[0] - timedelta(days=10)), frist.forfall + timedelta(days=40)) == dager
    frist.refresh_from_db()
    assert frist.neste_paaminnelse is None


def test_before_a_meeting_the_days_count_backwards() -> None:
    sak = SakFabrikk()
    koordinator_i(sak)
    sett(sak, SAKSLISTE, date(2026, 12, 17), naa=kl(date(2026, 11, 23)))
    assert hver_dag(date(2026, 11, 23), date(2026, 12, 17)) == [date(2026, 12, 7), date(2026, 12, 10)]


def test_a_clock_of_law_is_told_on_the_day_it_says() -> None:
    sak = SakFabrikk()
    tok_ansatt(sak)
    sett(sak, LOV, date(2026, 3, 29))  # due on Easter Sunday
    assert hver_dag(date(2026, 3, 29), date(2026, 4, 10)) == [date(2026, 4, 2), date(2026, 4, 5)]


def test_days_missed_while_the_system_was_down_give_one_reminder(naa: datetime) -> None:
    sak = SakFabrikk()
    koordinator_i(sak)
    frist = sett(sak, AARLIG, lokal_dato(naa))
    assert send_paaminnelser(naa=kl(frist.forfall + timedelta(days=3))) == 1
    assert send_paaminnelser(naa=kl(frist.forfall + timedelta(days=4))) == 0


def test_the_message_says_nothing_but_that_something_waits(naa: datetime) -> None:
    Kommune.objects.update(navn="Fjordvik kommune")
    sak = SakFabrikk(person__fornavn="Kanarifugl", person__etternavn="Hemmelig")
    konto = koordinator_i(sak)
    frist = sett(sak, REFERAT, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    varsel = Varsel.objects.get()
    assert varsel.noekkel == f"frist:{frist.pk}:2026-11-27:{konto.pk}"
    assert (varsel.mottaker, varsel.epost) == (konto, konto.epost)
    assert varsel.emne == "Noe venter på deg hos Fjordvik kommune"
    assert f"http://localhost:8000/saker/{sak.pk}/" in varsel.tekst
    for ord_ in ("Kanarifugl", "Hemmelig", str(konto), "referat", str(sak)):
        assert ord_ not in varsel.emne + varsel.tekst


def test_the_same_sweep_twice_puts_out_one_message(naa: datetime) -> None:
    sak = SakFabrikk()
    koordinator_i(sak)
    frist = sett(sak, REFERAT, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    with historikk.som_system("test data"):  # as if the day was forgotten again
        Frist.objects.filter(pk=frist.pk).update(neste_paaminnelse=date(2026, 11, 27))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert Varsel.objects.count() == 1


def mottakere() -> set[Konto]:
    return {varsel.mottaker for varsel in Varsel.objects.select_related("mottaker") if varsel.mottaker}


def test_a_closed_deadline_is_not_reminded_of(naa: datetime) -> None:
    sak = SakFabrikk()
    koordinator_i(sak)
    frist = sett(sak, REFERAT, lokal_dato(naa))
    with historikk.som_system("test data"):
        protokoll.lukk_frist(regel=REFERAT, objekt_id=frist.objekt_id, hvordan="ferdig", naa=naa)
    assert hver_dag(date(2026, 11, 23), date(2026, 12, 5)) == []


def test_who_coordinates_on_the_day_hears_of_it(naa: datetime) -> None:
    sak = SakFabrikk()
    forrige, ny = ansatt(), ansatt()
    DeltakelseFabrikk(sak=sak, konto=forrige, rolle="koordinator", til_dato=date(2026, 11, 25))
    DeltakelseFabrikk(sak=sak, konto=ny, rolle="koordinator", fra_dato=date(2026, 11, 25))
    sett(sak, REFERAT, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert mottakere() == {ny}


def test_the_vara_hears_of_it_while_nobody_coordinates(naa: datetime) -> None:
    sak = SakFabrikk()
    vara = ansatt()
    DeltakelseFabrikk(sak=sak, konto=vara, rolle="vara")
    sett(sak, REFERAT, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert mottakere() == {vara}


def test_the_vara_does_not_hear_of_it_while_somebody_does(naa: datetime) -> None:
    sak = SakFabrikk()
    DeltakelseFabrikk(sak=sak, konto=ansatt(), rolle="vara")
    konto = koordinator_i(sak)
    sett(sak, REFERAT, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert mottakere() == {konto}


def test_the_office_hears_of_it_where_nobody_holds_the_role(naa: datetime) -> None:
    sak = SakFabrikk()
    koordinator_i(sak, is_active=False)
    hos_oss = tok_ansatt(sak)
    sett(sak, REFERAT, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert mottakere() == {hos_oss}
    assert "/saker/" not in Varsel.objects.get().tekst


def test_the_handler_of_the_case_hears_of_it_while_in_the_office(naa: datetime) -> None:
    sak = SakFabrikk()
    AnsettelseFabrikk(konto=sak.saksbehandler, enhet=sak.kontor, rolle="tok")
    tok_ansatt(sak)
    sett(sak, LOV, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert mottakere() == {sak.saksbehandler}


def test_everybody_in_the_office_hears_of_it_when_the_handler_has_left(naa: datetime) -> None:
    sak = SakFabrikk()
    AnsettelseFabrikk(konto=sak.saksbehandler, enhet=sak.kontor, rolle="tok", til_dato=date(2026, 11, 1))
    ventet = {tok_ansatt(sak), tok_ansatt(sak)}
    tok_ansatt()  # in another office
    tok_ansatt(sak, is_active=False)
    sett(sak, LOV, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert mottakere() == ventet


def test_a_leader_who_does_not_answer_is_reminded_and_then_the_office_is_told(naa: datetime) -> None:
    sak = SakFabrikk()
    leder, hos_oss = ansatt("leder"), tok_ansatt(sak)
    frist = sett(sak, LEDERSVAR, lokal_dato(naa), konto=leder)
    assert frist.forfall == date(2026, 11, 30)
    assert hver_dag(date(2026, 11, 23), date(2026, 12, 24)) == [
        date(2026, 11, 27),
        date(2026, 11, 30),
        date(2026, 12, 1),
    ]
    assert Varsel.objects.filter(mottaker=leder).count() == 2
    assert Varsel.objects.get(mottaker=hos_oss).noekkel == f"frist_over:{frist.pk}:2026-11-30:{hos_oss.pk}"


def test_the_receiver_is_sent_to_the_page_that_is_theirs(naa: datetime) -> None:
    bidraget = bidrag.Fristbidrag(LEDERSVAR, tekst, mottakers_url=lambda objekt: f"/svar/{objekt}/")
    bidrag.registrer_frist(bidraget)
    frist = sett(SakFabrikk(), LEDERSVAR, lokal_dato(naa), konto=ansatt("leder"))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert f"/svar/{frist.objekt_id}/" in Varsel.objects.get().tekst


def test_the_office_is_told_also_when_the_system_was_down_all_the_time(naa: datetime) -> None:
    sak = SakFabrikk()
    leder, hos_oss = ansatt("leder"), tok_ansatt(sak)
    sett(sak, LEDERSVAR, lokal_dato(naa), konto=leder)
    assert send_paaminnelser(naa=kl(date(2026, 12, 8))) == 2
    assert send_paaminnelser(naa=kl(date(2026, 12, 9))) == 0
    assert mottakere() == {leder, hos_oss}


def test_a_rule_that_tells_the_office_must_have_reminders() -> None:
    with pytest.raises(ValueError, match="til_kontoret_naar_over"):
        regel("uten", paaminnes=(), til_kontoret_naar_over=True)


@pytest.mark.parametrize(
    ("satt", "hoeres"),
    [
        (date(2026, 11, 27), date(2026, 12, 1)),  # due in three days, all reminder days are past: told when it is over
        (date(2026, 11, 30), date(2026, 12, 1)),  # due today
        (date(2026, 12, 4), date(2026, 12, 4)),  # late already when it is set: told at once
        (date(2026, 12, 5), date(2026, 12, 7)),  # the same on a Saturday
    ],
)
def test_a_deadline_set_late_is_still_told(satt: date, hoeres: date) -> None:
    """Due 30 November; the only reminder came a week before (R36)."""
    sak = SakFabrikk()
    koordinator_i(sak)
    hos_oss = tok_ansatt(sak)
    en = regel("proeve_sen", paaminnes=(7,), til_kontoret_naar_over=True)
    bidrag.registrer_frist(bidrag.Fristbidrag(en, tekst))
    sett(sak, en, date(2026, 11, 23), naa=kl(satt))
    assert hver_dag(satt, date(2026, 12, 20)) == [hoeres]
    assert mottakere() == {hos_oss}


def test_a_receiver_it_is_no_longer_for_hears_nothing(naa: datetime) -> None:
    """What a leader who has moved was asked, comes back to the office (N2)."""
    sak = SakFabrikk()
    leder, hos_oss = ansatt("leder"), tok_ansatt(sak)
    flyttet = bidrag.Fristbidrag(LEDERSVAR, tekst, er_mottakers=lambda _konto, _objekt, _dag: False)
    bidrag.registrer_frist(flyttet)
    sett(sak, LEDERSVAR, lokal_dato(naa), konto=leder)
    assert send_paaminnelser(naa=kl(date(2026, 11, 27))) == 1
    assert mottakere() == {hos_oss}


def test_a_row_somebody_holds_waits_for_the_next_sweep(naa: datetime) -> None:
    sak = SakFabrikk()
    koordinator_i(sak)
    sett(sak, REFERAT, lokal_dato(naa))
    with CaptureQueriesContext(connection) as spurt:
        send_paaminnelser(naa=kl(date(2026, 11, 27)))
    assert any("FOR UPDATE OF" in s["sql"] and "SKIP LOCKED" in s["sql"] for s in spurt.captured_queries)


def test_an_idle_sweep_is_one_question_to_the_index(naa: datetime) -> None:
    with CaptureQueriesContext(connection) as spurt:
        assert send_paaminnelser(naa=naa) == 0
    sporsmaal = [s["sql"] for s in spurt.captured_queries if s["sql"].startswith("SELECT")]
    assert len(sporsmaal) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + sporsmaal[0])
        assert "frist_paaminnes" in "\n".join(rad[0] for rad in cursor.fetchall())


def test_questions_do_not_grow_with_the_cases(naa: datetime) -> None:
    def spoersmaal(antall: int, dato: date) -> int:
        with historikk.som_system("test data"):
            Frist.objects.update(neste_paaminnelse=None)
        for _nummer in range(antall):
            sak = SakFabrikk()
            koordinator_i(sak)
            sett(sak, REFERAT, dato)
        with CaptureQueriesContext(connection) as spurt:
            assert send_paaminnelser(naa=kl(dato + timedelta(days=4))) == antall
        return sum(
            1 for s in spurt.captured_queries if str(s["sql"]).startswith("SELECT") and "kjerne_varsel" not in s["sql"]
        )

    assert spoersmaal(2, date(2026, 11, 23)) == spoersmaal(9, date(2027, 1, 11))


def test_more_than_one_batch_is_worked_in_one_sweep(naa: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch is two statements, however many it holds: the messages, and the days of the next."""
    monkeypatch.setattr(paaminnelser, "BUNKE", 4)
    sak = SakFabrikk()
    koordinator_i(sak)
    for _nummer in range(4 + 3):
        sett(sak, REFERAT, lokal_dato(naa))
    with CaptureQueriesContext(connection) as spurt:
        assert send_paaminnelser(naa=kl(date(2026, 11, 27))) == 4 + 3
    skrevet = [str(s["sql"]).split()[0] for s in spurt.captured_queries]
    assert (skrevet.count("INSERT"), skrevet.count("UPDATE")) == (2, 2)
    assert set(Frist.objects.values_list("neste_paaminnelse", flat=True)) == {date(2026, 11, 30)}


def test_one_without_an_address_does_not_stop_the_others(naa: datetime) -> None:
    """The deadline goes on to its next day; the account is named in the log, by its key."""
    sak = SakFabrikk()
    AnsettelseFabrikk(konto=sak.saksbehandler, enhet=sak.kontor, rolle="tok", til_dato=date(2026, 11, 1))
    uten, med = tok_ansatt(sak), tok_ansatt(sak)
    Konto.objects.filter(pk=uten.pk).update(epost="ikke en adresse")
    frist = sett(sak, LOV, lokal_dato(naa))
    assert send_paaminnelser(naa=kl(date(2026, 11, 27))) == 1
    assert mottakere() == {med}
    frist.refresh_from_db()
    assert frist.neste_paaminnelse == date(2026, 11, 30)


def test_the_change_stands_in_history_with_the_system_behind_it(naa: datetime) -> None:
    sak = SakFabrikk()
    koordinator_i(sak)
    frist = sett(sak, REFERAT, lokal_dato(naa))
    send_paaminnelser(naa=kl(date(2026, 11, 27)))
    historie = apps.get_model("sak", "FristEvent")
    rad = historie._base_manager.filter(pgh_obj_id=frist.pk).order_by("-pgh_id").first()
    assert rad is not None
    assert rad.pgh_context["handling"] == "sak.send_paaminnelser"
    assert rad.pgh_context["aktoer"] == str(Konto.system().pk)
