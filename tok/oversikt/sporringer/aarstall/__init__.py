"""The yearly register per 31 December, made from period rows so that an old year comes out the same (L24, R232)."""

from tok.oversikt.sporringer.aarstall.aar import Aar, saker
from tok.oversikt.sporringer.aarstall.kolonner import Kolonne, Type, Verdi, kolonner, rader

__all__ = ["Aar", "Kolonne", "Type", "Verdi", "kolonner", "rader", "saker"]
