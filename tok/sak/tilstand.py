"""Where a request is, and which steps are lawful."""

from tok.kjerne.tilstand import Steg

HENVENDELSE = {
    "bli_sak": Steg(fra={"ny"}, til="ble_sak"),
    "registrer_ja": Steg(fra={"ny"}, til="ny"),
    "avslutt_henvendelse": Steg(fra={"ny"}, til="avsluttet"),
}
