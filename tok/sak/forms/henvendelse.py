"""The request as it comes: person, who asks, what for; with a look for people we know already."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tok.kjerne.foedselsnummer import UgyldigNummer, valider
from tok.kjerne.kryptering import blindindeks
from tok.kjerne.models import Konto, Maalform
from tok.kjerne.skjema import Datofelt, Langtekst, Skjema
from tok.sak.models import Egenskap, Enhet, Henvendelse, Person
from tok.sak.opplysninger import Henvendelsesfelt, Personopplysninger

NY_PERSON = "ny"
ENIG = _("Personen, eller den som kan samtykke, har sagt ja til at vi registrerer")


class HenvendelseSkjema(Skjema):
    """Everything TOK writes down with the telephone in one hand (R27–R30, R231, L5, L7, L25, L26)."""

    skjema_id = forms.UUIDField(widget=forms.HiddenInput)
    person_valg = forms.CharField(label=_("Er det samme person?"), widget=forms.RadioSelect, required=False)

    fornavn = forms.CharField(label=_("Fornavn"), max_length=80)
    etternavn = forms.CharField(label=_("Etternavn"), max_length=80)
    foedselsdato = Datofelt(label=_("Fødselsdato"), help_text=_("Termin hvis barnet ikke er født"))
    er_termin = forms.BooleanField(label=_("Datoen er termin"), required=False)
    nummer = forms.CharField(
        label=_("Fødselsnummer eller D-nummer"),
        max_length=20,
        required=False,
        help_text=_("11 siffer, om du har det"),
    )
    telefon = forms.CharField(label=_("Telefon til personen eller hjemmet"), max_length=20, required=False)
    adresse = forms.CharField(label=_("Postadresse"), max_length=200, required=False)
    maalform = forms.ChoiceField(label=_("Målform"), choices=Maalform.choices, initial="nb", widget=forms.RadioSelect)
    tolkespraak = forms.CharField(
        label=_("Tolk"), max_length=60, required=False, help_text=_("Hvilket språk? Skriv «tegnspråk» om det er det.")
    )

    mottatt_dato = Datofelt(label=_("Når kom henvendelsen?"))
    kanal = forms.ChoiceField(label=_("Hvordan kom den?"), choices=Henvendelse.Kanal.choices, widget=forms.RadioSelect)
    avsender_navn = forms.CharField(label=_("Hvem henvender seg?"), max_length=150)
    avsender_rolle = forms.ChoiceField(
        label=_("I hvilken egenskap?"), choices=[("", "---------"), *Henvendelse.Avsender.choices]
    )
    avsender_telefon = forms.CharField(label=_("Telefon til den som henvender seg"), max_length=20, required=False)
    er_enig = forms.BooleanField(label=ENIG, required=False)
    ja_sagt_av = forms.ChoiceField(
        label=_("Hvem sa ja?"), choices=[("", "---------"), *Egenskap.choices], required=False
    )

    tjenester = forms.MultipleChoiceField(
        label=_("Hvilke tjenester er aktive rundt personen?"),
        choices=Enhet.Sektor.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    behov = Langtekst(label=_("Hva trengs?"), maks=2000, required=False, help_text=_("Kort, med det som er nødvendig"))
    oensker = forms.MultipleChoiceField(
        label=_("Hva ønskes?"),
        choices=[("gruppe", _("Ansvarsgruppe")), ("koordinator", _("Koordinator")), ("plan", _("Individuell plan"))],
        widget=forms.CheckboxSelectMultiple,
    )
    foreslaatt_koordinator = forms.ModelChoiceField(
        label=_("Foreslått koordinator"), queryset=Konto.objects.none(), required=False
    )
    er_enig_i_forslag = forms.BooleanField(label=_("Personen er enig i forslaget"), required=False)

    def __init__(self, *args: Any, ansatte: Any, i_dag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.i_dag = i_dag
        self.treff: list[Person] = []
        self.fields["foreslaatt_koordinator"].queryset = ansatte  # type: ignore[attr-defined]
        self.fields["skjema_id"].initial = uuid.uuid4

    def clean_nummer(self) -> str:
        tekst = self.cleaned_data["nummer"].strip()
        if not tekst:
            return ""
        try:
            return valider(tekst, tillat_syntetiske=settings.TOK_TILLAT_SYNTETISKE_NUMMER)
        except UgyldigNummer as feil:
            raise forms.ValidationError(feil.melding) from None

    def clean_mottatt_dato(self) -> date:
        dato: date = self.cleaned_data["mottatt_dato"]
        if dato > self.i_dag:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        return dato

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self._rett_foedselsdato(data)
        if data.get("er_enig") and not data.get("ja_sagt_av"):
            self.add_error("ja_sagt_av", _("Skriv hvem som sa ja."))
        if data.get("ja_sagt_av") and not data.get("er_enig"):
            self.add_error("er_enig", _("Kryss av for at det er sagt ja, eller fjern hvem som sa det."))
        if data.get("er_enig_i_forslag") and not data.get("foreslaatt_koordinator"):
            self.add_error("foreslaatt_koordinator", _("Velg hvem personen er enig i."))
        self._finn_kjente(data)
        return data

    def _rett_foedselsdato(self, data: dict[str, Any]) -> None:
        dato = data.get("foedselsdato")
        if dato is None:
            return
        if dato > self.i_dag and not data.get("er_termin"):
            self.add_error("foedselsdato", _("Datoen er fram i tid. Kryss av for termin hvis barnet ikke er født."))
        if dato <= self.i_dag and data.get("er_termin"):
            self.add_error("er_termin", _("Datoen er passert. Termin må være fram i tid."))

    def _finn_kjente(self, data: dict[str, Any]) -> None:
        """Show a known person before a duplicate is made; a known number can only be the known person (L25)."""
        if not all(data.get(felt) for felt in ("fornavn", "etternavn", "foedselsdato")):
            return
        indeks = blindindeks(data["nummer"]) if data.get("nummer") else None
        self.treff = list(
            Person.objects.lignende(
                fornavn=data["fornavn"],
                etternavn=data["etternavn"],
                foedselsdato=data["foedselsdato"],
                nummer_indeks=indeks,
            )
        )
        if not self.treff:
            data["person_valg"] = NY_PERSON
            return
        samme_nummer = [p for p in self.treff if indeks is not None and bytes(p.nummer_indeks or b"") == indeks]
        valg = [(str(p.pk), f"{p.navn}, {_('født')} {p.foedselsdato:%d.%m.%Y}") for p in samme_nummer or self.treff]
        if not samme_nummer:
            valg.append((NY_PERSON, str(_("Nei, dette er en annen person"))))
        velger: Any = self.fields["person_valg"].widget
        velger.choices = valg
        svar = self.data.get(self.add_prefix("person_valg"), "")
        if svar not in dict(valg):
            self.add_error("person_valg", _("Vi kjenner noen som ligner. Er det samme person?"))
        data["person_valg"] = svar

    def person(self) -> Person | Personopplysninger:
        """The chosen known person, or what to register."""
        d = self.cleaned_data
        kjent = next((p for p in self.treff if str(p.pk) == d["person_valg"]), None)
        return kjent or Personopplysninger(
            fornavn=d["fornavn"],
            etternavn=d["etternavn"],
            foedselsdato=d["foedselsdato"],
            er_termin=d["er_termin"],
            nummer=d["nummer"],
            telefon=d["telefon"],
            adresse=d["adresse"],
            maalform=d["maalform"],
            tolkespraak=d["tolkespraak"],
        )

    def felt(self) -> Henvendelsesfelt:
        """The request itself."""
        d = self.cleaned_data
        return Henvendelsesfelt(
            mottatt_dato=d["mottatt_dato"],
            kanal=d["kanal"],
            avsender_navn=d["avsender_navn"],
            avsender_rolle=d["avsender_rolle"],
            avsender_telefon=d["avsender_telefon"],
            er_enig=d["er_enig"],
            ja_sagt_av=d["ja_sagt_av"],
            tjenester=d["tjenester"],
            behov=d["behov"],
            oensker_gruppe="gruppe" in d["oensker"],
            oensker_koordinator="koordinator" in d["oensker"],
            oensker_plan="plan" in d["oensker"],
            foreslaatt_koordinator=d["foreslaatt_koordinator"],
            er_enig_i_forslag=d["er_enig_i_forslag"],
        )


class AvsluttSkjema(Skjema):
    """Why it ends."""

    grunn = Langtekst(label=_("Hvorfor blir det ikke en sak?"), maks=1000)
