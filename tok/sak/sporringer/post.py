"""Post that did not come through: messages in doubt or given up, documents that could not be made (P1, P2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet, Value

from tok.kjerne.forberedt import Forberedt
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


def deler() -> list[QuerySet[Any]]:
    """The oldest of both, as what it is and since when; for a question that counts more at once."""
    return [
        qs.order_by("lagt_tid" if hva == "meldinger" else "bestilt_tid")
        .annotate(hva=Value(hva, output_field=CharField()))
        .values_list("hva", "lagt_tid" if hva == "meldinger" else "bestilt_tid")[:VIST]
        for hva, qs in (("meldinger", meldinger()), ("dokumenter", dokumenter()))
    ]


def tell(rader: Iterable[tuple[str, datetime | None]]) -> Postantall:
    """Both counts from the rows of `deler`; others among them are passed over."""
    tider: dict[str, list[datetime]] = {"meldinger": [], "dokumenter": []}
    for hva, tid in rader:
        if tid is not None and hva in tider:
            tider[hva].append(tid)
    alle = [tid for en in tider.values() for tid in en]
    return Postantall(len(tider["meldinger"]), len(tider["dokumenter"]), min(alle, default=None))


BEGGE = Forberedt(lambda: QuerySet.union(*deler(), all=True))


def antall() -> Postantall:
    """Both counts with one query."""
    return tell(BEGGE.rader())
