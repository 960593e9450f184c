"""The minutes as a form: validates, and gives the content in plain values (R80, R90–R99)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms import BoundField, formset_factory
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.models import Oppmoete, Referat
from tok.kjerne.klokke import OSLO
from tok.kjerne.skjema import Datofelt, Klokkeslettfelt, Langtekst, Skjema, Skjemasett
from tok.sak.models import Deltakelse

TOMME_RADER = 3
OPPMOETE = "oppmoete_"
# What the child said is the voice of the person, asked once and kept in both when the minutes are finished.
MEDVIRKNING = ("medvirkning_vurdert", "medvirkning_hvordan", "medvirkning_vekt")
IKKE_MED = ("", _("ikke med"))
VEKT = [*Referat.Vekt.choices]


class Avtaleskjema(Skjema):
    """One row of the agreements: measure, responsible, deadline (R97)."""

    vis_valgfritt = False
    tiltak = forms.CharField(label=_("Tiltak"), max_length=500, required=False)
    ansvar = forms.ChoiceField(label=_("Ansvar"), required=False)
    frist = Datofelt(label=_("Frist"), required=False, help_text="")

    def __init__(self, *args: Any, deltakere: list[Deltakelse], moetedato: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["ansvar"]
        felt.choices = [("", _("Velg")), *((str(d.pk), d.navn) for d in deltakere)]
        frist: Any = self.fields["frist"]
        frist.tidligst = moetedato

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("ansvar") or data.get("frist")) and not data.get("tiltak") and "tiltak" not in self.errors:
            self.add_error("tiltak", _("Skriv hva som skal gjøres, eller fjern raden."))
        return data


class Avtalesett(Skjemasett):
    """The table of agreements; rows without a measure are left out."""

    rad_navn = _("Avtale")
    legg_til = _("Legg til en avtale")

    def rader(self) -> list[list[str]]:
        """The filled rows in order, as plain values."""
        data = [skjema.cleaned_data for skjema in self.forms if skjema not in self.deleted_forms]
        return [
            [rad["tiltak"], rad.get("ansvar") or "", rad["frist"].isoformat() if rad.get("frist") else ""]
            for rad in data
            if rad.get("tiltak")
        ]


Avtaler = formset_factory(Avtaleskjema, formset=Avtalesett, extra=TOMME_RADER, can_delete=True, max_num=60)


class Referatskjema(Skjema):
    """The whole page: the fields of the template in its order, and the agreements as a formset of its own."""

    alle_til_stede = forms.BooleanField(
        label=_("Alle som er kalt inn, var til stede"),
        required=False,
        help_text=_("Gjelder dem du ikke krysser av for selv."),
    )
    andre_til_stede = forms.CharField(
        label=_("Andre som var med"),
        max_length=300,
        required=False,
        help_text=_("For eksempel tolk eller gjest. Skriv navn og rolle."),
    )
    personens_stemme = Langtekst(required=False, help_text=_("Helst med egne ord."))
    fikk_ordet_foerst = forms.BooleanField(required=False)
    naa_situasjon = Langtekst(
        label=_("Beskriv nå-situasjonen"),
        required=False,
        maks=20000,
        help_text=_("Situasjonen nå, og hvordan tiltakene har virket."),
    )
    maal = Langtekst(
        label=_("Mål og fokusområder"),
        required=False,
        help_text=_("Ett mål på hver linje. Hva skal være annerledes, og når ser dere på det igjen?"),
    )
    medvirkning_vurdert = Langtekst(label=_("Er det vurdert om barnet skal delta?"), required=False)
    medvirkning_hvordan = Langtekst(label=_("Hvordan er barnets syn hentet inn?"), required=False)
    medvirkning_vekt = forms.ChoiceField(
        label=_("Hvilken vekt fikk det barnet mente?"), choices=VEKT, widget=forms.RadioSelect, required=False
    )
    neste_hvem = Langtekst(label=_("Hvem skal delta?"), required=False)
    neste_dato = Datofelt(label=_("Dato for neste møte"), required=False)
    neste_fra = Klokkeslettfelt(label=_("Fra klokka"), required=False, help_text="")
    neste_til = Klokkeslettfelt(label=_("Til klokka"), required=False, help_text="")
    neste_sted = forms.CharField(label=_("Sted"), max_length=200, required=False)
    grunnlag = forms.CharField(widget=forms.HiddenInput, required=False)
    fane = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    fra_fane = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    vis_valgfritt = False
    tekstfelt: ClassVar[tuple[str, ...]] = (
        "andre_til_stede",
        "personens_stemme",
        "fikk_ordet_foerst",
        "naa_situasjon",
        "maal",
        *MEDVIRKNING,
        "neste_hvem",
        "neste_sted",
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        deltakere: list[Deltakelse],
        maa_krysses_av: Set[UUID],
        moetedato: date,
        fornavn: str,
        er_barn: bool,
        felter: dict[str, Any],
        avtaler: list[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.deltakere, self.moetedato, self.fra_foer = deltakere, moetedato, felter
        self.maa_krysses_av = maa_krysses_av
        self._sett_ord(fornavn)
        if not er_barn:
            for navn in MEDVIRKNING:
                del self.fields[navn]
        for deltakelse in deltakere:
            self.fields[f"{OPPMOETE}{deltakelse.pk}"] = _oppmoetefelt(deltakelse, maa=deltakelse.pk in maa_krysses_av)
        start: dict[str, Any] = {"initial": avtaler or []} if data is None else {}
        start["form_kwargs"] = {"deltakere": deltakere, "moetedato": moetedato}
        self.avtaler: Any = Avtaler(data, prefix="avtaler", **start)

    def _sett_ord(self, fornavn: str) -> None:
        self.fields["personens_stemme"].label = _("Hva sa %(navn)s selv?") % {"navn": fornavn}
        self.fields["fikk_ordet_foerst"].label = _("%(navn)s fikk tilbud om ordet først") % {"navn": fornavn}

    def oppmoeter(self, *, foerst: bool) -> Iterator[BoundField]:
        """The attendance fields: first those that must be answered and the person, or the rest of the group."""
        return (self[f"{OPPMOETE}{d.pk}"] for d in self.deltakere if self._staar_foerst(d) is foerst)

    def _staar_foerst(self, deltakelse: Deltakelse) -> bool:
        return deltakelse.rolle == Deltakelse.Rolle.PERSON or deltakelse.pk in self.maa_krysses_av

    def is_valid(self) -> bool:
        """Both the form and its agreements."""
        return all([super().is_valid(), self.avtaler.is_valid()])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dag, fra, til = (data.get(navn) for navn in ("neste_dato", "neste_fra", "neste_til"))
        if {"neste_dato", "neste_fra", "neste_til"} & set(self.errors):
            return data
        if dag and dag <= self.moetedato:
            self.add_error("neste_dato", _("Neste møte må være etter dette møtet."))
        if (fra or til) and not dag:
            self.add_error("neste_dato", _("Fyll ut dato for neste møte."))
        if (dag or til) and not fra:
            self.add_error("neste_fra", _("Skriv når neste møte begynner, for eksempel 09.00."))
        if (dag or fra) and not til:
            self.add_error("neste_til", _("Skriv når neste møte slutter, for eksempel 10.00."))
        if fra and til and til <= fra:
            self.add_error("neste_til", _("Neste møte må slutte etter at det begynner."))
        if dag and not data.get("neste_sted") and "neste_sted" not in self.errors:
            self.add_error("neste_sted", _("Skriv hvor neste møte er."))
        return data

    def felter(self) -> dict[str, Any]:
        """The content in plain values, once the form is valid; what the page does not ask about stays as it was."""
        data = self.cleaned_data
        dag, fra, til = (data.get(navn) for navn in ("neste_dato", "neste_fra", "neste_til"))
        oppmoete = {str(d.pk): data.get(f"{OPPMOETE}{d.pk}") or self._uten_kryss(d) for d in self.deltakere}
        return {
            **self.fra_foer,
            **{navn: data[navn] for navn in self.tekstfelt if navn in self.fields},
            "neste_tid": [_tid(dag, fra), _tid(dag, til)] if dag and fra and til else [],
            "oppmoete": {noekkel: status for noekkel, status in oppmoete.items() if status},
            "avtaler": self.avtaler.rader(),
        }

    def _uten_kryss(self, deltakelse: Deltakelse) -> str:
        alle = self.cleaned_data.get("alle_til_stede") and deltakelse.pk in self.maa_krysses_av
        return str(Oppmoete.Status.TIL_STEDE) if alle else ""


def _oppmoetefelt(deltakelse: Deltakelse, *, maa: bool) -> forms.ChoiceField:
    """Nothing is chosen beforehand for those who must be accounted for; the others are not there until they are."""
    hvem = ", ".join(del_ for del_ in (deltakelse.navn, deltakelse.tilhoerighet) if del_)
    valg = [*Oppmoete.Status.choices, *([] if maa else [IKKE_MED])]
    return forms.ChoiceField(label=hvem, choices=valg, widget=forms.RadioSelect, required=False)


def _tid(dag: date, klokka: time) -> str:
    return datetime.combine(dag, klokka, tzinfo=OSLO).isoformat()


def start_fra_felter(felter: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Initial values of the form and of its agreements from the content."""
    start = {navn: felter[navn] for navn in Referatskjema.tekstfelt}
    start |= {f"{OPPMOETE}{noekkel}": status for noekkel, status in felter["oppmoete"].items()}
    if felter["neste_tid"]:
        fra, til = (datetime.fromisoformat(tid) for tid in felter["neste_tid"])
        start |= {"neste_dato": fra.date(), "neste_fra": fra.time(), "neste_til": til.time()}
    avtaler = [
        {"tiltak": tiltak, "ansvar": ansvar, "frist": date.fromisoformat(frist) if frist else None}
        for tiltak, ansvar, frist in felter["avtaler"]
    ]
    return start, avtaler


def start_fra_raa(skjema: Referatskjema) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Initial values just as they were typed, also what is half done and would not be valid."""
    start = {navn: felt.widget.value_from_datadict(skjema.data, {}, navn) for navn, felt in skjema.fields.items()}
    avtaler = []
    for rad in skjema.avtaler.forms:
        verdier = {
            navn: felt.widget.value_from_datadict(rad.data, {}, rad.add_prefix(navn))
            for navn, felt in rad.fields.items()
        }
        if not verdier.pop("DELETE", False) and any(_har_noe(verdi) for verdi in verdier.values()):
            avtaler.append(verdier)
    return start, avtaler


def _har_noe(verdi: Any) -> bool:
    return any(verdi) if isinstance(verdi, list) else bool(verdi)


class Rettskjema(Skjema):
    """Why finished minutes are mended (L18)."""

    grunn = Langtekst(
        label=_("Hvorfor rettes referatet?"),
        maks=1000,
        help_text=_("Grunnen står i den nye versjonen og leses av alle som får den."),
    )
