"""Which road a made case takes, and when it was opened: dealt in turn, so that every state is there."""

from __future__ import annotations

from datetime import date, timedelta

SPENN = 760  # days of history
VEKST = 1.6  # the office grows: more cases of late
NY, UNG, MODEN = 10, 30, 115  # days since the case was opened
GJENNOMGANG = 235  # days since the last yearly review: the next meeting may come too late

# The roads, taken in turn, so that also a small municipality has a case in every state.
FERSK = ("venter", "godkjent", "uspurt", "venter_over", "begynner_senere", "uten_gruppe", "uten_ja", "nei")
UNGE = (
    "planlagt", "referat", "innkalt", "uten_gruppe", "saksliste_over", "foer_moete", "referat_over", "planlagt",
    "begynner_senere", "saksliste", "nei", "innkalt", "uten_ja",
)  # fmt: skip
MODNE = (
    "planlagt", "bytte", "innkalt", "avsluttet", "rettet", "referat_over", "vanlig", "sluttet", "planlagt", "avlyst",
    "trukket", "kladd", "innkalt", "utloept", "vanlig", "bytte", "saksliste", "gjennomgang_over", "planlagt",
    "avsluttet", "referat", "innkalt", "saksliste_over", "vanlig",
)  # fmt: skip
I_GANG = frozenset({"planlagt", "innkalt", "avlyst", "kladd", "saksliste", "saksliste_over", "referat", "referat_over"})


def aapnet(nummer: int, antall: int, i_dag: date) -> date:
    """When the case was opened: the higher the number the later, and more of late."""
    return i_dag - timedelta(days=1 + int(SPENN * (1 - (nummer + 0.5) / antall) ** VEKST))


def vei(nummer: int, dager: int) -> str:
    """The road of a case so many days old; in the first days little has happened."""
    if dager < NY:
        return ("uspurt", "venter")[nummer % 2]
    veier = FERSK if dager < UNG else UNGE if dager < MODEN else MODNE
    return veier[nummer % len(veier)]


def vern(nummer: int) -> str:
    """Address protection for a few."""
    hvilken = {9: "fortrolig", 30: "strengt"}
    return hvilken.get(nummer % 40, "")
