"""What the ground floor does when the clock ticks: reminders, post, old drafts, log control. All may run twice."""

from __future__ import annotations

from datetime import time

from celery import shared_task

from tok.kjerne import klokke, tidsplan, utboks
from tok.kjerne.models import Varsel
from tok.sak import alderskifte, paaminnelser, ukekontroll, utkast, varseltilgang

TIDLIGST = time(7)  # in Oslo


@shared_task(name="sak.send_paaminnelser")
def send_paaminnelser() -> None:
    """Look for reminders once in each quarter of an hour, and not while people sleep (R62, P3, P4)."""
    naa = klokke.naa()
    if naa.time() < TIDLIGST:
        return
    tidsplan.i_luke(
        "paaminnelser", tidsplan.kvarter(naa), naa=naa, arbeid=lambda: paaminnelser.send_paaminnelser(naa=naa)
    )


@shared_task(name="sak.send_post")
def send_post() -> None:
    """Send what waits in the outbox, to those who still may see what it is about (P1, N2)."""
    naa = klokke.naa()

    def kan_se(varsel: Varsel) -> bool:
        return varseltilgang.kan_se(varsel, naa=naa)

    utboks.send_neste(naa=naa, kan_se=kan_se)


@shared_task(name="sak.slett_gamle_utkast")
def slett_gamle_utkast() -> None:
    """Remove drafts nobody has touched for 30 days, once a night (P9)."""
    naa = klokke.naa()
    tidsplan.i_luke("slett_gamle_utkast", tidsplan.natt(naa), naa=naa, arbeid=lambda: utkast.rydd(naa))


@shared_task(name="sak.aldersgrenser")
def aldersgrenser() -> None:
    """Set and move the deadlines of birthdays once a night, before the reminders of the morning (L14)."""
    naa = klokke.naa()
    tidsplan.i_luke("aldersgrenser", tidsplan.natt(naa), naa=naa, arbeid=lambda: alderskifte.gaa_gjennom(naa=naa))


@shared_task(name="sak.kontroller_logg")
def kontroller_logg() -> None:
    """Control last week's reading log, each Monday night (N9)."""
    naa = klokke.naa()
    tidsplan.i_luke(
        "kontroller_logg", tidsplan.mandagsnatt(naa), naa=naa, arbeid=lambda: ukekontroll.kontroller_uker(naa=naa)
    )
