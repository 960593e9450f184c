"""`{% husk a b %}…{% endhusk %}`: markup drawn once for each set of the values it depends on, and kept in memory.

What is kept is found by all that went into it, so nobody is shown what others' values gave. Inside it nothing else may
be used than the values named, constants, and what is the same for the whole process.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
HOEYST = 500


class Husk(template.Node):
    """The block, with what it has drawn."""

    def __init__(self, innhold: NodeList, verdier: list[FilterExpression]) -> None:
        self.innhold, self.verdier = innhold, verdier
        self.tegnet: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """What was drawn for these values, or now is."""
        noekkel = (get_language(), *(verdi.resolve(context) for verdi in self.verdier))
        tegnet = self.tegnet.get(noekkel)
        if tegnet is None:
            if len(self.tegnet) >= HOEYST:
                self.tegnet.clear()
            tegnet = self.tegnet[noekkel] = self.innhold.render(context)
        return tegnet


@register.tag
def husk(parser: Parser, token: Token) -> Husk:
    """All the values the block depends on; they must be of the kind that a dictionary can be searched by."""
    verdier = [parser.compile_filter(del_) for del_ in token.split_contents()[1:]]
    innhold = parser.parse(("endhusk",))
    parser.delete_first_token()
    return Husk(innhold, verdier)
