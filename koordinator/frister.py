"""The floor's deadlines (docs/fristregler.md): dates in, dates out."""

from datetime import date

from tok.kjerne.fristregning import Fristregel, Lengdeenhet, fyller_aar

SVAR_FRA_LEDER = Fristregel(
    kode="svar_fra_leder",
    navn="Svar fra leder",
    lengde=7,
    enhet=Lengdeenhet.DAGER,
    kilde="R110–R112 (7 dager er rutinens, kommunen kan velge en annen lengde)",
    mottaker="leder",
    gjelder_fra=date(2020, 1, 1),
    paaminnes=(3, 0),
    til_kontoret_naar_over=True,
)

BARNEKOORDINATOR_TIL_ALDER = 18


def barnekoordinator_slutter(foedselsdato: date) -> date:
    """Return the first day a barnekoordinator no longer is one: the 18th birthday (L4)."""
    return fyller_aar(foedselsdato, BARNEKOORDINATOR_TIL_ALDER)
