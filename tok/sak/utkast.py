"""What somebody is typing: encrypted, read by its author only, without diary or history, gone after 30 days (P9)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tok.kjerne.kryptering import KanIkkeLeses, Noekkel, dekrypter, krypter
from tok.kjerne.models import Konto
from tok.sak.models import Utkast

LEVETID = timedelta(days=30)
SKRIVER_NAA = timedelta(seconds=60)


@dataclass(frozen=True)
class Lagret:
    """A draft as its author gets it back; `fane` tells which of the author's open pages it was typed in."""

    innhold: dict[str, Any]
    base_versjon: int
    lagret_tid: datetime
    fane: str = ""


def _type(objekt_type: str, fane: str) -> str:
    # Two tabs of one author are two drafts: neither may write over the other's text (P7).
    return f"{objekt_type}:{fane}" if fane else objekt_type


def _aad(konto: Konto, objekt_type: str, objekt_id: UUID) -> bytes:
    return f"sak_utkast.innhold:{konto.pk}:{objekt_type}:{objekt_id}".encode()


def _alle(objekt_type: str, objekt_id: UUID) -> QuerySet[Utkast]:
    av_typen = Q(objekt_type=objekt_type) | Q(objekt_type__startswith=f"{objekt_type}:")
    return Utkast.objects.filter(av_typen, objekt_id=objekt_id)


def lagre(
    *,
    konto: Konto,
    objekt_type: str,
    objekt_id: UUID,
    innhold: dict[str, Any],
    base_versjon: int,
    naa: datetime,
    fane: str = "",
) -> Utkast:
    """Keep what the author has typed now in place of what the same page kept before."""
    typen = _type(objekt_type, fane)
    kryptert = krypter(
        json.dumps(innhold, ensure_ascii=False).encode(),
        noekkel=Noekkel.UTKAST,
        aad=_aad(konto, typen, objekt_id),
    )
    rad, _ny = Utkast.objects.update_or_create(
        konto=konto,
        objekt_type=typen,
        objekt_id=objekt_id,
        defaults={"innhold": kryptert, "base_versjon": base_versjon, "lagret_tid": naa},
    )
    return rad


def hent(*, konto: Konto, objekt_type: str, objekt_id: UUID, fane: str | None = None) -> Lagret | None:
    """The author's newest draft of the object, or that of one page; None when there is none that can be read."""
    alle = hent_alle(konto=konto, objekt_type=objekt_type, objekt_id=objekt_id)
    return next((lagret for lagret in alle if fane in (None, lagret.fane)), None)


def hent_alle(*, konto: Konto, objekt_type: str, objekt_id: UUID) -> Iterator[Lagret]:
    """The author's drafts of the object that can be read, one for each open page, the newest first."""
    for rad in _alle(objekt_type, objekt_id).filter(konto=konto).order_by("-lagret_tid"):
        try:
            tekst = dekrypter(rad.innhold, noekkel=Noekkel.UTKAST, aad=_aad(konto, rad.objekt_type, objekt_id))
        except KanIkkeLeses:
            continue
        fra_fane = rad.objekt_type.partition(":")[2]
        yield Lagret(json.loads(tekst), rad.base_versjon, rad.lagret_tid, fra_fane)


def les_rad(rad: Utkast) -> bytes:
    """The draft's text whoever wrote it, for the check that the keys fit; nobody is shown it. Raises KanIkkeLeses."""
    return dekrypter(rad.innhold, noekkel=Noekkel.UTKAST, aad=_aad(rad.konto, rad.objekt_type, rad.objekt_id))


def slett(
    *,
    konto: Konto,
    objekt_type: str,
    objekt_id: UUID,
    fane: str | None = None,
    uendret_siden: datetime | None = None,
) -> int:
    """Throw away the author's drafts of the object, or that of one page, and tell how many went.

    With `uendret_siden` a draft that was typed in after that moment is kept.
    """
    rader = _alle(objekt_type, objekt_id).filter(konto=konto)
    if fane is not None:
        rader = rader.filter(objekt_type=_type(objekt_type, fane))
    if uendret_siden is not None:
        rader = rader.filter(lagret_tid__lte=uendret_siden)
    return rader.delete()[0]


def andre_som_skriver(*, konto: Konto, objekt_type: str, objekt_id: UUID, naa: datetime) -> list[str]:
    """The names of the others who typed in the object the last minute; presence never locks (P8)."""
    rader = _alle(objekt_type, objekt_id).filter(lagret_tid__gt=naa - SKRIVER_NAA).exclude(konto=konto)
    return list(rader.order_by("konto__navn").values_list("konto__navn", flat=True).distinct())


def andre_med_utkast(*, konto: Konto, objekt_type: str, objekt_id: UUID) -> list[str]:
    """The names of the others who have text that is not saved; what they typed is theirs alone."""
    rader = _alle(objekt_type, objekt_id).exclude(konto=konto)
    return list(rader.order_by("konto__navn").values_list("konto__navn", flat=True).distinct())


def rydd(naa: datetime) -> int:
    """Delete drafts that nobody has touched for 30 days, and tell how many."""
    return Utkast.objects.filter(lagret_tid__lt=naa - LEVETID).delete()[0]
