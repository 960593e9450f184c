"""Where a meeting and its minutes are, and which steps are lawful from there (arkitektur.md §5)."""

from __future__ import annotations

from typing import Final

from tok.kjerne.tilstand import Steg

PLANLAGT, INNKALT, HOLDT, AVLYST = "planlagt", "innkalt", "holdt", "avlyst"
UTKAST, FERDIG = "utkast", "ferdig"

# A change of what was sent leads back to PLANLAGT: the invitation must be sent anew.
MOETE_STEG: Final = {
    "endre_moete": Steg(fra={PLANLAGT, INNKALT}, til=PLANLAGT),
    "lagre_saksliste": Steg(fra={PLANLAGT, INNKALT}, til=PLANLAGT),
    "send_innkalling": Steg(fra={PLANLAGT}, til=INNKALT),
    "avlys_moete": Steg(fra={PLANLAGT, INNKALT}, til=AVLYST),
    # Minutes are written from every meeting, also one that was never called in from here (R83).
    "ferdigstill_referat": Steg(fra={PLANLAGT, INNKALT, HOLDT}, til=HOLDT),
}

REFERAT_STEG: Final = {
    "lagre_referat": Steg(fra={UTKAST}, til=UTKAST),
    "ferdigstill_referat": Steg(fra={UTKAST}, til=FERDIG),
    "rett_referat": Steg(fra={FERDIG}, til=FERDIG),
}
