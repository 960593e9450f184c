"""A new participant, with or without an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.kjerne.skjema import Skjema, Telefonfelt
from tok.sak.models import Deltakelse, Enhet
from tok.sak.opplysninger import UtenKonto

MED_KONTO, UTEN_KONTO = "konto", "uten"
Rolle = Deltakelse.Rolle


class DeltakerSkjema(Skjema):
    """Who, as what, and how to reach them (R4–R11, R35, R57–R58)."""

    rolle = forms.ChoiceField(
        label=_("Hva slags deltaker?"),
        choices=[
            (Rolle.REPRESENTANT, _("Foresatt, verge eller annen som representerer personen")),
            (Rolle.FAST, Rolle.FAST.label),
            (Rolle.VED_BEHOV, Rolle.VED_BEHOV.label),
            (Rolle.STOETTEPERSON, Rolle.STOETTEPERSON.label),
        ],
        widget=forms.RadioSelect,
    )
    egenskap = forms.ChoiceField(
        label=_("I egenskap av"),
        choices=[("", "---------"), *Deltakelse.Egenskap.choices],
        required=False,
        help_text=_("Bare for dem som representerer personen"),
    )
    hvordan = forms.ChoiceField(
        label=_("Hvordan når vi deltakeren?"),
        choices=[
            (MED_KONTO, _("Har konto: får meldinger og logger inn")),
            (UTEN_KONTO, _("Har ikke konto: får brev i posten")),
        ],
        widget=forms.RadioSelect,
    )
    konto = forms.ModelChoiceField(
        label=_("Ansatt eller annen med konto"), queryset=Konto.objects.none(), required=False
    )
    epost_konto = forms.EmailField(
        label=_("Eller e-posten til en med konto som ikke er ansatt i kommunen"), required=False
    )
    navn = forms.CharField(label=_("Navn"), max_length=150, required=False)
    virksomhet = forms.CharField(
        label=_("Arbeidssted"), max_length=150, required=False, help_text=_("For fastlegen: legekontoret")
    )
    telefon = Telefonfelt(label=_("Telefon"))
    epost = forms.EmailField(label=_("E-post"), required=False)
    postadresse = forms.CharField(label=_("Postadresse"), max_length=250, required=False)
    via_legekontor = forms.BooleanField(
        label=_("Fastlege: kalles inn gjennom legekontoret, med dobbelttime"), required=False
    )
    enhet = forms.ModelChoiceField(label=_("Tjeneste"), queryset=Enhet.objects.order_by("navn"), required=False)
    bidrag = forms.CharField(label=_("Hva kan deltakeren hjelpe med?"), max_length=250, required=False)

    def __init__(self, *args: Any, kontoer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["konto"].queryset = kontoer  # type: ignore[attr-defined]
        for navn in ("konto", "epost_konto", "navn", "postadresse", "egenskap"):
            self.fields[navn].widget.uten_valgfritt = True

    def clean_epost_konto(self) -> str:
        epost: str = self.cleaned_data["epost_konto"]
        self.funnet = Konto.objects.filter(epost__iexact=epost, is_active=True, er_system=False).first()
        if epost and self.funnet is None:
            raise forms.ValidationError(_("Det finnes ingen konto med denne e-posten."))
        return epost

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("rolle") == Rolle.REPRESENTANT and not data.get("egenskap"):
            self.add_error("egenskap", _("Velg om det er forelder, verge eller noe annet."))
        if data.get("rolle") != Rolle.REPRESENTANT:
            data["egenskap"] = ""
        if data.get("hvordan") == MED_KONTO and not data.get("konto") and "epost_konto" not in self.errors:
            data["konto"] = self.funnet
            if self.funnet is None:
                self.add_error("konto", _("Velg hvem det er, eller skriv e-posten til kontoen."))
        if data.get("hvordan") == UTEN_KONTO:
            for felt, melding in (
                ("navn", _("Skriv navnet.")),
                ("postadresse", _("Skriv adressen innkallingen skal sendes til.")),
            ):
                if not data.get(felt):
                    self.add_error(felt, melding)
        return data

    def hvem(self) -> Konto | UtenKonto:
        """The account, or what to register."""
        d = self.cleaned_data
        if d["hvordan"] == MED_KONTO:
            konto: Konto = d["konto"]
            return konto
        return UtenKonto(
            navn=d["navn"],
            virksomhet=d["virksomhet"],
            telefon=d["telefon"],
            epost=d["epost"],
            postadresse=d["postadresse"],
        )


class EndreDeltakerSkjema(Skjema):
    """What can be mended without touching the consent: how to reach somebody, and what they help with."""

    navn = forms.CharField(label=_("Navn"), max_length=150)
    virksomhet = forms.CharField(label=_("Arbeidssted"), max_length=150, required=False)
    postadresse = forms.CharField(label=_("Postadresse"), max_length=250)
    telefon = forms.CharField(label=_("Telefon"), max_length=20, required=False)
    epost = forms.EmailField(label=_("E-post"), required=False)
    enhet = forms.ModelChoiceField(label=_("Tjeneste"), queryset=Enhet.objects.order_by("navn"), required=False)
    bidrag = forms.CharField(label=_("Hva kan deltakeren hjelpe med?"), max_length=250, required=False)
    via_legekontor = forms.BooleanField(
        label=_("Fastlege: kalles inn gjennom legekontoret, med dobbelttime"), required=False
    )

    def __init__(self, *args: Any, uten_konto: bool, uten_adresse: bool = False, **kwargs: Any) -> None:
        """`uten_adresse`: the address is strictly confidential, and is not kept here at all (L25)."""
        super().__init__(*args, **kwargs)
        if uten_konto and uten_adresse:
            del self.fields["postadresse"]
        if not uten_konto:
            for navn in ("navn", "virksomhet", "postadresse", "telefon", "epost"):
                del self.fields[navn]

    def kontakt(self) -> UtenKonto | None:
        """The mended contact; None for a participant with an account."""
        d = self.cleaned_data
        if "navn" not in d:
            return None
        return UtenKonto(
            navn=d["navn"],
            virksomhet=d["virksomhet"],
            telefon=d["telefon"],
            epost=d["epost"],
            postadresse=d.get("postadresse", ""),
        )
