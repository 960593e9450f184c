"""State as a table: guard, buttons and the drawing in docs/ all come from the same lines (arkitektur.md §5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Steg:
    """One lawful step: the states it may be taken from, and the state it leads to."""

    fra: Collection[str]
    til: str

    def __post_init__(self) -> None:
        if isinstance(self.fra, str):
            raise TypeError("Steg.fra is a set of states, not one state.")
        object.__setattr__(self, "fra", frozenset(self.fra))


class UlovligSteg(Exception):
    """The thing is not where this step may be taken from; ``melding`` is what the user is told."""

    # Plain text, since this module is pure: the page translates it.
    melding = "Dette kan ikke gjøres nå. Noen har kanskje endret saken siden du åpnet siden. Last siden på nytt."

    def __init__(self, handling: str, tilstand: str) -> None:
        super().__init__(f"{handling} is not lawful in state {tilstand}")
        self.handling = handling
        self.tilstand = tilstand


def neste(steg: Mapping[str, Steg], handling: str, tilstand: str) -> str:
    """Return the state a step leads to, or raise UlovligSteg.

    A step that is not in the table at all is a bug, and raises KeyError.
    """
    rad = steg[handling]
    if tilstand not in rad.fra:
        raise UlovligSteg(handling, tilstand)
    return rad.til


def lovlige(steg: Mapping[str, Steg], tilstand: str) -> frozenset[str]:
    """Return the names of the steps that may be taken now, for buttons (lawful steps ∩ rights)."""
    return frozenset(handling for handling, rad in steg.items() if tilstand in rad.fra)


def mermaid(steg: Mapping[str, Steg]) -> str:
    """Return the table as a Mermaid state diagram for docs/, in the same order every time."""
    linjer = [
        f"    {fra} --> {rad.til}: {handling}" for handling, rad in steg.items() for fra in sorted(map(str, rad.fra))
    ]
    return "\n".join(["stateDiagram-v2", *linjer]) + "\n"
