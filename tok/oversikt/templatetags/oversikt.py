"""Draws a floor's card on the case page: its own template, its plain data, the page's own context round it."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext
from django.template.loader import get_template
from django.utils.safestring import SafeString

from tok.oversikt.sporringer.saken import Kort

register = template.Library()


@register.simple_tag(takes_context=True)
def tegn_kort(context: RequestContext, kort: Kort) -> SafeString:
    """The card's data are names of their own in its template, and all of them `kort`."""
    mal = get_template(kort.mal).template  # type: ignore[attr-defined]
    with context.push(kort=kort.data, **kort.data):
        tegnet: SafeString = mal.render(context)
        return tegnet
