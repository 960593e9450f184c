"""Who stands for the person, and what it rests on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tok.kjerne.filer import Filfelt
from tok.kjerne.models import Konto
from tok.kjerne.skjema import Datofelt, Skjema, Telefonfelt
from tok.sak.models import Deltakelse
from tok.sak.opplysninger import Grunnlag, UtenKonto

MED_KONTO, UTEN_KONTO = "konto", "uten"
BARE_MED = _("Bare når representanten har konto")
BARE_UTEN = _("Bare når representanten ikke har konto")


class Grunnlagsfelt(Skjema):
    """The ground: a document with what it covers, or an assessment; from when and how long (L12)."""

    mandat = forms.CharField(
        label=_("Hva gjelder mandatet eller fullmakten?"),
        max_length=250,
        required=False,
        help_text=_("Skriv det som står i dokumentet, for eksempel «økonomi og personlige forhold»."),
    )
    skannet = Filfelt(
        label=_("Dokumentet"), required=False, help_text=_("Fullmakt, vergeattest eller vedtak. PDF eller bilde.")
    )
    vurdert_av = forms.CharField(
        label=_("Hvem har vurdert at personen selv ikke kan samtykke?"),
        max_length=150,
        required=False,
        help_text=_("Bare for foreldre og pårørende til en som har fylt 16 år"),
    )
    fra_dato = Datofelt(label=_("Gjelder fra"))
    tom_dato = Datofelt(label=_("Gjelder til og med"), required=False, help_text=_("Tomt hvis det ikke har noen slutt"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn in ("mandat", "vurdert_av", "skannet"):
            self.fields[navn].widget.uten_valgfritt = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        fra, tom = data.get("fra_dato"), data.get("tom_dato")
        if fra and tom and tom < fra:
            self.add_error("tom_dato", _("Sluttdatoen må være etter startdatoen."))
        if data.get("skannet") and not data.get("mandat"):
            self.add_error("mandat", _("Skriv hva mandatet eller fullmakten gjelder."))
        return data

    def grunnlag(self) -> Grunnlag:
        """The ground as one value."""
        return Grunnlag(**{navn: self.cleaned_data[navn] for navn in Grunnlag.__dataclass_fields__})


class GrunnlagSkjema(Grunnlagsfelt):
    """A new ground for somebody who stands for the person already."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("skannet") and not data.get("vurdert_av") and "skannet" not in self.errors:
            self.add_error("skannet", _("Legg ved et dokument, eller skriv hvem som har vurdert samtykkekompetansen."))
        return data


def konto_med(epost: str) -> Konto | None:
    """The open account with the address."""
    return Konto.objects.filter(epost__iexact=epost, is_active=True, er_system=False).first()


class RepresentantSkjema(Grunnlagsfelt):
    """A new representative: in what capacity, who, and on what ground."""

    egenskap = forms.ChoiceField(label=_("Hvem er det?"), choices=Deltakelse.Egenskap.choices, widget=forms.RadioSelect)
    hvordan = forms.ChoiceField(
        label=_("Hvordan når vi representanten?"),
        choices=[
            (MED_KONTO, _("Har konto: får meldinger og logger inn")),
            (UTEN_KONTO, _("Har ikke konto: får brev i posten")),
        ],
        widget=forms.RadioSelect,
    )
    epost_konto = forms.EmailField(label=_("E-posten til kontoen"), required=False, help_text=BARE_MED)
    navn = forms.CharField(label=_("Navn"), max_length=150, required=False, help_text=BARE_UTEN)
    postadresse = forms.CharField(label=_("Postadresse"), max_length=250, required=False, help_text=BARE_UTEN)
    telefon = Telefonfelt(label=_("Telefon"))
    epost = forms.EmailField(label=_("E-post"), required=False)

    konto: Konto | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn in ("epost_konto", "navn", "postadresse"):
            self.fields[navn].widget.uten_valgfritt = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("hvordan") == MED_KONTO and "epost_konto" not in self.errors:
            self.konto = konto_med(data["epost_konto"])
            if self.konto is None:
                self.add_error("epost_konto", _("Det finnes ingen konto med denne e-posten."))
        if data.get("hvordan") == UTEN_KONTO:
            for felt, melding in (("navn", _("Skriv navnet.")), ("postadresse", _("Skriv postadressen."))):
                if not data.get(felt):
                    self.add_error(felt, melding)
        return data

    def hvem(self) -> Konto | UtenKonto:
        """The account, or what to register."""
        if self.konto is not None:
            return self.konto
        d = self.cleaned_data
        return UtenKonto(d["navn"], "", d["telefon"], d["epost"], d["postadresse"])


class KobleSkjema(Skjema):
    """Which account is theirs; said once more by the one who links it, since it opens the case."""

    epost = forms.EmailField(label=_("E-posten til kontoen"))
    kontrollert = forms.BooleanField(label=_("Jeg har kontrollert at kontoen tilhører denne personen"))

    konto: Konto

    def clean_epost(self) -> str:
        epost: str = self.cleaned_data["epost"]
        konto = konto_med(epost)
        if konto is None:
            raise forms.ValidationError(_("Det finnes ingen konto med denne e-posten."))
        self.konto = konto
        return epost
