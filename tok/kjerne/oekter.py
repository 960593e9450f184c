"""Own sessions: what is noted of each, who has one, and how they are ended (ASVS 7.4, 7.5.2; ADR 0014)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tok.kjerne.klokke import naa
from tok.kjerne.models import Konto, Oekt, Sikkerhetslogg
from tok.kjerne.oektlager import ENHET, MERKE, SETT, STARTET

GetResponse = Callable[[HttpRequest], HttpResponse]

SKRIVES_HVERT = timedelta(minutes=1)
# The first that fits: many browsers also give the names of others. Names only; versions would be more than one needs.
NETTLESERE = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internett"),
    ("Vivaldi", "Vivaldi"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MASKINER = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def maskin(brukeragent: str) -> str:
    """`Windows`, `iPhone`: what kind of machine it says it is; empty when it does not say."""
    return next((navn for merke, navn in MASKINER if merke in brukeragent), "")


def enhet(brukeragent: str) -> str:
    """`Firefox på Windows`: enough for the owner to know it again, and no more."""
    nettleser = next((navn for merke, navn in NETTLESERE if merke in brukeragent), _("Ukjent nettleser"))
    sted = maskin(brukeragent)
    return _("%(nettleser)s på %(maskin)s") % {"nettleser": nettleser, "maskin": sted} if sted else nettleser


def noter(oekt: SessionBase, brukeragent: str, *, tid: datetime) -> None:
    """Note that the session is in use, at most once a minute, so that most requests write nothing.

    It is the same write that moves the end of the session ahead: who is away for 15 minutes is logged out, reckoned
    from a request of the last minute that they were there.
    """
    sist = oekt.get(SETT)
    if sist is not None and timedelta(0) <= tid - datetime.fromisoformat(sist) < SKRIVES_HVERT:
        return
    oekt.setdefault(MERKE, str(uuid4()))
    oekt.setdefault(ENHET, enhet(brukeragent))
    oekt.setdefault(STARTET, tid.isoformat())
    oekt[SETT] = tid.isoformat()


class Oektspor:
    """Keep the list of own sessions true, and end for good the session of an account that is closed (ASVS 7.4.2)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a closed account before the answer; note a log-in and a visit after it."""
        if not request.user.is_authenticated and SESSION_KEY in request.session:
            request.session.flush()
        svar = self.get_response(request)
        if request.user.is_authenticated:
            noter(request.session, request.headers.get("User-Agent", ""), tid=naa())
        return svar


def mine(konto: Konto, *, tid: datetime) -> QuerySet[Oekt]:
    """The sessions of the account that still hold, the last used first."""
    return Oekt.objects.filter(konto=konto, expire_date__gt=tid).order_by("-sett_tid", "-expire_date")


def avslutt(konto: Konto, merke: UUID) -> bool:
    """End one of the account's own sessions; False when it was gone, or somebody else's (ASVS 7.5.2)."""
    return bool(Oekt.objects.filter(konto=konto, merke=merke).delete()[0])


def avslutt_andre(konto: Konto, *, unntatt: str | None) -> int:
    """End all sessions of the account but the one with this key; how many (ASVS 7.4.3)."""
    return Oekt.objects.filter(konto=konto).exclude(session_key=unntatt or "").delete()[0]


def ved_endret_innlogging(*, request: HttpRequest, user: Konto, signal: Any = None, **_resten: Any) -> None:
    """The password or a factor was changed, by allauth: nobody else stays logged in (ASVS 7.4.3)."""
    antall = avslutt_andre(user, unntatt=request.session.session_key)
    if antall:
        hva = f"økter avsluttet fordi innloggingen ble endret: {antall}"
        Sikkerhetslogg.objects.create(tid=naa(), konto_id=user.pk, hva=hva)


def slett_utloepte(*, tid: datetime) -> int:
    """Remove sessions that have run out; how many."""
    return Oekt.objects.filter(expire_date__lte=tid).delete()[0]
