"""Run over one of our databases: minutes as PDF beside a plain WeasyPrint call, with memory and pace."""

from __future__ import annotations

import json
import statistics
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import django
import psutil

FOER, PAA_PROCESS = 50, 20


def _minne() -> float:
    """The memory this process and the one that draws for it hold now, in MB."""
    alle = [psutil.Process(), *psutil.Process().children(recursive=True)]
    return float(sum(prosess.memory_info().rss for prosess in alle)) / 1024 / 1024


def _referat() -> Any:
    """Minutes as they were frozen: the longest of the newest."""
    from tok.kjerne.models import Dokument

    nye = Dokument.objects.filter(mal="referat").order_by("-bestilt_tid")[:200]
    return max(nye, key=lambda dokument: len(json.dumps(dokument.innhold)))


def _tid(gjoer: Any, ganger: int) -> float:
    tider = []
    for _ in range(ganger):
        start = time.perf_counter()
        gjoer()
        tider.append(time.perf_counter() - start)
    return statistics.median(tider) * 1000


def maal(til: int) -> dict[str, float]:
    """Milliseconds a document, ours and plain in turns; pages; memory; milliseconds to fetch a finished one."""
    import pikepdf
    from django.conf import settings
    from django.template.loader import render_to_string
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from tok.kjerne import klokke
    from tok.kjerne import pdf as vaar
    from tok.kjerne.dokumenter import hent_pdf
    from tok.kjerne.pdf.motor import Ressurskart
    from tok.kjerne.pdf.tegner import STILARK

    dokument = _referat()
    css = (Path(settings.BASE_DIR) / STILARK).read_text()
    kart = Ressurskart(Path(settings.TOK_PDF_SKRIFT) / "files")

    def enkelt() -> bytes:
        """What the manual shows: style sheet and fonts read for each document, no tags, no archive format."""
        html = render_to_string("pdf/referat.html", {**dokument.innhold, "tittel": dokument.tittel, "maalform": "nb"})
        skrifter = FontConfiguration()
        ark = CSS(string=css, base_url="tok:", font_config=skrifter, url_fetcher=kart)
        data: bytes = HTML(string=html, base_url="tok:", url_fetcher=kart).write_pdf(
            stylesheets=[ark], font_config=skrifter
        )
        return data

    def merket() -> bytes:
        return vaar.render("referat", dokument.innhold, tittel=dokument.tittel)

    with pikepdf.open(BytesIO(merket())) as lest:
        sider = len(lest.pages)
    enkelt()
    par = [(_tid(merket, 2), _tid(enkelt, 2)) for _ in range(6)]
    for _ in range(FOER - 13):
        merket()
    foer = _minne()
    for _ in range(til - FOER):
        merket()
    etter = _minne()
    naa = klokke.naa()
    hent_pdf(dokument, naa=naa)
    return {
        "sider": sider,
        "vaar": statistics.median(en for en, _to in par),
        "enkelt": statistics.median(to for _en, to in par),
        "forhold": statistics.median(en / to for en, to in par),
        "foer": foer,
        "etter": etter,
        "til": til,
        "ferdig": _tid(lambda: hent_pdf(dokument, naa=naa), 20),
    }


def fart() -> dict[str, float]:
    """One of two processes: seconds for a pile of documents, after the fonts are read."""
    from tok.kjerne import pdf as vaar

    dokument = _referat()
    vaar.render("referat", dokument.innhold, tittel=dokument.tittel)
    start = time.perf_counter()
    for _ in range(PAA_PROCESS):
        vaar.render("referat", dokument.innhold, tittel=dokument.tittel)
    return {"start": start, "slutt": time.perf_counter(), "antall": PAA_PROCESS}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fart() if sys.argv[1] == "fart" else maal(int(sys.argv[1]))))
