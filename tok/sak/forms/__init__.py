"""The ground floor's forms: they validate input and write nothing."""

from tok.sak.forms.deltakere import DeltakerSkjema, EndreDeltakerSkjema
from tok.sak.forms.habilitet import MeldSkjema, MerkSkjema, OpphevSkjema
from tok.sak.forms.henvendelse import AvsluttSkjema, HenvendelseSkjema, JaSkjema
from tok.sak.forms.person import PersonSkjema
from tok.sak.forms.representasjon import GrunnlagSkjema, KobleSkjema, RepresentantSkjema
from tok.sak.forms.samtykke import MuntligSkjema, SamtykkeSkjema, SkjemaForUtskrift, TrekkSkjema
from tok.sak.forms.unntak import UnntakSkjema

__all__ = [
    "AvsluttSkjema",
    "DeltakerSkjema",
    "EndreDeltakerSkjema",
    "GrunnlagSkjema",
    "HenvendelseSkjema",
    "JaSkjema",
    "KobleSkjema",
    "MeldSkjema",
    "MerkSkjema",
    "MuntligSkjema",
    "OpphevSkjema",
    "PersonSkjema",
    "RepresentantSkjema",
    "SamtykkeSkjema",
    "SkjemaForUtskrift",
    "TrekkSkjema",
    "UnntakSkjema",
]
