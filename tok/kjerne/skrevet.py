"""What somebody had typed, given back when the page could not take it: logged out, or an old form (P10)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode

from tok.kjerne.aapent import aapen
from tok.kjerne.adresser import lesbar

HEMMELIG = re.compile(
    r"csrfmiddlewaretoken|credential|password|passord|code|kode|grunnlag|^fane$|_id$|TOTAL_FORMS|INITIAL_FORMS|_NUM_FORMS|LEGG_TIL"
)
NOEKKEL = re.compile(r"^[0-9a-f]{8}-[0-9a-f-]{27}$")


@dataclass(frozen=True)
class Skrevet:
    """One field as it was sent."""

    navn: str
    tekst: str


def skrevne_felt(request: HttpRequest) -> list[Skrevet]:
    """The words of the form, without keys, tokens and passwords; empty when the form came from another site."""
    avsender = request.headers.get("Origin", "")
    if avsender and urlsplit(avsender).netloc != request.get_host():
        return []
    felt = []
    for navn, verdier in request.POST.lists():
        if HEMMELIG.search(navn):
            continue
        tekst = "\n".join(str(verdi) for verdi in verdier if verdi and not NOEKKEL.match(str(verdi)))
        if tekst.strip():
            felt.append(Skrevet(navn.replace("_", " ").capitalize(), tekst))
    return felt


def maa_logge_inn(request: HttpRequest) -> HttpResponse:
    """Answer somebody who is not logged in, in the way the browser asked: never a log-in page inside a fragment."""
    innlogging = resolve_url(settings.LOGIN_URL)
    if request.headers.get("HX-Request") == "true":
        sti = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponse(status=401, headers={"HX-Redirect": f"{innlogging}?{urlencode({'next': sti})}"})
    if "X-Autolagring" in request.headers or request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"innlogging": innlogging}, status=401)
    if request.method == "POST" and request.POST:
        return utlogget(request)
    return redirect_to_login(request.get_full_path(), innlogging)


def utlogget(request: HttpRequest) -> HttpResponse:
    """Answer a form sent after the session had ended: log in again, and here is your text."""
    return render(request, "utlogget.html", {"felt": skrevne_felt(request), "videre": lesbar(request.path)}, status=401)


@aapen
def csrf_feil(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a form with an old token, with what was typed (CSRF_FAILURE_VIEW)."""
    return render(request, "403_csrf.html", {"felt": skrevne_felt(request)}, status=403)
