"""`manage.py vis_tilgang`: every right with its scope, its roles, and the handlings and pages that ask it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from tok.sak.checks import alle_url
from tok.sak.tilgang import Omfang, Rett, Rolle, Vilkaar, handlinger
from tok.sak.tilgang.roller import Adgang

OMFANG = {
    Omfang.SAK: "i saken en deltar i, eller som eget kontor har",
    Omfang.ENHET: "for eget kontor",
    Omfang.EGEN: "for det som er sendt til en selv",
    Omfang.SYSTEM: "for hele tjenesten, uten en bestemt sak",
}
VILKAAR = {
    Vilkaar.SAMTYKKE_REFERAT: "når et gyldig samtykke til referat nevner deltakeren",
    Vilkaar.SAMTYKKE_TOK: "når personens samtykke omfatter kontoret",
    Vilkaar.INNKALT: "når en er kalt inn til nettopp dette møtet",
}


def _rolle(adgang: Adgang) -> str:
    vilkaar = VILKAAR.get(adgang.vilkaar)
    return f"{adgang.rolle} ({vilkaar})" if vilkaar else str(adgang.rolle)


def _roller(rett: Rett) -> str:
    orden = list(Rolle)
    return ", ".join(_rolle(adgang) for adgang in sorted(rett.adganger, key=lambda a: orden.index(a.rolle)))


def sider_per_rett() -> dict[Rett, list[str]]:
    """The addresses that ask each right."""
    sider: dict[Rett, list[str]] = defaultdict(list)
    for _rute, navn, view in alle_url():
        rett = getattr(getattr(view, "view_class", None), "rett", None)
        if rett is not None:
            sider[rett].append(navn)
    return sider


def tabell() -> Iterator[str]:
    """The whole table, line by line."""
    sider = sider_per_rett()
    verb: dict[Rett, list[str]] = defaultdict(list)
    for navn, rett in handlinger().items():
        verb[rett].append(navn)
    for rett in Rett:
        yield f"{rett.name}: {rett.tekst}"
        yield f"  gjelder     {OMFANG[rett.omfang]}"
        yield f"  roller      {_roller(rett)}"
        yield f"  handlinger  {', '.join(sorted(verb[rett])) or 'ingen'}"
        yield f"  sider       {', '.join(sorted(sider[rett])) or 'ingen'}"
        yield ""


class Command(BaseCommand):
    """Prints the table; tests/tilgang/rettigheter.txt is its reviewed copy (arkitektur.md §4)."""

    help = "Skriver ut alle rettigheter med roller, omfang, handlinger og sider."
    requires_system_checks: list[Any] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write("\n".join(tabell()))
