"""Calendar files by the hundred thousand: the real one is made once for each year and place, and its keys put in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID

from ansvarsgruppe.dokumenter.kalenderfil import kalenderfil
from ansvarsgruppe.models import Moete
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse

_MOETE, _DELTAKELSE, _KONTO = (UUID(int=nr, version=4) for nr in (1, 2, 3))
_EPOST = "mottaker@kalenderark.example"
FOLD = 74  # octets in a line of a calendar file


class Kalenderark:
    """Gives the file of one recipient; the same text as `kalenderfil` gives for the first sending."""

    def __init__(self) -> None:
        self._ark: dict[tuple[int, str, bool, bool], list[tuple[bool, str]]] = {}

    def fyll(self, moete: Moete, deltakelse: Deltakelse, *, skjermet: bool, naa: datetime) -> str:
        """The calendar file of one recipient of an invitation."""
        start, konto = moete.start_tid.astimezone(OSLO), deltakelse.konto
        noekkel = (start.year, moete.sted, skjermet, konto is not None)
        if noekkel not in self._ark:
            self._ark[noekkel] = _mal(moete, start, skjermet=skjermet, med_konto=konto is not None)
        bytt = [
            ("00010101T000000", f"{naa.astimezone(UTC):%Y%m%dT%H%M%S}"),
            (f"{start:%Y}0101T110000", f"{start:%Y%m%dT%H%M%S}"),
            (f"{start:%Y}0101T120000", f"{moete.slutt_tid.astimezone(OSLO):%Y%m%dT%H%M%S}"),
            (str(_MOETE), str(moete.pk)),
            (str(_DELTAKELSE), str(deltakelse.pk)),
        ]
        if konto is not None:
            bytt += [(str(_KONTO), str(konto.pk)), (_EPOST, konto.epost)]
        ut = []
        for har_noekler, tekst in self._ark[noekkel]:
            ny = tekst
            if har_noekler:
                for gammelt, nytt in bytt:
                    ny = ny.replace(gammelt, nytt)
                ny = _brett(ny)
            ut.append(ny)
        return "\r\n".join(ut)


def _brett(linje: str) -> str:
    """Fold a line of keys and addresses as the library does; anything else stands as the library folded it."""
    if not linje.isascii() or "\\" in linje:
        raise ValueError("only plain keys and addresses are put in")
    return "\r\n ".join(linje[start : start + FOLD] for start in range(0, len(linje), FOLD))


def _mal(moete: Moete, start: datetime, *, skjermet: bool, med_konto: bool) -> list[tuple[bool, str]]:
    """A file with known keys in it: the lines that hold them, unfolded, and what stands between as it is."""
    proeve = Moete(
        id=_MOETE,
        start_tid=datetime(start.year, 1, 1, 11, tzinfo=OSLO),
        slutt_tid=datetime(start.year, 1, 1, 12, tzinfo=OSLO),
        sted=moete.sted,
    )
    mottaker = Deltakelse(id=_DELTAKELSE, konto=Konto(id=_KONTO, epost=_EPOST) if med_konto else None)
    naa = datetime(1, 1, 1, tzinfo=UTC)
    fil = kalenderfil(moete=proeve, deltakelse=mottaker, skjermet=skjermet, metode="REQUEST", naa=naa)
    noekler = (*map(str, (_MOETE, _DELTAKELSE, _KONTO)), _EPOST, "00010101T", "0101T110000", "0101T120000")
    deler: list[tuple[bool, str]] = []
    for linje in re.split(r"\r\n(?! )", fil):
        hel = linje.replace("\r\n ", "")
        if any(noekkel in hel for noekkel in noekler):
            deler.append((True, hel))
        elif deler and not deler[-1][0]:
            deler[-1] = (False, f"{deler[-1][1]}\r\n{linje}")
        else:
            deler.append((False, linje))
    return deler
