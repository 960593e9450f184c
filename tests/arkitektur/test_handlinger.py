"""Every handling: keywords only, object first, `av` and `naa`; its sentence in the diary; each page its right."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import checks

from tests.arkitektur.kilde import PAKKER, navn, python
from tok.sak.tilgang import handlinger
from verktoey.prosess import ROOT

HENDELSER = ROOT / "templates" / "hendelser"


def _funksjoner() -> dict[str, Callable[..., Any]]:
    """The functions behind the register, found in the handlinger modules by name."""
    moduler = [
        importlib.import_module(navn(fil).removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        for fil in python(*PAKKER)
        if "handlinger" in navn(fil)
    ]
    funnet: dict[str, Callable[..., Any]] = {}
    for modul in moduler:
        app = modul.__name__.split(".handlinger")[0].rsplit(".", 1)[-1]
        for verb, funksjon in inspect.getmembers(modul, inspect.isfunction):
            if f"{app}.{verb}" in handlinger():
                funnet[f"{app}.{verb}"] = funksjon
    return funnet


FUNKSJONER = _funksjoner()  # importing them fills the register
HANDLINGER = sorted(handlinger())


def _mal(handling: str) -> Path:
    return HENDELSER / f"{handling}.txt"


@pytest.mark.parametrize("handling", HANDLINGER)
def test_a_handling_is_called_with_keywords_and_told_who_and_when(handling: str) -> None:
    """arkitektur.md §4: keyword-only; the object first; `av` and `naa` always."""
    funksjon = FUNKSJONER[handling]
    parametre = list(inspect.signature(funksjon).parameters.values())
    assert all(p.kind is p.KEYWORD_ONLY for p in parametre), f"{handling}: begin the parameters with *"
    assert {"av", "naa"} <= {p.name for p in parametre}, f"{handling}: takes av: Konto and naa: datetime"
    assert parametre[0].name not in {"av", "naa"}, f"{handling}: the object it changes comes first"


@pytest.mark.parametrize("handling", HANDLINGER)
def test_a_handling_says_where_it_comes_from(handling: str) -> None:
    """Its docstring says what it does, in a sentence (arkitektur.md §6)."""
    assert inspect.getdoc(FUNKSJONER[handling]), f"{handling}: write what it does and its R or L number"


@pytest.mark.parametrize("handling", HANDLINGER)
def test_a_handling_has_its_sentence_in_the_diary(handling: str) -> None:
    """One line, and it says who did it (arkitektur.md §5, three traces)."""
    mal = _mal(handling)
    assert mal.exists(), f"write templates/hendelser/{mal.name}: one sentence about what was done"
    linjer = mal.read_text().strip().splitlines()
    assert len(linjer) == 1, f"{mal.name} is one line"
    assert "hendelse.konto_navn" in linjer[0], f"{mal.name} begins with who did it: {{{{ hendelse.konto_navn }}}}"


def test_no_sentence_is_left_from_a_handling_that_is_gone() -> None:
    borte = sorted({fil.stem for fil in HENDELSER.glob("*.txt")} - set(handlinger()))
    assert not borte, f"remove templates/hendelser/{{{','.join(borte)}}}.txt"


def test_no_sentence_tells_free_text() -> None:
    """What somebody wrote as a reason or a message stays in its row (N19; the diary is read by all in the case)."""
    fritekst = re.compile(r"data\.(melding|begrunnelse|tekst|innhold|naa_situasjon|personens_stemme)\b")
    funn = [fil.name for fil in HENDELSER.glob("*.txt") if fritekst.search(fil.read_text())]
    assert not funn, f"say that it was done, and not what was written: {funn}"


def test_only_handlinger_write_through_the_register() -> None:
    """`@krever` stands on functions of a handlinger module, nowhere else."""
    funn = [
        navn(fil)
        for fil in python(*PAKKER)
        if "handlinger" not in navn(fil) and "tilgang" not in navn(fil)
        if re.search(r"^@krever\(", fil.read_text(), re.MULTILINE)
    ]
    assert not funn, f"move the function to handlinger: {funn}"


def test_every_page_has_a_right_and_every_case_table_its_path() -> None:
    """The house's own system checks find nothing (tok/sak/checks.py)."""
    funn = [feil for feil in checks.run_checks() if str(feil.id).startswith("tok.")]
    assert not funn, funn
