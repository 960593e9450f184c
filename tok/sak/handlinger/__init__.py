"""All writing of the ground floor."""

from tok.sak.handlinger.deltakere import avslutt_deltakelse, legg_til_deltaker
from tok.sak.handlinger.henvendelse import avslutt_henvendelse, bli_sak, registrer_henvendelse
from tok.sak.handlinger.samtykke import lag_samtykkeskjema, registrer_samtykke, trekk_samtykke
from tok.sak.handlinger.sjekkliste import fjern_kryss, kryss_av

__all__ = [
    "avslutt_deltakelse",
    "avslutt_henvendelse",
    "bli_sak",
    "fjern_kryss",
    "kryss_av",
    "lag_samtykkeskjema",
    "legg_til_deltaker",
    "registrer_henvendelse",
    "registrer_samtykke",
    "trekk_samtykke",
]
