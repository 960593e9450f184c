"""The workbook: typed cells, a head that stays, a code book; nothing a person wrote is ever run (ASVS 1.2.10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import IO, Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from tok.oversikt.eksport import kodebok
from tok.oversikt.eksport.arbeidsmappe import arbeidsmappe
from tok.oversikt.sporringer.aarstall import Aar, Kolonne, Type, kolonner, rader
from tok.oversikt.sporringer.celler import FORMLIKT, Dagtall, enlinje
from tok.sak.models import Sak

LINJER_PER_ARK = 1_048_576  # what a sheet holds, the head among them
HENTES = 2000  # rows at a time from the server's cursor
LENGSTE_CELLE = 32_767  # UTF-16 units
KORT = LENGSTE_CELLE // 2  # signs that are within it, whatever they are
MERKES = frozenset("=+-@< \t\f\v")  # a text beginning so is looked at before it is written
BREDDE = {Type.TEKST: 26, Type.HELTALL: 11, Type.DESIMALTALL: 11, Type.DATO: 12}  # signs
TALLFORM = {Type.HELTALL: "0", Type.DESIMALTALL: "0.0##", Type.DATO: "dd.mm.yyyy"}


def skriv(
    aar: Aar, saker: QuerySet[Sak], fil: IO[bytes], *, laget: datetime, linjer_per_ark: int = LINJER_PER_ARK
) -> None:
    """Write the cases, one line each, and the code book; call it inside a transaction.

    Rows come from a cursor on the server and leave to a private file at once. When a sheet is full, the next begins.
    """
    felt = kolonner(aar)
    celler = rader(aar, saker, [_uttrykk(kolonne) for kolonne in felt]).iterator(chunk_size=HENTES)
    with arbeidsmappe() as mappe:
        bok = Bok(fil, mappe)
        fakta = kodebok.om_fila(aar, laget)
        bok.egenskaper(fakta, laget, tittel=_("Register %(aar)s") % {"aar": aar.aar})
        bok.register(felt, celler, linjer_per_ark)
        bok.kodebok(felt, fakta)
        bok.lukk()


def _uttrykk(kolonne: Kolonne) -> Combinable | str:
    if kolonne.type is Type.DATO:
        return Dagtall(kolonne.uttrykk)
    return kolonne.uttrykk if kolonne.type in TALLFORM else enlinje(kolonne.uttrykk)


def _bredde(kolonne: Kolonne) -> int:
    """In signs: what the column says itself, else room for its longest word and the button of the filter."""
    lengste = max((len(verdi.ord) for verdi in kolonne.verdier), default=0)
    return kolonne.bredde or BREDDE.get(kolonne.type, lengste + 3)


def _kutt(verdi: str) -> str:
    """A cell has a longest length, counted as Excel counts; what is cut says so."""
    enheter = verdi.encode("utf-16-le")
    if len(enheter) <= 2 * LENGSTE_CELLE:
        return verdi
    return enheter[: 2 * (LENGSTE_CELLE - 1)].decode("utf-16-le", "ignore") + "…"


class Bok:
    """A workbook written row by row, in constant memory."""

    def __init__(self, fil: IO[bytes], mappe: str) -> None:
        self.bok = Workbook(
            fil,
            {
                "constant_memory": True,
                "tmpdir": mappe,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.hode = self.bok.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.brutt = self.bok.add_format({"text_wrap": True, "valign": "top"})
        self.fet = self.bok.add_format({"bold": True, "valign": "top"})
        # A text that looks like a formula stays a text when somebody edits the cell.
        self.merket = self.bok.add_format({"quote_prefix": True})
        self.tallform = {type_: self.bok.add_format({"num_format": form}) for type_, form in TALLFORM.items()}

    def egenskaper(self, fakta: dict[str, str], laget: datetime, *, tittel: str) -> None:
        """What the file says of itself: whose, which year, which day, made when; no person."""
        kommune = next(iter(fakta.values()))
        tid = laget.astimezone(UTC).replace(tzinfo=None)
        self.bok.set_properties({"title": tittel, "company": kommune, "author": "", "created": tid})
        for navn, verdi in fakta.items():
            self.bok.set_custom_property(navn, verdi)
        self.bunn = f"&L{kommune.replace('&', '&&')}, {tittel}&R&P / &N"

    def register(self, felt: Sequence[Kolonne], celler: Iterable[Sequence[Any]], linjer_per_ark: int) -> None:
        """The lines, on as many sheets as they need."""
        nummer, linje = 1, 0
        ark = self._ark(_("Register"), felt)
        tall = [kolonne.type in TALLFORM for kolonne in felt]
        for rad in celler:
            linje += 1
            if linje == linjer_per_ark:
                self._filter(ark, linje - 1, felt)
                nummer, linje = nummer + 1, 1
                ark = self._ark(f"{_('Register')} {nummer}", felt)
            for sted, verdi in enumerate(rad):
                if verdi is None or verdi == "":
                    continue
                if tall[sted]:
                    ark.write_number(linje, sted, verdi)
                elif verdi[0] in MERKES or len(verdi) > KORT:
                    self._tekst(ark, linje, sted, _kutt(verdi))
                else:
                    ark.write_string(linje, sted, verdi)
        self._filter(ark, linje, felt)

    def kodebok(self, felt: Iterable[Kolonne], fakta: dict[str, str]) -> None:
        """One row for each column; below, the facts of the file."""
        ark = self.bok.add_worksheet(_("Kodebok"))
        self._oppsett(ark)
        ark.freeze_panes(1, 1)
        for sted, (navn, bredde) in enumerate(zip(kodebok.hode(), kodebok.BREDDER, strict=True)):
            ark.set_column(sted, sted, bredde)
            ark.write_string(0, sted, navn, self.hode)
        linje = 0
        for linje, kolonne in enumerate(felt, 1):
            # Readers that do not measure wrapped text show one line; say how many there are.
            ark.set_row(linje, 15 * max(2, len(kolonne.verdier)))
            for sted, verdi in enumerate(kodebok.rad(kolonne)):
                ark.write_string(linje, sted, verdi, self.brutt if sted else self.fet)
        for under, (navn, verdi) in enumerate(fakta.items(), linje + 2):
            ark.write_string(under, 0, navn, self.fet)
            ark.write_string(under, 1, verdi, self.brutt)

    def lukk(self) -> None:
        """Put the pieces together in the file."""
        self.bok.close()

    def _ark(self, navn: str, felt: Sequence[Kolonne]) -> Any:
        ark = self.bok.add_worksheet(navn)
        self._oppsett(ark)
        ark.freeze_panes(1, 1)
        ark.set_row(0, 32)
        for sted, kolonne in enumerate(felt):
            ark.set_column(sted, sted, _bredde(kolonne), self.tallform.get(kolonne.type))
            ark.write_string(0, sted, kolonne.navn, self.hode)
        return ark

    def _oppsett(self, ark: Any) -> None:
        """On paper: A4 across, the head on each page."""
        ark.set_landscape()
        ark.set_paper(9)
        ark.fit_to_pages(1, 0)
        ark.repeat_rows(0)
        ark.set_footer(self.bunn)

    def _filter(self, ark: Any, siste: int, felt: Sequence[Kolonne]) -> None:
        ark.autofilter(0, 0, siste, len(felt) - 1)

    def _tekst(self, ark: Any, linje: int, sted: int, verdi: str) -> None:
        if verdi.startswith("<r>") and verdi.endswith("</r>"):
            # XlsxWriter takes such a text for its own markup and writes it unescaped; in two pieces it does not.
            ark.write_rich_string(linje, sted, self.merket, "<", "r>" + verdi[3:], self.merket)
        else:
            ark.write_string(linje, sted, verdi, self.merket if FORMLIKT.match(verdi) else None)
