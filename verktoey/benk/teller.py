"""Counts what a page asks the database, and says it in a header; in the benchmark's settings only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

HODE = "X-Spoerringer"


class Spoerringsteller:
    """Stands outermost, so that session and log-in are counted too; BEGIN and COMMIT are not queries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the number of statements sent."""
        antall = 0

        def tell(utfoer: Callable[..., Any], *argumenter: Any) -> Any:
            nonlocal antall
            antall += 1
            return utfoer(*argumenter)

        with connection.execute_wrapper(tell):
            svar = self.get_response(request)
        svar.headers[HODE] = str(antall)
        return svar
