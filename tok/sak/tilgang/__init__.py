"""The door: every right in one table, one way in for reading, one for writing."""

from tok.sak.tilgang.doer import Rett
from tok.sak.tilgang.handling import Avslag, handlinger, krever
from tok.sak.tilgang.roller import Omfang, Rolle, Vilkaar

__all__ = ["Avslag", "Omfang", "Rett", "Rolle", "Vilkaar", "handlinger", "krever"]
