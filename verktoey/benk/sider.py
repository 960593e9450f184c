"""The pages, asked in turns with the floor, so that what else the machine does falls on all of them."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass, field

from verktoey.benk.base import Base
from verktoey.benk.tjener import Side, Tjener, kjoerende

BLOKK = 10
OPPVARMING = 12  # past the five times PostgreSQL plans a prepared question anew
MAAL = {"liste": 1.3, "sak": 2.0, "soek": 1.0}  # × the floor, ytelse.md goals 1–3
KRAV_GULV, KRAV_VEKST = 2.0, 1.1  # × the floor, × own time at the smaller size: what this stage asks for


@dataclass(frozen=True)
class Maal:
    """One page's figures at one size; milliseconds."""

    saker: int
    sporringer: int
    median: float
    p95: float
    forhold: float  # × the floor: the median of the rounds' ratios
    gulv: float


@dataclass
class Sidemaal:
    """One page at all sizes."""

    navn: str
    slag: str
    maal: list[Maal] = field(default_factory=list)
    vekst: float = 1.0  # largest size against the smallest: the median of the rounds' ratios

    @property
    def like_mange(self) -> bool:
        return len({ett.sporringer for ett in self.maal}) == 1


def liste(valg: dict[str, str]) -> list[tuple[str, Side]]:
    """What is asked for over one database, with the kind of goal that holds for it."""
    tok, koordinator = valg["tok"], valg["koordinator"]
    soek, sak = "/saker/soek/", f"/saker/{valg['sak']}/"
    return [
        ("liste", Side("Min dag, kontoret", "/", tok)),
        ("liste", Side("Min dag, koordinator", "/", koordinator)),
        ("liste", Side("Registeret", "/saker/", tok)),
        ("liste", Side("Registeret, midt i lista", f"/saker/?etter={valg['merke']}", tok)),
        ("liste", Side("Registeret, uten koordinator", "/saker/?mangler=koordinator", tok)),
        ("liste", Side("Registeret, referat over fristen", "/saker/?mangler=referat", tok)),
        ("soek", Side("Søk, helt navn", soek, tok, {"q": valg["hele_navnet"]})),
        ("soek", Side("Søk, vanligste fornavn", soek, tok, {"q": valg["vanlig"]})),
        ("soek", Side("Søk, to bokstaver", soek, tok, {"q": valg["to_bokstaver"]})),
        ("sak", Side("Saken, kontoret", sak, tok)),
        ("sak", Side("Saken, koordinator", sak, koordinator)),
    ]


def _ms(tider: list[float]) -> float:
    return statistics.median(tider) * 1000


def _p95(tider: list[float]) -> float:
    return sorted(tider)[int(len(tider) * 0.95)] * 1000


def _en_side(gulvet: Tjener, gulvside: Side, vaare: list[tuple[Tjener, Side]], runder: int) -> list[Maal]:
    """Blocks in turns; the ratio is taken within each round, whose blocks share what else the machine did."""
    for _ in range(OPPVARMING):
        for tjener, side in vaare:
            tjener.hent(side)
    gulv: list[float] = []
    tider: list[list[float]] = [[] for _ in vaare]
    forhold: list[list[float]] = [[] for _ in vaare]
    sporringer = [0] * len(vaare)
    for _ in range(runder):
        blokk = [gulvet.hent(gulvside)[0] for _ in range(BLOKK)]
        gulv += blokk
        for nr, (tjener, side) in enumerate(vaare):
            svar = [tjener.hent(side) for _ in range(BLOKK)]
            tider[nr] += [tid for tid, _antall in svar]
            forhold[nr].append(_ms([tid for tid, _antall in svar]) / _ms(blokk))
            sporringer[nr] = min(antall for _tid, antall in svar)  # once a minute the session is saved as well
    return [
        Maal(tjener.base.saker, sporringer[nr], _ms(tider[nr]), _p95(tider[nr]), _forhold(forhold[nr]), _ms(gulv))
        for nr, (tjener, _side) in enumerate(vaare)
    ]


def _forhold(runder: list[float]) -> float:
    return statistics.median(runder)


def maal(gulvet: Base, baser: list[Base], runder: int) -> list[Sidemaal]:
    """All pages over all sizes, the smallest first; `runder` × BLOKK requests of each."""
    gulvside = Side("Gulvet", "/", json.loads(gulvet.kjoer("-m", "verktoey.benk.forbered"))["gulv"])
    valg = [json.loads(base.kjoer("-m", "verktoey.benk.forbered")) for base in baser]
    per_base = [liste(ett) for ett in valg]
    svar: list[Sidemaal] = []
    with kjoerende(gulvet, *baser) as (gulvtjener, *tjenere):
        for _ in range(OPPVARMING):
            gulvtjener.hent(gulvside)
        for tjener, ett in zip(tjenere, valg, strict=True):
            tjener.hent_skjemanoekkel(Side("Søk", "/saker/soek/", ett["tok"]))
        for like in zip(*per_base, strict=True):
            vaare = [(tjener, side) for tjener, (_slag, side) in zip(tjenere, like, strict=True)]
            slag, side = like[0]
            ett = Sidemaal(side.navn, slag, _en_side(gulvtjener, gulvside, vaare, runder))
            ett.vekst = ett.maal[-1].forhold / ett.maal[0].forhold
            svar.append(ett)
    return svar
