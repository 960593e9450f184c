"""Five thousand identity numbers go in by every door, and none of them comes out anywhere in plain text (N24, §2)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.fabrikker import KontoFabrikk, SakFabrikk, tok_ansatt
from tests.palitelighet.verk import Verk, vent_til
from tests.sak.nummer import numre
from tests.sak.test_henvendelse import GODT
from tests.testbase import Testbase
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Varsel
from tok.kjerne.utboks import legg_i
from tok.sak.models import Person

ANTALL = 5000
GJENNOM_SKJEMA = 25


def sladd(data: bytes, alle: frozenset[bytes]) -> set[bytes]:
    """The numbers that stand in the bytes, also run together with other digits."""
    return {kjede for kjede in _ellevere(data) if kjede in alle}


def _ellevere(data: bytes) -> set[bytes]:
    return {siffer[i : i + 11] for siffer in re.findall(rb"\d{11,}", data) for i in range(len(siffer) - 10)}


def hele_basen(base: Testbase) -> dict[str, bytes]:
    """Every table of the database as text, as a backup holds it, and binary columns as their own bytes too."""
    ut = {}
    with psycopg.connect(base.roller.admin) as c:
        tabeller = c.execute(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for (tabell,) in tabeller:
            for form in ("text", "binary"):
                with c.cursor().copy(f"COPY {tabell} TO STDOUT (FORMAT {form})".encode()) as strom:
                    ut[f"{tabell} {form}"] = b"".join(bytes(del_) for del_ in strom)
    return ut


def test_ingen_av_fem_tusen_staar_noe_sted(
    ekte_db: Testbase,
    tmp_path: Path,
    naa: datetime,
    caplog: pytest.LogCaptureFixture,
    capfd: Any,
    tall: Callable[[str], None],
) -> None:
    alle = numre(ANTALL)
    leter_etter = frozenset(nummer.encode() for nummer in alle)
    caplog.set_level("DEBUG")
    registrer_bunken(alle[GJENNOM_SKJEMA:])
    adresser: list[str] = []
    with time_machine.travel(naa, tick=False):
        gjennom_sidene(alle, adresser)
    koe = gjennom_koeen(ekte_db, tmp_path)
    skrevet = {
        **hele_basen(ekte_db),
        "log lines": caplog.text.encode(),
        "console": "".join(capfd.readouterr()).encode(),
        "addresses": "\n".join(adresser).encode(),
        "broker": koe,
        "files of worker and sink": b"\n".join(fil.read_bytes() for fil in tmp_path.rglob("*") if fil.is_file()),
    }
    assert Person.objects.exclude(nummer_kryptert=None).count() >= ANTALL - GJENNOM_SKJEMA
    funn = {hvor: sladd(data, leter_etter) for hvor, data in skrevet.items()}
    assert not {hvor: len(numrene) for hvor, numrene in funn.items() if numrene}
    antall = sum(map(len, skrevet.values()))
    tall(f"{ANTALL} identity numbers looked for in {len(skrevet)} places, {antall:,} bytes: 0 found")
    # The search finds what is there: the test can fail.
    assert sladd(b"x" + alle[7].encode() + b"9", leter_etter) == {alle[7].encode()}


def registrer_bunken(alle: list[str]) -> None:
    personer = []
    for nr, nummer in enumerate(alle):
        person = Person(fornavn=f"Prøve{nr}", etternavn="Syntetisk", foedselsdato="2014-05-04")
        person.sett_nummer(nummer)
        personer.append(person)
    with som_system("test data"):
        Person.objects.bulk_create(personer, batch_size=1000)


def gjennom_sidene(alle: list[str], adresser: list[str]) -> None:
    """Registered, searched for, refused and left half typed, by the office."""
    konto = tok_ansatt(SakFabrikk())
    klient = Client(raise_request_exception=False)
    klient.force_login(konto)

    def spoer(metode: str, url: str, data: Any = None) -> Any:
        svar: Any = getattr(klient, metode)(url, data or {})
        adresser.extend((url, svar.request["PATH_INFO"], svar.request["QUERY_STRING"], svar.get("Location", "")))
        return svar

    ny = reverse("sak:henvendelse_ny")
    for nr, nummer in enumerate(alle[:GJENNOM_SKJEMA]):
        felt = GODT | {"nummer": nummer, "fornavn": f"Skjema{nr}", "skjema_id": f"5f0a4f9e-9a6d-4d3e-8f6b-{nr:012}"}
        spoer("post", ny, felt)
        spoer("post", ny, felt | {"mottatt_dato_2": "2099"})  # refused, shown again with what was typed
        spoer("post", reverse("oversikt:soek"), {"q": nummer})
        spoer("get", reverse("oversikt:soek") + "?q=" + "Skjema")


def gjennom_koeen(base: Testbase, mappe: Path) -> bytes:
    """A worker sends a message about it all; what the broker held meanwhile is returned."""
    verk = Verk(mappe, base)
    try:
        verk.start()
        with transaction.atomic():
            legg_i(
                noekkel="proeve",
                mottaker=None,
                epost=KontoFabrikk().epost,
                emne="Noe venter på deg",
                tekst="Logg inn: http://localhost:8000/",
                naa=datetime.now().astimezone(),
            )
        sett: set[bytes] = set()
        with verk.koe() as koe:

            def se() -> None:
                verk.tikk()
                sett.update(_innhold(koe))
                time.sleep(0.2)  # a slow worker can still empty the queue

            klare = Varsel.objects.filter(tilstand=Varsel.Tilstand.KLAR)
            vent_til(lambda: not klare.exists(), "the message to go", imens=se)
        return b"\n".join(sett)
    finally:
        verk.stopp()


def _innhold(koe: Any) -> list[bytes]:
    """What stands in the queues and tables of the broker just now."""
    funnet = []
    for noekkel in koe.keys("*"):
        funnet.append(noekkel)
        match koe.type(noekkel):
            case b"list":
                funnet += koe.lrange(noekkel, 0, -1)
            case b"hash":
                funnet += koe.hgetall(noekkel).values()
    return funnet
