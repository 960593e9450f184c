"""The appointment: type, first and last day; and its end with a reason (R30, L3, L4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from koordinator.models import Oppnevning
from tok.kjerne.skjema import Datofelt, Langtekst, Skjema

EN_DAG = timedelta(days=1)


class Oppnevnskjema(Skjema):
    """People give the last day; `til_dato` in the cleaned data is the day after it. `forrige` coordinates now."""

    type_ = forms.ChoiceField(
        label=_("Type"),
        choices=[
            (
                Oppnevning.Type.KOORDINATOR,
                _("Koordinator: for alle som trenger tjenester over lang tid, uten aldersgrense"),
            ),
            (
                Oppnevning.Type.BARNEKOORDINATOR,
                _("Barnekoordinator: for familien når barnet har alvorlig sykdom, skade eller nedsatt funksjon"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg type.")},
    )
    fra_dato = Datofelt(label=_("Første dag"))
    siste_dag = Datofelt(
        label=_("Siste dag"),
        required=False,
        help_text=_(
            "La stå tom når oppnevningen varer til noen andre blir oppnevnt. Barnekoordinator slutter ved 18 år."
        ),
    )
    slutt_grunn = Langtekst(
        label=_("Hvorfor slutter den da?"),
        required=False,
        maks=500,
        help_text=_("Fylles ut når du har satt en siste dag."),
    )
    bytt = forms.BooleanField(required=False)

    def __init__(self, *args: Any, forrige: str, ny: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if forrige:
            ord_ = {"forrige": forrige, "ny": ny}
            self.fields["bytt"].label = _("%(forrige)s slutter som koordinator den dagen %(ny)s begynner") % ord_
        else:
            del self.fields["bytt"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        siste, foerste = data.get("siste_dag"), data.get("fra_dato")
        if siste and foerste and siste < foerste:
            self.add_error("siste_dag", _("«Siste dag» kan ikke være før «Første dag»."))
        data["til_dato"] = siste + EN_DAG if siste else None
        barn = data.get("type_") == Oppnevning.Type.BARNEKOORDINATOR
        if siste and not barn and not data.get("slutt_grunn") and "slutt_grunn" not in self.errors:
            self.add_error("slutt_grunn", _("Skriv hvorfor oppnevningen slutter."))
        return data


class Avsluttskjema(Skjema):
    """The last day, and why nobody takes over (L3)."""

    siste_dag = Datofelt(label=_("Siste dag"))
    slutt_grunn = Langtekst(
        label=_("Hvorfor slutter koordinatoren uten at en ny tar over?"),
        maks=500,
        error_messages={"required": _("Skriv hvorfor oppnevningen slutter.")},
    )

    def __init__(self, *args: Any, avlyses_fra: date | None = None, **kwargs: Any) -> None:
        """`avlyses_fra` is the first day of an appointment that has not begun: called off, it never begins."""
        super().__init__(*args, **kwargs)
        self.avlyses_fra = avlyses_fra
        if avlyses_fra:
            del self.fields["siste_dag"]
            self.fields["slutt_grunn"].label = _("Hvorfor blir oppnevningen avlyst?")

    def clean(self) -> dict[str, Any]:
        siste = self.cleaned_data.get("siste_dag")
        self.cleaned_data["slutt_dato"] = self.avlyses_fra or (siste + EN_DAG if siste else None)
        return self.cleaned_data
