"""The weekly control of the reading log: what it looks for, from what, and to whom it goes (N9)."""

from tok.sak.ukekontroll.uke import kontroller_uke, kontroller_uker

__all__ = ["kontroller_uke", "kontroller_uker"]
