"""What the crispy pack `ds` asks about a field: which markup it takes, its control, its parts, the linked errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tok.kjerne.svaroversikt import foerste_kontroll, i_ord

register = template.Library()
EN_LINJE = 50  # signs
Skjemaer = forms.BaseForm | forms.BaseFormSet[Any]


@dataclass(frozen=True)
class Del:
    """One part of a field in parts."""

    id: str
    etikett: str
    attributter: SafeString


@dataclass(frozen=True)
class Feillenke:
    """One line of the error summary; `maal` is the id of the control to mend, empty for errors of the whole form."""

    melding: str
    maal: str


@register.filter
def felttype(felt: BoundField) -> str:
    """Which of the pack's forms of markup the field takes."""
    widget = felt.field.widget
    if widget.is_hidden:
        return "skjult"
    if felt.field.disabled:
        return "laast"
    if isinstance(widget, forms.FileInput):
        return "fil"
    if isinstance(widget, forms.CheckboxInput):
        return "avkrysning"
    if isinstance(widget, forms.MultiWidget):
        return "deler"
    return "valg" if isinstance(widget, forms.RadioSelect) else "enkel"


@register.filter
def er_valgfritt(felt: BoundField) -> bool:
    """Whether the label says «(valgfritt)»: optional is marked, required never (GOV.UK)."""
    if felt.field.required or felt.field.disabled or isinstance(felt.field.widget, forms.CheckboxInput):
        return False
    return getattr(felt.form, "vis_valgfritt", True) and not getattr(felt.field.widget, "uten_valgfritt", False)


@register.filter
def maks_tegn(felt: BoundField) -> int | None:
    """The length a long text is counted against."""
    return getattr(felt.field, "maks", None)


@register.filter
def beskrevet_av(felt: BoundField) -> str:
    """The ids that describe the field, only those that are on the page."""
    ider = felt.aria_describedby or felt.field.widget.attrs.get("aria-describedby", "")
    if maks_tegn(felt):
        ider += f" {felt.auto_id}_teller"
    if valgt_fil(felt):
        ider += f" {felt.auto_id}_valgt"
    return ider.strip()


@register.filter
def valgt_fil(felt: BoundField) -> str:
    """The name of the file that was sent with a form that comes back: the browser has forgotten it by then."""
    fil = felt.form.files.get(felt.html_name) if felt.form.is_bound else None
    return str(fil.name) if fil else ""


@register.filter
def lest_verdi(felt: BoundField) -> str:
    """What a locked field holds, in words: it can be read, marked and copied, and not changed."""
    return "\n".join(i_ord(felt.field, felt.initial)) or _("Ikke fylt ut")


@register.filter
def er_lang(tekst: str) -> bool:
    """Whether a text needs more than one line."""
    return "\n" in tekst or len(tekst) > EN_LINJE


@register.filter
def uten_hjelp(skjema: forms.BaseForm) -> forms.BaseForm:
    """The form without its help texts: for forms of others that put a link in one."""
    for felt in skjema:
        felt.help_text = ""
    return skjema


def _kle(widget: forms.Widget) -> None:
    """Designsystemet's class on; default sizes and placeholders off, so that text areas grow and labels stay."""
    klasser = widget.attrs.get("class", "").split()
    if "ds-input" not in klasser:
        widget.attrs["class"] = " ".join(["ds-input", *klasser])
    widget.attrs.pop("placeholder", None)
    if isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)
        if str(widget.attrs.get("rows")) == "10":
            del widget.attrs["rows"]


@register.filter
def kontroll(felt: BoundField) -> SafeString:
    """The bare control."""
    _kle(felt.field.widget)
    beskrivelse = beskrevet_av(felt)
    return felt.as_widget(attrs={"aria-describedby": beskrivelse} if beskrivelse else None)


@register.filter
def alternativer(felt: BoundField) -> list[BoundWidget]:
    """The radio buttons or boxes of a field with choices."""
    _kle(felt.field.widget)
    return list(felt)


def _gale_deler(felt: BoundField, antall: int) -> set[int]:
    """Which parts are wrong; all when the error does not say."""
    gale: set[int] = set()
    for feil in felt.errors.as_data() if felt.errors else []:
        gale.update((feil.params or {}).get("deler", range(antall)))
    return gale


@register.filter
def deler(felt: BoundField) -> Iterator[Del]:
    """The parts of a field in parts, each with its own label."""
    widget = felt.field.widget
    navn = getattr(widget, "delnavn", ())
    innhold = widget.get_context(felt.html_name, felt.value(), {"id": felt.auto_id})["widget"]["subwidgets"]
    gale = _gale_deler(felt, len(innhold))
    for nummer, del_ in enumerate(innhold):
        attributter = {"type": del_["type"], "name": del_["name"], "value": del_["value"] or "", **del_["attrs"]}
        attributter["id"] = f"{felt.auto_id}_{nummer}"
        if nummer in gale:
            attributter["aria-invalid"] = "true"
        yield Del(attributter["id"], str(navn[nummer]) if nummer < len(navn) else "", flatatt(attributter))


def _maal(felt: BoundField, feil: ValidationError) -> str:
    if felttype(felt) == "deler":
        gale = (feil.params or {}).get("deler", (0,))
        return f"{felt.auto_id}_{min(gale)}"
    return foerste_kontroll(felt)


def _lenker(skjema: forms.BaseForm) -> Iterator[Feillenke]:
    # Through the fields, so that the summary has the order of the page.
    yield from (Feillenke(str(tekst), "") for tekst in skjema.errors.get(NON_FIELD_ERRORS, []))
    for navn in skjema.fields:
        if navn in skjema.errors:
            felt = skjema[navn]
            for feil in felt.errors.as_data():
                maal = "" if felt.is_hidden else _maal(felt, feil)
                yield from (Feillenke(str(tekst), maal) for tekst in feil.messages)


def _skal_fjernes(rad: forms.BaseForm) -> bool:
    return DELETION_FIELD_NAME in rad.fields and bool(rad[DELETION_FIELD_NAME].value())


def _alle(skjemaer: Iterable[Skjemaer | None]) -> Iterator[Feillenke]:
    for skjema in skjemaer:
        if isinstance(skjema, forms.BaseFormSet) and skjema.is_bound:
            yield from (Feillenke(str(tekst), "") for tekst in skjema.non_form_errors())
            for nummer, rad in enumerate(skjema.forms, 1):
                if not _skal_fjernes(rad):
                    navn = f"{getattr(skjema, 'rad_navn', _('Rad'))} {nummer}"
                    yield from (Feillenke(f"{navn}: {lenke.melding}", lenke.maal) for lenke in _lenker(rad))
        elif isinstance(skjema, forms.BaseForm) and skjema.is_bound:
            yield from _lenker(skjema)


def _flat(skjemaer: Iterable[Any]) -> Iterator[Skjemaer | None]:
    for skjema in skjemaer:
        if isinstance(skjema, list | tuple):
            yield from skjema
        else:
            yield skjema


@register.inclusion_tag("deler/_feilsammendrag.html")
def feilsammendrag(*skjemaer: Any) -> dict[str, Any]:
    """The error summary of one or more forms and formsets, in the order given; nothing when all is well."""
    return {"feil": list(_alle(_flat(skjemaer)))}


@register.simple_tag
def feilprefiks(*skjemaer: Any) -> str:
    """`Feil: ` for the page title when a form has errors (WCAG 3.3.1, GOV.UK)."""
    return _("Feil: ") if any(True for _feil in _alle(_flat(skjemaer))) else ""
