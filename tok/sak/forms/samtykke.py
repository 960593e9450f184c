"""The consent form to print, and the signed one to register."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tok.kjerne.filer import Filfelt
from tok.kjerne.skjema import Datofelt, Langtekst, Skjema
from tok.sak.models import Deltakelse, Egenskap, Samtykke
from tok.sak.opplysninger import Underskrift


class MuntligSkjema(Skjema):
    """Who said yes, before there is a form (L7)."""

    egenskap = forms.ChoiceField(label=_("Hvem sa ja?"), choices=Egenskap.choices, widget=forms.RadioSelect)
    navn = forms.CharField(label=_("Navnet på den som sa ja"), max_length=150)
    sagt_dato = Datofelt(label=_("Når ble det sagt?"))
    vurdert_av = forms.CharField(
        label=_("Hvem har vurdert at personen selv ikke kan samtykke?"),
        max_length=150,
        required=False,
        help_text=_("Bare når andre sier ja for en som har fylt 16 år"),
    )

    def __init__(self, *args: Any, i_dag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sagt: Any = self.fields["sagt_dato"]
        sagt.hoeyst(i_dag)
        self.fields["vurdert_av"].widget.uten_valgfritt = True


class TrekkSkjema(Skjema):
    """Who takes the consent back."""

    trukket_av = forms.CharField(label=_("Hvem trakk samtykket?"), max_length=150)


class SkjemaForUtskrift(Skjema):
    """How long the consent is meant to last."""

    gyldig_fra = Datofelt(label=_("Samtykket skal gjelde fra"))
    gyldig_tom = Datofelt(label=_("Samtykket skal gjelde til og med"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("gyldig_fra") and data.get("gyldig_tom") and data["gyldig_tom"] < data["gyldig_fra"]:
            self.add_error("gyldig_tom", _("Sluttdatoen må være etter startdatoen."))
        return data


class SamtykkeSkjema(Skjema):
    """What stands on the signed form (B7, L13)."""

    formaal = forms.MultipleChoiceField(
        label=_("Hva er det krysset av for?"),
        choices=Samtykke.Formaal.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    deltakelser = forms.ModelMultipleChoiceField(
        label=_("Hvem omfatter samtykket?"),
        queryset=Deltakelse.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("De som ikke er krysset av, får ikke referat."),
    )
    egenskap = forms.ChoiceField(label=_("Hvem har skrevet under?"), choices=Egenskap.choices, widget=forms.RadioSelect)
    underskrevet_av = forms.CharField(label=_("Navnet på den som skrev under"), max_length=150)
    underskrevet_av_2 = forms.CharField(
        label=_("Navnet på den andre forelderen"),
        max_length=150,
        required=False,
        help_text=_("Har to foreldre foreldreansvar, må begge skrive under"),
    )
    underskrevet_dato = Datofelt(label=_("Når ble det skrevet under?"))
    gyldig_fra = Datofelt(label=_("Gjelder fra"))
    gyldig_tom = Datofelt(label=_("Gjelder til og med"))
    barnets_syn = Langtekst(
        label=_("Hva mener barnet selv?"), maks=1000, required=False, help_text=_("Må fylles ut fra 7 til 15 år")
    )
    vurdert_av = forms.CharField(
        label=_("Hvem har vurdert at personen selv ikke kan samtykke?"),
        max_length=150,
        required=False,
        help_text=_("Bare når andre skriver under for en som har fylt 16 år"),
    )
    omfatter_ikke = Langtekst(label=_("Hva gjelder samtykket ikke?"), maks=1000, required=False)
    skannet = Filfelt(label=_("Skannet skjema"), help_text=_("PDF eller bilde, høyst 10 MB"))

    def __init__(self, *args: Any, deltakere: Any, i_dag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.i_dag = i_dag
        felt: Any = self.fields["deltakelser"]
        felt.queryset = deltakere
        underskrevet: Any = self.fields["underskrevet_dato"]
        underskrevet.hoeyst(i_dag)
        felt.label_from_instance = _deltakernavn
        for navn in ("barnets_syn", "vurdert_av"):
            self.fields[navn].widget.uten_valgfritt = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        signert, fra, tom = (data.get(felt) for felt in ("underskrevet_dato", "gyldig_fra", "gyldig_tom"))
        if signert and signert > self.i_dag:
            self.add_error("underskrevet_dato", _("Datoen kan ikke være fram i tid."))
        if signert and fra and fra < signert:
            self.add_error("gyldig_fra", _("Samtykket kan ikke gjelde fra før det ble skrevet under."))
        if fra and tom and tom < fra:
            self.add_error("gyldig_tom", _("Sluttdatoen må være etter startdatoen."))
        return data

    def underskrift(self) -> Underskrift:
        """The signed form as one value."""
        felt = {navn: self.cleaned_data[navn] for navn in Underskrift.__dataclass_fields__}
        return Underskrift(**felt)


def _deltakernavn(deltakelse: Deltakelse) -> str:
    rolle = deltakelse.tilhoerighet or deltakelse.get_rolle_display()
    return f"{deltakelse.navn}, {rolle}"
