"""The ground floor's forms: they validate input and write nothing."""

from tok.sak.forms.deltakere import DeltakerSkjema
from tok.sak.forms.henvendelse import AvsluttSkjema, HenvendelseSkjema
from tok.sak.forms.samtykke import SamtykkeSkjema, SkjemaForUtskrift

__all__ = ["AvsluttSkjema", "DeltakerSkjema", "HenvendelseSkjema", "SamtykkeSkjema", "SkjemaForUtskrift"]
