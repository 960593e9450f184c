"""The forms of the component pages that can be sent: one of every kind of field, dates, rows and tabs."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import AppendedText, FieldWithButtons, InlineRadios, StrictButton, Tab, TabHolder
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from tok.demo.komponenter.tilstander import KANALER
from tok.kjerne.filer import Filfelt
from tok.kjerne.skjema import Datofelt, DatoTidfelt, Klokkeslettfelt, Langtekst, Skjema, Skjemasett, Telefonfelt

JA_NEI = [("ja", _("Ja")), ("nei", _("Nei"))]


class AlleFelt(Skjema):
    """One of every kind of field."""

    navn = forms.CharField(label=_("Hvem gjelder det?"), max_length=120, help_text=_("Fornavn og etternavn"))
    telefon = Telefonfelt(label=_("Telefon"))
    hva = Langtekst(label=_("Hva ønskes det hjelp til?"), maks=300)
    tjeneste = forms.ChoiceField(
        label=_("Tjeneste"),
        choices=[("", "---------"), ("skole", _("Skole")), ("helse", _("Helsestasjon")), ("bolig", _("Bolig"))],
    )
    kanal = forms.ChoiceField(label=_("Hvordan tok de kontakt?"), choices=KANALER, widget=forms.RadioSelect)
    beskjed = forms.MultipleChoiceField(
        label=_("Hvordan vil de ha beskjed?"), choices=KANALER, widget=forms.CheckboxSelectMultiple, required=False
    )
    dato = Datofelt(label=_("Når tok de kontakt?"))
    skjema = Filfelt(label=_("Skannet skjema"), required=False, help_text=_("PDF eller bilde, høyst 10 MB"))
    enig = forms.BooleanField(label=_("De er enige i at kontoret tar saken"))


class Datoer(Skjema):
    """Dates and times."""

    foedt = Datofelt(label=_("Fødselsdato"), foedselsdato=True, help_text=_("For eksempel 3 mars 2015"))
    samtale = Datofelt(label=_("Dato for samtalen"), required=False)
    moete = DatoTidfelt(label=_("Når begynner møtet?"))
    slutt = Klokkeslettfelt(label=_("Til klokka"), required=False)


class Avtale(Skjema):
    """One row."""

    tiltak = forms.CharField(label=_("Tiltak"), max_length=200)
    ansvar = forms.ChoiceField(
        label=_("Ansvar"), choices=[("", "---------"), ("kari", "Kari Lunde"), ("per", "Per Aas")], required=False
    )
    frist = Datofelt(label=_("Frist"), required=False, help_text="")


class Avtalerader(Skjemasett):
    """The rows."""

    rad_navn = _("Avtale")
    legg_til = _("Legg til en avtale")


Avtaler = forms.formset_factory(Avtale, formset=Avtalerader, extra=1, can_delete=True, max_num=6)


class Faner(Skjema):
    """A form in tabs, with the stock layout objects of crispy-forms; the tab with an error is the one that opens."""

    oenske = forms.CharField(label=_("Hva er viktigst nå?"), max_length=120)
    timer = forms.IntegerField(label=_("Tid til oppgaven"), min_value=1, max_value=40)
    tolk = forms.ChoiceField(label=_("Trengs det tolk?"), choices=JA_NEI, widget=forms.RadioSelect)
    finn = forms.CharField(label=_("Finn en koordinator"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tallboks = {"inputmode": "numeric", "size": "4", "autocomplete": "off"}
        self.fields["timer"].widget = forms.TextInput(attrs=tallboks)

    @property
    def helper(self) -> FormHelper:
        """The fields in three tabs."""
        hjelper = super().helper
        sok = StrictButton(_("Finn"), css_class="ds-button", type="submit", data_variant="secondary")
        hjelper.layout = Layout(
            TabHolder(
                Tab(_("Ønsker"), "oenske", css_id="fane-oensker"),
                Tab(_("Tid"), AppendedText("timer", _("timer i måneden")), css_id="fane-tid"),
                Tab(_("Møtet"), InlineRadios("tolk"), FieldWithButtons("finn", sok), css_id="fane-moetet"),
                css_id="skjemafaner",
                aria_label=_("Deler av skjemaet"),
            )
        )
        return hjelper


class Finn(Skjema):
    """A field with its button on the same line."""

    vis_valgfritt = False
    navn = forms.CharField(label=_("Finn en koordinator"), max_length=80, required=False)


class Kladd(Skjema):
    """A text that is saved while it is typed."""

    kladd = Langtekst(label=_("Skriv noe, og vent to sekunder"), maks=500, required=False)


class Flettet(Skjema):
    """The text that holds both after a conflict."""

    naa_situasjon = Langtekst(label=_("Nå-situasjonen"), maks=2000)
