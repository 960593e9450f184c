"""What docs/drift.md tells the operator to type, read out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verktoey.prosess import ROOT

FIL = ROOT / "docs" / "drift.md"
BOLK = re.compile(r"^```(sh drift(?: tjeneste=(\w+))?|sh valg|env)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Bolk:
    """One fenced block: the step it stands under, the service it starts if it goes on running, and the text."""

    steg: int
    merke: str
    tjeneste: str
    tekst: str


def bolker() -> list[Bolk]:
    """Every block that is run or filled in, in order."""
    tekst = FIL.read_text()
    funnet = []
    for treff in BOLK.finditer(tekst):
        steg = re.findall(r"^## (\d+)\.", tekst[: treff.start()], re.MULTILINE)
        funnet.append(Bolk(int(steg[-1]), treff[1].split(" tjeneste")[0], treff[2] or "", treff[3]))
    return funnet


def kommandoer(steg: int) -> list[str]:
    """The blocks of a step that end by themselves."""
    return [b.tekst for b in bolker() if b.steg == steg and b.merke == "sh drift" and not b.tjeneste]


def tjenester() -> dict[str, str]:
    """The blocks that start a service, by its name."""
    return {b.tjeneste: b.tekst for b in bolker() if b.tjeneste}


def kommando(tjeneste: str) -> str:
    """What the service's block runs in the end, without `exec`."""
    return tjenester()[tjeneste].strip().splitlines()[-1].removeprefix("exec ")


def valg() -> list[str]:
    """The variables the operator sets before the commands."""
    (bolk,) = (b for b in bolker() if b.merke == "sh valg")
    return re.findall(r"\b([A-Z]+)=", bolk.tekst)


def fylles_ut() -> list[str]:
    """The lines of tok.env the operator fills in."""
    (bolk,) = (b for b in bolker() if b.merke == "env")
    return [linje.partition("=")[0] for linje in bolk.tekst.splitlines()]
