"""HTML templates become accessible, archivable PDFs; the only import of WeasyPrint (N18, ASVS 1.3.6).

The file declares both PDF/A-3a (archive) and PDF/UA-1 (accessible). WeasyPrint can declare one of them at a time, so
it writes PDF/A-3a and `_fullfoer` adds what PDF/UA-1 wants.
"""

import io
from pathlib import Path
from threading import Lock
from typing import Any

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

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
STILARK = "static/css/pdf.css"

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

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        navn = SKRIFTER.get(url)
        if navn is None:
            # The address may hold case content, so it is not repeated.
            raise UtenforKartet("not an asset of the project")
        return URLFetcherResponse(url, (_skriftmappe() / navn).read_bytes(), {"Content-Type": "font/woff2"})


# WeasyPrint's fonts and style sheet crash when two threads share them (ytelse.md, choice 7): one set, one at a time.
_laas = Lock()
_delt: tuple[FontConfiguration, CSS] | None = None


def render(mal: str, innhold: dict[str, Any], *, tittel: str, maalform: str = "nb") -> bytes:
    """Render templates/pdf/<mal>.html with the content to a tagged PDF/A-3a + PDF/UA-1 file.

    ``maalform`` is "nb" or "nn", the recipient's choice (N21). The same input gives the same text; the caller keeps
    the bytes and never renders a finished document again.
    """
    with override(maalform):
        html = render_to_string(f"pdf/{mal}.html", {**innhold, "tittel": tittel, "maalform": maalform})
    with _laas:
        skriftoppsett, stilark = _felles()
        data = HTML(string=html, base_url="tok:", url_fetcher=Ressurskart()).write_pdf(
            stylesheets=[stilark], font_config=skriftoppsett, pdf_variant="pdf/a-3a"
        )
    return _fullfoer(data)


def _felles() -> tuple[FontConfiguration, CSS]:
    global _delt
    if _delt is None:
        oppsett = FontConfiguration()
        fil = Path(settings.BASE_DIR) / STILARK
        _delt = oppsett, CSS(string=fil.read_text(), base_url="tok:", font_config=oppsett, url_fetcher=Ressurskart())
    return _delt


def _skriftmappe() -> Path:
    return Path(settings.TOK_PDF_SKRIFT) / "files"


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
