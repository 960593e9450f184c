"""Habits of the code that a linter has no word for; each message says what to do instead (arkitektur.md §7)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.arkitektur.kilde import ETASJER, PAKKER, egne, kall, maler, navn, python, tre
from tok.sak.checks import SAKSAPPER

KLOKKA = re.compile(
    r"(^|\.)(timezone\.now|datetime\.now|datetime\.today|datetime\.utcnow|date\.today|localdate|time\.time)$"
)
RAATT = re.compile(r"\|\s*safe\b|safeseq|mark_safe|SafeString\(|autoescape off")
KOE = re.compile(r"(\.delay|\.apply_async)$")
FORBUDTE_NAVN = {"utils", "helpers", "services", "misc", "common", "tools", "lib", "base_utils"}
STOERST = 400  # lines
MARKERING = "tok/kjerne/markering.py"  # escapes by itself; tests/kjerne/test_markering.py holds it to format_html
# Plain-text mail of the log-in: there is no markup to escape, and an escaped address would be wrong.
ER_REN_TEKST = ("templates/account/email/", "templates/mfa/email/")
FREMMEDNOEKLER = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def test_only_the_clock_reads_the_clock() -> None:
    """Time is an argument; the clock is read at the edge (arkitektur.md §7)."""
    funn = [
        f"{navn(fil)}:{node.lineno} {uttrykk}()"
        for fil in python(*PAKKER)
        if navn(fil) != "tok/kjerne/klokke.py"
        for uttrykk, node in kall(fil)
        if KLOKKA.search(uttrykk)
    ]
    assert not funn, f"take naa or i_dag as an argument; a page has self.naa, a task calls klokke.naa(): {funn}"


@pytest.mark.parametrize("del_", ["handlinger", "forms", "varsler", "dokumenter", "models", "querysets", "sporringer"])
def test_no_inner_part_asks_even_our_own_clock(del_: str) -> None:
    funn = [
        f"{navn(fil)}:{node.lineno}"
        for fil in python(*PAKKER)
        if del_ in navn(fil).removesuffix(".py").split("/") and not navn(fil).startswith("tok/kjerne/")
        for uttrykk, node in kall(fil)
        if uttrykk in {"klokke.naa", "klokke.i_dag", "naa", "i_dag"}
    ]
    assert not funn, f"take naa or i_dag as an argument: {funn}"


def test_templates_and_code_let_django_escape() -> None:
    """What people type is never markup (ASVS 1.2.1)."""
    funn = [
        f"{navn(fil)}: {treff.group()}"
        for fil in [*python(*PAKKER), *maler()]
        if not navn(fil).startswith((*ER_REN_TEKST, MARKERING))
        for treff in RAATT.finditer(fil.read_text())
    ]
    assert not funn, f"take it away; markup is built with format_html, line breaks with |linebreaks: {funn}"


def test_templates_have_no_inline_script_or_style() -> None:
    """The Content-Security-Policy would refuse them (issue 2)."""
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
    funn = [
        f"{navn(fil)}: {treff.group()}"
        for fil in maler()
        if not navn(fil).startswith("templates/pdf/")
        for treff in inline.finditer(re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", fil.read_text()))
    ]
    assert not funn, f"put it in a file under static/css or static/js: {funn}"


def test_work_is_rows_and_not_messages_in_the_broker() -> None:
    """One schedule; losing the broker loses nothing (P3)."""
    funn = [
        f"{navn(fil)}:{node.lineno} {uttrykk}"
        for fil in python(*PAKKER)
        for uttrykk, node in kall(fil)
        if KOE.search(uttrykk) or {"eta", "countdown"} & {str(ord_.arg) for ord_ in node.keywords}
    ]
    assert not funn, f"write a row, and let a task of tok/celery.py find it: {funn}"


def test_pages_reach_rows_through_the_door() -> None:
    """`self.hent()` and `Rett.X.synlige` are the ways to a row of a case (arkitektur.md §4)."""
    sakstabeller = {m.__name__ for m in apps.get_models() if m._meta.app_label in SAKSAPPER and hasattr(m, "SAK_STI")}
    raa = re.compile(rf"^(?:{'|'.join(sakstabeller)})\.(?:objects|_base_manager)\.(?:get|aget|in_bulk)$")
    funn = []
    for fil in python(*PAKKER):
        if "views" not in navn(fil):
            continue
        for uttrykk, node in kall(fil):
            foerste = _foerste(node)
            if raa.match(uttrykk) or (uttrykk == "get_object_or_404" and foerste in sakstabeller):
                funn.append(f"{navn(fil)}:{node.lineno} {uttrykk}({foerste})")
    assert not funn, f"use self.hent(), or Rett.X.synlige(konto, qs, i_dag=…) for rows beside it: {funn}"


def _foerste(node: ast.Call) -> str:
    """The name of a call's first argument, when it is a plain name."""
    return str(getattr(node.args[0], "id", "")) if node.args else ""


