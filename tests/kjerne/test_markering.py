"""Markup put together by `flett` is what Django's own `format_html` makes: nothing typed by people becomes markup."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from django.utils.functional import lazystr
from django.utils.html import format_html
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from tests.arkitektur.kilde import PAKKER, kall, navn, python, tre
from tok.kjerne.markering import INGENTING, flett, samlet

MAL = '<a href="{url}">{navn}</a>{mer}'
VERDI = st.one_of(st.text(), st.integers(), st.none(), st.text().map(lazystr), st.text(alphabet="<>&'\"{}%").map(str))


@given(VERDI, VERDI, VERDI)
def test_the_same_as_format_html(url: Any, navn: Any, mer: Any) -> None:
    tegnet = flett(MAL, url=url, navn=navn, mer=mer)
    assert tegnet == format_html(MAL, url=url, navn=navn, mer=mer)
    assert isinstance(tegnet, SafeString)


def test_markup_is_put_in_as_it_is_and_text_never() -> None:
    ikon = format_html("<svg>{}</svg>", "")
    assert flett("<p>{ikon}{tekst}</p>", ikon=ikon, tekst="<b>") == "<p><svg></svg>&lt;b&gt;</p>"
    assert samlet([ikon, flett("{n}", n="&"), INGENTING]) == "<svg></svg>&amp;"
    tekst: Any = "<script>"
    assert samlet([tekst]) == "&lt;script&gt;"


def test_a_place_without_a_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        flett(MAL, url="/")


def _vaar_egen(mal: ast.expr, fil: Path) -> bool:
    """Written in the file itself: a literal, a constant that is one, or chosen among literals by yes and no alone."""
    if isinstance(mal, ast.Constant):
        return isinstance(mal.value, str)
    if isinstance(mal, ast.Name):
        satt = [node for node in tre(fil).body if isinstance(node, ast.Assign)]
        return any(isinstance(node.value, ast.Constant) and ast.unparse(node.targets[0]) == mal.id for node in satt)
    if isinstance(mal, ast.Call):
        laget = [
            node for node in tre(fil).body if isinstance(node, ast.FunctionDef) and node.name == ast.unparse(mal.func)
        ]
        return any(
            all(arg.annotation and ast.unparse(arg.annotation) == "bool" for arg in node.args.kwonlyargs)
            and not (node.args.args or node.args.posonlyargs or node.args.vararg or node.args.kwarg)
            for node in laget
        )
    return False


def _fremmede(fil: Path) -> list[str]:
    return [
        f"{navn(fil)}:{node.lineno}" for hva, node in kall(fil) if hva == "flett" and not _vaar_egen(node.args[0], fil)
    ]


def test_the_markup_itself_is_written_in_the_code() -> None:
    bruker = [fil for fil in python(*PAKKER) if "from tok.kjerne.markering import" in fil.read_text()]
    assert len(bruker) >= 3
    funn = [sted for fil in bruker for sted in _fremmede(fil)]
    assert not funn, f"give `flett` a literal, and what varies as places in it: {funn}"


def test_markup_from_elsewhere_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.arkitektur.kilde.ROOT", tmp_path)
    fil = tmp_path / "rader.py"
    fil.write_text(
        "MAL = '<p>{n}</p>'\nflett(MAL, n=1)\nflett(rad.mal, n=1)\nflett(f'<p>{navn}</p>')\nflett(lag('x'))\n"
    )
    assert _fremmede(fil) == ["rader.py:3", "rader.py:4", "rader.py:5"]
