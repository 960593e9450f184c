"""What the foundation does when the clock ticks: documents made, old slots removed. Every body may run twice."""

from __future__ import annotations

from celery import shared_task

from tok.kjerne import dokumenter, klokke, tidsplan


@shared_task(name="kjerne.lag_dokumenter")
def lag_dokumenter() -> None:
    """Render the documents that wait (N18)."""
    dokumenter.lag_neste(naa=klokke.naa())


@shared_task(name="kjerne.rydd_tidsluker")
def rydd_tidsluker() -> None:
    """Remove last month's slots, once a night."""
    naa = klokke.naa()
    tidsplan.i_luke("rydd_tidsluker", tidsplan.natt(naa), naa=naa, arbeid=lambda: tidsplan.slett_gamle(naa=naa))
