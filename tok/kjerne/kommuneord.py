"""The municipality's own words: what a group, a meeting, the office are called here (C9)."""

from __future__ import annotations

from typing import Final, Literal

from tok.kjerne.models import Kommune

Form = Literal["ubestemt", "bestemt", "flertall", "bestemt_flertall"]

STANDARDORD: Final[dict[str, dict[str, str]]] = {
    "gruppe": {
        "ubestemt": "ansvarsgruppe",
        "bestemt": "ansvarsgruppa",
        "flertall": "ansvarsgrupper",
        "bestemt_flertall": "ansvarsgruppene",
    },
    "moete": {
        "ubestemt": "ansvarsgruppemøte",
        "bestemt": "ansvarsgruppemøtet",
        "flertall": "ansvarsgruppemøter",
        "bestemt_flertall": "ansvarsgruppemøtene",
    },
    "koordinator": {
        "ubestemt": "koordinator",
        "bestemt": "koordinatoren",
        "flertall": "koordinatorer",
        "bestemt_flertall": "koordinatorene",
    },
    "person": {
        "ubestemt": "bruker",
        "bestemt": "brukeren",
        "flertall": "brukere",
        "bestemt_flertall": "brukerne",
    },
    "kontor": {
        "ubestemt": "koordinerende enhet",
        "bestemt": "koordinerende enhet",
        "flertall": "koordinerende enheter",
        "bestemt_flertall": "koordinerende enhetene",
    },
}


def kommuneord(kommune: Kommune, noekkel: str, form: Form = "ubestemt", *, stor: bool = False) -> str:
    """The municipality's word for `noekkel` in the asked form; our own word where it has chosen none.

    Raises KeyError for a key or form that is not in STANDARDORD.
    """
    standard = STANDARDORD[noekkel][form]
    ord_ = kommune.ord.get(noekkel, {}).get(form) or standard
    return f"{ord_[0].upper()}{ord_[1:]}" if stor else ord_
