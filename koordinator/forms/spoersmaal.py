"""What TOK asks a leader (R110); the texts may not say who the person is."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from koordinator.forms.timefelt import Timefelt
from koordinator.sporringer import ENIG, Kandidat, avsloerer
from tok.kjerne.skjema import Langtekst, Skjema
from tok.sak.models import Sak


class Bekreftelse(Skjema):
    """A page that is looked over and sent has nothing to fill in; it carries the mark of what was shown."""

    merke = forms.CharField(required=False, widget=forms.HiddenInput)


class Spoerskjema(Skjema):
    """Whom, how much, what it is about, and why."""

    foreslaatt = forms.ChoiceField(
        label=_("Hvem foreslår du?"),
        help_text=_("Lista viser hva de ansatte koordinerer fra før. Spørsmålet går til nærmeste leder."),
    )
    omfang = Langtekst(
        label=_("Hva gjelder det?"),
        help_text=_("Skriv uten navn. Lederen skal ikke vite hvem personen er."),
        maks=1000,
    )
    anslag_timer = Timefelt(label=_("Timer i måneden, anslag"), help_text=_("For eksempel 3 eller 2,5"))
    begrunnelse = Langtekst(
        label=_("Hvorfor denne ansatte?"),
        help_text=_("For eksempel at personen ønsker det. Skriv uten navn på personen."),
        required=False,
        maks=1000,
    )

    def __init__(
        self, *args: Any, sak: Sak, kandidater: list[Kandidat], enig_i: UUID | None = None, **kwargs: Any
    ) -> None:
        self.sak = sak
        self.enig_i = enig_i
        self.kandidater = {en.noekkel: en for en in kandidater}
        super().__init__(*args, **kwargs)
        self.fields["foreslaatt"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg")),
            *(
                (enhet, [(en.noekkel, en.tekst) for en in gruppe])
                for enhet, gruppe in groupby(kandidater, key=lambda en: en.enhet.navn)
            ),
        ]

    def clean_foreslaatt(self) -> Kandidat:
        return self.kandidater[self.cleaned_data["foreslaatt"]]

    def clean_omfang(self) -> str:
        return self._uten_navn("omfang")

    def clean_begrunnelse(self) -> str:
        return self._uten_navn("begrunnelse")

    def clean(self) -> dict[str, Any]:
        """The person agreed to one employee, and to no other (R108)."""
        data = self.cleaned_data
        valgt = data.get("foreslaatt")
        if valgt is not None and valgt.konto.pk != self.enig_i and str(ENIG) in data.get("begrunnelse", ""):
            melding = _("Personen har ikke sagt ja til %(navn)s. Skriv en annen grunn, eller la feltet stå tomt.")
            self.add_error("begrunnelse", melding % {"navn": valgt.konto.navn})
        return data

    def _uten_navn(self, felt: str) -> str:
        tekst: str = self.cleaned_data[felt]
        valgt = self.cleaned_data.get("foreslaatt")
        roeper = avsloerer(self.sak, tekst, om=valgt.konto if valgt else None)
        if roeper:
            melding = _("Skriv uten navn. «%(ord)s» kan fortelle lederen hvem personen er.")
            raise ValidationError(melding, code="navn", params={"ord": roeper})
        return tekst
