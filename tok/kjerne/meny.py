"""The main menu: the roof registers its pages at start-up, and each account is shown the lines it may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrEllerLoefte

    from tok.kjerne.models import Konto


@dataclass(frozen=True)
class Menypunkt:
    """One line: `vis` is asked per account; `soek` makes it the search box of the frame instead of a link."""

    navn: StrEllerLoefte
    url_navn: str
    vis: Callable[[Konto], bool]
    rekkefoelge: int = 100
    soek: bool = False


@dataclass(frozen=True)
class Menylenke:
    """A line as the page frame shows it; `gjeldende` is the value of aria-current, or empty."""

    navn: StrEllerLoefte
    url: str
    gjeldende: str
    soek: bool


_punkter: dict[str, Menypunkt] = {}


def registrer(punkt: Menypunkt) -> None:
    """Put a line in the menu; the same URL name again replaces the earlier one."""
    _punkter[punkt.url_navn] = punkt


@cache
def _adresse(url_navn: str) -> str:
    return reverse(url_navn)


def for_konto(konto: Konto, request: HttpRequest) -> list[Menylenke]:
    """The lines this account may see, in order, with the present page marked."""
    punkter = sorted(_punkter.values(), key=lambda punkt: punkt.rekkefoelge)
    synlige = [(punkt, _adresse(punkt.url_navn)) for punkt in punkter if punkt.vis(konto)]
    under = [url for _, url in synlige if url != "/" and request.path.startswith(url)]
    naermest = max(under, key=len, default="")

    def merke(url: str) -> str:
        if url == request.path:
            return "page"
        return "true" if url == naermest else ""

    return [Menylenke(punkt.navn, url, merke(url), punkt.soek) for punkt, url in synlige]
