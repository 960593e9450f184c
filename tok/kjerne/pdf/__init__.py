"""HTML templates become accessible, archivable PDFs, drawn in a process of their own (N18, ASVS 1.3.6, ADR 0016)."""

import atexit
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from tok.kjerne.pdf.tegner import Tegnefeil, Tegner

__all__ = ["Tegnefeil", "Tegner", "render"]

_tegner = Tegner()
atexit.register(_tegner.lukk)


def render(mal: str, innhold: dict[str, Any], *, tittel: str, maalform: str = "nb") -> bytes:
    """Render templates/pdf/<mal>.html with the content to a tagged PDF/A-3a + PDF/UA-1 file.

    ``maalform`` is "nb" or "nn", the recipient's choice (N21). The same input gives the same text; the caller keeps
    the bytes and never renders a finished document again. Raises Tegnefeil when the drawing fails, takes too long or
    too much memory.
    """
    with override(maalform):
        html = render_to_string(f"pdf/{mal}.html", {**innhold, "tittel": tittel, "maalform": maalform})
    return _tegner.tegn(html)
