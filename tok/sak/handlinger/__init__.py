"""All writing of the ground floor."""

from tok.sak.handlinger.deltakere import avslutt_deltakelse, endre_deltaker, legg_til_deltaker
from tok.sak.handlinger.henvendelse import avslutt_henvendelse, bli_sak, registrer_henvendelse, registrer_ja
from tok.sak.handlinger.person import endre_person
from tok.sak.handlinger.post import kom_fram, lag_paa_nytt, send_paa_nytt
from tok.sak.handlinger.samtykke import lag_samtykkeskjema, registrer_muntlig_ja, registrer_samtykke, trekk_samtykke
from tok.sak.handlinger.sjekkliste import fjern_kryss, kryss_av

__all__ = [
    "avslutt_deltakelse",
    "avslutt_henvendelse",
    "bli_sak",
    "endre_deltaker",
    "endre_person",
    "fjern_kryss",
    "kom_fram",
    "kryss_av",
    "lag_paa_nytt",
    "lag_samtykkeskjema",
    "legg_til_deltaker",
    "registrer_henvendelse",
    "registrer_ja",
    "registrer_muntlig_ja",
    "registrer_samtykke",
    "send_paa_nytt",
    "trekk_samtykke",
]
