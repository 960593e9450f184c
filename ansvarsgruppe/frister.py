"""The clocks of the group: agenda before the meeting, minutes after it, one review a year; dates in, dates out."""

from __future__ import annotations

from datetime import date
from typing import Final

from tok.kjerne.fristregning import Fristregel, Lengdeenhet

RUTINEN: Final = date(2022, 1, 1)  # the routine of 2022 (seed S0)

SAKSLISTE: Final = Fristregel(
    kode="saksliste",
    navn="Saksliste",
    lengde=7,
    enhet=Lengdeenhet.DAGER,
    kilde="R59",
    mottaker="koordinator",
    gjelder_fra=RUTINEN,
    foer=True,
    paaminnes=(3, 0),
)

# Reminded on day 7, 12 and 14 after the meeting.
REFERAT: Final = Fristregel(
    kode="referat",
    navn="Referat",
    lengde=14,
    enhet=Lengdeenhet.DAGER,
    kilde="R87",
    mottaker="koordinator",
    gjelder_fra=RUTINEN,
    paaminnes=(7, 2, 0),
    til_kontoret_naar_over=True,
)

AARLIG_GJENNOMGANG: Final = Fristregel(
    kode="aarlig_gjennomgang",
    navn="Årlig gjennomgang",
    lengde=12,
    enhet=Lengdeenhet.MAANEDER,
    kilde="R36",
    mottaker="koordinator",
    gjelder_fra=RUTINEN,
    paaminnes=(60, 30, 7),
    til_kontoret_naar_over=True,
)

REGLER: Final = (SAKSLISTE, REFERAT, AARLIG_GJENNOMGANG)
