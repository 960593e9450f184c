"""Asks, when a message is about to be sent, whether its receiver still may see what it is about (N2, N11)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto, Varsel
from tok.kjerne.utboks import INNLOGGING
from tok.sak import bidrag
from tok.sak.models import Frist
from tok.sak.tilgang import Rett, kilder
from tok.sak.tilgang.roller import ANSETTELSESROLLER

logger = logging.getLogger(__name__)


def kan_se(varsel: Varsel, *, naa: datetime) -> bool:
    """Tell whether the message may go.

    A participant without an account is reached by post only and has no access to lose. An account must be open. A
    message about a row must find the row, and the receiver must reach it by the right its floor has registered in
    `bidrag.varselretter`, or else by the common ones: the row is the receiver's own, or in a case the receiver sees.
    """
    konto = varsel.mottaker
    if konto is None:
        return True
    if not konto.is_active:
        return False
    if not varsel.gjelder_type or varsel.gjelder_type == INNLOGGING:
        return True
    modell = _modell(varsel.gjelder_type)
    if modell is None or varsel.gjelder_id is None:
        logger.error("Message %s is about an unknown kind of row", varsel.pk)
        return False
    i_dag = lokal_dato(naa)
    if modell is Frist and not Frist.objects.aapne().filter(pk=varsel.gjelder_id).exists():
        return False  # done since: nobody is reminded of it
    return any(_treff(modell, varsel.gjelder_id, konto, i_dag))


def _modell(navn: str) -> type[Model] | None:
    """The table by its class name, or by `app.Class` where two apps share one; small and capital letters are one."""
    navn = navn.lower()
    return next((m for m in apps.get_models() if navn in (m._meta.model_name, m._meta.label_lower)), None)


def rad_til(varsel: Varsel) -> Model | None:
    """The row a message is about; None when it is about none, or one of a kind that is not known."""
    modell = _modell(varsel.gjelder_type)
    return modell._base_manager.filter(pk=varsel.gjelder_id).first() if modell and varsel.gjelder_id else None


def _treff(modell: Any, pk: UUID, konto: Konto, i_dag: date) -> Iterator[bool]:
    rader = modell._base_manager.filter(pk=pk)
    rett = bidrag.varselretter.get(modell.__name__)
    if rett is not None:
        yield rett.synlige(konto, rader, i_dag=i_dag).exists()
        return
    if modell is Frist:
        yield rader.filter(mottaker_konto=konto).exists()
    if hasattr(modell, "EGEN_STI"):
        yield kilder.egne(konto, rader, ANSETTELSESROLLER, i_dag).exists()
    if hasattr(modell, "kalt_inn"):
        yield Rett.SE_MOETE.synlige(konto, rader, i_dag=i_dag).exists()
    if hasattr(modell, "SAK_STI"):
        yield Rett.SE_SAK.synlige(konto, rader, i_dag=i_dag).exists()
    if hasattr(modell, "KONTOR_STI"):
        yield Rett.SE_HENVENDELSE.synlige(konto, rader, i_dag=i_dag).exists()
