"""Two in TOK press the same button at once: one appoints, the other is told (L3)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from threading import Barrier
from typing import Any

from django.db import connections

from koordinator.handlinger import avslaa, godkjenn, oppnevn
from koordinator.models import Oppnevning
from tests.koordinator.conftest import Sted, lag_sted
from tests.testbase import Testbase
from tok.sak.models import Deltakelse
from tok.sak.tilgang import Avslag


def samtidig(*handlinger: Callable[[], Any]) -> list[str]:
    """Run them in threads that start together; the names of what came of it."""
    start = Barrier(len(handlinger))

    def kjoer(handling: Callable[[], Any]) -> str:
        start.wait(timeout=10)
        try:
            return type(handling()).__name__
        except Avslag as avslag:
            return type(avslag).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(handlinger)) as traader:
        return sorted(traader.map(kjoer, handlinger))


def test_to_som_oppnevner(ekte_db: Testbase, naa: datetime) -> None:
    sted: Sted = lag_sted()
    ja = sted.godkjent(naa)

    def en_gang() -> Oppnevning:
        return oppnevn(forespoersel=ja, fra_dato=naa.date(), av=sted.tok, naa=naa)

    assert samtidig(en_gang, en_gang) == ["AlleredeOppnevnt", "Oppnevning"]
    assert Deltakelse.objects.koordinatorer().count() == 1


def test_lederen_svarer_i_to_faner(ekte_db: Testbase, naa: datetime) -> None:
    sted: Sted = lag_sted()
    forespoersel = sted.spoer(naa)
    svar = samtidig(
        lambda: godkjenn(forespoersel=forespoersel, timer=Decimal(2), av=sted.leder, naa=naa),
        lambda: avslaa(forespoersel=forespoersel, grunn="tid", av=sted.leder, naa=naa),
    )
    assert svar == ["AlleredeBesvart", "Forespoersel"]
