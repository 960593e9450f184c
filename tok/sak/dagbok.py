"""The diary in words: one sentence per handling, made from `templates/hendelser/<handling>.txt`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext as _

from tok.sak.models import Hendelse


@dataclass(frozen=True)
class Dagbokslinje:
    """One line of the diary, ready to show; the text is plain, the page escapes it."""

    tid: datetime
    setning: str


def mal_for(handling: str) -> str:
    """The template that says what a handling did."""
    return f"hendelser/{handling}.txt"


def setning(hendelse: Hendelse) -> str:
    """What was done and by whom, in one sentence.

    A handling without a template is found by a test; a reader of the diary is told what is known.
    """
    try:
        mal = get_template(mal_for(hendelse.handling)).template  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return _("%(navn)s gjorde en endring.") % {"navn": hendelse.konto_navn}
    # Plain text: the page that shows the sentence escapes it, once.
    ord_ = Context({"hendelse": hendelse, "data": hendelse.data}, autoescape=False)
    return " ".join(mal.render(ord_).split())


def setninger(hendelser: Iterable[Hendelse]) -> list[Dagbokslinje]:
    """The lines of a diary in the order given; reads nothing more from the database."""
    return [Dagbokslinje(hendelse.tid, setning(hendelse)) for hendelse in hendelser]
