"""Pages about the application itself, open to all, and the municipality's colour as a style sheet (N22, WCAG 3.2.6)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from tok.kjerne.aapent import aapen
from tok.kjerne.profilfarge import stilark

ET_AAR = 365 * 24 * 3600


@aapen
class Hjelp(TemplateView):
    """Where to get help, the same place on every page."""

    template_name = "kjerne/hjelp.html"


@aapen
class Personvern(TemplateView):
    """What the municipality does with the information."""

    template_name = "kjerne/personvern.html"


@aapen
class Tilgjengelighet(TemplateView):
    """The accessibility statement."""

    template_name = "kjerne/tilgjengelighet.html"


@aapen
class Spraak(TemplateView):
    """Which languages there are, and how to get help in another (N21)."""

    template_name = "kjerne/spraak.html"


@aapen
@require_safe
@cache_control(public=True, max_age=ET_AAR, immutable=True)
def profilfarge(request: HttpRequest, farge: str) -> HttpResponse:
    """The accent tokens of one colour: the address is the version, so it never changes."""
    return HttpResponse(stilark(farge), content_type="text/css; charset=utf-8")
