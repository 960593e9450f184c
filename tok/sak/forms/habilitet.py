"""Too near the person: said about oneself, marked about another, lifted with a reason (N12, L28)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.kjerne.skjema import Langtekst, Skjema
from tok.sak.models import Habilitet

R = Habilitet.Relasjon
OM_SEG_SELV = {
    R.FORELDER: _("Jeg er forelder til personen"),
    R.BARN: _("Jeg er barn av personen"),
    R.PARTNER: _("Jeg er eller har vært partner til personen"),
    R.SOESKEN: _("Jeg er søsken til personen"),
    R.FELLES_BARN: _("Jeg har barn sammen med personen"),
    R.REPRESENTERER: _("Jeg representerer personen på andre måter"),
    R.ANNEN: _("Jeg står personen nær på en annen måte, for eksempel som tante eller nær venn"),
    R.SELV: _("Saken gjelder meg selv"),
}


def _merknad(hjelp: Any) -> Langtekst:
    return Langtekst(label=_("Merknad til kontoret"), required=False, maks=255, help_text=hjelp)


class MeldSkjema(Skjema):
    """About oneself: the relation, and a word to the office."""

    relasjon = forms.ChoiceField(
        label=_("Hvordan kjenner du personen?"),
        choices=[(verdi.value, tekst) for verdi, tekst in OM_SEG_SELV.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvordan du kjenner personen.")},
    )
    merknad = _merknad(_("Bare kontoret leser dette. Du trenger ikke forklare mer enn du vil."))


class MerkSkjema(Skjema):
    """About another: the account, the relation, and a word for colleagues."""

    konto = forms.ModelChoiceField(label=_("Hvem gjelder det?"), queryset=Konto.objects.none())
    relasjon = forms.ChoiceField(
        label=_("Hva er relasjonen?"),
        choices=R.choices,
        widget=forms.RadioSelect,
        help_text=_("«Er personen selv» skjermer saken når kontoen tilhører en ansatt."),
        error_messages={"required": _("Velg relasjonen.")},
    )
    merknad = _merknad(_("Bare kontoret leser dette."))

    def __init__(self, *args: Any, kontoer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["konto"].queryset = kontoer  # type: ignore[attr-defined]


class OpphevSkjema(Skjema):
    """Why it does not hold any more."""

    grunn = Langtekst(
        label=_("Hvorfor gjelder det ikke lenger?"),
        maks=255,
        help_text=_("Bare kontoret leser dette."),
        error_messages={"required": _("Skriv hvorfor det ikke gjelder lenger.")},
    )
