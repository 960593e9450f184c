"""The answers when something is wrong: in plain words, with the right status, and needing nothing that may be down."""

from __future__ import annotations

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.urls import Resolver404
from django.views.defaults import page_not_found
from redis.exceptions import ConnectionError as ValkeyBorte
from redis.exceptions import TimeoutError as ValkeySvarerIkke

from tok.kjerne.aapent import aapen
from tok.kjerne.adresser import lesbar, rettet
from tok.kjerne.skrevet import Skrevet, skrevne_felt

GetResponse = Callable[[HttpRequest], HttpResponse]

# Something we lean on is away, and not we who are wrong: the database, or the cache that counts failed log-ins.
NEDE = (OperationalError, InterfaceError, ValkeyBorte, ValkeySvarerIkke)
PROEV_IGJEN = 60  # seconds
LESER = {"GET", "HEAD"}


def _tegn_enkelt(request: HttpRequest, mal: str, status: int) -> HttpResponse:
    """Draw without context processors, so that neither database, session nor account is asked."""
    return HttpResponse(loader.get_template(mal).render({"felt": _skrevet(request)}), status=status)


def _skrevet(request: HttpRequest) -> list[Skrevet]:
    """What was typed, when it can be read at all: nothing typed is lost because we are down (P10)."""
    if request.method != "POST":
        return []
    try:
        return skrevne_felt(request)
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return []


@aapen
def ugyldig(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read, or is larger than we take."""
    return HttpResponse(loader.get_template("400.html").render(), status=HTTPStatus.BAD_REQUEST)


@aapen
def finnes_ikke(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, unless the address has moved or was nearly right; a closed row and a missing one look the same (N1)."""
    if isinstance(exception, Resolver404) and request.method in LESER:
        ment = rettet(request.path)
        if ment:
            spoerring = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{ment}?{spoerring}" if spoerring else ment)
    return page_not_found(request, exception)


@aapen
def tjenerfeil(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After when what failed is something we lean on; said by the exception being handled."""
    if not isinstance(sys.exc_info()[1], NEDE):
        return _tegn_enkelt(request, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR)
    svar = _tegn_enkelt(request, "503.html", HTTPStatus.SERVICE_UNAVAILABLE)
    svar.headers["Retry-After"] = str(PROEV_IGJEN)
    return svar


class KnappUtenSide:
    """Lead on who asks for a button's address as if it were a page: an old bookmark, or a reload of an answer (405)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put words and a way on in an empty 405; programs that asked for JSON get it as it was."""
        svar = self.get_response(request)
        vil_ha_json = request.headers.get("Accept", "").startswith("application/json")
        if not isinstance(svar, HttpResponseNotAllowed) or svar.content or vil_ha_json:
            return svar
        side = render(request, "405.html", {"videre": lesbar(request.path)}, status=svar.status_code)
        side.headers["Allow"] = svar.headers["Allow"]
        return side


__all__ = ["KnappUtenSide", "finnes_ikke", "tjenerfeil", "ugyldig"]
