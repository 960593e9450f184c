"""What people type as a date or a time of day, understood; errors missing first, then impossible (sikkerhet.md §4)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time
from typing import Final

from django.utils.translation import gettext as _

from tok.kjerne.datotekst import MAANEDER

DAG, MAANED, AAR = range(3)
FORSTE_AAR, SISTE_AAR = 1900, 2199
HEL_DATO = re.compile(r"^(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{2,4})$")
# `3. mars 2026`, also with the day of the week before it.
DATO_MED_NAVN = re.compile(r"^(?:[a-zæøå]{3,}\.?\s+)?(\d{1,2})\.?\s*([a-zæøå]{3,}\.?)\s*(\d{2,4})$", re.IGNORECASE)
ISO_DATO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
SOMMER_VINTER = re.compile(r"\s*(sommertid|vintertid|normaltid)$", re.IGNORECASE)
KLOKKESLETT = re.compile(r"^(?:kl\.?\s*)?(\d{1,2})(?:[.:,]?(\d{2}))?$", re.IGNORECASE)
# Forms of the month names beside the whole bokmål name and any beginning of it.
ANDRE_NAVN: Final = {"sept": 9, "okt": 10, "oct": 10, "dec": 12, "may": 5}


class Datofeil(Exception):
    """The typed date is not a date: a plain sentence, and which of the parts (0 day, 1 month, 2 year) to mend."""

    def __init__(self, kode: str, melding: str, deler: tuple[int, ...]) -> None:
        super().__init__(melding)
        self.kode, self.melding, self.deler = kode, melding, deler


def tolk_maaned(tekst: str) -> int | None:
    """1–12 from `3`, `03`, `mars`, `mar.`; None when it is no month, or several."""
    ren = tekst.strip().rstrip(".").lower()
    if ren.isdecimal():
        return int(ren) if 1 <= int(ren) <= 12 else None
    if ren in ANDRE_NAVN:
        return ANDRE_NAVN[ren]
    treff = [nummer for nummer, navn in enumerate(MAANEDER, 1) if len(ren) >= 3 and str(navn).startswith(ren)]
    return treff[0] if len(treff) == 1 else None


def del_opp(dag: str, maaned: str, aar: str) -> tuple[str, str, str]:
    """A whole date pasted in the day field is spread over the three parts."""
    if not maaned and not aar:
        if treff := HEL_DATO.match(dag) or DATO_MED_NAVN.match(dag):
            return treff[1], treff[2], treff[3]
        if treff := ISO_DATO.match(dag):
            return treff[3], treff[2], treff[1]
    return dag, maaned, aar


def _mangler(felt: str, deler: tuple[int, ...]) -> Datofeil:
    navn = {DAG: _("dag"), MAANED: _("måned"), AAR: _("år")}
    liste = _(" og ").join(navn[del_] for del_ in deler)
    return Datofeil("mangler_del", _("«%(felt)s» mangler %(deler)s.") % {"felt": felt, "deler": liste}, deler)


def _antall_dager(maaned: int, aar: int) -> str:
    return _("%(maaned)s %(aar)s har bare %(dager)s dager.") % {
        "maaned": str(MAANEDER[maaned - 1]).capitalize(),
        "aar": aar,
        "dager": monthrange(aar, maaned)[1],
    }


def tolk_dato(dag: str, maaned: str, aar: str, *, felt: str) -> date | None:
    """The date, or None when all three parts are empty; `felt` is the label used in the sentences.

    Raises Datofeil: first for missing parts, then for the first impossible part.
    """
    deler = tuple(del_.strip() for del_ in del_opp(dag.strip(), maaned.strip(), aar.strip()))
    tomme = tuple(nummer for nummer, del_ in enumerate(deler) if not del_)
    if len(tomme) == 3:
        return None
    if tomme:
        raise _mangler(felt, tomme)
    verdier = {"felt": felt}
    if not deler[DAG].rstrip(".").isdecimal() or not 1 <= int(deler[DAG].rstrip(".")) <= 31:
        raise Datofeil("umulig", _("Dagen i «%(felt)s» må være et tall fra 1 til 31.") % verdier, (DAG,))
    maanedstall = tolk_maaned(deler[MAANED])
    if maanedstall is None:
        tekst = _("Måneden i «%(felt)s» må være et tall fra 1 til 12 eller et navn, for eksempel mars.")
        raise Datofeil("umulig", tekst % verdier, (MAANED,))
    if re.fullmatch(r"[0-9]{4}", deler[AAR]) and not FORSTE_AAR <= int(deler[AAR]) <= SISTE_AAR:
        raise Datofeil("umulig", _("Kontroller årstallet i «%(felt)s».") % verdier, (AAR,))
    if not re.fullmatch(r"[0-9]{4}", deler[AAR]):
        raise Datofeil("umulig", _("Året i «%(felt)s» må ha fire sifre, for eksempel 2026.") % verdier, (AAR,))
    dagtall, aarstall = int(deler[DAG].rstrip(".")), int(deler[AAR])
    try:
        return date(aarstall, maanedstall, dagtall)
    except ValueError:
        tekst = _("Rett dagen i «%(felt)s».") % verdier
        raise Datofeil("umulig", f"{_antall_dager(maanedstall, aarstall)} {tekst}", (DAG,)) from None


def tolk_klokkeslett(tekst: str) -> time | None:
    """The time in `9`, `0900`, `9.00`, `09:00`, `kl. 9`; None when it is no time of day."""
    treff = KLOKKESLETT.match(tekst.strip())
    if not treff:
        return None
    timer, minutter = int(treff[1]), int(treff[2] or 0)
    return time(timer, minutter) if timer < 24 and minutter < 60 else None


def skill_ut_sommertid(tekst: str) -> tuple[str, int | None]:
    """`02.30 vintertid` as the time and which of the two hours is meant in October: 0 the first, 1 the second."""
    treff = SOMMER_VINTER.search(tekst.strip())
    if not treff:
        return tekst, None
    return tekst.strip()[: treff.start()], 0 if treff[1].lower() == "sommertid" else 1
