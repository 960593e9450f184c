"""A new account, and the work it has: unit, role, permanent or not, from and to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tok.kjerne.skjema import Datofelt, Skjema, Telefonfelt
from tok.sak.models import Ansettelse, Enhet
from tok.sak.opplysninger import Kontoopplysninger, NyAnsettelse

ANSATT, FAMILIE = "ansatt", "familie"
EN_DAG = timedelta(days=1)
STILLING = ("enhet", "rolle", "er_fast", "fra_dato", "siste_dag")


class Kontosoek(Skjema):
    """Whose account."""

    vis_valgfritt = False

    q = forms.CharField(label=_("Navn eller e-post"), max_length=100)


class Periodeskjema(Skjema):
    """When the work began and ends; `siste_dag` counts with."""

    er_fast = forms.TypedChoiceField(
        label=_("Er stillingen fast?"),
        choices=[("ja", _("Ja")), ("nei", _("Nei, midlertidig"))],
        coerce=lambda verdi: verdi == "ja",
        widget=forms.RadioSelect,
    )
    fra_dato = Datofelt(label=_("Første dag"))
    siste_dag = Datofelt(
        label=_("Siste dag"),
        required=False,
        help_text=_("Tilgangen stenges ved midnatt. Tomt når slutten ikke er kjent."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        fra, siste = data.get("fra_dato"), data.get("siste_dag")
        if fra and siste and siste < fra:
            self.add_error("siste_dag", _("Siste dag kan ikke være før første dag."))
        return data

    def periode(self, enhet: Enhet, rolle: str) -> NyAnsettelse:
        """The work as one value."""
        d = self.cleaned_data
        siste = d["siste_dag"]
        return NyAnsettelse(enhet, rolle, d["er_fast"], d["fra_dato"], siste + EN_DAG if siste else None)


class StillingSkjema(Periodeskjema):
    """New work for somebody who has an account."""

    enhet = forms.ModelChoiceField(label=_("Enhet"), queryset=Enhet.objects.order_by("navn"))
    rolle = forms.ChoiceField(label=_("Rolle"), choices=Ansettelse.Rolle.choices, widget=forms.RadioSelect)
    field_order: Sequence[str] = STILLING

    def ansettelse(self) -> NyAnsettelse:
        """The work as one value."""
        return self.periode(self.cleaned_data["enhet"], self.cleaned_data["rolle"])


class KontoSkjema(StillingSkjema):
    """Who, how to reach them, and for staff where they work (N13)."""

    navn = forms.CharField(label=_("Navn"), max_length=150)
    epost = forms.EmailField(label=_("E-post"), help_text=_("Lenken til å velge passord sendes hit."))
    telefon = Telefonfelt(label=_("Telefon"))
    tittel = forms.CharField(label=_("Tittel"), max_length=100, required=False)
    gjelder = forms.ChoiceField(
        label=_("Hvem er kontoen for?"),
        choices=[
            (ANSATT, _("En ansatt, med stilling i en enhet")),
            (FAMILIE, _("Personen selv, familien eller en verge, uten stilling")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("navn", "epost", "telefon", "tittel", "gjelder", *STILLING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The work is asked for where there is one, so the browser's form and the page say it in their own words."""
        super().__init__(*args, **kwargs)
        self.har_stilling = self.data.get("gjelder") == ANSATT
        for navn in STILLING:
            self.fields[navn].required = self.har_stilling and navn != "siste_dag"
            self.fields[navn].widget.uten_valgfritt = navn != "siste_dag"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.har_stilling:
            data.update(dict.fromkeys(STILLING))
            for navn in STILLING:
                self.errors.pop(navn, None)
        return data

    def opplysninger(self) -> Kontoopplysninger:
        """Whose it is, as one value."""
        return Kontoopplysninger(**{navn: self.cleaned_data[navn] for navn in Kontoopplysninger.__dataclass_fields__})

    def arbeid(self) -> NyAnsettelse | None:
        """The work, for staff."""
        return self.ansettelse() if self.har_stilling else None
