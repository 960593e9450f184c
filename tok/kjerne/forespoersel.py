"""The request being answered, for the logs: an id and how the account logged in. Nothing personal."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4


@dataclass(frozen=True)
class Forespoersel:
    """One request, or one run of a task or command."""

    id: UUID = field(default_factory=uuid4)
    innlogging: str = "system"
    # What is read once for the answer, and forgotten with it.
    minne: dict[str, Any] = field(default_factory=dict, compare=False)


_gjeldende: ContextVar[Forespoersel | None] = ContextVar("forespoersel", default=None)


def gjeldende() -> Forespoersel:
    """The present request; outside one, a new SYSTEM run."""
    return _gjeldende.get() or Forespoersel()


def sett(forespoersel: Forespoersel | None) -> None:
    """Called by the middleware at the start and end of a request."""
    _gjeldende.set(forespoersel)
