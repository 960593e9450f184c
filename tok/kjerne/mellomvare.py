"""What holds for every request: the headers of dynamic answers, and the longest life of a session."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from tok.kjerne.klokke import naa

GetResponse = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
GLEM = '"cache", "storage"'
STARTET = "startet"


class Svarhoder:
    """Keep dynamic answers out of every cache, and powerful browser functions shut (ASVS 3.4, 14.3.2).

    A view that says otherwise itself is left alone. Static files are answered before this.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that are missing."""
        svar = self.get_response(request)
        for navn, verdi in HEADERS.items():
            svar.headers.setdefault(navn, verdi)
        return svar


class OektGrense:
    """End a session TOK_OEKT_HOEYST_TIMER hours after log-in, however busy it is (ASVS 7.3.2).

    The 15 idle minutes are the session cookie's own age. However a session ends while it is answered, the browser is
    asked to forget what it has kept of it (ASVS 14.3.1).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note when a logged-in session began; log out the one that has lived too long."""
        var_inne = request.user.is_authenticated
        if var_inne:
            tid = naa()
            startet = request.session.setdefault(STARTET, tid.isoformat())
            if tid - datetime.fromisoformat(startet) >= timedelta(hours=settings.TOK_OEKT_HOEYST_TIMER):
                logout(request)
        svar = self.get_response(request)
        if var_inne and not request.user.is_authenticated:
            svar.headers["Clear-Site-Data"] = GLEM
        return svar
