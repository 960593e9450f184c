"""What counts as unusual: every threshold of the weekly control with its source (N9). All are to verify."""

from __future__ import annotations

from typing import NamedTuple


class Grense(NamedTuple):
    """One threshold: the number, what it counts, and where it comes from."""

    verdi: int
    hva: str
    kilde: str


EGEN = "N9; our own number (to verify)"
DAGEN_BEGYNNER = Grense(6, "o'clock, first hour of the working day", EGEN)
DAGEN_SLUTTER = Grense(20, "o'clock, first hour after the working day", EGEN)
UTENFOR_UTEN_ROLLE = Grense(
    2, "lookups of one person outside working hours in a week, without a part in the case", EGEN
)
UTENFOR_MED_ROLLE = Grense(12, "the same for those who take part in the case or have it on their desk", EGEN)
HUSNUMRE = Grense(4, "house numbers between neighbours in the same street", EGEN)
MANGE_MINST = Grense(15, "persons in a day: below it nothing is unusual", EGEN)
MANGE_PROSENT = Grense(250, "per cent of the usual day, both the account's own and the role's", EGEN)
VANLIG_UKER = Grense(8, "weeks that say what is usual", EGEN)
VANLIG_DAGER = Grense(5, "days with lookups before an account has a usual of its own", EGEN)
VURDERT_UKER = Grense(26, "weeks an assessed relation (name, neighbour, colleague) is not asked about again", EGEN)
PURRES_DAGER = Grense(14, "days a finding may lie open before its leader is reminded", EGEN)
TA_IGJEN_UKER = Grense(8, "weeks that are controlled afterwards when the machine has been down", EGEN)

GRENSER = (
    DAGEN_BEGYNNER,
    DAGEN_SLUTTER,
    UTENFOR_UTEN_ROLLE,
    UTENFOR_MED_ROLLE,
    HUSNUMRE,
    MANGE_MINST,
    MANGE_PROSENT,
    VANLIG_UKER,
    VANLIG_DAGER,
    VURDERT_UKER,
    PURRES_DAGER,
    TA_IGJEN_UKER,
)
