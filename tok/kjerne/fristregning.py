"""The arithmetic of deadlines: dates in, dates out (domene.md §3); the rules live in each app's frister.py."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tok.kjerne.kalender import forrige_arbeidsdag, legg_til_arbeidsdager, neste_arbeidsdag


class Lengdeenhet(StrEnum):
    """What a rule's length is counted in."""

    DAGER = "dager"
    ARBEIDSDAGER = "arbeidsdager"
    MAANEDER = "maaneder"


@dataclass(frozen=True, kw_only=True)
class Fristregel:
    """One deadline rule with its source (R/L number or paragraph), from the day it holds.

    ``lovfestet`` is a clock of law, which no municipality can change; the others are clocks of the routine.
    ``paaminnes`` holds days before the due date, so 0 is the day itself and -1 the day after.
    ``til_kontoret_naar_over`` tells the office when the due date has passed in silence; it rides on the reminders.
    ``flytt_fra_fridag`` moves a last day on a Saturday, Sunday or holiday to the next working day (L10).
    """

    kode: str
    navn: str
    lengde: int
    enhet: Lengdeenhet
    kilde: str
    mottaker: str
    gjelder_fra: date
    foer: bool = False
    lovfestet: bool = False
    paaminnes: tuple[int, ...] = ()
    til_kontoret_naar_over: bool = False
    flytt_fra_fridag: bool = False

    def __post_init__(self) -> None:
        if self.til_kontoret_naar_over and not self.paaminnes:
            raise ValueError(f"{self.kode}: til_kontoret_naar_over rides on the reminders, and the rule has none")
        if self.lengde < 0:
            raise ValueError("A rule's length is never negative; use foer=True to count backwards.")


def legg_til_maaneder(dato: date, antall: int) -> date:
    """Return the same day so many calendar months away, cut to the month's end: 31 January + 1 = 28/29 February."""
    aar, maaned0 = divmod(dato.year * 12 + dato.month - 1 + antall, 12)
    return date(aar, maaned0 + 1, min(dato.day, monthrange(aar, maaned0 + 1)[1]))


def forfall(regel: Fristregel, utgangspunkt: date, lengde: int | None = None) -> date:
    """Return the due date of a rule from its base date, with the municipality's own length if it has one.

    Raises ValueError if a length is given for a clock of law, or is negative.
    """
    if lengde is None:
        lengde = regel.lengde
    elif regel.lovfestet and lengde != regel.lengde:
        raise ValueError(f"{regel.kode} is a clock of law: its length cannot be changed.")
    elif lengde < 0:
        raise ValueError("A length is never negative.")
    antall = -lengde if regel.foer else lengde
    match regel.enhet:
        case Lengdeenhet.DAGER:
            dato = utgangspunkt + timedelta(days=antall)
        case Lengdeenhet.ARBEIDSDAGER:
            dato = legg_til_arbeidsdager(utgangspunkt, antall)
        case Lengdeenhet.MAANEDER:
            dato = legg_til_maaneder(utgangspunkt, antall)
    return neste_arbeidsdag(dato) if regel.flytt_fra_fridag else dato


def paaminnelser(regel: Fristregel, forfall_dato: date) -> list[date]:
    """Return the dates of the reminders, oldest first and each once.

    A reminder of a clock of the routine that falls on a Saturday, Sunday or public holiday is given on the last
    working day before, and two that meet there become one (P6). A clock of law is reminded on the day it says.
    """
    dager = (forfall_dato - timedelta(days=foer) for foer in regel.paaminnes)
    return sorted(set(dager) if regel.lovfestet else {forrige_arbeidsdag(dag) for dag in dager})


def neste_paaminnelse(regel: Fristregel, forfall_dato: date, fra: date, *, over_er_sagt: bool = False) -> date | None:
    """Return the first day from `fra` on when something is to be said of the deadline, or None.

    Where the office is to hear of silence it hears on the working day after the due date; of a deadline that has passed
    when this is asked, on the first working day there is. `over_er_sagt`: the office has heard already.
    """
    dager = paaminnelser(regel, forfall_dato)
    if regel.til_kontoret_naar_over and not over_er_sagt:
        dager.append(neste_arbeidsdag(max(forfall_dato + timedelta(days=1), fra)))
    return min((dag for dag in dager if dag >= fra), default=None)


def avstand_dager(dato: date, i_dag: date) -> int:
    """Return the number of days until the date: positive is ahead, 0 is today, negative is overdue."""
    return (dato - i_dag).days


def fyller_aar(foedt: date, alder: int) -> date:
    """Return the day a person reaches an age; one born 29 February reaches it on 1 March in other years (to verify)."""
    aar = foedt.year + alder
    if (foedt.month, foedt.day) == (2, 29) and monthrange(aar, 2)[1] == 28:
        return date(aar, 3, 1)
    return foedt.replace(year=aar)


def alder(foedt: date, dato: date) -> int:
    """Return the age in whole years on a date; negative before the birth, as with an expected date (L4)."""
    aar = dato.year - foedt.year
    return aar if dato >= fyller_aar(foedt, aar) else aar - 1
