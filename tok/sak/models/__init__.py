"""The ground floor's tables: people, the case, consent, protection, deadlines, drafts and traces."""

from tok.sak.models.folk import Ansettelse, Egenskap, Enhet, Kontakt, Nivaa, Person
from tok.sak.models.habilitet import Habilitet, Unntakstilgang
from tok.sak.models.kontroll import Loggfunn, Ukekontroll
from tok.sak.models.oppfoelging import Avkryssing, Frist, Sjekkliste, Sjekkpunkt, Tiltak, Utkast
from tok.sak.models.representasjon import Aldersregel, Fyller, Innsynsregel, Notat, Omraade, Representasjon, Skjult
from tok.sak.models.saken import Deltakelse, Henvendelse, Sak, Saksdokument, Saksnummer
from tok.sak.models.samtykke import Samtykke, Samtykkedeltaker, Samtykkeregel
from tok.sak.models.spor import Hendelse, Innsyn
from tok.sak.models.vern import Vern, Vernetilgang, Vernoppgave

__all__ = [
    "Aldersregel",
    "Ansettelse",
    "Avkryssing",
    "Deltakelse",
    "Egenskap",
    "Enhet",
    "Frist",
    "Fyller",
    "Habilitet",
    "Hendelse",
    "Henvendelse",
    "Innsyn",
    "Innsynsregel",
    "Kontakt",
    "Loggfunn",
    "Nivaa",
    "Notat",
    "Omraade",
    "Person",
    "Representasjon",
    "Sak",
    "Saksdokument",
    "Saksnummer",
    "Samtykke",
    "Samtykkedeltaker",
    "Samtykkeregel",
    "Sjekkliste",
    "Sjekkpunkt",
    "Skjult",
    "Tiltak",
    "Ukekontroll",
    "Unntakstilgang",
    "Utkast",
    "Vern",
    "Vernetilgang",
    "Vernoppgave",
]
