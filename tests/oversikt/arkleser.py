"""Reads a workbook as a spreadsheet does, with the standard library alone, and says what kind each cell is."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

NS = {"a": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
A = f"{{{NS['a']}}}"
NULLPUNKT = date(1899, 12, 30)


@dataclass
class Ark:
    """One sheet: its cells by line, and the element itself for what stands around them."""

    rot: ET.Element
    linjer: list[dict[int, Any]] = field(default_factory=list)
    siterte: set[str] = field(default_factory=set)  # cells that stay texts when they are edited

    @property
    def hode(self) -> list[str]:
        return list(self.linjer[0].values())

    def rader(self) -> list[dict[str, Any]]:
        """The lines under the head, by its words; an empty cell is None."""
        return [{navn: linje.get(sted) for sted, navn in enumerate(self.hode)} for linje in self.linjer[1:]]


def les_bok(data: bytes) -> dict[str, Ark]:
    """The sheets by name, in order; a cell is str, int, Decimal or date as its type and format say."""
    with zipfile.ZipFile(BytesIO(data)) as pakke:
        assert pakke.testzip() is None
        bok = _xml(pakke, "workbook")
        former, sitert = _stiler(_xml(pakke, "styles"))
        arkene = {}
        for nummer, ark in enumerate(bok.findall("a:sheets/a:sheet", NS), 1):
            rot = _xml(pakke, f"worksheets/sheet{nummer}")
            arkene[ark.attrib["name"]] = _ark(rot, former, sitert)
        return arkene


def egenskaper(data: bytes) -> str:
    """What the file says of itself, as text."""
    with zipfile.ZipFile(BytesIO(data)) as pakke:
        return "".join(pakke.read(f"docProps/{navn}.xml").decode() for navn in ("app", "core", "custom"))


def _xml(pakke: zipfile.ZipFile, navn: str) -> ET.Element:
    return ET.fromstring(pakke.read(f"xl/{navn}.xml"))  # noqa: S314 -- the file is our own


def _stiler(rot: ET.Element) -> tuple[list[str], list[bool]]:
    egne = {form.attrib["numFmtId"]: form.attrib["formatCode"] for form in rot.findall("a:numFmts/a:numFmt", NS)}
    xf = rot.findall("a:cellXfs/a:xf", NS)
    return [egne.get(x.attrib["numFmtId"], x.attrib["numFmtId"]) for x in xf], ["quotePrefix" in x.attrib for x in xf]


def _ark(rot: ET.Element, former: list[str], sitert: list[bool]) -> Ark:
    ark = Ark(rot)
    for rad in rot.iterfind("a:sheetData/a:row", NS):
        linje: dict[int, Any] = {}
        for celle in rad:
            assert celle.find("a:f", NS) is None, "a formula"
            stil = int(celle.attrib.get("s", 0))
            linje[_sted(celle.attrib["r"])] = _verdi(celle, former[stil])
            if sitert[stil]:
                ark.siterte.add(celle.attrib["r"])
        ark.linjer.append(linje)
    return ark


def _verdi(celle: ET.Element, form: str) -> Any:
    slag = celle.attrib.get("t", "n")
    if slag == "inlineStr":
        tekst = "".join(t.text or "" for t in celle.iter(f"{A}t"))
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda treff: chr(int(treff[1], 16)), tekst)
    assert slag == "n", slag
    tall = Decimal(celle.findtext("a:v", "", NS))
    if "yy" in form:
        return NULLPUNKT + timedelta(days=int(tall))
    return int(tall) if form == "1" else tall


def _sted(adresse: str) -> int:
    sted = 0
    for bokstav in re.sub(r"\d", "", adresse):
        sted = sted * 26 + ord(bokstav) - 64
    return sted - 1
