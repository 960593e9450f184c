"""What somebody wants to have said, and whether guardians may see it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tok.kjerne.skjema import Langtekst, Skjema

TEGN = 4000


class NotatSkjema(Skjema):
    """One text; who may hide things from guardians can choose that here (R7, R80, N20)."""

    tekst = Langtekst(label=gettext_lazy("Hva vil du si?"), maks=TEGN)
    skjul = forms.BooleanField(label=gettext_lazy("Ikke vis dette for foresatte"), required=False)
    skjema_id = forms.UUIDField(widget=forms.HiddenInput)
    fane = forms.RegexField(r"^[0-9a-f]{12}$", widget=forms.HiddenInput, required=False)
    fra_fane = forms.RegexField(r"^[0-9a-f]{12}$", widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, fornavn: str, er_selv: bool, kan_skjule: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skjema_id"].initial = uuid.uuid4
        self.fields["skjul"].widget.uten_valgfritt = True
        if er_selv:
            self.fields["skjul"].label = _("Ikke vis dette for foreldrene mine")
            self.fields["skjul"].help_text = _(
                "Bare du og koordinatoren din ser dette. Er koordinatoren borte, ser vikaren det."
            )
        else:
            self.fields["skjul"].help_text = _(
                "Bare %(navn)s, koordinatoren og varaen ser det. Foresatte kan ikke se at noe er skjult."
            ) % {"navn": fornavn}
        if not kan_skjule:
            del self.fields["skjul"]
