"""What several handlings of the floor demand alike."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from koordinator.models import MEST_TIMER, MINST_TIMER
from tok.sak.models import Sak
from tok.sak.tilgang import Avslag


class TimerUtenforGrensen(Avslag):
    """Hours a month must be believable."""

    melding = _("Timer i måneden må være mellom 0,5 og 100.")


class SakenErAvsluttet(Avslag):
    """Nothing is done in a closed case."""

    melding = _("Saken er avsluttet.")


def krev_timer(timer: Decimal, *, felt: str = "timer") -> None:
    """Raises TimerUtenforGrensen."""
    if not MINST_TIMER <= timer <= MEST_TIMER:
        raise TimerUtenforGrensen(felt=felt)


def krev_aapen_sak(sak: Sak) -> None:
    """Raises SakenErAvsluttet."""
    if sak.tilstand != Sak.Tilstand.AAPEN:
        raise SakenErAvsluttet
