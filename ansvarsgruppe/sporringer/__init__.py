"""Named questions and read models of the meetings."""

from ansvarsgruppe.sporringer.innkalling import (
    VANLIG_INNKALT,
    avtrykk,
    egen_innkalling,
    er_kalt,
    har_samtykke_til_innkalling,
    kan_innkalles,
    planmerke,
    punkttekster,
    siste_innkallinger,
    stengt_ute,
)
from ansvarsgruppe.sporringer.loep import Loepsteg, Moeteloep, Nestesteg, finn_loep, neste_moete, rettigheter

__all__ = [
    "VANLIG_INNKALT",
    "Loepsteg",
    "Moeteloep",
    "Nestesteg",
    "avtrykk",
    "egen_innkalling",
    "er_kalt",
    "finn_loep",
    "har_samtykke_til_innkalling",
    "kan_innkalles",
    "neste_moete",
    "planmerke",
    "punkttekster",
    "rettigheter",
    "siste_innkallinger",
    "stengt_ute",
]
