"""Where a request to the leader can be, and the lawful steps (R110–R113)."""

from tok.kjerne.tilstand import Steg

SENDT, GODKJENT, AVSLAATT, TRUKKET = "sendt", "godkjent", "avslaatt", "trukket"

STEG = {
    "godkjenn": Steg(fra={SENDT}, til=GODKJENT),
    "godkjenn_annen": Steg(fra={SENDT}, til=GODKJENT),
    "avslaa": Steg(fra={SENDT}, til=AVSLAATT),
    # An approved request may be taken back until it is used, so that a leader can change a yes by telephone.
    "trekk_forespoersel": Steg(fra={SENDT, GODKJENT}, til=TRUKKET),
}
