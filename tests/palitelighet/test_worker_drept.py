"""Workers killed at random moments, and a broker that forgets: nothing lost, nothing sent twice (P1, P3; §3)."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from tests.palitelighet.verk import Verk, vent_til
from tests.testbase import Testbase
from tok.kjerne import klokke
from tok.kjerne.models import Varsel
from tok.kjerne.utboks import legg_i

ANTALL = 60
DRAP = 4


@pytest.fixture
def verk(ekte_db: Testbase, tmp_path: Path) -> Iterator[Verk]:
    verk = Verk(tmp_path, ekte_db)
    try:
        verk.start()
        yield verk
    finally:
        verk.stopp()


def fyll_utboksen(naa: datetime) -> set[str]:
    with transaction.atomic():
        return {
            legg_i(
                noekkel=f"proeve:{nummer}",
                mottaker=None,
                epost=f"ansatt{nummer}@fjordvik.example",
                emne="Noe venter på deg",
                tekst="Logg inn: http://localhost:8000/",
                naa=naa,
            ).meldings_id
            for nummer in range(ANTALL)
        }


def tikker(verk: Verk) -> None:
    """A clock that ticks far too often, as many clocks would; a slow worker can still empty the queue."""
    verk.tikk()
    time.sleep(0.1)


@pytest.mark.timeout(400)  # five waits of at most a minute each, on a machine with much else to do
def test_four_kills_and_a_flushed_broker_lose_nothing_and_send_nothing_twice(verk: Verk) -> None:
    ventet = fyll_utboksen(klokke.naa())
    terskler = sorted(random.sample(range(1, ANTALL - 2), DRAP))
    for nummer, terskel in enumerate(terskler):
        vent_til(lambda t=terskel: len(verk.mottatte()) >= t, f"{terskel} messages", imens=lambda: tikker(verk))  # type: ignore[misc]
        verk.drep_arbeideren()
        if nummer == 1:
            verk.toem_koeen()
        verk.arbeider.start()
    ubehandlet = Varsel.objects.exclude(tilstand=Varsel.Tilstand.SENDT)
    vent_til(lambda: not ubehandlet.exists(), f"all to be sent (killed at {terskler})", imens=lambda: tikker(verk))
    antall = Counter(verk.mottatte())
    assert set(antall) == ventet
    assert [melding for melding, ganger in antall.items() if ganger > 1] == []
