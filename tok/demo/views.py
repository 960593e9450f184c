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
from tok.demo.roller import ROLLER
from tok.kjerne import klokke
from tok.kjerne.aapent import aapen
from tok.kjerne.models import Konto
from tok.sak.models import Sak
from tok.sak.tilgang import Rett

V = TypeVar("V", bound=Callable[..., Any])


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
    return HttpResponseRedirect(_videre(request, request.POST.get("next", "")) or _foerste_side(konto))


def _foerste_side(konto: Konto) -> str:
    """Min dag for those who work in the municipality; the own case for family, who have no Min dag."""
    i_dag = klokke.i_dag()
    if Rett.SE_MIN_DAG.har(konto, i_dag=i_dag):
        return settings.LOGIN_REDIRECT_URL
    sak = Rett.SE_SAK.synlige(konto, Sak.objects.all(), i_dag=i_dag).first()
    return reverse("oversikt:sak", args=[sak.pk]) if sak else reverse("demo:start")


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
