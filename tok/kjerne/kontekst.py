"""What every page needs for its frame: the municipality, the demo flag and the menu, each read only when shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tok.kjerne import klokke, meny
from tok.kjerne.models import Kommune


def les_kommune() -> Kommune:
    """The municipality's profile, or a nameless one before it is filled in, so that error pages can be shown."""
    try:
        return Kommune.hent()
    except Kommune.DoesNotExist:
        return Kommune(navn=_("Kommunen"), kontor_navn=_("Koordinerende enhet"), kontor_kort="")


def _menylenker(request: HttpRequest) -> list[meny.Menylenke]:
    konto = getattr(request, "user", None)
    return meny.for_konto(konto, request) if konto is not None and konto.is_authenticated else []


def ramme(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `kommune`, `er_demo`, `hovedmeny` (links), `soekefelt` (search line or None), `skrevet_ut`."""
    lenker = SimpleLazyObject(lambda: _menylenker(request))
    return {
        "kommune": SimpleLazyObject(les_kommune),
        "er_demo": getattr(settings, "TOK_DEMO", False),
        "skrevet_ut": SimpleLazyObject(klokke.naa),
        "hovedmeny": SimpleLazyObject(lambda: tuple(lenke for lenke in lenker if not lenke.soek)),
        "soekefelt": SimpleLazyObject(lambda: next((lenke for lenke in lenker if lenke.soek), None)),
    }
