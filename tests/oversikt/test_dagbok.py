"""Every handling says in one plain sentence what was done."""

from __future__ import annotations

from importlib import import_module
from uuid import uuid4

import pytest
from django.template import Engine, TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import get_resolver

from tests.fabrikker import NAA
from tok.sak import dagbok
from tok.sak.models import Hendelse
from tok.sak.tilgang import handlinger


def hendelse(handling: str, **data: str) -> Hendelse:
    return Hendelse(tid=NAA, konto_navn="Kari Østby", handling=handling, objekt_id=uuid4(), data=data)


def test_hver_handling_har_sin_setning() -> None:
    """A handling without a sentence would leave a hole in the diary."""
    _ = get_resolver().url_patterns  # the views import the handlings
    for app in ("tok.sak", "koordinator", "ansvarsgruppe"):
        import_module(f"{app}.handlinger")
    mangler = []
    for handling in handlinger():
        try:
            get_template(dagbok.mal_for(handling))
        except TemplateDoesNotExist:
            mangler.append(handling)
    assert not mangler, f"write templates/hendelser/<handling>.txt for {mangler}"


def test_uten_setning_sies_det_som_er_kjent() -> None:
    assert dagbok.setning(hendelse("proeve.finnes_ikke")) == "Kari Østby gjorde en endring."


def test_setningen_er_ren_tekst(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page escapes the sentence once; escaping here too would show «&amp;» to people."""
    mal = Engine().from_string("{{ hendelse.konto_navn }} ba om\n {{ data.hva }}.\n")
    monkeypatch.setattr(dagbok, "get_template", lambda _navn: type("Mal", (), {"template": mal}))
    assert dagbok.setning(hendelse("x.y", hva="mat & <b>hvile</b>")) == "Kari Østby ba om mat & <b>hvile</b>."
