"""All writing of the ground floor."""

from tok.sak.handlinger.deltakere import avslutt_deltakelse, endre_deltaker, legg_til_deltaker
from tok.sak.handlinger.habilitet import erklaer_inhabilitet, merk_inhabilitet, opphev_inhabilitet
from tok.sak.handlinger.henvendelse import avslutt_henvendelse, bli_sak, registrer_henvendelse, registrer_ja
from tok.sak.handlinger.kontoer import ansett, endre_ansettelse, gjenaapne_konto, lag_konto, steng_konto
from tok.sak.handlinger.person import endre_person
from tok.sak.handlinger.post import kom_fram, lag_paa_nytt, send_paa_nytt
from tok.sak.handlinger.representasjon import (
    avslutt_grunnlag,
    foelg_opp_alder,
    koble_konto,
    registrer_grunnlag,
    registrer_representant,
)
from tok.sak.handlinger.samtykke import lag_samtykkeskjema, registrer_muntlig_ja, registrer_samtykke, trekk_samtykke
from tok.sak.handlinger.sjekkliste import fjern_kryss, kryss_av
from tok.sak.handlinger.unntak import aapne_unntak, avslutt_unntak
from tok.sak.handlinger.vern import (
    behold_vern,
    bekreft_vern,
    fjern_vernetilgang,
    foreslaa_slutt,
    gi_vernetilgang,
    gjoer_vernoppgave,
    opphev_vern,
    sett_vern,
    verne_henvendelse,
)
from tok.sak.handlinger.vernelos import navngi_saksbehandler

__all__ = [
    "aapne_unntak",
    "ansett",
    "avslutt_deltakelse",
    "avslutt_grunnlag",
    "avslutt_henvendelse",
    "avslutt_unntak",
    "behold_vern",
    "bekreft_vern",
    "bli_sak",
    "endre_ansettelse",
    "endre_deltaker",
    "endre_person",
    "erklaer_inhabilitet",
    "fjern_kryss",
    "fjern_vernetilgang",
    "foelg_opp_alder",
    "foreslaa_slutt",
    "gi_vernetilgang",
    "gjenaapne_konto",
    "gjoer_vernoppgave",
    "koble_konto",
    "kom_fram",
    "kryss_av",
    "lag_konto",
    "lag_paa_nytt",
    "lag_samtykkeskjema",
    "legg_til_deltaker",
    "merk_inhabilitet",
    "navngi_saksbehandler",
    "opphev_inhabilitet",
    "opphev_vern",
    "registrer_grunnlag",
    "registrer_henvendelse",
    "registrer_ja",
    "registrer_muntlig_ja",
    "registrer_representant",
    "registrer_samtykke",
    "send_paa_nytt",
    "sett_vern",
    "steng_konto",
    "trekk_samtykke",
    "verne_henvendelse",
]
