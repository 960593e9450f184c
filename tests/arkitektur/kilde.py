"""The house's own files, for the tests that read them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from verktoey.prosess import ROOT

PAKKER = ("tok", "ansvarsgruppe", "koordinator")
ETASJER = ("ansvarsgruppe", "koordinator")


def python(*mapper: str) -> list[Path]:
    """Every Python file of ours in the folders, migrations aside."""
    filer = (fil for mappe in mapper for fil in (ROOT / mappe).rglob("*.py"))
    return sorted(fil for fil in filer if "migrations" not in fil.parts)


def maler() -> list[Path]:
    """Every template."""
    return sorted(fil for fil in (ROOT / "templates").rglob("*") if fil.is_file())


def egne(*endelser: str) -> list[Path]:
    """Every file of ours with one of the endings, in code, templates, static files and tests."""
    mapper = (*PAKKER, "tests", "verktoey", "templates", "static")
    filer = (fil for mappe in mapper for fil in (ROOT / mappe).rglob("*") if fil.suffix in endelser)
    return sorted(fil for fil in filer if "migrations" not in fil.parts and "__pycache__" not in fil.parts)


def navn(fil: Path) -> str:
    """The file's path as one writes it."""
    return fil.relative_to(ROOT).as_posix()


@functools.cache
def tre(fil: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(fil.read_text(), filename=str(fil))


def kall(fil: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the file with its dotted name, `timezone.now` for `timezone.now()`."""
    for node in ast.walk(tre(fil)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node
