"""The whole schedule: one tick every half minute, which hands out work that looks for itself at what is due (P3, P4).

What is due is a row in PostgreSQL: a message, a document, a deadline, a slot. The broker holds only "look now", so
losing it, or any task in it, loses nothing; and a task that is run twice finds nothing the second time.
"""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tok.settings.prod")

TIKK = 30.0  # seconds
ARBEID = (
    "sak.send_paaminnelser",
    "kjerne.lag_dokumenter",
    "sak.send_post",
    "sak.slett_gamle_utkast",
    "kjerne.rydd_tidsluker",
)

app = Celery("tok")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {"tikk": {"task": "tok.tikk", "schedule": TIKK, "options": {"expires": TIKK}}}
app.autodiscover_tasks()


@app.task(name="tok.tikk")
def tikk() -> None:
    """Hand out everything that may have something to do; a piece nobody has begun by the next tick is dropped."""
    for navn in ARBEID:
        app.send_task(navn, expires=TIKK)
