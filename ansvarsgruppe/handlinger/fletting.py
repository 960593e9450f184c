"""Merges two people's minutes over the text both began from, and shows where they differ; pure (P7).

`Felter` is the whole content of minutes in plain values: what the form gives, the row holds and a draft keeps.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

Felter = dict[str, Any]

EN_LINJE = ("andre_til_stede", "neste_sted")
TEKSTER = (
    "personens_stemme",
    "naa_situasjon",
    "maal",
    "medvirkning_vurdert",
    "medvirkning_hvordan",
    "medvirkning_sa",
    "neste_hvem",
    *EN_LINJE,
)
# What can be only one thing: a tick, a choice, a time.
ENKLE = ("fikk_ordet_foerst", "medvirkning_vekt", "neste_tid")
_UKJENT = object()


@dataclass(frozen=True)
class Fletting:
    """The merged content, and the fields in which both have written something of their own."""

    felter: Felter
    konflikter: tuple[str, ...]


@dataclass(frozen=True)
class Ord:
    """A piece of text, and whether the other text lacks it."""

    tekst: str
    er_ulik: bool


def tomme() -> Felter:
    """Minutes nobody has written in."""
    return {
        **dict.fromkeys(TEKSTER, ""),
        "fikk_ordet_foerst": False,
        "medvirkning_vekt": "",
        "neste_tid": [],
        "oppmoete": {},
        "avtaler": [],
    }


def flett(base: Felter | None, mine: Felter, andres: Felter) -> Fletting:
    """Take each change that only one has made; where both have, propose both and name the field.

    Without a base every difference is a conflict. A proposal holds all of both texts; of what can be only one thing
    it holds mine, and the page shows the other beside it.
    """
    felter: Felter = {}
    konflikter: list[str] = []
    for navn in (*TEKSTER, *ENKLE, "avtaler"):
        felter[navn], uenig = _velg(navn, (base or {}).get(navn, _UKJENT), mine[navn], andres[navn])
        konflikter += [navn] if uenig else []
    felter["oppmoete"] = {}
    deltakere = {**andres["oppmoete"], **mine["oppmoete"]}
    for noekkel in deltakere:
        foer = _UKJENT if base is None else base["oppmoete"].get(noekkel, "")
        verdi, uenig = _velg("oppmoete", foer, mine["oppmoete"].get(noekkel, ""), andres["oppmoete"].get(noekkel, ""))
        if verdi:
            felter["oppmoete"][noekkel] = verdi
        konflikter += [f"oppmoete.{noekkel}"] if uenig else []
    return Fletting(felter, tuple(konflikter))


def _velg(navn: str, base: Any, min_: Any, andres: Any) -> tuple[Any, bool]:
    if min_ in (andres, base):
        return andres, False
    if andres == base:
        return min_, False
    if navn == "avtaler":
        return [*andres, *(rad for rad in min_ if rad not in andres)], True
    if navn in EN_LINJE:
        return " / ".join(tekst for tekst in (andres, min_) if tekst), True
    return (samlet(andres, min_) if navn in TEKSTER else min_), True


def samlet(foerste: str, andre: str) -> str:
    """Both texts in one, with the lines they share only once."""
    a, b = foerste.split("\n"), andre.split("\n")
    linjer: list[str] = []
    for hva, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        linjer += a[i1:i2]
        linjer += b[j1:j2] if hva in ("insert", "replace") else []
    return "\n".join(linjer)


def ulikheter(tekst: str, den_andre: str) -> list[Ord]:
    """The text in pieces, word by word, with what the other text lacks marked."""
    deler = re.findall(r"\s+|\S+\s*", tekst)
    a, b = tekst.split(), den_andre.split()
    if deler and deler[0].isspace():
        a = ["", *a]
    biter = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [Ord("".join(deler[i1:i2]), hva != "equal") for hva, i1, i2, _j1, _j2 in biter if i2 > i1]


def er_flettet_inn(base: Felter | None, mine: Felter, andres: Felter) -> bool:
    """Whether `andres` already holds everything `mine` has to say."""
    fletting = flett(base, mine, andres)
    return not fletting.konflikter and fletting.felter == andres
