"""The privacy officer's search in the log, the leader to give a finding to, and the leader's assessment (N9)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.kjerne.skjema import Datofelt, Langtekst, Skjema

KORTESTE_SOEK = 3
KORTESTE_VURDERING = 10  # characters: a finding is closed for good, and «ok» is no assessment (N9)
VANLIG_PERIODE = timedelta(days=28)


class LoggsoekSkjema(Skjema):
    """Whose lookups, or of which case, and in what period."""

    vis_valgfritt = False

    q = forms.CharField(
        label=_("Hvem, eller hvilken sak?"),
        min_length=KORTESTE_SOEK,
        max_length=80,
        help_text=_("Navnet på den som har sett, eller hele saksnummeret"),
        error_messages={
            "required": _("Skriv et navn eller et saksnummer."),
            "min_length": _("Skriv minst tre tegn."),
        },
    )
    fra = Datofelt(label=_("Fra og med"))
    til = Datofelt(label=_("Til og med"))

    @staticmethod
    def vanlig(i_dag: date) -> dict[str, date]:
        """The last four weeks."""
        return {"fra": i_dag - VANLIG_PERIODE, "til": i_dag}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("fra") and data.get("til") and data["fra"] > data["til"]:
            self.add_error("til", _("Siste dag kan ikke være før første dag."))
        return data


class GiLederSkjema(Skjema):
    """Which leader."""

    leder = forms.ModelChoiceField(label=_("Hvem skal vurdere funnet?"), queryset=Konto.objects.none())

    def __init__(self, *args: Any, ledere: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leder"].queryset = ledere  # type: ignore[attr-defined]


class VurderingSkjema(Skjema):
    """What the leader found out."""

    vurdering = Langtekst(
        label=_("Hva fant du ut?"),
        maks=2000,
        validators=[MinLengthValidator(KORTESTE_VURDERING, _("Skriv litt mer om hva du fant ut: minst 10 tegn."))],
        help_text=_(
            "Skriv hvem du har snakket med, hva forklaringen er, og hva du gjør videre. Ikke navn på personer."
        ),
    )
