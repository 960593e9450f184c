"""Which case one must into, why, and for how long (N10)."""

from __future__ import annotations

from django import forms
from django.core.validators import MinLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tok.kjerne.skjema import Langtekst, Skjema
from tok.sak.models.habilitet import DAGER_UNNTAK, GRUNN_KORTEST, GRUNN_LENGST


class UnntakSkjema(Skjema):
    """The number, the reason and the days; the shortest time stands first."""

    saksnummer = forms.CharField(
        label=_("Saksnummer"),
        max_length=10,
        validators=[RegexValidator(r"^\d{4}/\d{4,}\Z", _("Skriv hele saksnummeret, for eksempel 2026/0012."))],
        help_text=_("For eksempel 2026/0012"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    grunn = Langtekst(
        label=_("Hvorfor må du inn i saken?"),
        maks=GRUNN_LENGST,
        validators=[MinLengthValidator(GRUNN_KORTEST, _("Skriv litt mer om hvorfor: minst 10 tegn."))],
        help_text=_("Lederen din leser dette. Skriv uten navn på personen."),
        error_messages={"required": _("Skriv hvorfor du må inn i saken.")},
    )
    dager = forms.TypedChoiceField(
        label=_("Hvor lenge?"),
        coerce=int,
        choices=[
            (
                dager,
                ngettext_lazy("%(dager)s dag, bare i dag", "%(dager)s dager, i dag medregnet", dager)
                % {"dager": dager},
            )
            for dager in range(1, DAGER_UNNTAK + 1)
        ],
        help_text=_("Velg så kort tid du kan. Tilgangen slutter av seg selv ved midnatt."),
    )
