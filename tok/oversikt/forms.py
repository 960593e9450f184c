"""Forms of the roof: the register's filter, the search box, and the reason for an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tok.kjerne.skjema import Skjema
from tok.oversikt.eksport import Format
from tok.oversikt.sporringer.register import Utvalg
from tok.oversikt.sporringer.registervalg import Valg
from tok.sak.models import Innsyn, Sak

FOERSTE_AAR = 2000
FORMAAL_MINST = 10
FORMAAL_HOEYST = min(255, Innsyn._meta.get_field("formaal").max_length or 255)


def uuid_eller_ingen(tekst: str) -> UUID | None:
    """The key, or None for all that is none."""
    try:
        return UUID(tekst)
    except ValueError:
        return None


class Registerfilter(Skjema):
    """What the register is filtered by; names are searched for elsewhere, so that no address holds one."""

    vis_valgfritt = False

    mangler = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[
            ("", _("Alle")),
            ("koordinator", _("Uten koordinator")),
            ("referat", _("Referat over fristen")),
            ("gjennomgang", _("Årlig gjennomgang over fristen")),
        ],
    )
    koordinator = forms.ChoiceField(label=_("Koordinator"), required=False)
    enhet = forms.ChoiceField(label=_("Koordinators enhet"), required=False)
    tilstand = forms.ChoiceField(
        label=_("Saker"),
        required=False,
        choices=[("", _("Åpne")), ("avsluttet", _("Avsluttede")), ("alle", _("Åpne og avsluttede"))],
    )

    def __init__(self, *args: Any, koordinatorer: Valg, enheter: Valg, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["koordinator"].choices = [("", _("Alle")), *koordinatorer]  # type: ignore[attr-defined]
        self.fields["enhet"].choices = [("", _("Alle")), *enheter]  # type: ignore[attr-defined]
        if not koordinatorer:
            del self.fields["koordinator"]

    def utvalg(self) -> Utvalg:
        """The filter; anything that cannot be read is left out, and said at its field."""
        self.is_valid()
        data = self.cleaned_data
        tilstander = {"": Sak.Tilstand.AAPEN, "alle": ""}
        valgt = data.get("tilstand", "")
        return Utvalg(
            tilstand=str(tilstander.get(valgt, valgt)),
            koordinator=uuid_eller_ingen(data.get("koordinator", "")),
            enhet=uuid_eller_ingen(data.get("enhet", "")),
            mangler=data.get("mangler", ""),
        )


@dataclass(frozen=True)
class Filtervalg:
    """The filter of one page: its form is made only where something was chosen, or it must be drawn anew."""

    data: Mapping[str, Any]
    koordinatorer: Valg
    enheter: Valg

    @cached_property
    def skjema(self) -> Registerfilter:
        """The form."""
        return Registerfilter(self.data, koordinatorer=self.koordinatorer, enheter=self.enheter)

    @cached_property
    def avtrykk(self) -> tuple[Any, ...]:
        """All that the form's look depends on: what can be chosen, and what was."""
        return self.koordinatorer, self.enheter, tuple(self.data.get(navn, "") for navn in Registerfilter.base_fields)

    @cached_property
    def utvalg(self) -> Utvalg:
        """What the register is to be filtered by."""
        return self.skjema.utvalg() if any(self.avtrykk[-1]) else Utvalg()

    @cached_property
    def valgt(self) -> dict[str, str]:
        """The fields something is chosen in."""
        if not any(self.avtrykk[-1]):
            return {}
        self.skjema.is_valid()
        return {felt: verdi for felt, verdi in self.skjema.cleaned_data.items() if verdi}


class Soekeskjema(Skjema):
    """The search box."""

    vis_valgfritt = False

    q = forms.CharField(label=_("Navn, saksnummer, fødselsnummer eller koordinator"), max_length=100)


class Eksportskjema(Skjema):
    """Which year, what the file is for, and what kind of file; the reason stands in the reading log (N3)."""

    aar = forms.IntegerField(
        label=_("År"),
        help_text=_("Registeret viser tilstanden 31. desember. For inneværende år viser det tilstanden i dag."),
        error_messages={"invalid": _("Skriv årstallet med fire siffer.")},
    )
    formaal = forms.CharField(
        label=_("Hva skal fila brukes til?"),
        help_text=_("Skriv minst 10 tegn. Det du skriver, blir stående i loggen. Skriv ingen navn."),
        min_length=FORMAAL_MINST,
        max_length=FORMAAL_HOEYST,
        error_messages={
            "min_length": _("Skriv litt mer om hva fila skal brukes til, minst %(limit_value)d tegn."),
            "max_length": _("Skriv kortere om hva fila skal brukes til, høyst %(limit_value)d tegn."),
        },
    )
    format = forms.ChoiceField(
        label=_("Hva slags fil?"),
        help_text=_("Regnearket har en kodebok og åpnes i Excel og LibreOffice. CSV leses inn i andre systemer."),
        choices=Format.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, i_dag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.i_dag = i_dag

    def clean_aar(self) -> int:
        aar: int = self.cleaned_data["aar"]
        if not FOERSTE_AAR <= aar <= self.i_dag.year:
            raise forms.ValidationError(
                _("Skriv et år fra %(fra)s til %(til)s.") % {"fra": FOERSTE_AAR, "til": self.i_dag.year}
            )
        return aar
