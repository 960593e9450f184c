"""What is hidden from guardians, and every row that would tell that it is there (N20).

A table whose rows can be hidden says so by `SKJULES_MED`: paths to the hideable rows its own go with, `()` if none.
Where there is no such path, a floor names the rows by `foelger_med`. Nothing here asks for an age: what is hidden stays
hidden until somebody shows it, whoever has had a birthday since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Skjult
from tok.sak.tilgang.roller import Rolle

Finn = Callable[[QuerySet[Any]], QuerySet[Any]]

# The log's lines of these acts would tell guardians that something is hidden or was, and are none of theirs.
TIER_OM = ("SKJULE_FOR_FORESATTE", "SKRIVE_NOTAT")
_foelger: dict[type[Model], list[Finn]] = defaultdict(list)


def foelger_med(modell: type[Model], *finn: Finn) -> None:
    """Name rows of the table that go with a hidden thing: from the hidden keys to the keys of the rows, none NULL."""
    _foelger[modell].extend(finn)


@cache
def _tabeller() -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """The tables that go with others, and by which paths."""
    return tuple((modell, stier) for modell in apps.get_models() if (stier := getattr(modell, "SKJULES_MED", ())))


def kan_skjules(modell: type[Model]) -> bool:
    """Whether rows of the table can be hidden, or go with what is."""
    return hasattr(modell, "SKJULES_MED")


def _som_foresatt(konto: Konto, i_dag: date) -> QuerySet[Deltakelse]:
    return Deltakelse.objects.gjeldende(i_dag).filter(konto=konto, rolle=Rolle.REPRESENTANT)


def _satt(konto: Konto, i_dag: date) -> QuerySet[Any]:
    """The keys of what somebody has hidden from the account as a guardian."""
    return Skjult.objects.virksomme().filter(sak__in=_som_foresatt(konto, i_dag).values("sak")).values("objekt_id")


def noekler(konto: Konto, i_dag: date) -> QuerySet[Any]:
    """The keys of all that is kept from the account as a guardian: what is hidden, and what goes with it."""
    satt = _satt(konto, i_dag)
    deler = []
    for modell, stier in _tabeller():
        med = Q()
        for sti in stier:
            med |= Q(**{f"{sti}__in": satt})
        deler.append(modell.objects.filter(med).order_by().values("pk"))
    deler += [finn(satt) for alle in _foelger.values() for finn in alle]
    return satt.union(*deler, all=True)


def uten_skjulte(konto: Konto, qs: QuerySet[Any], i_dag: date) -> QuerySet[Any]:
    """Without the rows that are hidden from the account as a guardian, or go with what is."""
    satt = _satt(konto, i_dag)
    for sti in ("pk", *getattr(qs.model, "SKJULES_MED", ())):
        qs = qs.exclude(**{f"{sti}__in": satt})
    for finn in _foelger.get(qs.model, ()):
        qs = qs.exclude(pk__in=finn(satt))
    return qs


def uten_rader_om_skjulte(konto: Konto, qs: QuerySet[Any], i_dag: date) -> QuerySet[Any]:
    """Without rows that are about something hidden, by their `objekt_id`: deadlines, lines of a log."""
    return qs.exclude(objekt_id__in=noekler(konto, i_dag))


def uten_spor(konto: Konto, qs: QuerySet[Any], i_dag: date) -> QuerySet[Any]:
    """Lines of the diary or of the reading log, without those about what is hidden, and about hiding itself."""
    foresatt = Exists(_som_foresatt(konto, i_dag).filter(sak=OuterRef("sak")))
    tier = Q(objekt_type=Skjult.__name__)
    if hasattr(qs.model, "rett"):
        tier |= Q(rett__in=TIER_OM)
    return uten_rader_om_skjulte(konto, qs, i_dag).exclude(foresatt & tier)
