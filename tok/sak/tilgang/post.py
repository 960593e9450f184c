"""Post that did not come through: messages in doubt or given up, documents that could not be made (P1, P2).

It is shown as far as the account may know of what it is about: a lost message of a protected case is not even counted
for others (N11, N12).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from tok.kjerne.forberedt import Forberedt
from tok.kjerne.models import Dokument, Konto, UuidTabell, Varsel
from tok.kjerne.utboks import INNLOGGING
from tok.sak.models import Deltakelse, Henvendelse
from tok.sak.models.saken import PRIVATE
from tok.sak.tilgang import sperrer

VIST = 100
POST = "post"


@dataclass(frozen=True)
class Postantall:
    """How many, and since when the oldest has lain there."""

    meldinger: int = 0
    dokumenter: int = 0
    siden: datetime | None = None


@cache
def _tabeller() -> tuple[Any, ...]:
    """The tables whose rows hang on a case, which is what messages are about."""
    return tuple(m for m in apps.get_models() if issubclass(m, UuidTabell) and hasattr(m, "SAK_STI"))


def _om_det_lukkede(konto: Konto) -> Q:
    """Messages about a row of a closed case, or to somebody who is private in one, whatever they are about."""
    privat = Deltakelse.objects.filter(
        ~sperrer.aapen_sak(konto, "sak__"), rolle__in=PRIVATE, konto=OuterRef("mottaker")
    )
    rad = OuterRef("gjelder_id")
    lukket = Q(Exists(privat)) | Q(
        Exists(Henvendelse.objects.filter(~sperrer.aapen_person(konto), pk=rad)), gjelder_type=Henvendelse.__name__
    )
    for modell in _tabeller():
        sti = "" if modell.SAK_STI == "pk" else f"{modell.SAK_STI}__"
        rader = modell._base_manager.filter(~sperrer.aapen_sak(konto, sti), pk=rad)
        lukket |= Q(Exists(rader), gjelder_type=modell.__name__)
    return lukket


def _stoppede() -> QuerySet[Varsel]:
    """A lost log-in mail is not among them: its receiver asks for a new one."""
    stoppet = (Varsel.Tilstand.I_TVIL, Varsel.Tilstand.OPPGITT)
    return Varsel.objects.filter(tilstand__in=stoppet).exclude(gjelder_type=INNLOGGING)


def _feilede() -> QuerySet[Dokument]:
    return Dokument.objects.filter(tilstand=Dokument.Tilstand.FEILET)


def finnes() -> list[QuerySet[Any]]:
    """One of each, whoever may know of it: mostly there is none, and then the dear question need not be asked."""
    hva = Value(POST, output_field=CharField())
    return [qs.order_by().annotate(hva=hva).values_list("hva")[:1] for qs in (_stoppede(), _feilede())]


def meldinger(konto: UUID) -> QuerySet[Varsel]:
    """Messages a person must look at."""
    return _stoppede().filter(~_om_det_lukkede(Konto(pk=konto)))


def dokumenter(konto: UUID) -> QuerySet[Dokument]:
    """Documents that no worker tries to make any more."""
    aapne = Q(saksdokument__isnull=True) | sperrer.aapen_sak(Konto(pk=konto), "saksdokument__sak__")
    return _feilede().filter(aapne)


def deler(konto: UUID) -> list[QuerySet[Any]]:
    """The oldest of both, as what it is and since when; for a question that counts more at once."""
    return [
        qs.order_by("lagt_tid" if hva == "meldinger" else "bestilt_tid")
        .annotate(hva=Value(hva, output_field=CharField()))
        .values_list("hva", "lagt_tid" if hva == "meldinger" else "bestilt_tid")[:VIST]
        for hva, qs in (("meldinger", meldinger(konto)), ("dokumenter", dokumenter(konto)))
    ]


def tell(rader: Iterable[tuple[str, datetime | None]]) -> Postantall:
    """Both counts from the rows of `deler`; others among them are passed over."""
    tider: dict[str, list[datetime]] = {"meldinger": [], "dokumenter": []}
    for hva, tid in rader:
        if tid is not None and hva in tider:
            tider[hva].append(tid)
    alle = [tid for en in tider.values() for tid in en]
    return Postantall(len(tider["meldinger"]), len(tider["dokumenter"]), min(alle, default=None))


BEGGE = Forberedt(lambda konto: QuerySet.union(*deler(konto), all=True))


def antall(konto: Konto) -> Postantall:
    """Both counts with one query."""
    return tell(BEGGE.rader(konto=konto.pk))
