"""The leader's answer: three ways, each with its own fields; nothing is chosen beforehand (R111–R113)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from koordinator.forms.timefelt import Timefelt
from koordinator.models import Forespoersel
from koordinator.sporringer import Kandidat
from tok.kjerne.skjema import Langtekst, Skjema

GODKJENN, ANNEN, AVSLAG = "godkjenn", "annen", "avslag"
# What each answer must have; the others may stand empty.
MAA_HA = {
    GODKJENN: {"timer": _("Skriv hvor mange timer i måneden du setter av.")},
    ANNEN: {
        "annen": _("Velg hvem du foreslår."),
        "timer_annen": _("Skriv hvor mange timer i måneden du setter av."),
        "melding_annen": _("Skriv kort hvorfor du foreslår en annen."),
    },
    AVSLAG: {"grunn": _("Velg grunn.")},
}

EGNE = {
    GODKJENN: {"timer", "melding"},
    ANNEN: {"annen", "timer_annen", "melding_annen"},
    AVSLAG: {"grunn", "melding_avslag"},
}


def _velg(felt: forms.ChoiceField) -> forms.ChoiceField:
    felt.widget.uten_valgfritt = True
    return felt


class Svarskjema(Skjema):
    """One answer. Fields of the answers not chosen are kept as typed, and not used."""

    svar = forms.ChoiceField(
        label=_("Hva svarer du?"),
        choices=[
            (GODKJENN, _("Ja, jeg godkjenner")),
            (ANNEN, _("Jeg foreslår en annen")),
            (AVSLAG, _("Nei, jeg avslår")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva du svarer.")},
    )
    timer = Timefelt(label=_("Timer i måneden du setter av"), required=False)
    samtale = forms.BooleanField(label=_("Jeg har snakket med den ansatte om rollen"), required=False)
    melding = Langtekst(label=_("Melding til TOK"), required=False, maks=1000)
    annen = _velg(forms.ChoiceField(label=_("Hvem foreslår du?"), required=False))
    timer_annen = Timefelt(label=_("Timer i måneden du setter av"), required=False)
    samtale_annen = forms.BooleanField(label=_("Jeg har snakket med den ansatte om rollen"), required=False)
    melding_annen = Langtekst(label=_("Hvorfor?"), required=False, maks=1000)
    grunn = _velg(
        forms.ChoiceField(
            label=_("Hva er grunnen?"), required=False, choices=[("", _("Velg")), *Forespoersel.Avslagsgrunn.choices]
        )
    )
    melding_avslag = Langtekst(label=_("Utdyp for TOK"), required=False, maks=1000)

    def __init__(self, *args: Any, kandidater: list[Kandidat], anslag: str, **kwargs: Any) -> None:
        self.kandidater = {str(en.konto.pk): en for en in kandidater}
        super().__init__(*args, **kwargs)
        self.fields["annen"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg blant dine ansatte")),
            *((noekkel, en.tekst) for noekkel, en in self.kandidater.items()),
        ]
        for felt in ("timer", "timer_annen"):
            self.fields[felt].help_text = _("TOK anslår %(anslag)s") % {"anslag": anslag}
        self.fields["melding_annen"].widget.uten_valgfritt = True

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        valgt = data.get("svar")
        # What was typed under another answer does not stop this one.
        for navn in set(self.errors) - {"svar"} - EGNE.get(str(valgt), set()):
            del self.errors[navn]
        for felt, melding in MAA_HA.get(str(valgt), {}).items():
            if felt not in self.errors and data.get(felt) in (None, ""):
                self.add_error(felt, melding)
        if valgt == AVSLAG and data.get("grunn") == Forespoersel.Avslagsgrunn.ANNEN and not data.get("melding_avslag"):
            self.add_error("melding_avslag", _("Skriv kort hva grunnen er."))
        return data

    @property
    def valgt_annen(self) -> Kandidat | None:
        """The employee offered instead, after validation."""
        return self.kandidater.get(self.cleaned_data.get("annen", ""))
