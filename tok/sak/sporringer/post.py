"""Post that did not come through: messages in doubt or given up, documents that could not be made (P1, P2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, QuerySet, Value

from tok.kjerne.models import Dokument, Varsel
from tok.kjerne.utboks import INNLOGGING

VIST = 100


@dataclass(frozen=True)
class Postantall:
    """How many, and since when the oldest has lain there."""

    meldinger: int = 0
    dokumenter: int = 0
    siden: datetime | None = None


def meldinger() -> QuerySet[Varsel]:
    """Messages a person must look at. A lost log-in mail is not among them: its receiver asks for a new one."""
    stoppet = (Varsel.Tilstand.I_TVIL, Varsel.Tilstand.OPPGITT)
    return Varsel.objects.filter(tilstand__in=stoppet).exclude(gjelder_type=INNLOGGING)


def dokumenter() -> QuerySet[Dokument]:
    """Documents that no worker tries to make any more."""
    return Dokument.objects.filter(tilstand=Dokument.Tilstand.FEILET)


def antall() -> Postantall:
    """Both counts with one query."""
    deler = [
        qs.order_by("lagt_tid" if hva == "meldinger" else "bestilt_tid")
        .annotate(hva=Value(hva, output_field=CharField()))
        .values_list("hva", "lagt_tid" if hva == "meldinger" else "bestilt_tid")[:VIST]
        for hva, qs in (("meldinger", meldinger()), ("dokumenter", dokumenter()))
    ]
    rader = list(deler[0].union(deler[1], all=True))
    return Postantall(
        meldinger=sum(hva == "meldinger" for hva, _tid in rader),
        dokumenter=sum(hva == "dokumenter" for hva, _tid in rader),
        siden=min((tid for _hva, tid in rader), default=None),
    )
