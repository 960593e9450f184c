"""The rows of the long lists, put together in Python: as markup in a template they cost more than all else on a page.

What is typed by people is escaped by `flett`, as in the templates (ASVS 1.2.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tok.kjerne import datotekst
from tok.kjerne.markering import INGENTING, flett, samlet
from tok.kjerne.templatetags.tok import ikon, stor, tlf

register = template.Library()

FRIST = '<div class="frist"><strong class="avstand{}">{}{}{}</strong><time datetime="{}">{}</time></div>'
SIDEN = '<div class="frist"><span class="meta">{naar}</span></div>'


@lru_cache(maxsize=4096)
def _frist(dato: date, i_dag: date, klokka: str, spraak: str) -> SafeString:
    """Lists hold the same few dates again and again."""
    er_over = dato < i_dag
    return format_html(
        FRIST,
        " over" if er_over else "",
        format_html("{} ", ikon("over")) if er_over else "",
        stor(datotekst.avstand(dato, i_dag)),
        f" {klokka}" if klokka else "",
        dato.isoformat(),
        datotekst.kort_dato(dato, i_dag),
    )


@register.simple_tag
def fristblokk(dato: date, i_dag: date, klokka: str = "") -> SafeString:
    """Date and distance (sider.md no. 5)."""
    return _frist(datotekst.som_dato(dato), i_dag, klokka or "", get_language() or "")


def _naar(rad: Any, i_dag: date) -> SafeString:
    if rad.frist:
        return fristblokk(rad.frist, i_dag, getattr(rad, "klokka", ""))
    if rad.siden:
        return flett(SIDEN, naar=_("siden %(dato)s") % {"dato": datotekst.dag_og_maaned(rad.siden)})
    return flett(SIDEN, naar=_("Ingen frist"))


@dataclass(frozen=True)
class _Ord:
    """What is the same in every row, looked up once."""

    for_navn: str
    sak: str
    lovfrist: SafeString
    pil: SafeString


def _ord() -> _Ord:
    lov = format_html(' <span class="ds-tag lov" data-color="neutral" data-variant="outline">{}</span>', _("Lovfrist"))
    return _Ord(_("for %(navn)s"), _("sak %(nummer)s"), lov, ikon("pil"))


@lru_cache(maxsize=64)
def _form(*, har_sak: bool, har_om: bool, har_lenke: bool, har_hvem: bool) -> str:
    """The markup of a row of this shape, with places for its words."""
    hvem = '<a class="ds-link" data-color="neutral" href="{sak_url}">{hvem}</a>' if har_sak else "{hvem}"
    om = f'<p class="meta">{hvem}{{om}}{{telefon}}</p>' if har_om else ""
    for_hvem = '<span class="ds-sr-only"> {for_hvem}</span>' if har_hvem else ""
    lenke = f'<a class="ds-link gjor" href="{{url}}">{{handling}}{for_hvem} {{pil}}</a>' if har_lenke else ""
    return f'<li class="rad">{{naar}}<div><p class="setning">{{setning}}{{lov}}</p>{om}</div>{lenke}</li>'


def _rad(rad: Any, i_dag: date, ord_: _Ord) -> SafeString:
    hvem, url, sak_url, telefon = rad.hvem, rad.url, rad.sak_url, rad.telefon
    om = f" · {ord_.sak % {'nummer': rad.saksnummer}}" if rad.saksnummer else ""
    if rad.kontakt:
        om = f"{om} · {rad.kontakt}"
    return flett(
        _form(har_sak=bool(sak_url), har_om=bool(hvem or om or telefon), har_lenke=bool(url), har_hvem=bool(hvem)),
        naar=_naar(rad, i_dag),
        setning=rad.setning,
        lov=ord_.lovfrist if rad.lovfrist else INGENTING,
        sak_url=sak_url,
        hvem=hvem,
        om=om,
        telefon=flett(", {tlf}", tlf=tlf(telefon)) if telefon else INGENTING,
        url=url,
        handling=rad.handling,
        for_hvem=ord_.for_navn % {"navn": hvem} if hvem else INGENTING,
        pil=ord_.pil,
    )


@register.filter
def som_liste(rad: Any) -> list[Any]:
    """One row as a list of one."""
    return [rad]


@register.simple_tag
def arbeidsrader(rader: Iterable[Any], i_dag: date) -> SafeString:
    """The rows of work: when, what, who, one action. Stands in <ul class="ren"> in <section class="bunke">.

    A row has frist or siden, setning, hvem, sak_url, saksnummer, kontakt, telefon, handling, url and lovfrist; it may
    have klokka.
    """
    ord_ = _ord()
    return samlet([_rad(rad, i_dag, ord_) for rad in rader])


PUNKT = '<li class="punkt"><div><a class="ds-link" href="{url}">{navn}</a><p class="meta">{om}</p></div></li>'


@register.simple_tag
def sakspunkter(saker: Iterable[Any]) -> SafeString:
    """A short list of cases: each has url, navn, nummer and rolle. Stands in <ul class="ren">."""
    sak = _ord().sak
    return samlet(
        [flett(PUNKT, url=en.url, navn=en.navn, om=f"{sak % {'nummer': en.nummer}} · {en.rolle}") for en in saker]
    )
