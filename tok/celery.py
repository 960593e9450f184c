"""The whole schedule: one tick every half minute, which hands out work that looks for itself at what is due (P3, P4).

What is due is a row in PostgreSQL: a message, a document, a deadline, a slot. The broker holds only "look now", so
losing it, or any task in it, loses nothing; and a task that is run twice finds nothing the second time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from celery import Celery, bootsteps, signals

from tok import oppstart, puls
from tok.settings.miljoe import MiljoeFeil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tok.settings.prod")

TIKK = 30.0  # seconds
ARBEID = (
    "sak.aldersgrenser",
    "sak.send_paaminnelser",
    "kjerne.lag_dokumenter",
    "sak.send_post",
    "sak.slett_gamle_utkast",
    "sak.kontroller_logg",
    "kjerne.forsegl_logger",
    "kjerne.rydd_tidsluker",
    "kjerne.rydd_oekter",
)

oppstart.en_linje()
app = Celery("tok")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {"tikk": {"task": "tok.tikk", "schedule": TIKK, "options": {"expires": TIKK}}}
app.autodiscover_tasks()


@app.task(name="tok.tikk")
def tikk() -> None:
    """Hand out everything that may have something to do; a piece nobody has begun by the next tick is dropped."""
    from tok.kjerne import klokke, tidsplan

    for navn in ARBEID:
        app.send_task(navn, expires=TIKK)
    tidsplan.merk_tikk(naa=klokke.naa())


class Puls(bootsteps.StartStopStep):
    """The worker shows that it goes round and has its broker (tok/puls.py)."""

    requires = frozenset({"celery.worker.components:Timer"})

    def start(self, worker: Any) -> None:
        """Beat now, and then as long as the worker's own timer goes."""
        puls.slaa("arbeider")
        worker.timer.call_repeatedly(puls.SLAG, puls.slaa, ("arbeider",))


app.steps["worker"].add(Puls)


def krev_klar_database(**_signal: Any) -> None:
    """Stop worker or clock on a database of another version."""
    _krev(oppstart.krev_klar_database)


def krev_seglmappe(**_signal: Any) -> None:
    """Stop a worker that cannot write the head of the logs' seals."""
    _krev(oppstart.krev_seglmappe)


def _krev(krav: Callable[[], None]) -> None:
    """A signal lets only SystemExit through."""
    try:
        krav()
    except (oppstart.KanIkkeStarte, MiljoeFeil) as feil:
        os.write(2, f"{feil}\n".encode())  # beat has turned sys.stderr into a log by now
        raise SystemExit(1) from None


signals.celeryd_init.connect(krev_klar_database)
signals.celeryd_init.connect(krev_seglmappe)
signals.beat_init.connect(krev_klar_database)
