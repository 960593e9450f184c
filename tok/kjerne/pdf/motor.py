"""The process that draws: HTML in, a finished PDF out, with limits of its own; the only import of WeasyPrint (N18).

Started by ``tegner.py``, without settings or secrets. One font set and one style sheet live as long
as the process (ytelse.md choice 7).

The PDF declares both PDF/A-3a (archive) and PDF/UA-1 (accessible). WeasyPrint can declare one of them at a time, so
it writes PDF/A-3a and `_fullfoer` adds what PDF/UA-1 wants.
"""

import io
import os
import resource
import select
import shutil
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from tok.kjerne.pdf.beskjed import Art, motta, send

# Everything the stylesheet may ask for: name → file of the font package. Nothing else exists to WeasyPrint.
SKRIFTER = {
    f"tok:skrift/{navn}": navn
    for navn in (
        "inter-latin-400-normal.woff2",
        "inter-latin-600-normal.woff2",
        "inter-latin-ext-400-normal.woff2",
        "inter-latin-ext-600-normal.woff2",
    )
}
DOKUMENTER = 500  # then a new process
VENTER = 600.0  # seconds without work, before the process ends and gives its memory back
# What no drawing needs: the network, other programs.
STENGT = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn", "ftplib.", "http.")

_UA_DEL = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


class UtenforKartet(Exception):
    """A template or a text asked for something that is not one of the project's own assets."""


class Ressurskart(URLFetcher):
    """Serves the fonts of the map, and refuses every other address without looking at it (CVE-2025-68616)."""

    def __init__(self, skriftmappe: Path) -> None:
        super().__init__()
        self.skriftmappe = skriftmappe

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        navn = SKRIFTER.get(url)
        if navn is None:
            # The address may hold case content, so it is not repeated.
            raise UtenforKartet("not an asset of the project")
        return URLFetcherResponse(url, (self.skriftmappe / navn).read_bytes(), {"Content-Type": "font/woff2"})


class Motor:
    """One font set and one style sheet, for one thread: WeasyPrint crashes when two share them."""

    def __init__(self, stilark: Path, skriftmappe: Path) -> None:
        self.kart = Ressurskart(skriftmappe)
        self.skrifter = FontConfiguration()
        self.stil = CSS(string=stilark.read_text(), base_url="tok:", font_config=self.skrifter, url_fetcher=self.kart)

    def tegn(self, html: str) -> bytes:
        """A tagged PDF/A-3a + PDF/UA-1 file; the same text gives the same file but for its time."""
        dokument = HTML(string=html, base_url="tok:", url_fetcher=self.kart)
        return _fullfoer(dokument.write_pdf(stylesheets=[self.stil], font_config=self.skrifter, pdf_variant="pdf/a-3a"))


def _fullfoer(data: bytes) -> bytes:
    """Declare PDF/UA-1 beside PDF/A-3a, and say of each header cell whether it heads a row or a column."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode().replace("</rdf:RDF>", _UA_DEL, 1)
        # PDF/A wants the metadata uncompressed.
        metadata = pdf.make_stream(xmp.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.Root.Metadata = metadata
        for objekt in pdf.objects:
            if isinstance(objekt, pikepdf.Dictionary) and objekt.get("/S") == "/TR":
                _sett_omfang(objekt)
        ut = io.BytesIO()
        pdf.save(ut, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
        return ut.getvalue()


def _sett_omfang(rad: pikepdf.Dictionary) -> None:
    """Give the header cells of one table row their /Scope: a row of headers alone heads columns, otherwise rows."""
    celler = list(rad.K)
    omfang = pikepdf.Name.Column if all(celle.S == "/TH" for celle in celler) else pikepdf.Name.Row
    for celle in celler:
        if celle.S == "/TH":
            celle.A.Scope = omfang


def _steng(hendelse: str, _verdier: tuple[Any, ...]) -> None:
    if hendelse.startswith(STENGT):
        raise UtenforKartet("the drawing process is alone")


def _grenser(minne: int) -> None:
    """Bytes of address space for the life of the process; no core file, nothing written to disk."""
    for hva, mest in ((resource.RLIMIT_AS, minne), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(hva, (mest, mest))


def _tid_til_neste(sekunder: int) -> None:
    """Seconds of processor time from now; the kernel ends what takes more, also when nobody waits for it any longer."""
    hardt = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + sekunder + 1, hardt))


def _kjoer(stilark: Path, skriftmappe: Path, minne: int, sekunder: int) -> None:
    """Draw until the other end closes, nothing has come for a while, or memory may have grown; then end in peace."""
    inn, ut = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but answers goes to the other end
    motor = Motor(stilark, skriftmappe)
    _grenser(minne)
    sys.addaudithook(_steng)
    send(ut, Art.TEKST)
    for _nummer in range(DOKUMENTER):
        if not select.select([inn], [], [], VENTER)[0] or not (bestilling := motta(inn)):
            return
        _tid_til_neste(sekunder)
        try:
            fil = motor.tegn(bestilling[1].decode())
        except Exception as feil:
            sted = traceback.extract_tb(feil.__traceback__)[-1]
            send(ut, Art.FEIL, f"{type(feil).__name__} {sted.filename}:{sted.lineno}".encode())
        else:
            send(ut, Art.FIL, fil)


if __name__ == "__main__":
    _kjoer(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    shutil.rmtree(sys.argv[5], ignore_errors=True)  # the one who started us may be gone without having cleared it
