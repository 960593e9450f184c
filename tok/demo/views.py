"""The demo's own pages: choose a role, log in as it by one button, and read the mail that went out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tok.demo import epost
from tok.demo.kommune import PASSORD
from tok.demo.omvisning import Funnet, finn_steg
from tok.demo.roller import ROLLER, Demorolle
from tok.kjerne import klokke
from tok.kjerne.aapent import aapen
from tok.kjerne.models import Konto

V = TypeVar("V", bound=Callable[..., Any])
OMVISNING = "omvisning"  # the session's key to the step one is shown, read by templates/demo/_omvisning.html


def bare_i_demo(view: V) -> V:
    """Refuse everywhere but in the demo, also should the address be mounted by mistake."""

    @wraps(view)
    def vakt(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.TOK_DEMO:
            raise Http404
        return cast(HttpResponse, view(request, *args, **kwargs))

    return cast(V, vakt)


def _videre(request: HttpRequest, verdi: str) -> str:
    """Where a link in an e-mail wanted to go; only within this site (ASVS 1.2.2)."""
    hit = {request.get_host()}
    trygg = url_has_allowed_host_and_scheme(verdi, allowed_hosts=hit, require_https=request.is_secure())
    return verdi if trygg and verdi != settings.LOGIN_REDIRECT_URL else ""


@aapen
@bare_i_demo
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The roles, and what each does in a minute."""
    videre = _videre(request, request.GET.get("next", ""))
    return render(request, "demo/start.html", {"roller": ROLLER, "passord": PASSORD, "videre": videre})


@aapen
@bare_i_demo
@require_POST
def logg_inn(request: HttpRequest, noekkel: str) -> HttpResponse:
    """Log in as one of the roles on the start page, and as nobody else."""
    rolle = next((rolle for rolle in ROLLER if rolle.noekkel == noekkel), None)
    if rolle is None:
        raise Http404
    konto = get_object_or_404(Konto, epost=rolle.epost, is_active=True)
    logout(request)
    login(request, konto, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, konto, method="password", email=konto.epost)
    return HttpResponseRedirect(_videre(request, request.POST.get("next", "")) or reverse("demo:omvisning"))


def _rollen(request: HttpRequest) -> tuple[Demorolle, list[Funnet]]:
    """The role one is logged in as, with the steps that lead somewhere today.

    Raises:
        Http404: when nobody, or somebody who is not on the list, is logged in.
    """
    konto = request.user
    rolle = next((rolle for rolle in ROLLER if isinstance(konto, Konto) and rolle.epost == konto.epost), None)
    if rolle is None:
        raise Http404
    return rolle, finn_steg(rolle.steg, cast(Konto, konto), klokke.i_dag())


@aapen
@bare_i_demo
@require_safe
def omvisning(request: HttpRequest) -> HttpResponse:
    """What this role does at work, in a minute; who is not logged in as one chooses first."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("demo:start"))
    rolle, steg = _rollen(request)
    request.session.pop(OMVISNING, None)
    return render(request, "demo/omvisning.html", {"rolle": rolle, "steg": steg})


@aapen
@bare_i_demo
@require_safe
def omvisning_steg(request: HttpRequest, nr: int) -> HttpResponse:
    """Go to the page of one step, which is looked for again, and show on the pages how far one has come."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("demo:start"))
    _rolle, steg = _rollen(request)
    if not 1 <= nr <= len(steg):
        return HttpResponseRedirect(reverse("demo:omvisning"))
    dette, neste = steg[nr - 1], steg[nr] if nr < len(steg) else None
    request.session[OMVISNING] = {
        "nr": nr,
        "antall": len(steg),
        "tittel": dette.tittel,
        "tekst": dette.tekst,
        "neste": neste.nr if neste else 0,
        "neste_tittel": neste.tittel if neste else "",
    }
    return HttpResponseRedirect(dette.url)


@aapen
@bare_i_demo
@require_POST
def skjul_omvisning(request: HttpRequest) -> HttpResponse:
    """Take the strip away, and stay where one is."""
    request.session.pop(OMVISNING, None)
    return HttpResponseRedirect(_videre(request, request.POST.get("next", "")) or settings.LOGIN_REDIRECT_URL)


@aapen
@bare_i_demo
@require_safe
def epostliste(request: HttpRequest) -> HttpResponse:
    """All mail the demo has sent; none of it left the machine."""
    return render(request, "demo/epost.html", {"brev": epost.nyeste(settings.TOK_EPOST_MAPPE)})


@aapen
@bare_i_demo
@require_safe
def brev(request: HttpRequest, nummer: int) -> HttpResponse:
    """One message with its calendar file."""
    funnet = epost.finn(settings.TOK_EPOST_MAPPE, nummer)
    if funnet is None:
        raise Http404
    return render(request, "demo/brev.html", {"brev": funnet})
