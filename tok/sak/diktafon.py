"""What a handling wants said in its one line of the diary, held until it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from tok.sak.models import Sak


@dataclass
class Notat:
    """Words for the sentence, and the case where the object does not tell it."""

    data: dict[str, Any] = field(default_factory=dict)
    sak: Sak | None = None


_notat: ContextVar[Notat | None] = ContextVar("notat", default=None)


@contextmanager
def opptak() -> Iterator[Notat]:
    """The note of one handling. A handling never calls a handling.

    Raises:
        RuntimeError: when one does.
    """
    if _notat.get() is not None:
        raise RuntimeError("a handling never calls a handling")
    notat = Notat()
    merke = _notat.set(notat)
    try:
        yield notat
    finally:
        _notat.reset(merke)


def gjeldende() -> Notat | None:
    """The running handling's note."""
    return _notat.get()