def test_neighbours_have_no_foreign_keys_to_each_other() -> None:
    """They meet in the case; import-linter cannot see a key written as a string (arkitektur.md §3)."""
    funn = [
        f"{modell.__name__}.{felt.name} → {felt.related_model._meta.label}"
        for etasje in ETASJER
        for modell in apps.get_app_config(etasje).get_models()
        for felt in modell._meta.get_fields()
        if felt.is_relation and not felt.auto_created and felt.related_model is not None
        if not isinstance(felt.related_model, str) and felt.related_model._meta.app_label in set(ETASJER) - {etasje}
    ]
    assert not funn, f"point at the ground floor's row, or move the noun to tok/sak with an ADR: {funn}"


def test_foreign_keys_name_the_class_and_not_a_string() -> None:
    funn = [
        f"{navn(fil)}:{node.lineno} {node.args[0].value}"  # type: ignore[attr-defined]
        for fil in python(*PAKKER)
        for uttrykk, node in kall(fil)
        if uttrykk.rsplit(".", 1)[-1] in FREMMEDNOEKLER and node.args and "." in str(getattr(node.args[0], "value", ""))
    ]
    assert not funn, f"import the class, so that the layers are seen: {funn}"


def test_no_signal_carries_business() -> None:
    funn = [
        f"{navn(fil)}:{node.lineno}"
        for fil in python(*PAKKER)
        if fil.name != "apps.py"
        for uttrykk, node in kall(fil)
        if uttrykk in {"receiver", "Signal"} or re.search(r"(post|pre)_(save|delete)\.connect$", uttrykk)
    ]
    assert not funn, f"say it as a handling (arkitektur.md §7): {funn}"


def test_files_are_short() -> None:
    """What passes 400 lines becomes a folder of the same name (arkitektur.md §2)."""
    funn = {navn(fil): n for fil in egne(".py", ".html", ".css", ".js", ".txt") if (n := _linjer(fil)) > STOERST}
    assert not funn, f"make a folder of the same name with one idea in each file: {funn}"


def _linjer(fil: Path) -> int:
    return len(fil.read_text().splitlines())


def test_file_names_are_the_table_of_contents() -> None:
    funn = [navn(fil) for fil in egne(".py", ".html", ".js", ".css") if fil.stem.strip("_") in FORBUDTE_NAVN]
    assert not funn, f"name the file after the idea in it: {funn}"


def test_file_names_follow_the_rule_for_norwegian_letters() -> None:
    """æ→ae, ø→oe, å→aa (arkitektur.md §6)."""
    funn = [navn(fil) for fil in egne(".py", ".html", ".js", ".css", ".txt") if not navn(fil).isascii()]
    assert not funn, f"write æ, ø and å as ae, oe and aa: {funn}"


def test_every_module_says_what_it_is() -> None:
    """A module docstring is one sentence (arkitektur.md §6)."""
    uten = [navn(fil) for fil in python(*PAKKER) if fil.read_text().strip() and not _docstring(fil)]
    assert not uten, f"begin with one sentence that says what is in the file: {uten}"


def _docstring(fil: Path) -> str:
    return ast.get_docstring(tre(fil)) or ""


def test_no_exception_from_the_linter_without_its_reason() -> None:
    med_grunn = re.compile(r"# noqa: [A-Z0-9, ]+ -- \S")
    funn = [
        f"{navn(fil)}:{nr}"
        for fil in python(*PAKKER, "tests", "verktoey")
        if fil.name != "test_kode.py"
        for nr, rad in enumerate(fil.read_text().splitlines(), 1)
        if "# noqa" in rad and not med_grunn.search(rad)
    ]
    assert not funn, f"write `# noqa: CODE -- why`: {funn}"


def test_nothing_is_left_for_later_or_skipped() -> None:
    utsatt = re.compile(r"\bTODO\b|\bFIXME\b|\bXXX\b|mark\.skip|pytest\.skip|mark\.xfail")
    funn = [
        f"{navn(fil)}: {treff.group()}"
        for fil in egne(".py", ".html", ".js", ".css")
        if fil.name != "test_kode.py"
        for treff in utsatt.finditer(fil.read_text())
    ]
    assert not funn, f"finish it, or open an issue and take the mark away: {funn}"
