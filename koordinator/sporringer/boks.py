"""The load as a picture: one box for each case, a dashed one for the new (sider.md no. 10)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

BREDDE, AVSTAND, HOEYST = 76, 85, 4


@dataclass(frozen=True)
class Boks:
    """One box of the drawing, in the units of its view box."""

    x: int
    klasse: str
    tekst: str
    er_lys: bool

    @property
    def midt(self) -> int:
        return self.x + BREDDE // 2


def bokser(saker: int, *, med_ny: bool) -> list[Boks]:
    """The boxes for so many cases; the last box stands for the rest when there are many."""
    vist = min(saker, HOEYST)
    tekster = [_("Nå")] * vist
    if saker > HOEYST:
        tekster[-1] = f"+{saker - HOEYST + 1}"
    klare = [Boks(2 + nr * AVSTAND, "b-naa", tekst, True) for nr, tekst in enumerate(tekster)]
    return [*klare, Boks(2 + vist * AVSTAND, "b-ny", _("Ny"), False)] if med_ny else klare


def bildebredde(antall: int) -> int:
    """The width of the view box, never less than three boxes, so that boxes have the same size everywhere."""
    return max(antall, 3) * AVSTAND
