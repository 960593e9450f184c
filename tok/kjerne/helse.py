"""/livez and /readyz: is the process alive, and are its database, queue and cache there (P11, ASVS 13.4.5).

Answered by a middleware before session, log-in and host check, so that a probe needs none of them and works when the
database is away. One neutral word for each part; nothing tells of addresses, versions or errors.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from kombu.connection import Connection

from tok.kjerne import databaseversjon, klokke, tidsplan
from tok.kjerne.models import Varsel

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

TEKST = "text/plain; charset=utf-8"
OK, VENTER, FEIL = "ok", "venter", "feil"
TREGT = timedelta(minutes=5)  # a message that has waited so long past its time waits for a person to look (P11)
STILLE = timedelta(minutes=2)  # four ticks nobody has worked
KORT = {"socket_connect_timeout": 2, "socket_timeout": 2}  # seconds


@dataclass(frozen=True)
class Tilstand:
    """Each part with its word. What waits is yellow: people can work, and somebody should look."""

    deler: dict[str, str]

    @property
    def klar(self) -> bool:
        """Whether everything a page needs is there."""
        return FEIL not in self.deler.values()

    def __str__(self) -> str:
        return "".join(f"{navn} {ord_}\n" for navn, ord_ in self.deler.items())


def undersoek(*, naa: datetime) -> Tilstand:
    """Ask every part; each within seconds, and none of them stops the others."""
    deler: dict[str, str] = {}
    for navn, spoer in (("database", _database), ("skjema", _skjema), ("koe", _koe), ("mellomlager", _mellomlager)):
        deler[navn] = _ord(navn, spoer, FEIL)
    if deler["database"] == deler["skjema"] == OK:
        deler["arbeid"] = _ord("arbeid", lambda: tidsplan.sist_tikket(siden=naa - STILLE), VENTER)
        deler["post"] = _ord("post", lambda: not _post_venter(naa), VENTER)
    return Tilstand(deler)


def _ord(navn: str, spoer: Callable[[], bool], ellers: str) -> str:
    try:
        return OK if spoer() else ellers
    except Exception as feil:
        logger.warning("Health: %s: %s", navn, type(feil).__name__)
        return ellers


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _skjema() -> bool:
    return not databaseversjon.avvik()


def _koe() -> bool:
    adresse = settings.CELERY_BROKER_URL
    if adresse.startswith("memory:"):
        return True
    with Connection(adresse, transport_options=KORT) as koe:
        koe.connect()  # of Redis it asks PING
    return True


def _mellomlager() -> bool:
    cache.get("helse")
    return True


def _post_venter(naa: datetime) -> bool:
    venter = Varsel.objects.filter(tilstand__in=[Varsel.Tilstand.KLAR, Varsel.Tilstand.SENDES])
    return venter.filter(neste_forsoek_tid__lt=naa - TREGT).exists()


class Helse:
    """Answer the two addresses; all others go on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 200 or 503, as plain text."""
        if request.path_info not in {"/livez", "/readyz"}:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if request.path_info == "/livez":
            return HttpResponse("lever\n", content_type=TEKST)
        tilstand = undersoek(naa=klokke.naa())
        return HttpResponse(str(tilstand), content_type=TEKST, status=200 if tilstand.klar else 503)
