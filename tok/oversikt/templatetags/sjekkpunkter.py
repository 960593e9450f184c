"""The points of a checklist, put together in Python for the same reason as the rows of the work lists (rader.py)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tok.kjerne import datotekst
from tok.kjerne.markering import INGENTING, flett, samlet
from tok.kjerne.templatetags.tok import ikon
from tok.oversikt.sporringer.saken import Punkt

register = template.Library()

KJENT = (
    '<li><p class="kryss"><span class="boks">{hake}</span>'
    '<span>{tekst} <span class="meta">{vet_vi}</span></span></p></li>'
)
KNAPP = (
    '<li><form method="post" action="{foer}{id}{etter}">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{token}">{av}'
    '<button class="kryss" type="submit" aria-pressed="{er_gjort}"><span class="boks">{hake}</span>'
    "<span>{tekst}{gjort}</span></button></form></li>"
)
GJORT = ' <span class="meta">{gjort}</span>'
AV = flett('<input type="hidden" name="av" value="1">')


@register.simple_tag(takes_context=True)
def sjekkpunkter(context: RequestContext, punkter: Iterable[Punkt], sak_id: UUID) -> SafeString:
    """The <li> of each point: known from the case, or a button that ticks it and takes the tick away (C8)."""
    foer, _punkt, etter = reverse("sak:kryss", args=[sak_id, 0]).rpartition("0")
    hake, vet_vi, token = ikon("hake"), _("vet vi fra saken"), str(context["csrf_token"])

    def rad(punkt: Punkt) -> SafeString:
        if punkt.er_kjent:
            return flett(KJENT, hake=hake, tekst=punkt.tekst, vet_vi=vet_vi)
        gjort = _("Gjort %(dato)s") % {"dato": datotekst.dato(punkt.tid)} if punkt.tid else ""
        return flett(
            KNAPP,
            foer=foer,
            id=punkt.id,
            etter=etter,
            token=token,
            av=AV if gjort else INGENTING,
            er_gjort="true" if gjort else "false",
            hake=hake if gjort else INGENTING,
            tekst=punkt.tekst,
            gjort=flett(GJORT, gjort=gjort) if gjort else INGENTING,
        )

    return samlet(rad(punkt) for punkt in punkter)
