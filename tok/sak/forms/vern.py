"""Protection of an address: who, how strict, how it is known, who confirms, and who keeps access (N11, L20)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tok.kjerne import datotekst
from tok.kjerne.models import Konto
from tok.kjerne.skjema import Skjema
from tok.sak.models import Deltakelse, Sak, Vern, Vernoppgave
from tok.sak.opplysninger import NyttVern
from tok.sak.sporringer.vern import NIVAAER, Vernet, gjelder
from tok.sak.tilgang.vernegruppe import Kandidat

LENGST = 255
BEKREFTER = _("Hvilken kollega skal bekrefte?")
GRUNN = _("Hvor kommer opplysningen fra?")
NIVAAVALG = [(str(nivaa.value), nivaa.label) for nivaa in NIVAAER]


class Vernefelt(Skjema):
    """What is asked of every new protection."""

    nivaa = forms.TypedChoiceField(
        label=_("Hvor strengt er vernet?"), choices=NIVAAVALG, coerce=int, widget=forms.RadioSelect
    )
    grunn = forms.CharField(
        label=GRUNN, max_length=LENGST, help_text=_("For eksempel folkeregisteret, politiet eller familien selv")
    )
    bekreftes_av = forms.ModelChoiceField(
        label=BEKREFTER,
        queryset=Konto.objects.none(),
        help_text=_("Det må to personer til. Vernet gjelder fra du setter det, og kollegaen får beskjed."),
        error_messages={"required": _("Velg en kollega som bekrefter."), "invalid_choice": _("Velg en på lista.")},
    )

    def __init__(self, *args: Any, bekreftere: QuerySet[Konto], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bekreftes_av"].queryset = bekreftere  # type: ignore[attr-defined]

    def nytt(self) -> NyttVern:
        """The protection as one value."""
        d = self.cleaned_data
        return NyttVern(nivaa=d["nivaa"], grunn=d["grunn"], bekreftes_av=d["bekreftes_av"])


class VernSkjema(Vernefelt):
    """The protection of somebody in a case, and who still sees it."""

    hvem = forms.ChoiceField(label=_("Hvem skal vernes?"), widget=forms.RadioSelect)
    slipper_inn = forms.ModelMultipleChoiceField(
        label=_("Hvem skal fortsatt se saken?"),
        queryset=Konto.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Alle som ikke er krysset av, mister saken med en gang. Du og kollegaen som bekrefter, beholder den alltid."
        ),
    )
    field_order = ("hvem", "nivaa", "grunn", "bekreftes_av", "slipper_inn")

    def __init__(
        self,
        *args: Any,
        kan_vernes: Sequence[tuple[str, Vernet, Deltakelse | None]],
        kandidater: Sequence[Kandidat],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rader = {noekkel: rad for noekkel, rad, _som in kan_vernes}
        hvem: Any = self.fields["hvem"]
        hvem.choices = [(noekkel, _hvem(rad, som)) for noekkel, rad, som in kan_vernes]
        ordene = {kandidat.konto.pk: kandidat.hva for kandidat in kandidater}
        inn: Any = self.fields["slipper_inn"]
        inn.widget.uten_valgfritt = True
        inn.queryset = Konto.objects.filter(pk__in=ordene).order_by("navn")
        inn.label_from_instance = lambda konto: f"{konto.navn}, {ordene[konto.pk]}"

    def valgt(self) -> Vernet:
        """Who was chosen."""
        return self.rader[self.cleaned_data["hvem"]]


def _hvem(rad: Vernet, som: Deltakelse | None) -> str:
    rolle = _("personen saken gjelder") if som is None else som.get_egenskap_display() or som.get_rolle_display()
    return f"{rad}, {rolle}"


class Vernevalg(Skjema):
    """One of the protections of the case; with one alone there is nothing to choose."""

    vern = forms.ModelChoiceField(
        label=_("Hvilket vern gjelder det?"), queryset=Vern.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, vernene: QuerySet[Vern], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["vern"]
        felt.queryset = vernene
        felt.label_from_instance = lambda vern: f"{gjelder(vern)}, {vern.get_nivaa_display()}"
        if len(rader := list(vernene[:2])) == 1:
            felt.initial = rader[0].pk


class SluttSkjema(Vernevalg):
    """Why a protection should end."""

    grunn = forms.CharField(label=_("Hvorfor skal vernet bort?"), max_length=LENGST)


class TilgangSkjema(Skjema):
    """One account to let in, or to close the case to."""

    konto = forms.ModelChoiceField(label=_("Hvem?"), queryset=Konto.objects.none(), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kandidater: Sequence[Kandidat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordene = {kandidat.konto.pk: kandidat.hva for kandidat in kandidater}
        felt: Any = self.fields["konto"]
        felt.queryset = Konto.objects.filter(pk__in=ordene).order_by("navn")
        felt.empty_label = None
        felt.label_from_instance = lambda konto: f"{konto.navn}, {ordene[konto.pk]}"


class SaksbehandlerSkjema(Skjema):
    """A case by its number, and who is to have it."""

    sak = forms.ModelChoiceField(label=_("Sak"), queryset=Sak.objects.none(), widget=forms.RadioSelect)
    konto = forms.ModelChoiceField(label=_("Hvem skal ha saken?"), queryset=Konto.objects.none())

    def __init__(self, *args: Any, saker: QuerySet[Sak], ansatte: QuerySet[Konto], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["sak"]
        felt.queryset, felt.empty_label = saker, None
        felt.label_from_instance = lambda sak: sak.nummer
        self.fields["konto"].queryset = ansatte  # type: ignore[attr-defined]


class OppgaveSkjema(Skjema):
    """What has been done by hand, and how."""

    oppgaver = forms.ModelMultipleChoiceField(
        label=_("Hva er gjort?"), queryset=Vernoppgave.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    hvordan = forms.CharField(
        label=_("Hvordan ble det gjort?"),
        max_length=LENGST,
        help_text=_("For eksempel «ringte, og fikk brevet tilbake i dag»"),
    )

    def __init__(self, *args: Any, aapne: QuerySet[Vernoppgave], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["oppgaver"]
        felt.queryset = aapne
        felt.label_from_instance = _oppgave


def _oppgave(oppgave: Vernoppgave) -> str:
    """The receiver and what; when it was sent too, since a corrected one went out twice."""
    tekst = f"{oppgave.mottaker}: {oppgave.hva}"
    if oppgave.sendt_tid:
        tekst = str(_("%(hva)s, sendt %(dato)s") % {"hva": tekst, "dato": datotekst.dato(oppgave.sendt_tid)})
    levere = oppgave.slag == Vernoppgave.Slag.LEVERE
    return f"{tekst} ({oppgave.get_slag_display()})" if levere else tekst
