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
    """In the card's template `data` is all of its data, and each key a name; so is `kort`, unless it is such a key."""
    mal = get_template(kort.mal).template  # type: ignore[attr-defined]
    with context.push(**{"data": kort.data, "kort": kort.data, **kort.data}):
        tegnet: SafeString = mal.render(context)
        return tegnet
