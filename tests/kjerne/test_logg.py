"""Log lines tell where an error arose and of what kind, never what it says: it may quote a whole row (ASVS 16.2.5)."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from celery import Celery

from tok.settings.logg import Loggformat

HEMMELIG = "Kanarifugl Hemmelig"
FORMAT = Loggformat("%(levelname)s %(name)s %(message)s")


class Samler(logging.Handler):
    """Keeps the lines as they would stand in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.linjer: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.linjer.append(FORMAT.format(record))


def test_a_failed_task_is_logged_without_what_its_error_says() -> None:
    """Celery puts the error's text in the message itself, not only in the traceback."""
    app = Celery("proeve", broker="memory://", set_as_current=False)
    app.conf.task_always_eager = True

    @app.task(name="proeve.feiler", shared=False)
    def feiler(navn: str) -> None:
        raise ValueError(f"Failing row contains ({navn})")

    samler, logger = Samler(), logging.getLogger("celery.app.trace")
    logger.addHandler(samler)
    try:
        feiler.delay(HEMMELIG)
    finally:
        logger.removeHandler(samler)
    (linje,) = samler.linjer
    assert "Task proeve.feiler[" in linje
    assert "raised unexpected: ValueError\n" in linje
    assert HEMMELIG not in linje


@pytest.mark.parametrize(
    ("melding", "args"),
    [
        ("It failed: %s", (ValueError(HEMMELIG),)),
        ("Task handler raised error: %r", (ValueError(HEMMELIG),)),
        ("%(feil)s", ({"feil": ValueError(HEMMELIG)},)),
        (ValueError(HEMMELIG), ()),
    ],
)
def test_an_error_given_to_a_message_leaves_its_type(melding: Any, args: Any) -> None:
    rad = logging.LogRecord("tok", logging.ERROR, "", 0, melding, args, None)
    linje = FORMAT.format(rad)
    assert "ValueError" in linje
    assert HEMMELIG not in linje
    assert HEMMELIG in rad.getMessage()  # others who are given the record have it as it was
