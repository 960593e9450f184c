"""The floor's forms: they validate input and write nothing."""

from koordinator.forms.oppnevning import Avsluttskjema, Oppnevnskjema
from koordinator.forms.spoersmaal import Bekreftelse, Spoerskjema
from koordinator.forms.svar import Svarskjema

__all__ = ["Avsluttskjema", "Bekreftelse", "Oppnevnskjema", "Spoerskjema", "Svarskjema"]
