"""The rows of the register, put together in Python for the same reason as those of the work lists (rader.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tok.kjerne import datotekst
from tok.kjerne.lenker import lenke
from tok.kjerne.markering import INGENTING, flett, samlet
from tok.kjerne.templatetags.tok import ikon, stor, tlf
from tok.oversikt.sporringer.register import Registerrad

register = template.Library()

RAD = (
    '<tr><td><a class="ds-link" data-color="accent" href="{url}">{navn}</a>{skjermet}</td>'
    '<td data-navn="{kol_sak}"><div><span class="tall sammen">{nummer}</span>{avsluttet}</div></td>'
    '<td data-navn="{kol_koordinator}"><div>{hvem}</div></td>'
    '<td data-navn="{kol_gruppe}">{opprettet}</td>'
    '<td data-navn="{kol_moete}">{neste}</td>'
    '<td data-navn="{kol_gjennomgang}"><div>{frist}</div></td></tr>'
)
MED_META = '{}<p class="meta">{}</p>'


@dataclass(frozen=True)
class _Ord:
    """What is the same in every row, looked up once."""

    kolonner: dict[str, SafeString]
    fra: str
    ikke_opprettet: str
    ikke_avtalt: str
    ingen_frist: str
    mangler: SafeString
    skjermet: SafeString


@lru_cache(maxsize=64)
def _ord(koordinator: str, gruppe: str, spraak: str) -> _Ord:
    laas = '<span class="ds-tag" data-color="danger" data-variant="outline">{} {}</span>'
    kolonner = {
        "kol_sak": _("Sak"),
        "kol_koordinator": koordinator,
        "kol_gruppe": gruppe,
        "kol_moete": _("Neste møte"),
        "kol_gjennomgang": _("Årlig gjennomgang"),
    }
    return _Ord(
        kolonner={plass: escape(ord_) for plass, ord_ in kolonner.items()},
        fra=_("fra %(dato)s"),
        ikke_opprettet=_("ikke opprettet"),
        ikke_avtalt=_("ikke avtalt"),
        ingen_frist=_("ingen frist"),
        mangler=format_html("{} {}", ikon("over"), _("Mangler")),
        skjermet=format_html(" {}", format_html(laas, ikon("laas"), _("Beskyttet adresse"))),
    )


@lru_cache(maxsize=4096)
def _frist(dag: date, i_dag: date, spraak: str) -> SafeString:
    over = format_html("{} ", ikon("over")) if dag < i_dag else INGENTING
    avstand = format_html("{}{}", over, stor(datotekst.avstand(dag, i_dag)))
    return format_html(MED_META, avstand, datotekst.dato(dag))


@lru_cache(maxsize=1024)
def _koordinator(navn: str, telefon: str, enhet: str, fra: str) -> SafeString:
    """One coordinator has many cases."""
    komma = ", " if enhet and telefon else ""
    return format_html(MED_META, navn, fra or format_html("{}{}{}", enhet, komma, tlf(telefon)))


def _hvem(rad: Registerrad, ord_: _Ord) -> SafeString:
    if not rad.koordinator:
        return ord_.mangler
    fra = ord_.fra % {"dato": datotekst.dato(rad.koordinator_fra)} if rad.koordinator_fra else ""
    return _koordinator(rad.koordinator, rad.koordinator_telefon, rad.enhet, fra)


def _rad(rad: Registerrad, i_dag: date, ord_: _Ord, spraak: str) -> SafeString:
    slutt = INGENTING
    if rad.avsluttet:
        avsluttet = _("avsluttet %(dato)s") % {"dato": datotekst.dato(rad.avsluttet)}
        slutt = flett('<p class="meta">{tekst}</p>', tekst=avsluttet)
    opprettet = rad.gruppe_opprettet
    return flett(
        RAD,
        **ord_.kolonner,
        navn=rad.navn,
        nummer=rad.nummer,
        url=lenke("oversikt:sak", rad.sak_id),
        skjermet=ord_.skjermet if rad.skjermet else INGENTING,
        avsluttet=slutt,
        hvem=_hvem(rad, ord_),
        opprettet=ord_.fra % {"dato": datotekst.dato(opprettet)} if opprettet else ord_.ikke_opprettet,
        neste=datotekst.dato_tid(rad.neste_moete) if rad.neste_moete else ord_.ikke_avtalt,
        frist=_frist(rad.gjennomgang, i_dag, spraak) if rad.gjennomgang else ord_.ingen_frist,
    )


@register.simple_tag
def registerrader(rader: Iterable[Registerrad], i_dag: date, koordinator: str, gruppe: str) -> SafeString:
    """The rows of <tbody>; `koordinator` and `gruppe` are the municipality's words, as in the table's head."""
    spraak = get_language() or ""
    ord_ = _ord(koordinator, gruppe, spraak)
    return samlet([_rad(rad, i_dag, ord_, spraak) for rad in rader])
