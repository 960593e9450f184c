"""The schedule: one tick, work that can run twice, and a broker that holds nothing of value (P2, P3, P4)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from tests.fabrikker import KontoFabrikk, SakFabrikk, koordinator_i
from tok.celery import ARBEID, TIKK, app
from tok.kjerne import historikk, utboks
from tok.kjerne.fristregning import Fristregel, Lengdeenhet
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Tidsluke, Varsel
from tok.sak import bidrag, protokoll, utkast
from tok.sak.models import Utkast

ROT = Path(__file__).resolve().parent.parent.parent
UTEN_LUKE = {"kjerne.lag_dokumenter", "sak.send_post"}  # these look at each tick


def test_the_broker_may_be_lost_at_any_time() -> None:
    app.autodiscover_tasks(force=True)
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.worker_max_tasks_per_child
    assert 0 < app.conf.task_soft_time_limit < app.conf.task_time_limit
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit


def test_there_is_one_tick_and_it_hands_out_work_that_exists() -> None:
    app.autodiscover_tasks(force=True)
    assert list(app.conf.beat_schedule) == ["tikk"]
    assert app.conf.beat_schedule["tikk"]["task"] in app.tasks
    assert app.conf.beat_schedule["tikk"]["schedule"] == TIKK
    egne = {navn for navn in app.tasks if not navn.startswith("celery.")} - {"tok.tikk"}
    assert egne == set(ARBEID)


def test_no_task_waits_in_the_broker_for_its_time() -> None:
    filer = [*ROT.glob("tok/**/*.py"), *ROT.glob("koordinator/**/*.py"), *ROT.glob("ansvarsgruppe/**/*.py")]
    assert [str(fil) for fil in filer if re.search(r"\b(eta|countdown)=|\.delay\(", fil.read_text())] == []


@pytest.mark.django_db
def test_every_task_can_run_twice(naa: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    app.autodiscover_tasks(force=True)
    monkeypatch.setattr(bidrag, "fristregler", {})
    regel = Fristregel(
        kode="proeve",
        navn="Prøve",
        lengde=0,
        enhet=Lengdeenhet.DAGER,
        kilde="test",
        mottaker="koordinator",
        gjelder_fra=naa.date(),
        paaminnes=(0,),
    )
    bidrag.registrer_frist(bidrag.Fristbidrag(regel, lambda dato, objekt, sak: bidrag.Fristtekst("", "/", "")))
    sak = SakFabrikk()
    koordinator_i(sak)
    with historikk.som_system("test data"):
        protokoll.sett_frist(sak=sak, regel=regel, objekt_id=uuid4(), utgangspunkt=naa.date(), naa=naa)

    def tilstand() -> tuple[int, int, int, int]:
        return (
            Varsel.objects.count(),
            Varsel.objects.filter(tilstand=Varsel.Tilstand.SENDT).count(),
            len(mail.outbox),
            Tidsluke.objects.count(),
        )

    with time_machine.travel(naa, tick=False):
        for navn in ARBEID:
            app.tasks[navn]()
        foerste = tilstand()
        for navn in ARBEID:
            app.tasks[navn]()
    assert tilstand() == foerste == (1, 1, 1, len(set(ARBEID) - UTEN_LUKE))


@pytest.mark.django_db
@pytest.mark.parametrize(("time", "minutt", "antall"), [(6, 59, 0), (7, 0, 1), (23, 59, 1)])
def test_nobody_is_reminded_while_they_sleep(time: int, minutt: int, antall: int) -> None:
    app.autodiscover_tasks(force=True)
    with time_machine.travel(datetime(2026, 3, 29, time, minutt, tzinfo=OSLO), tick=False):
        app.tasks["sak.send_paaminnelser"]()
    assert Tidsluke.objects.count() == antall


@pytest.mark.django_db
def test_drafts_nobody_has_touched_for_thirty_days_are_removed(naa: datetime) -> None:
    konto = KontoFabrikk()
    for dager in (29, 31):
        Utkast.objects.create(
            konto=konto,
            objekt_type="referat",
            objekt_id=uuid4(),
            innhold=b"x",
            lagret_tid=naa - timedelta(days=dager),
        )
    assert utkast.rydd(naa) == 1
    assert Utkast.objects.get().lagret_tid == naa - timedelta(days=29)


def test_a_lease_outlasts_what_a_task_may_take() -> None:
    assert utboks.leietid().total_seconds() > app.conf.task_time_limit
    assert app.conf.task_soft_time_limit > utboks.LENGSTE_RUNDE
