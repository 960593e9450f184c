"""Pages open to everybody: they say so, and all others must name a right."""

from __future__ import annotations

from typing import Any, TypeVar

V = TypeVar("V")


def aapen(view: V) -> V:
    """Mark a page that needs no right: help, privacy, the demo's start page."""
    view.er_aapen = True  # type: ignore[attr-defined]
    return view


def egen_konto(view: V) -> V:
    """Mark a page about the account itself: it needs no right, but a log-in with two factors (ADR 0014)."""
    view.krever_tofaktor = True  # type: ignore[attr-defined]
    return aapen(view)


def krever_tofaktor(view: Any) -> bool:
    """Whether the page is one that a log-in by password alone may not open, although it needs no right."""
    return bool(getattr(getattr(view, "view_class", view), "krever_tofaktor", False))


def er_aapen(view: Any) -> bool:
    """Whether the view, or the class behind it, is marked so."""
    return bool(getattr(getattr(view, "view_class", view), "er_aapen", False))
