"""A private folder for the pieces of a file while it is made; nothing is left in it, also not after a kill."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

NAVN = "tok-eksport-"


@contextmanager
def arbeidsmappe() -> Iterator[str]:
    """A folder with mode 0700 which is gone afterwards; folders of processes that were killed go first."""
    for gammel in Path(gettempdir()).glob(f"{NAVN}*-*"):
        if not _lever(gammel.name.removeprefix(NAVN).split("-")[0]):
            shutil.rmtree(gammel, ignore_errors=True)
    with TemporaryDirectory(prefix=f"{NAVN}{os.getpid()}-") as mappe:
        yield mappe


def _lever(nummer: str) -> bool:
    """Whether the process is there; another user's process is, and what is no number is not ours to judge."""
    try:
        os.kill(int(nummer), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError, OverflowError):
        return True
    return True
