"""The request as it comes: person, who asks, what for; with a look for people we know already."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.kjerne.skjema import Datofelt, Langtekst, Skjema, Telefonfelt
from tok.sak.forms.kjent_person import Kjent, finn_kjente, finn_lukket, oppdatert
from tok.sak.forms.person import Personfelt
from tok.sak.forms.vern import BEKREFTER, GRUNN, LENGST, NIVAAVALG
from tok.sak.models import Egenskap, Enhet, Henvendelse, Nivaa, Person
from tok.sak.opplysninger import Henvendelsesfelt, Ja, NyttVern, Personopplysninger
from tok.sak.tilgang.vernegruppe import kan_bekrefte

NY_PERSON = "ny"
ENIG = _("Personen, eller den som kan samtykke, har sagt ja til at vi registrerer")
BARE_MED_VERN = _("Bare når adressen er beskyttet")
FRAM_I_TID = {"for_sen": _("Datoen kan ikke være fram i tid.")}


class JaFelt(Skjema):
    """Who said yes, by name, and who made the assessment where the law asks for one (L7, B7)."""

    ja_sagt_av = forms.ChoiceField(
        label=_("Hvem sa ja?"), choices=[("", "---------"), *Egenskap.choices], required=False
    )
    ja_sagt_navn = forms.CharField(
        label=_("Navnet på den som sa ja"),
        max_length=150,
        required=False,
        help_text=_("Når det er en annen enn personen selv"),
    )
    vurdert_av = forms.CharField(
        label=_("Hvem har vurdert at personen selv ikke kan samtykke?"),
        max_length=150,
        required=False,
        help_text=_("Bare når andre sier ja for en som har fylt 16 år"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn in ("ja_sagt_navn", "vurdert_av"):
            self.fields[navn].widget.uten_valgfritt = True

    def krev_navn(self, data: dict[str, Any]) -> None:
        """Somebody else than the person is named (L7)."""
        if data.get("ja_sagt_av") not in ("", None, Egenskap.SELV) and not data.get("ja_sagt_navn"):
            self.add_error("ja_sagt_navn", _("Skriv navnet på den som sa ja."))


class HenvendelseSkjema(JaFelt, Personfelt):
    """Everything TOK writes down with the telephone in one hand (R27–R30, R231, L5, L7, L25, L26)."""

    skjema_id = forms.UUIDField(widget=forms.HiddenInput)
    person_valg = forms.CharField(label=_("Er det samme person?"), widget=forms.RadioSelect, required=False)
    oppdater = forms.BooleanField(label=_("Oppdater opplysningene om personen"), required=False)

    mottatt_dato = Datofelt(label=_("Når kom henvendelsen?"), error_messages=FRAM_I_TID)
    kanal = forms.ChoiceField(label=_("Hvordan kom den?"), choices=Henvendelse.Kanal.choices, widget=forms.RadioSelect)
    avsender_navn = forms.CharField(label=_("Hvem henvender seg?"), max_length=150)
    avsender_rolle = forms.ChoiceField(
        label=_("I hvilken egenskap?"), choices=[("", "---------"), *Henvendelse.Avsender.choices]
    )
    avsender_telefon = Telefonfelt(label=_("Telefon til den som henvender seg"))
    er_enig = forms.BooleanField(label=ENIG, required=False)

    vern_nivaa = forms.TypedChoiceField(
        label=_("Er adressen beskyttet?"),
        choices=[("", _("Nei")), *NIVAAVALG],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Da ser bare du og en kollega henvendelsen. Er adressen strengt fortrolig, skal den ikke skrives."),
    )
    vern_grunn = forms.CharField(label=GRUNN, max_length=LENGST, required=False, help_text=BARE_MED_VERN)
    vern_bekreftes_av = forms.ModelChoiceField(
        label=BEKREFTER, queryset=Konto.objects.none(), required=False, help_text=BARE_MED_VERN
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

    def __init__(
        self, *args: Any, ansatte: Any, konto: Konto, kontorer: Iterable[uuid.UUID] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kontorer, self.konto = list(kontorer), konto
        self.kjente: list[Kjent] = []
        self.lukket: Person | None = None
        bekreftere = kan_bekrefte(konto, self.kontorer, self.i_dag)
        self.fields["vern_bekreftes_av"].queryset = bekreftere  # type: ignore[attr-defined]
        for navn in ("vern_nivaa", "vern_grunn", "vern_bekreftes_av"):
            self.fields[navn].widget.uten_valgfritt = True
        self.fields["foreslaatt_koordinator"].queryset = ansatte  # type: ignore[attr-defined]
        self.fields["skjema_id"].initial = uuid.uuid4
        self.fields["mottatt_dato"].hoeyst(self.i_dag)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("er_enig") and not data.get("ja_sagt_av"):
            self.add_error("ja_sagt_av", _("Skriv hvem som sa ja."))
        if data.get("ja_sagt_av") and not data.get("er_enig"):
            self.add_error("er_enig", _("Kryss av for at det er sagt ja, eller fjern hvem som sa det."))
        if data.get("er_enig"):
            self.krev_navn(data)
        if data.get("er_enig_i_forslag") and not data.get("foreslaatt_koordinator"):
            self.add_error("foreslaatt_koordinator", _("Velg hvem personen er enig i."))
        self._krev_helt_vern(data)
        self._velg_person(data)
        return data

    def _krev_helt_vern(self, data: dict[str, Any]) -> None:
        """A protected address is told with how it is known and by two (N11); a strict one is not written (L25)."""
        if not data.get("vern_nivaa"):
            return
        if not data.get("vern_grunn") and "vern_grunn" not in self.errors:
            self.add_error("vern_grunn", _("Skriv hvor opplysningen om vern kommer fra."))
        if not data.get("vern_bekreftes_av") and "vern_bekreftes_av" not in self.errors:
            self.add_error("vern_bekreftes_av", _("Velg en kollega som bekrefter."))
        if data["vern_nivaa"] == Nivaa.STRENGT and data.get("adresse"):
            self.add_error("adresse", _("En strengt fortrolig adresse skal ikke stå her. Fjern adressen."))

    def vern(self) -> NyttVern | None:
        """The protection that was told with the request."""
        d = self.cleaned_data
        if not d["vern_nivaa"]:
            return None
        return NyttVern(nivaa=d["vern_nivaa"], grunn=d["vern_grunn"], bekreftes_av=d["vern_bekreftes_av"])

    def _velg_person(self, data: dict[str, Any]) -> None:
        """Show a known person before a duplicate is made; a known number can only be the known person (L25).

        One the account may not know of is never shown: the request goes there by itself, or a new person is made (N11).
        """
        data["person_valg"] = NY_PERSON
        if {"fornavn", "nummer"} & set(self.errors) or not all(data.get(f) for f in ("etternavn", "foedselsdato")):
            return
        kjente = finn_kjente(data, self.kontorer, self.konto)
        samme = [kjent for kjent in kjente if kjent.samme_nummer]
        self.lukket = None if samme else finn_lukket(data, self.konto)
        if not kjente or (self.lukket and self.lukket.indekser and data.get("nummer")):
            return
        self.kjente = samme or kjente
        valg = [(str(k.person.pk), k.tekst) for k in self.kjente]
        if not samme:
            valg.append((NY_PERSON, str(_("Nei, dette er en annen person"))))
        felt: Any = self.fields["person_valg"]
        felt.widget.choices = valg
        felt.widget.uten_valgfritt = True
        svar = self.data.get(self.add_prefix("person_valg"), "")
        if svar not in dict(valg):
            spoersmaal = _("Nummeret er registrert fra før. Er det samme person, eller er nummeret feil?")
            self.add_error(
                "person_valg", spoersmaal if samme else _("Vi kjenner noen som ligner. Er det samme person?")
            )
        data["person_valg"] = svar

    @property
    def samme_nummer(self) -> Kjent | None:
        """The person we may show who has the number that was typed."""
        return next((kjent for kjent in self.kjente if kjent.samme_nummer), None)

    @property
    def kan_oppdatere(self) -> bool:
        """Whether the form says something new about somebody we know."""
        return any(kjent.forskjeller for kjent in self.kjente)

    @property
    def valgt(self) -> Person | None:
        """The known person that was chosen."""
        svar = self.cleaned_data["person_valg"]
        return next((k.person for k in self.kjente if str(k.person.pk) == svar), None)

    def person(self) -> Person | Personopplysninger:
        """The chosen known person, the one nobody here may be shown, or what to register."""
        return self.valgt or self.lukket or self.opplysninger()

    def oppdatering(self) -> Personopplysninger | None:
        """What is new about the known person, when the user asked for it to be written."""
        return oppdatert(self.valgt, self.cleaned_data) if self.valgt and self.cleaned_data["oppdater"] else None

    def felt(self) -> Henvendelsesfelt:
        """The request itself."""
        d = self.cleaned_data
        samme = {navn: d[navn] for navn in Henvendelsesfelt.__dataclass_fields__ if not navn.startswith("oensker_")}
        oensker = {f"oensker_{hva}": hva in d["oensker"] for hva in ("gruppe", "koordinator", "plan")}
        return Henvendelsesfelt(**samme | oensker)


class JaSkjema(JaFelt):
    """An oral yes that came after the request (L7)."""

    ja_sagt_dato = Datofelt(label=_("Når ble det sagt ja?"), error_messages=FRAM_I_TID)

    def __init__(self, *args: Any, i_dag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ja_sagt_av"].required = True
        self.fields["ja_sagt_dato"].hoeyst(i_dag)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.krev_navn(data)
        return data

    def ja(self) -> Ja:
        """The yes as one value."""
        d = self.cleaned_data
        return Ja(d["ja_sagt_av"], d["ja_sagt_navn"], d["ja_sagt_dato"], d["vurdert_av"])


class AvsluttSkjema(Skjema):
    """Why it ends."""

    grunn = Langtekst(label=_("Hvorfor blir det ikke en sak?"), maks=1000)
