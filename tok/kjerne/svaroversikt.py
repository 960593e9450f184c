"""What a form holds, said in words: for «check your answers» and for fields that can be read and not changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.core.files.base import File
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from tok.kjerne import datotekst


@dataclass(frozen=True)
class Svar:
    """One question, the answer in lines, and where it can be changed; `er_tomt` when nothing was answered."""

    spoersmaal: str
    svar: list[str]
    lenke: str
    er_tomt: bool = False


def _valgtekst(felt: forms.ChoiceField, verdi: Any) -> str:
    """The words of a choice, also inside a group of choices."""
    for noekkel, tekst in cast(Iterable[Any], felt.choices):
        if isinstance(tekst, list | tuple):
            for undernoekkel, undertekst in tekst:
                if str(undernoekkel) == str(verdi):
                    return str(undertekst)
        elif str(noekkel) == str(verdi):
            return str(tekst)
    return str(verdi)


def _en_linje(felt: forms.Field, verdi: Any) -> str:
    if isinstance(verdi, bool):
        return _("Ja") if verdi else _("Nei")
    if isinstance(verdi, datetime):
        return datotekst.dato_tid(verdi)
    if isinstance(verdi, date):
        return datotekst.dato(verdi)
    if isinstance(verdi, time):
        return datotekst.kl(verdi)
    if isinstance(verdi, File):
        return str(verdi.name)
    if isinstance(felt, forms.ModelChoiceField) and isinstance(verdi, Model):
        return str(felt.label_from_instance(verdi))
    return _valgtekst(felt, verdi) if isinstance(felt, forms.ChoiceField) else str(verdi)


def i_ord(felt: forms.Field, verdi: Any) -> list[str]:
    """A cleaned value as people read it, one line for each thing chosen; nothing when it is empty."""
    if isinstance(felt, forms.BooleanField):
        return [_en_linje(felt, bool(verdi))]
    if isinstance(verdi, str | File) or not isinstance(verdi, Iterable):
        verdi = [] if verdi is None or verdi == "" else [verdi]
    return [_en_linje(felt, ett) for ett in verdi]


def foerste_kontroll(felt: BoundField) -> str:
    """The id of the control that a link to the field leads to."""
    return felt.id_for_label or f"{felt.auto_id}_0"


def svaroversikt(skjema: forms.BaseForm, *, tilbake: str, utelat: Iterable[str] = ()) -> list[Svar]:
    """The answers of a valid form in its own order, each with its way back to `tilbake` (an address without #)."""
    return list(_svarene(skjema, tilbake, set(utelat)))


def _svarene(skjema: forms.BaseForm, tilbake: str, utelat: set[str]) -> Iterator[Svar]:
    for navn, felt in skjema.fields.items():
        if navn in utelat or skjema[navn].is_hidden:
            continue
        linjer = i_ord(felt, skjema.cleaned_data.get(navn))
        lenke = f"{tilbake}#{foerste_kontroll(skjema[navn])}"
        yield Svar(str(skjema[navn].label), linjer or [_("Ikke svart")], lenke, er_tomt=not linjer)
