"""Template words of the house: the municipality's words, dates, distances, telephone numbers, initials and icons."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, cast

from django import template
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tok.kjerne import datotekst
from tok.kjerne.kommuneord import Form, kommuneord
from tok.kjerne.kontekst import les_kommune

register = template.Library()


@register.simple_tag(takes_context=True, name="ord")
def ord_(context: RequestContext, noekkel: str, form: str = "ubestemt", stor: bool = False) -> str:
    """`{% ord "gruppe" "bestemt" stor=True %}`: the municipality's word for a thing (C9)."""
    kommune = context.get("kommune") or les_kommune()
    return kommuneord(kommune, noekkel, cast(Form, form), stor=stor)


@register.filter
def dato(verdi: date | None) -> str:
    """`22. november 2026`."""
    return datotekst.dato(verdi) if verdi else ""


@register.filter
def dag_og_maaned(verdi: date | None) -> str:
    """`22. november`."""
    return datotekst.dag_og_maaned(verdi) if verdi else ""


@register.filter
def dato_tid(verdi: datetime | None) -> str:
    """`22. november 2026 kl. 09.00`."""
    return datotekst.dato_tid(verdi) if verdi else ""


@register.filter
def kl(verdi: datetime | time | None) -> str:
    """`09.00`."""
    return datotekst.kl(verdi) if verdi is not None else ""


@register.filter
def ukedag_dato(verdi: date | None) -> str:
    """`mandag 23. november 2026`."""
    return datotekst.ukedag_dato(verdi) if verdi else ""


@register.filter
def kort_dato(verdi: date | None, i_dag: date) -> str:
    """`man. 23. november`, for lists."""
    return datotekst.kort_dato(verdi, i_dag) if verdi else ""


@register.filter
def avstand(verdi: date | None, i_dag: date) -> str:
    """`om 3 dager`, `2 dager over`."""
    return datotekst.avstand(verdi, i_dag) if verdi else ""


@register.filter
def siden(verdi: date | None, i_dag: date) -> str:
    """`kom i dag`, `kom for 4 dager siden`: when something came in."""
    return datotekst.siden(verdi, i_dag) if verdi else ""


@register.filter
def er_over(verdi: date | None, i_dag: date) -> bool:
    """Whether the date has passed; for an icon and words, never colour alone (sider.md no. 5)."""
    return bool(verdi) and datotekst.som_dato(cast(date, verdi)) < i_dag


@register.filter
def isodato(verdi: date | None) -> str:
    """`2026-11-22`, for the attribute of `<time>`."""
    return datotekst.som_dato(verdi).isoformat() if verdi else ""


def _siffer(nummer: str) -> str:
    """Norwegian numbers as eight digits, others with their country code."""
    siffer = re.sub(r"[^\d+]", "", nummer or "")
    siffer = re.sub(r"^(\+47|0047)(?=\d{8}$)", "", siffer)
    return f"+{siffer[2:]}" if siffer.startswith("00") else siffer


@register.filter
def telefon(nummer: str) -> str:
    """`12 34 50 40`."""
    siffer = _siffer(nummer)
    return " ".join(re.findall("..", siffer)) if re.fullmatch(r"\d{8}", siffer) else (nummer or "")


@register.simple_tag
@lru_cache(maxsize=1024)
def tlf(nummer: str) -> SafeString | str:
    """The number as a link that can be called."""
    siffer = _siffer(nummer)
    if not siffer:
        return nummer or ""
    lenke = siffer if siffer.startswith("+") or len(siffer) != 8 else f"+47{siffer}"
    return format_html(
        '<a class="ds-link" data-color="neutral" href="tel:{}">{}</a>', lenke, telefon(nummer).replace(" ", "\N{NBSP}")
    )


@register.filter
def initialer(navn: str) -> str:
    """`KØ` for Kari Østby: first letter of the first and the last name."""
    deler = (navn or "").split()
    return "".join(del_[0] for del_ in (deler[:1] + deler[1:][-1:])).upper()


@register.simple_tag
@lru_cache(maxsize=128)
def ikon(navn: str) -> SafeString:
    """An icon from the sprite; always beside words, so hidden from screen readers."""
    return format_html(
        '<svg class="ikon" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        static("bilder/ikoner.svg"),
        navn,
    )


@register.filter
def stor(tekst: Any) -> str:
    """First letter large, the rest untouched."""
    ren = str(tekst)
    return ren[:1].upper() + ren[1:]
