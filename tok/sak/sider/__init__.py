"""Page bases: every page of the house is one of these."""

from tok.sak.sider.grunn import HandlingSide, KnappSide, ListeSide, Side, VisSide
from tok.sak.sider.hode import Sakshode, hent_hode

__all__ = ["HandlingSide", "KnappSide", "ListeSide", "Sakshode", "Side", "VisSide", "aapen", "hent_hode"]
