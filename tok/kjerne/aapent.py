"""Pages open to everybody: they say so, and all others must name a right."""

from __future__ import annotations

from typing import Any, TypeVar

V = TypeVar("V")


def aapen(view: V) -> V:
    """Mark a page that needs no right: help, privacy, the demo's start page."""
    view.er_aapen = True  # type: ignore[attr-defined]
    return view


def er_aapen(view: Any) -> bool:
    """Whether the view, or the class behind it, is marked so."""
    return bool(getattr(getattr(view, "view_class", view), "er_aapen", False))
