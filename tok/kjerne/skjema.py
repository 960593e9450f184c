"""The forms of the house: base classes with the look of the pack `ds`, plain error messages, long text with a count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.formsets import DELETION_FIELD_NAME, TOTAL_FORM_COUNT
from django.forms.utils import ErrorDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tok.kjerne.datofelt import Datofelt, DatoTidfelt, Klokkeslettfelt

if TYPE_CHECKING:
    Skjemagrunn = forms.BaseForm
else:
    Skjemagrunn = object

__all__ = [
    "LEGG_TIL",
    "DatoTidfelt",
    "Datofelt",
    "Klokkeslettfelt",
    "Langtekst",
    "Modellskjema",
    "Skjema",
    "Skjemasett",
    "Telefonfelt",
]

LEGG_TIL = "LEGG_TIL"  # the name, after the prefix, of the button that asks for one more row
VELG = _("Velg")
INGEN_VALGT = BLANK_CHOICE_DASH[0][1]
STANDARD_PAAKREVD = forms.Field.default_error_messages["required"]
KRYSS_AV = _("Kryss av for «%(felt)s» for å gå videre.")
VELG_I = _("Velg i «%(felt)s».")
VELG_FIL = _("Velg en fil i «%(felt)s».")
FYLL_UT = _("Fyll ut «%(felt)s».")


class Telefonfelt(forms.CharField):
    """A telephone number: eight digits, or + and the country's code; kept as it is shown."""

    default_error_messages = {
        "invalid": _("«%(felt)s» må ha åtte siffer, eller begynne med + og landkoden. Skriv bare tall og mellomrom."),
    }
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, "required": False, **kwargs})

    def to_python(self, value: Any) -> str:
        tekst = re.sub(r"\s+", " ", super().to_python(value) or "")
        if not tekst:
            return ""
        siffer = re.sub(r"^\+47(?=\d{8}$)", "", re.sub("^00", "+", tekst.replace(" ", "")))
        if re.fullmatch(r"[0-9]{8}", siffer):
            return " ".join(re.findall("..", siffer))
        if re.fullmatch(r"\+[1-9][0-9]{6,14}", siffer):
            return tekst
        raise ValidationError(self.error_messages["invalid"], code="invalid", params={"felt": self.label})


class Langtekst(forms.CharField):
    """Text of several lines with a count; the browser never cuts it off, the server says how much too long it is."""

    default_error_messages = {
        "for_lang": _("«%(felt)s» kan ha høyst %(maks)s tegn. Teksten din har %(antall)s."),
    }

    def __init__(self, *, maks: int = 5000, **kwargs: Any) -> None:
        self.maks = maks
        kwargs.setdefault("widget", forms.Textarea(attrs={"data-maks": str(maks)}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Browsers send CRLF; a line break counts as one sign, as in the count people see."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.maks:
            verdier = {"felt": self.label, "maks": self.maks, "antall": len(value)}
            raise ValidationError(self.error_messages["for_lang"], code="for_lang", params=verdier)


class Husstil(Skjemagrunn):
    """What all forms of the house share; `vis_valgfritt` is turned off in search and filter forms."""

    use_required_attribute = False
    vis_valgfritt = True

    @property
    def helper(self) -> FormHelper:
        """The page writes `<form>`, the CSRF field and the buttons; the pack writes the fields."""
        hjelper = FormHelper()
        hjelper.form_tag = False
        hjelper.disable_csrf = True
        hjelper.template_pack = "ds"
        return hjelper

    def _paa_norsk(self) -> None:
        """Give each field an error that can stand alone in the summary, and each list of choices a plain first line."""
        for navn, felt in self.fields.items():
            if felt.label is None:
                felt.label = navn.replace("_", " ").capitalize()
            if felt.error_messages.get("required") == STANDARD_PAAKREVD:
                felt.error_messages["required"] = _paakrevd(felt) % {"felt": felt.label}
            if isinstance(felt, forms.ModelChoiceField) and felt.empty_label:
                felt.empty_label = VELG
            elif isinstance(felt, forms.ChoiceField) and not isinstance(felt, forms.ModelChoiceField):
                valg = cast(Iterable[tuple[Any, Any]], felt.choices)
                felt.choices = [(verdi, VELG if tekst == INGEN_VALGT else _stor(tekst)) for verdi, tekst in valg]


def _stor(tekst: Any) -> Any:
    """A choice stands alone in its list and begins with a capital; a group of choices is left as it is."""
    return tekst if isinstance(tekst, list | tuple) else capfirst(tekst)


def _paakrevd(felt: forms.Field) -> Any:
    if isinstance(felt, forms.BooleanField):
        return KRYSS_AV
    if isinstance(felt, forms.FileField):
        return VELG_FIL
    return VELG_I if isinstance(felt, forms.ChoiceField) else FYLL_UT


class Skjema(Husstil, forms.Form):
    """A form of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._paa_norsk()


class Modellskjema(Husstil, forms.ModelForm[Any]):
    """A form over a model; it validates, and a handling writes. `save` is not for us."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._paa_norsk()


class Skjemasett(forms.BaseFormSet[Any]):
    """Rows of the same form with a «Fjern» box; skjemasett.js adds a row, and without script the server does.

    Where the button «Legg til» was sent, the set is not valid and has no errors: the page is shown again with all that
    was typed and one empty row more. `rad_mal` may name another template for the row.
    """

    rad_navn: Any = _("Rad")
    legg_til: Any = _("Legg til en rad")
    rad_mal = "ds/skjemarad.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ber_om_rad = self.is_bound and f"{self.prefix}-{LEGG_TIL}" in self.data
        if self.ber_om_rad:
            self._en_rad_til()

    def _en_rad_til(self) -> None:
        """Count one row more than was sent, up to the most there may be."""
        data: Any = copy(self.data)
        navn = f"{self.prefix}-{TOTAL_FORM_COUNT}"
        antall = str(data.get(navn, ""))
        if antall.isdecimal():
            data[navn] = str(max(int(antall), min(int(antall) + 1, self.max_num)))
        self.data = data

    def full_clean(self) -> None:
        """Find no fault with rows that are still being filled in."""
        super().full_clean()
        if self.ber_om_rad:
            self._errors = [ErrorDict() for _rad in self.forms]
            self._non_form_errors = self.error_class(error_class="nonform")
            for rad in self.forms:
                rad._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Whether the rows may be taken as they stand."""
        return super().is_valid() and not self.ber_om_rad

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = _("Fjern")
