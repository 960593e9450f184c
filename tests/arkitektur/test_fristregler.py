"""docs/fristregler.md and the rules of the code say the same, and every rule has a page to read it on."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest

from tests.arkitektur.kilde import PAKKER, navn, python
from tok.kjerne.fristregning import Fristregel
from tok.sak.bidrag import fristregler
from verktoey.prosess import ROOT

TEKST = (ROOT / "docs" / "fristregler.md").read_text()
KOLONNER = ("kode", "navn", "lengde", "enhet", "regnes", "mottaker", "paaminnes", "slag", "kilde", "bekreftet")


def _tabell() -> dict[str, dict[str, str]]:
    rader = [
        [celle.strip() for celle in rad.strip("|").split("|")] for rad in TEKST.splitlines() if rad.startswith("|")
    ]
    hele = [dict(zip(KOLONNER, rad, strict=True)) for rad in rader if len(rad) == len(KOLONNER)]
    return {rad["kode"]: rad for rad in hele if re.fullmatch(r"[a-z_0-9]+", rad["kode"]) and rad["kode"] != "rule"}


def _i_koden() -> dict[str, Fristregel]:
    """Every rule that stands in a frister module, registered or not."""
    moduler = [
        importlib.import_module(navn(fil).removesuffix(".py").replace("/", "."))
        for fil in python(*PAKKER)
        if fil.stem == "frister"
    ]
    regler = [verdi for modul in moduler for _navn, verdi in inspect.getmembers(modul) if isinstance(verdi, Fristregel)]
    return {regel.kode: regel for regel in regler}


def test_the_page_and_the_code_have_the_same_rules() -> None:
    assert set(_tabell()) == set(_i_koden()), "docs/fristregler.md has one line for each rule in <app>/frister.py"


def test_every_rule_is_registered_with_its_words() -> None:
    """Else the sweep does not know it (arkitektur.md §5)."""
    assert set(_i_koden()) == set(fristregler), "bidrag.registrer_frist(Fristbidrag(regel, tekst)) in <app>/bidrag.py"


@pytest.mark.parametrize("kode", sorted(_i_koden()))
def test_the_line_says_what_the_rule_does(kode: str) -> None:
    regel, rad = _i_koden()[kode], _tabell()[kode]
    assert rad["navn"] == regel.navn
    assert rad["lengde"] == str(regel.lengde)
    assert rad["enhet"] == regel.enhet
    assert rad["regnes"].startswith("before" if regel.foer else "after")
    assert rad["mottaker"] == regel.mottaker
    assert rad["paaminnes"] == ", ".join(map(str, regel.paaminnes))
    assert rad["slag"] == ("law" if regel.lovfestet else "routine")
    assert rad["kilde"] in regel.kilde, f"{kode}: the source in the code is {regel.kilde}"


def test_whose_silence_goes_to_the_office_is_said_on_the_page() -> None:
    setning = next(rad for rad in TEKST.splitlines() if rad.startswith("When a day has passed in silence"))
    til_tok = {kode for kode, bidrag in fristregler.items() if bidrag.regel.til_kontoret_naar_over}
    assert set(re.findall(r"`([a-z_]+)`", setning)) == til_tok
