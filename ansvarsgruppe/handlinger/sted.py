"""Whether a place tells who the meeting is about: it stands in the calendars of those who are called (N11, N19)."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from tok.sak.models import Person
from tok.sak.tilgang import Avslag

KORTESTE_NAVN = 3  # «Bo» and «Ly» are words of the language too
IKKE_NAVN = frozenset({"ufødt", "barn", "baby", "jente", "gutt"})  # what stands for the name of one who is not born
_GATE_OG_NUMMER = re.compile(r"[^\W\d]{3,}.*?\d+")
_POSTSTED = re.compile(r"\d{4}\b")


class StedetNevnerPersonen(Avslag):
    """The place stands in the participants' calendars (N19)."""

    melding = _(
        "Skriv stedet uten navnet og adressen til den møtet gjelder. Stedet står i kalenderen til dem som kalles inn."
    )
    felt = "sted"


def nevner(sted: str, person: Person) -> bool:
    """Whether one of the names stands there as a word of its own, also in the genitive, or the home address does."""
    ordene = re.findall(r"[^\W\d_]+", sted.casefold())
    navn = re.findall(r"[^\W\d_]+", f"{person.fornavn} {person.etternavn}".casefold())
    lange = [ett for ett in navn if len(ett) >= KORTESTE_NAVN and ett not in IKKE_NAVN]
    if any(ord_ in (ett, f"{ett}s") for ett in lange for ord_ in ordene):
        return True
    if len(navn) > 1 and re.search(rf"\b{' '.join(navn)}s?\b", " ".join(ordene)):
        return True
    return any(_staar_i(adresse, sted) for adresse in _gateadresser(person.adresse))


def sjekk_sted(sted: str, person: Person) -> None:
    """Raises StedetNevnerPersonen when the place tells whose meeting it is."""
    if nevner(sted, person):
        raise StedetNevnerPersonen


def _gateadresser(adresse: str) -> list[str]:
    """`Kanariveien 3` of `c/o Berg, Kanariveien 3 B, 7580 Fjordvik`; a farm without a number is its name."""
    linjer = [linje.strip() for linje in re.split(r"[,\n]", adresse) if linje.strip()]
    med_nummer = [treff.group() for linje in linjer if (treff := _GATE_OG_NUMMER.match(linje))]
    return med_nummer or [linje for linje in linjer[:1] if not _POSTSTED.match(linje) and len(linje) >= KORTESTE_NAVN]


def _staar_i(adresse: str, sted: str) -> bool:
    """Whether the address stands there, however it is spaced; number 31 is not number 3."""
    return bool(re.search(rf"(?<!\w){_som_ord(adresse.casefold())}(?!\d)", sted.casefold()))


def _som_ord(tekst: str) -> str:
    deler = re.findall(r"[^\W\d_]+|\d+", tekst)
    return r"[\W_]*".join(re.escape(del_) for del_ in deler)
