"""Who hears of what: e-mail says only that something waits, never of whom or what (N19)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from koordinator.models import Forespoersel, Oppnevning
from tok.kjerne.models import Konto
from tok.sak.varsler import noe_venter

MIN_DAG = "/"


def leder_er_spurt(forespoersel: Forespoersel, *, naa: datetime) -> None:
    """Ask the leader to log in and answer (R110)."""
    _til_leder("leder_spurt", forespoersel, "koordinator:svar", naa)


def forespoersel_er_trukket(forespoersel: Forespoersel, *, naa: datetime) -> None:
    """Tell the leader that there is nothing to answer any more."""
    _legg_i(f"forespoersel_trukket:{forespoersel.pk}", forespoersel.leder, reverse("koordinator:foresporsler"), naa=naa)


def leder_har_svart(forespoersel: Forespoersel, *, naa: datetime) -> None:
    """Tell the one in TOK who asked (R112)."""
    _legg_i(
        f"leder_svart:{forespoersel.pk}",
        forespoersel.sendt_av,
        reverse("koordinator:forespoersel", args=[forespoersel.pk]),
        naa=naa,
        om=("Forespoersel", forespoersel.pk),
    )


def koordinator_er_oppnevnt(oppnevning: Oppnevning, *, naa: datetime, i_dag: date) -> None:
    """Tell the new coordinator; the case can be opened from the first day, so a later start says the date (R30)."""
    deltakelse = oppnevning.deltakelse
    if deltakelse.konto is None:
        raise ValueError("a coordinator has an account")
    noekkel = f"oppnevnt:{oppnevning.pk}"
    if deltakelse.fra_dato > i_dag:
        _legg_i(noekkel, deltakelse.konto, MIN_DAG, naa=naa, fra=deltakelse.fra_dato)
    else:
        sak = reverse("oversikt:sak", args=[oppnevning.sak_id])
        _legg_i(noekkel, deltakelse.konto, sak, naa=naa, om=("Oppnevning", oppnevning.pk))


def leder_ser_oppnevning(oppnevning: Oppnevning, *, naa: datetime) -> None:
    """Tell the leader that the employee is appointed (R112–R113)."""
    _til_leder("leder_oppnevnt", oppnevning.forespoersel, "koordinator:svar_kvittering", naa)


def oppnevning_slutter(oppnevning: Oppnevning, *, naa: datetime) -> None:
    """Tell the coordinator and the leader that the appointment gets an end (R122)."""
    konto = oppnevning.deltakelse.konto
    if konto is None:
        raise ValueError("a coordinator has an account")
    slutt = oppnevning.deltakelse.til_dato
    _legg_i(f"oppnevning_slutter:{oppnevning.pk}:{slutt}", konto, MIN_DAG, naa=naa)
    _til_leder(f"leder_oppnevning_slutter:{slutt}", oppnevning.forespoersel, "koordinator:svar_kvittering", naa)


def _til_leder(hendelse: str, forespoersel: Forespoersel, side: str, naa: datetime) -> None:
    sti = reverse(side, args=[forespoersel.pk])
    _legg_i(f"{hendelse}:{forespoersel.pk}", forespoersel.leder, sti, naa=naa, om=("Forespoersel", forespoersel.pk))


def _legg_i(
    hendelse: str,
    mottaker: Konto,
    sti: str,
    *,
    naa: datetime,
    om: tuple[str, UUID | None] = ("", None),
    fra: date | None = None,
) -> None:
    noekkel = f"koordinator.{hendelse}:{mottaker.pk}"
    noe_venter(noekkel=noekkel, mottaker=mottaker, sti=sti, naa=naa, gjelder_type=om[0], gjelder_id=om[1], fra=fra)
