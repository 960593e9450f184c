"""All writing of the floor: ask the leader, answer as leader, appoint."""

from koordinator.handlinger.forespoersel import finn_leder, spoer_leder, trekk_forespoersel
from koordinator.handlinger.oppnevning import avslutt_oppnevning, bytt_koordinator, oppnevn
from koordinator.handlinger.svar import avslaa, godkjenn, godkjenn_annen

__all__ = [
    "avslaa",
    "avslutt_oppnevning",
    "bytt_koordinator",
    "finn_leder",
    "godkjenn",
    "godkjenn_annen",
    "oppnevn",
    "spoer_leder",
    "trekk_forespoersel",
]
