"""What pages and handlings ask: load and training, nearest leader, what a leader may see, the coordinator of a case."""

from koordinator.sporringer.belastning import Belastning, Kursstatus, hent_belastning
from koordinator.sporringer.kandidater import Kandidat, kandidater
from koordinator.sporringer.koordinatorer import Koordinatorrad, koordinatorliste
from koordinator.sporringer.leder import enheter_med_leder
from koordinator.sporringer.lederside import Foresporselsrad, Grunnlag, foresporsler_til, grunnlag_for, hent_grunnlag
from koordinator.sporringer.omfang import (
    ENIG,
    alder_i_ord,
    forslag_til_begrunnelse,
    forslag_til_koordinator,
    forslag_til_omfang,
    personen_er_enig_i,
)
from koordinator.sporringer.personvern import avsloerer
from koordinator.sporringer.saken import Koordinatorkort, hent_kort
from koordinator.sporringer.setninger import allerede_besvart, status, svar_med_ord

__all__ = [
    "ENIG",
    "Belastning",
    "Foresporselsrad",
    "Grunnlag",
    "Kandidat",
    "Koordinatorkort",
    "Koordinatorrad",
    "Kursstatus",
    "alder_i_ord",
    "allerede_besvart",
    "avsloerer",
    "enheter_med_leder",
    "foresporsler_til",
    "forslag_til_begrunnelse",
    "forslag_til_koordinator",
    "forslag_til_omfang",
    "grunnlag_for",
    "hent_belastning",
    "hent_grunnlag",
    "hent_kort",
    "kandidater",
    "koordinatorliste",
    "personen_er_enig_i",
    "status",
    "svar_med_ord",
]
