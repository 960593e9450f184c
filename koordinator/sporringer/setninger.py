"""A status read as a sentence (sider.md no. 6): for TOK about the leader, for the leader about the own answer."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from koordinator.models import Forespoersel, timer_i_maaneden
from tok.kjerne.datotekst import dag_og_maaned, dato, dato_tid, som_dato


def status(forespoersel: Forespoersel, i_dag: date) -> str:
    """`Venter på svar fra leder, spurt 12. november`; needs the people loaded."""
    match forespoersel.tilstand:
        case Forespoersel.Tilstand.SENDT:
            return _("Venter på svar fra leder, spurt %(dag)s") % {"dag": _dag(forespoersel.sendt_tid, i_dag)}
        case Forespoersel.Tilstand.GODKJENT:
            return _("%(leder)s svarte ja %(dag)s: %(navn)s, %(timer)s") % {**_ord(forespoersel, i_dag)}
        case Forespoersel.Tilstand.AVSLAATT:
            return _("%(leder)s svarte nei %(dag)s: %(grunn)s") % {**_ord(forespoersel, i_dag)}
    return _("Forespørselen er trukket tilbake")


def svar_med_ord(forespoersel: Forespoersel) -> str:
    """`Du godkjente Jonas Berg med 3 timer i måneden.`, said to the leader; needs the people loaded."""
    if forespoersel.tilstand == Forespoersel.Tilstand.AVSLAATT:
        return _("Du svarte nei. Grunn: %(grunn)s.") % {"grunn": forespoersel.get_avslagsgrunn_display()}
    if forespoersel.tilstand != Forespoersel.Tilstand.GODKJENT or forespoersel.timer is None:
        return ""
    ord_ = {"navn": forespoersel.godkjent_konto, "timer": timer_i_maaneden(forespoersel.timer)}
    if forespoersel.godkjent_konto_id != forespoersel.foreslaatt_id:
        return _("Du foreslo %(navn)s i stedet, med %(timer)s.") % ord_
    return _("Du godkjente %(navn)s med %(timer)s.") % ord_


def allerede_besvart(forespoersel: Forespoersel) -> str:
    """Said to a leader who answers again: when and what was answered."""
    if forespoersel.tilstand == Forespoersel.Tilstand.TRUKKET or forespoersel.svart_tid is None:
        return _("TOK har trukket forespørselen tilbake. Du trenger ikke å svare.")
    naar = _("Du har allerede svart, %(tid)s.") % {"tid": dato_tid(forespoersel.svart_tid)}
    return f"{naar} {svar_med_ord(forespoersel)}"


def _ord(forespoersel: Forespoersel, i_dag: date) -> dict[str, object]:
    return {
        "leder": forespoersel.leder,
        "navn": forespoersel.godkjent_konto,
        "grunn": forespoersel.get_avslagsgrunn_display(),
        "dag": _dag(forespoersel.svart_tid, i_dag) if forespoersel.svart_tid else "",
        "timer": timer_i_maaneden(forespoersel.timer) if forespoersel.timer is not None else "",
    }


def _dag(tid: datetime, i_dag: date) -> str:
    return dag_og_maaned(tid) if som_dato(tid).year == i_dag.year else dato(tid)
