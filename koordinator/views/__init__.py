"""The floor's pages."""

from koordinator.views.leder import MineForesporsler, Svar, SvarKvittering, SvarSeOver
from koordinator.views.oppnevning import Avslutt, Koordinatorer, Oppnevn
from koordinator.views.spoersmaal import ForespoerselSide, Spoer, SpoerSeOver, Trekk

__all__ = [
    "Avslutt",
    "ForespoerselSide",
    "Koordinatorer",
    "MineForesporsler",
    "Oppnevn",
    "Spoer",
    "SpoerSeOver",
    "Svar",
    "SvarKvittering",
    "SvarSeOver",
    "Trekk",
]
