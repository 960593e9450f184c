"""What is asked about the person, the same at the first request and when it is mended later (L25, L26)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tok.kjerne.foedselsnummer import UgyldigNummer, stemmer_med, valider
from tok.kjerne.models import Maalform
from tok.kjerne.skjema import Datofelt, Skjema, Telefonfelt
from tok.sak.opplysninger import Personopplysninger

ANNEN_DATO = _("Nummeret hører til en annen fødselsdato. Se etter om nummeret og datoen er riktige.")


class Personfelt(Skjema):
    """The fields about the person. The number is compared with the birth date, which is never read out of it."""

    fornavn = forms.CharField(label=_("Fornavn"), max_length=80, required=False)
    etternavn = forms.CharField(label=_("Etternavn"), max_length=80)
    foedselsdato = Datofelt(label=_("Fødselsdato"), help_text=_("Termin hvis barnet ikke er født"))
    er_termin = forms.BooleanField(label=_("Datoen er termin"), required=False)
    nummer = forms.CharField(
        label=_("Fødselsnummer eller D-nummer"),
        max_length=20,
        required=False,
        help_text=_("11 siffer, om du har det"),
    )
    telefon = Telefonfelt(label=_("Telefon til personen eller hjemmet"))
    adresse = forms.CharField(label=_("Postadresse"), max_length=200, required=False)
    maalform = forms.ChoiceField(label=_("Målform"), choices=Maalform.choices, initial="nb", widget=forms.RadioSelect)
    tolkespraak = forms.CharField(
        label=_("Tolk"), max_length=60, required=False, help_text=_("Hvilket språk? Skriv «tegnspråk» om det er det.")
    )

    def __init__(self, *args: Any, i_dag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.i_dag = i_dag
        self.fields["fornavn"].widget.uten_valgfritt = True

    def clean_nummer(self) -> str:
        tekst = self.cleaned_data["nummer"].strip()
        if not tekst:
            return ""
        try:
            return valider(tekst, tillat_syntetiske=settings.TOK_TILLAT_SYNTETISKE_NUMMER)
        except UgyldigNummer as feil:
            raise forms.ValidationError(feil.melding) from None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("fornavn") and not data.get("er_termin") and "fornavn" not in self.errors:
            self.add_error("fornavn", _("Fyll ut «Fornavn»."))
        self._rett_foedselsdato(data)
        self._rett_nummer(data)
        return data

    def _rett_foedselsdato(self, data: dict[str, Any]) -> None:
        dato = data.get("foedselsdato")
        if dato is None:
            return
        if dato > self.i_dag and not data.get("er_termin"):
            self.add_error("foedselsdato", _("Datoen er fram i tid. Kryss av for termin hvis barnet ikke er født."))
        if dato <= self.i_dag and data.get("er_termin"):
            self.add_error("er_termin", _("Datoen er passert. Termin må være fram i tid."))

    def nummeret(self, data: dict[str, Any]) -> str:
        """The number the person will have."""
        nummer: str = data.get("nummer", "")
        return nummer

    def _rett_nummer(self, data: dict[str, Any]) -> None:
        nummer, dato = self.nummeret(data), data.get("foedselsdato")
        if not nummer or "nummer" in self.errors:
            return
        if data.get("er_termin"):
            self.add_error("nummer", _("Et barn som ikke er født, har ikke noe nummer ennå."))
        elif dato and not stemmer_med(nummer, dato):
            self.add_error("nummer", ANNEN_DATO)

    def opplysninger(self, **endret: Any) -> Personopplysninger:
        """What was typed."""
        felt = {navn: self.cleaned_data.get(navn, "") for navn in Personopplysninger.__dataclass_fields__}
        return Personopplysninger(**felt | endret)


class PersonSkjema(Personfelt):
    """Mend what is registered. The number that is there is not shown: it stays, is replaced or taken away."""

    fjern_nummer = forms.BooleanField(label=_("Ta bort nummeret som er registrert"), required=False)

    def __init__(self, *args: Any, registrert_nummer: str, uten_adresse: bool = False, **kwargs: Any) -> None:
        """`uten_adresse`: the address is strictly confidential, and is not kept here at all (L25)."""
        super().__init__(*args, **kwargs)
        if uten_adresse:
            del self.fields["adresse"]
        self.registrert_nummer = registrert_nummer
        if registrert_nummer:
            self.fields["nummer"].help_text = _("Et nummer er registrert. La feltet stå tomt for å beholde det.")
        else:
            del self.fields["fjern_nummer"]

    def nummeret(self, data: dict[str, Any]) -> str:
        if data.get("fjern_nummer"):
            return ""
        return data.get("nummer") or self.registrert_nummer

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("fjern_nummer") and data.get("nummer"):
            self.add_error("fjern_nummer", _("Skriv et nytt nummer, eller ta bort det gamle, ikke begge deler."))
        return data

    @property
    def beholder_nummer(self) -> bool:
        """Whether the registered number is left alone."""
        return not self.cleaned_data["nummer"] and not self.cleaned_data.get("fjern_nummer")
