"""What the foundation does when the clock ticks: documents, seals, and what is old removed; all may run twice."""

from __future__ import annotations

from celery import shared_task

from tok.kjerne import dokumenter, forsegling, klokke, oekter, tidsplan


@shared_task(name="kjerne.lag_dokumenter")
def lag_dokumenter() -> None:
    """Render the documents that wait (N18)."""
    dokumenter.lag_neste(naa=klokke.naa())


@shared_task(name="kjerne.forsegl_logger")
def forsegl_logger() -> None:
    """Seal what was written in the logs, once an hour (N5)."""
    naa = klokke.naa()
    tidsplan.i_luke("forsegl_logger", tidsplan.hel_time(naa), naa=naa, arbeid=lambda: forsegling.forsegl(naa=naa))


@shared_task(name="kjerne.rydd_tidsluker")
def rydd_tidsluker() -> None:
    """Remove last month's slots, once a night."""
    naa = klokke.naa()
    tidsplan.i_luke("rydd_tidsluker", tidsplan.natt(naa), naa=naa, arbeid=lambda: tidsplan.slett_gamle(naa=naa))


@shared_task(name="kjerne.rydd_oekter")
def rydd_oekter() -> None:
    """Remove sessions that have run out, once a night; also those nobody logged in to."""
    naa = klokke.naa()
    tidsplan.i_luke("rydd_oekter", tidsplan.natt(naa), naa=naa, arbeid=lambda: oekter.slett_utloepte(tid=naa))
