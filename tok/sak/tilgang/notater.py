"""The notes an account may read in a case, the newest first (R7, R80)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from tok.kjerne.forberedt import Forberedt
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Notat, Sak, Skjult
from tok.sak.tilgang.doer import Rett
from tok.sak.tilgang.roller import Rolle

VIST = 50


def _skrev_som_foresatt() -> Exists:
    foresatte = Deltakelse.objects.filter(rolle=Rolle.REPRESENTANT, sak=OuterRef("sak"), konto=OuterRef("skrevet_av"))
    return Exists(foresatte)


def av_foresatt(notater: QuerySet[Notat]) -> QuerySet[Notat]:
    """Those that somebody who is or was a guardian in the case has written; they know of them (N20)."""
    return notater.filter(_skrev_som_foresatt())


def _notatene(konto_id: UUID, sak_id: UUID, i_dag: date, antall: int) -> QuerySet[Notat]:
    skjult = Skjult.objects.virksomme().filter(objekt_id=OuterRef("pk"))
    synlige = Rett.SE_NOTAT.synlige(Konto(pk=konto_id), Notat.objects.filter(sak=sak_id), i_dag=i_dag)
    synlige = synlige.annotate(er_skjult=Exists(skjult), av_foresatt=_skrev_som_foresatt())
    return synlige.order_by("-skrevet_tid", "-pk")[:antall]


NOTATENE = Forberedt(_notatene)


def notatene(sak: Sak, konto: Konto, i_dag: date, antall: int = VIST) -> list[Any]:
    """Those the door lets the account read, each with `er_skjult` (guardians are kept from it) and `av_foresatt`."""
    return NOTATENE.objekter(konto_id=konto.pk, sak_id=sak.pk, i_dag=i_dag, antall=antall) if konto.is_active else []
