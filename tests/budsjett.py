"""How many seconds each folder of tests may take, and the table that a full run ends with.

The seconds are those of the tests themselves, where two processes run side by side on two quiet cores: the run takes
half the sum. What is over its budget is marked, and fails nothing: a clock is no proof. The whole of `make test` shall
take 14 minutes at most on two cores; the house's limit is 20.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

HELE = 840  # seconds by the clock
BUDSJETT = {
    "ansvarsgruppe": 60,
    "arkitektur": 30,
    "demo": 60,
    "drift": 80,
    "fortellinger": 360,
    "kjerne": 80,
    "koordinator": 30,
    "oversikt": 30,
    "palitelighet": 40,
    "sak": 160,
    "tilgang": 560,
    "verktoey": 60,
}
TUNGE = ("drift", "fortellinger")  # what a run begins with, in this order
NY_MAPPE = 20  # for a folder that has no line yet


def mappe(nodeid: str) -> str:
    """Return the folder below tests/ that a test stands in."""
    deler = nodeid.partition("::")[0].split("/")
    return deler[1] if len(deler) > 2 else "(tests)"


class Ur:
    """Sums what each folder's tests take, setting up and tidying included."""

    def __init__(self) -> None:
        self.sekunder: dict[str, float] = defaultdict(float)
        self.tester: dict[str, set[str]] = defaultdict(set)
        self.tall: list[str] = []

    def legg_til(self, nodeid: str, sekunder: float) -> None:
        """Take one report from one process."""
        self.sekunder[mappe(nodeid)] += sekunder
        self.tester[mappe(nodeid)].add(nodeid)

    def linjer(self, klokketid: float) -> Iterable[str]:
        """Yield the table: folder, tests, seconds, budget, and a mark where it is spent."""
        yield f"{'folder':<16}{'tests':>7}{'seconds':>10}{'budget':>9}"
        for navn in sorted(self.sekunder, key=lambda navn: -self.sekunder[navn]):
            yield _linje(navn, len(self.tester[navn]), self.sekunder[navn], BUDSJETT.get(navn, NY_MAPPE))
        antall = sum(len(tester) for tester in self.tester.values())
        yield f"{'sum':<16}{antall:>7}{sum(self.sekunder.values()):>10.1f}"
        yield _linje("by the clock", antall, klokketid, HELE)


def _linje(navn: str, tester: int, sekunder: float, budsjett: int) -> str:
    merke = "   <-- OVER BUDGET" if sekunder > budsjett else ""
    return f"{navn:<16}{tester:>7}{sekunder:>10.1f}{budsjett:>9}{merke}"
