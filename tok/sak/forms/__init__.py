"""The ground floor's forms: they validate input and write nothing."""

from tok.sak.forms.deltakere import DeltakerSkjema, EndreDeltakerSkjema
from tok.sak.forms.henvendelse import AvsluttSkjema, HenvendelseSkjema, JaSkjema
from tok.sak.forms.person import PersonSkjema
from tok.sak.forms.samtykke import MuntligSkjema, SamtykkeSkjema, SkjemaForUtskrift, TrekkSkjema

__all__ = [
    "AvsluttSkjema",
    "DeltakerSkjema",
    "EndreDeltakerSkjema",
    "HenvendelseSkjema",
    "JaSkjema",
    "MuntligSkjema",
    "PersonSkjema",
    "SamtykkeSkjema",
    "SkjemaForUtskrift",
    "TrekkSkjema",
]
