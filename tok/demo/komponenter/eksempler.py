"""What the component pages show besides form fields: rows of work, deadlines, a conflict, typed dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansvarsgruppe.handlinger.fletting import Ord, ulikheter
from tok.kjerne import datotekst
from tok.kjerne.datotolking import Datofeil, tolk_dato

MIN_TEKST = gettext_lazy("Amalie går på skolen tre dager i uka. Hun vil begynne på fotball igjen.")
ANDRES_TEKST = gettext_lazy("Amalie går på skolen fire dager i uka. Fysioterapeuten følger henne opp.")
SKREVNE_DATOER = (
    ("3", "mars", "2026"),
    ("03", "03", "2026"),
    ("3.", "mar.", "2026"),
    ("3. mars 2026", "", ""),
    ("tirsdag 3. mars 2026", "", ""),
    ("2026-03-03", "", ""),
    ("3", "3", "26"),
    ("29", "februar", "2026"),
    ("31", "juni", "2026"),
    ("3", "ju", "2026"),
    ("3", "", "2026"),
)


@dataclass(frozen=True)
class Fane:
    """One tab of content."""

    id: str
    tittel: Any
    mal: str


FANER = [
    Fane("fane-avtalt", gettext_lazy("Avtalt"), "demo/komponenter/_fane_avtalt.html"),
    Fane("fane-gjort", gettext_lazy("Gjort"), "demo/komponenter/_fane_gjort.html"),
]


@dataclass(frozen=True)
class Konflikt:
    """Two texts of one field, in pieces."""

    felt: str
    navn: str
    mine: list[Ord]
    andres: list[Ord]


def konflikt() -> Konflikt:
    """What two people wrote at the same time."""
    min_, andres = str(MIN_TEKST), str(ANDRES_TEKST)
    return Konflikt("naa_situasjon", _("Nå-situasjonen"), ulikheter(min_, andres), ulikheter(andres, min_))


def skrevne_datoer() -> list[tuple[str, str, bool]]:
    """Dates as they may be typed, with what they are understood as, or why they are not."""
    rader = []
    for deler in SKREVNE_DATOER:
        try:
            dag = tolk_dato(*deler, felt=_("Dato"))
            rader.append((" | ".join(filter(None, deler)), datotekst.dato(dag) if dag else "", True))
        except Datofeil as feil:
            rader.append((" | ".join(filter(None, deler)), feil.melding, False))
    return rader


@dataclass(frozen=True)
class Rad:
    """One row of work, with what deler/_rad.html takes."""

    setning: str
    handling: str
    hvem: str = ""
    frist: date | None = None
    siden: date | None = None
    klokka: str = ""
    lovfrist: bool = False
    saksnummer: str = ""
    sak_url: str = ""
    kontakt: str = ""
    telefon: str = ""
    url: str = "#rader"


def rader(i_dag: date) -> list[Rad]:
    """Rows of work: overdue, today with a time, later, without a deadline, waiting since."""
    sak: dict[str, Any] = {"saksnummer": "2026/14", "sak_url": "#rader"}
    ring, langt = (
        _("Ring lederen som ikke har svart"),
        _(
            "Se over individuell plan sammen med spesialisthelsetjenestens habiliteringsavdeling og "
            "arbeidsmarkedstiltaksleverandøren"
        ),
    )
    lederen: dict[str, Any] = {"kontakt": _("leder Per Aas"), "telefon": "12345040"}
    navn = "Aleksandra Maria Wiśniewska-Kristoffersen"
    return [
        Rad(ring, _("Se forespørselen"), "Amalie Dahl", i_dag - timedelta(days=2), **sak, **lederen),
        Rad(_("Møte i ansvarsgruppa"), _("Åpne møtet"), "Kasper Lie", i_dag, klokka=_("kl. 13.00"), **sak),
        Rad(langt, _("Se over planen"), navn, i_dag + timedelta(days=11), lovfrist=True, **sak),
        Rad(_("Ta kurset for koordinatorer"), _("Meld på")),
        Rad(_("Henvendelse på telefon"), _("Ta henvendelsen"), "Jonas Berg", siden=i_dag - timedelta(days=4)),
    ]
