"""docs/ordliste.md: every identifier stands in the code, every case table has its word."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest
from django.apps import apps

from tok.sak.checks import SAKSAPPER
from verktoey.prosess import ROOT

LINJE = re.compile(r"^\| ([^|]+) \| `([\w.]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
LINJER = LINJE.findall((ROOT / "docs" / "ordliste.md").read_text())


def finn(sti: str) -> Any:
    """What a dotted name means: the longest part that is a module, then its attributes; None when it is nothing."""
    deler = sti.split(".")
    for antall in range(len(deler), 0, -1):
        try:
            verdi: Any = importlib.import_module(".".join(deler[:antall]))
        except ModuleNotFoundError:
            continue
        for navn in deler[antall:]:
            verdi = getattr(verdi, navn, None)
        return verdi
    return None


@pytest.mark.parametrize(("ord_", "sti"), [(ord_, sti) for ord_, sti, _hva, _kilde in LINJER])
def test_the_word_stands_in_the_code(ord_: str, sti: str) -> None:
    assert finn(sti) is not None, f"{ord_}: `{sti}` is not in the code; mend docs/ordliste.md"


def test_no_word_has_two_identifiers() -> None:
    ordene = [ord_ for ord_, *_rest in LINJER]
    assert len(ordene) == len(set(ordene)), "one word, one identifier: see docs/ordliste.md"


def test_every_case_table_has_its_word() -> None:
    stier = {sti for _ord, sti, _hva, _kilde in LINJER}
    mangler = [
        modell.__name__
        for modell in apps.get_models()
        if modell._meta.app_label in SAKSAPPER and not hasattr(modell, "pgh_tracked_model")
        if not any(sti.endswith(f"models.{modell.__name__}") for sti in stier)
    ]
    assert not mangler, f"give {mangler} a line in docs/ordliste.md: word, identifier, what it is, source"
