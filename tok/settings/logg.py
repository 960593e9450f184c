"""The form of technical log lines: one line each, and never what a person typed (ASVS 16.2.5, 16.4.1, 14.2.1)."""

import copy
import logging
import re
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

QUERY = re.compile(r"\?\S*")
RESET_KEY = re.compile(r"(password/reset/key/)[^\s/]+")
ERROR_NAME = re.compile(r"[\w.]*")
# What Celery gives its messages about a task: the error as `repr`, and what the task was called with and answered.
ERROR_TEXT = frozenset({"exc", "traceback", "args", "kwargs", "return_value"})

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Loggformat(logging.Formatter):
    """Drop query strings, reset keys, line breaks and exception texts: a database error may quote a whole row."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what other handlers are given is left as it is."""
        ren = copy.copy(record)
        ren.msg, ren.exc_text = _name_of(record.msg), None
        if isinstance(record.args, Mapping):
            ren.args = {
                key: _first_word(arg) if key in ERROR_TEXT else _name_of(arg) for key, arg in record.args.items()
            }
        elif record.args:
            ren.args = tuple(_name_of(arg) for arg in record.args)
        return super().format(ren)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- the name is the standard library's
        """Return the line with addresses shortened and line breaks made visible."""
        linje = RESET_KEY.sub(r"\1***", QUERY.sub("", super().formatMessage(record)))
        return linje.replace("\r", "\\r").replace("\n", "\\n")

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 -- the name is the standard library's
        """Return the frames and the exceptions' types, not their texts, following the chain of causes."""
        deler: list[str] = []
        feil: BaseException | None = ei[1]
        sett: set[int] = set()
        while feil is not None and id(feil) not in sett:
            sett.add(id(feil))
            deler.append("".join(traceback.format_tb(feil.__traceback__)) + type(feil).__qualname__)
            feil = feil.__cause__ or feil.__context__
        return "\n-- under arbeid med --\n".join(deler)


def _name_of(verdi: Any) -> Any:
    """Return the type of an exception, and anything else as it is."""
    return type(verdi).__qualname__ if isinstance(verdi, BaseException) else verdi


def _first_word(tekst: Any) -> str:
    """Return the type out of `IntegrityError('… Failing row contains (…)')`."""
    ord_ = ERROR_NAME.match(str(_name_of(tekst)))
    return ord_[0] if ord_ else ""


def logging_config(*, formatter: str = "tok.settings.logg.Loggformat") -> dict[str, Any]:
    """Return Django's LOGGING: everything to the console, no request bodies, no SQL."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"tok": {"()": formatter, "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"konsoll": {"class": "logging.StreamHandler", "formatter": "tok"}},
        "root": {"handlers": ["konsoll"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
            "django.db.backends": {"level": "INFO"},
            # The libraries that draw PDFs tell of fonts and CSS on every document.
            "fontTools": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
            "celery.app.trace": {"level": "WARNING"},  # its INFO line prints what the task returned
        },
    }
