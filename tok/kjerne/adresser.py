"""Old and half-right addresses: where a page has moved, what was meant by a slip, and the page a button stands on."""

from __future__ import annotations

import re
from typing import Any

from django.urls import Resolver404, ResolverMatch, resolve

# What an address began with before, and what it begins with now. Lines are added when a page moves, and never removed.
FLYTTET = (
    ("/koordinatorer/foresporsler/", "/saker/foresporsler/"),
    ("/koordinatorer/oppnevninger/", "/saker/oppnevninger/"),
    ("/saker/koordinator/foresporsler/", "/saker/foresporsler/"),
    ("/saker/koordinator/oppnevninger/", "/saker/oppnevninger/"),
    ("/min-dag/", "/"),
    ("/logg-inn/", "/konto/login/"),
)
# What a mail program or a hand puts after a link: "… se https://…/moeter/1/." or "(…)".
HALE = re.compile(r"[\s.,;:!)\]>»\"']+$")


def _finn(sti: str) -> ResolverMatch | None:
    try:
        return resolve(sti)
    except Resolver404:
        return None


def rettet(sti: str) -> str:
    """The address that was meant by one that leads nowhere, within this site; empty when there is none.

    Mends moved addresses, capital letters, doubled or missing slashes, and punctuation a mail program took along.
    """
    forslag = re.sub(r"/{2,}", "/", f"{HALE.sub('', sti).lower().rstrip('/')}/")
    for gammel, ny in FLYTTET:
        if forslag.startswith(gammel):
            forslag = ny + forslag.removeprefix(gammel)
    return forslag if forslag != sti and _finn(forslag) else ""


def _kan_leses(treff: ResolverMatch) -> bool:
    """Whether the page is a class that answers GET; a plain function does not tell, and is passed over."""
    klasse: Any = getattr(treff.func, "view_class", None)
    return klasse is not None and "get" in klasse.http_method_names and hasattr(klasse, "get")


def lesbar(sti: str) -> str:
    """The nearest page that can be read at this address or above it: the page a button stands on."""
    deler = sti.strip("/").split("/")
    for antall in range(len(deler), 0, -1):
        forslag = f"/{'/'.join(deler[:antall])}/"
        treff = _finn(forslag)
        if treff is not None and _kan_leses(treff):
            return forslag
    return "/"
