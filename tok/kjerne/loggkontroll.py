"""The control of the logs: every row against its seal, every seal against its line outside the database (N5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from django.db.models import Model
from psycopg.errors import UndefinedColumn

from tok.kjerne import segl, seglmappe
from tok.kjerne.segl import Blokk, Rad

FRIST = timedelta(hours=3)  # sealing goes by the hour; a row that has waited longer says that it has stopped
BLOKKER = 20  # read by one statement, far inside its time limit


@dataclass
class Loggsvar:
    """What the control found in one log; `brudd`, in Norwegian, is the first thing that is wrong, or empty."""

    tabell: str
    rader: int = 0
    segl: int = 0
    linjer: int = 0
    venter: int = 0
    uskrevet_tid: datetime | None = None
    brudd: str = ""


@dataclass(frozen=True)
class Fasit:
    """The seal we trust, which is the line outside where there is one, and what is wrong with its twin."""

    blokk: Blokk
    feil: str
    er_ute: bool


def kontroller(modell: type[Model], *, naa: datetime) -> Loggsvar:
    """Read a log from its first row; stops at the first row that was altered, removed or put in, and names it."""
    tabell = modell._meta.db_table
    svar = Loggsvar(tabell)
    forrige: Blokk | None = None
    try:
        for bunke in _bunker(_fasiter(tabell)):
            for fasit, rader in zip(bunke, _per_blokk(forrige, [f.blokk for f in bunke]), strict=False):
                svar.brudd = _brudd(forrige, fasit, rader)
                if svar.brudd:
                    return svar
                forrige = fasit.blokk
                svar.rader += forrige.antall
                svar.segl += 1
                svar.linjer += fasit.er_ute
                if not fasit.er_ute and svar.uskrevet_tid is None:
                    svar.uskrevet_tid = forrige.forseglet_tid
    except seglmappe.Uleselig as feil:
        svar.brudd = str(feil)
    except OSError:
        svar.brudd = "mappen i TOK_SEGL_MAPPE kan ikke leses"
    except UndefinedColumn:
        svar.brudd = f"segl {svar.segl + 1} eller et av de neste dekker en kolonne som ikke finnes"
    else:
        _se_etter_stillstand(modell, forrige, svar, naa=naa)
    return svar


def _fasiter(tabell: str) -> Iterator[Fasit]:
    """Pair seals and lines by their numbers; the first that do not agree is the last that is given."""
    for nr, (inne, ute) in enumerate(zip_longest(segl.seglene(tabell), seglmappe.les(tabell)), 1):
        feil = ""
        if ute is not None and ute.nr != nr:
            feil = f"segl {nr} mangler i TOK_SEGL_MAPPE"
        elif inne is None or inne.nr != nr:
            feil = f"segl {nr} mangler i databasen"
        elif ute is not None and inne != ute:
            feil = f"segl {nr} er endret i databasen: det er ikke som i TOK_SEGL_MAPPE"
        funnet = [blokk for blokk in (ute, inne) if blokk is not None]
        blokk = next((blokk for blokk in funnet if blokk.nr == nr), funnet[0])
        yield Fasit(blokk, feil, er_ute=ute is not None)
        if feil:
            return


def _bunker(fasiter: Iterator[Fasit]) -> Iterator[list[Fasit]]:
    """Gather neighbours that cover the same columns, so that one statement reads the rows of them all."""
    bunke: list[Fasit] = []
    for fasit in fasiter:
        if bunke and (len(bunke) == BLOKKER or fasit.blokk.kolonner != bunke[0].blokk.kolonner):
            yield bunke
            bunke = []
        bunke.append(fasit)
    if bunke:
        yield bunke


def _per_blokk(forrige: Blokk | None, blokker: list[Blokk]) -> Iterator[list[Rad]]:
    """Yield the rows that stand in each block's stretch of keys, which begins where the one before ended."""
    fra = forrige.til + 1 if forrige else segl.NEDERST
    strom = segl.rader(blokker[0].tabell, blokker[0].kolonner, fra=fra, til=blokker[-1].til)
    rad = next(strom, None)
    for blokk in blokker:
        rader = []
        while rad is not None and rad[0] <= blokk.til:
            rader.append(rad)
            rad = next(strom, None)
        yield rader


def _brudd(forrige: Blokk | None, fasit: Fasit, rader: list[Rad]) -> str:
    """Say what is wrong with one block: the row first, then its seal; empty when nothing is."""
    blokk = fasit.blokk
    if blokk.nr != (forrige.nr + 1 if forrige else 1) or not blokk.henger_sammen:
        return fasit.feil or f"segl {blokk.nr} er endret"
    if rader:
        regnet = Blokk.over(forrige, tabell=blokk.tabell, kolonner=blokk.kolonner, tid=blokk.forseglet_tid, rader=rader)
        if regnet == blokk:
            return fasit.feil
    return _raden(blokk, rader) or fasit.feil or f"segl {blokk.nr} er endret"


def _raden(blokk: Blokk, rader: list[Rad]) -> str:
    """Name the first row that is not as it was sealed, by the marks that were taken then."""
    merket = blokk.merket()
    naa = {pk: sum_[: segl.MERKE] for pk, sum_ in rader}
    for pk in sorted(merket.keys() | naa.keys()):
        if pk not in naa:
            return f"rad {pk} er fjernet"
        if pk not in merket:
            return f"rad {pk} er satt inn etter forseglingen"
        if naa[pk] != merket[pk]:
            return f"rad {pk} er endret"
    return ""


def _se_etter_stillstand(modell: type[Model], forrige: Blokk | None, svar: Loggsvar, *, naa: datetime) -> None:
    """Count what waits for its seal; what has waited too long, for its seal or for its line, is a break."""
    uforseglet = modell._base_manager.filter(pk__gt=forrige.til if forrige else segl.NEDERST)
    svar.venter = uforseglet.count()
    gammel = uforseglet.filter(tid__lt=naa - FRIST).order_by("pk").values_list("pk", flat=True).first()
    if gammel is not None:
        svar.brudd = f"rad {gammel} har ventet på segl i over tre timer: forseglingen har stanset"
    elif seglmappe.mappe() and svar.uskrevet_tid and svar.uskrevet_tid < naa - FRIST:
        svar.brudd = f"segl {svar.linjer + 1} står ikke i TOK_SEGL_MAPPE"
