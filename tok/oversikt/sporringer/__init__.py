"""Read models of the roof: fixed numbers of set-based queries, answered as plain dataclasses (ytelse.md)."""
