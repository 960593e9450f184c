"""The ground floor's tables: people, the case, consent, deadlines, drafts and traces."""

from tok.sak.models.folk import Ansettelse, Egenskap, Enhet, Kontakt, Person
from tok.sak.models.oppfoelging import Avkryssing, Frist, Sjekkliste, Sjekkpunkt, Tiltak, Utkast
from tok.sak.models.saken import Deltakelse, Henvendelse, Sak, Saksdokument, Saksnummer
from tok.sak.models.samtykke import Samtykke, Samtykkedeltaker, Samtykkeregel
from tok.sak.models.spor import Hendelse, Innsyn

__all__ = [
    "Ansettelse",
    "Avkryssing",
    "Deltakelse",
    "Egenskap",
    "Enhet",
    "Frist",
    "Hendelse",
    "Henvendelse",
    "Innsyn",
    "Kontakt",
    "Person",
    "Sak",
    "Saksdokument",
    "Saksnummer",
    "Samtykke",
    "Samtykkedeltaker",
    "Samtykkeregel",
    "Sjekkliste",
    "Sjekkpunkt",
    "Tiltak",
    "Utkast",
]
