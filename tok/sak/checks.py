"""System checks of the house: each page names its right, each case table is tracked and knows its path to Sak."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from tok.kjerne.aapent import er_aapen

EGNE_APPER = ("kjerne", "sak", "koordinator", "ansvarsgruppe", "individuell_plan", "overganger", "oversikt", "demo")
SAKSAPPER = ("sak", "koordinator", "ansvarsgruppe", "individuell_plan", "overganger")
UTENFOR_SAK = {
    "Enhet",
    "Ansettelse",
    "Person",
    "Henvendelse",
    "Saksnummer",
    "Samtykkeregel",
    "Sjekkliste",
    "Sjekkpunkt",
    "Utkast",
    "Innsynsregel",
    "Aldersregel",
    "Vern",
    "Vernetilgang",
    "Habilitet",
    "Loggfunn",
    "Kurs",
    "Gjennomfoering",
}


def alle_url(moenstre: list[Any] | None = None, sti: str = "", rom: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every URL of the project as (route, full name, view)."""
    for moenster in get_resolver().url_patterns if moenstre is None else moenstre:
        rute = sti + str(moenster.pattern)
        if isinstance(moenster, URLResolver):
            undernavn = f"{rom}{moenster.namespace}:" if moenster.namespace else rom
            yield from alle_url(moenster.url_patterns, rute, undernavn)
        elif isinstance(moenster, URLPattern):
            yield rute, f"{rom}{moenster.name or ''}", moenster.callback


def er_vaar(view: Any) -> bool:
    """True for views written in this tree."""
    klasse = getattr(view, "view_class", view)
    return str(klasse.__module__).split(".")[0] in {"tok", *SAKSAPPER}


@register()
def hver_url_har_rett(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """A page without `rett` must say that it is open."""
    feil: list[CheckMessage] = []
    for rute, _navn, view in alle_url():
        klasse = getattr(view, "view_class", view)
        if er_vaar(view) and not hasattr(klasse, "rett") and not er_aapen(view):
            feil.append(Error(f"/{rute} has no Rett", hint="Set `rett` on the page, or mark it @aapen.", id="tok.E001"))
    return feil


@register()
def hver_sakstabell_er_sporet(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Every table of the case is in history and declares SAK_STI; what stands outside cases is listed here."""
    feil: list[CheckMessage] = []
    for modell in apps.get_models():
        if modell._meta.app_label not in SAKSAPPER or hasattr(modell, "pgh_tracked_model"):
            continue
        if getattr(modell, "BARE_TILLEGG", False):
            continue
        if not hasattr(modell, "SAK_STI") and modell.__name__ not in UTENFOR_SAK:
            feil.append(Error(f"{modell.__name__} has no SAK_STI", hint="Declare its path to Sak.", id="tok.E002"))
        if hasattr(modell, "SAK_STI") and not hasattr(modell, "pgh_event_model"):
            feil.append(Error(f"{modell.__name__} is not @sporet", hint="Case tables are tracked.", id="tok.E003"))
    return feil
