"""What the coordinator types about a meeting: time and place, a reason, the agenda, who is called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import OSLO
from tok.kjerne.skjema import DatoTidfelt, Klokkeslettfelt, Langtekst, Skjema, Skjemasett

TEGN_I_PUNKT = 200


class Gruppeskjema(Skjema):
    """Why the group is opened (R1, R12)."""

    formaal = Langtekst(
        label=_("Hva skal gruppa arbeide med?"),
        maks=1000,
        required=False,
        help_text=_("Kort. Alle i gruppa kan lese det."),
    )


class Moeteskjema(Skjema):
    """When and where, and whether an interpreter comes (R56, R63, R64)."""

    start_tid = DatoTidfelt(label=_("Når begynner møtet?"))
    slutt = Klokkeslettfelt(label=_("Når slutter det?"), required=False)
    sted = forms.CharField(
        label=_("Sted"),
        max_length=200,
        required=False,
        help_text=_(
            "Sted eller videolenke må være med. Stedet står i kalenderen til dem som kalles inn. Skriv ikke navn."
        ),
    )
    videolenke = forms.CharField(
        label=_("Videolenke"),
        max_length=500,
        required=False,
        validators=[
            URLValidator(schemes=["https"], message=_("Videolenka må være en hel adresse som begynner med https://"))
        ],
        help_text=_("Står bare i innkallingen og her, ikke i kalenderen."),
    )
    tolk = forms.BooleanField(
        label=_("Det skal brukes tolk"), required=False, help_text=_("Står i innkallingen, også når svaret er nei.")
    )
    tolk_spraak = forms.CharField(label=_("Språk det trengs tolk i"), max_length=60, required=False)
    er_aarlig_gjennomgang = forms.BooleanField(
        label=_("Møtet er den årlige gjennomgangen"),
        required=False,
        help_text=_("Behov, tilbud, arbeidet i gruppa og hvem som er med."),
    )

    kort_er_riktig = forms.BooleanField(label=_("Møtet skal være så kort, også med tolk"), required=False)

    def __init__(
        self,
        *args: Any,
        minutter: int,
        tolketillegg: int,
        foer: tuple[datetime, datetime, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`foer` is start, end and interpreter's language of the meeting that is changed."""
        super().__init__(*args, **kwargs)
        self.foer, self.med_tolk = foer, timedelta(minutes=minutter + tolketillegg)
        self.spoer_om_lengde = False
        for navn in ("sted", "videolenke", "tolk_spraak"):
            self.fields[navn].widget.uten_valgfritt = True
        self.fields["slutt"].help_text = _(
            "Står feltet tomt, settes det av %(minutter)s minutter, og %(med_tolk)s med tolk."
        ) % {"minutter": minutter, "med_tolk": minutter + tolketillegg}
        if foer is not None:
            lengde = _("Endrer du bare når møtet begynner, varer det like lenge som før.")
            self.fields["slutt"].help_text = f"{lengde} {self.fields['slutt'].help_text}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("tolk") and not data.get("tolk_spraak"):
            self.add_error("tolk_spraak", ValidationError(_("Skriv hvilket språk det trengs tolk i."), code="required"))
        if not data.get("tolk"):
            data["tolk_spraak"] = ""
        start, slutt = data.get("start_tid"), data.get("slutt")
        data["slutt_tid"] = self._slutt_tid(start, slutt) if start and slutt else None
        if start and data["slutt_tid"]:
            self._sjekk_lengde(data, data["slutt_tid"] - start)
        if "sted" in data and "videolenke" in data and not data["sted"] and not data["videolenke"]:
            self.add_error(
                "sted", ValidationError(_("Skriv hvor møtet er, eller legg inn en videolenke."), code="required")
            )
        return data

    def _slutt_tid(self, start: datetime, slutt: time) -> datetime:
        """The end that was typed; left as it was, it moves with the start (R64)."""
        if self.foer and self.foer[0] != start and self.foer[1].astimezone(OSLO).time() == slutt:
            return start + (self.foer[1] - self.foer[0])
        return datetime.combine(start.date(), slutt, tzinfo=OSLO)

    def _sjekk_lengde(self, data: dict[str, Any], lengde: timedelta) -> None:
        """Shorter than usual with an interpreter is asked about once, not where neither has changed (R64)."""
        som_foer = self.foer is not None and (lengde, data.get("tolk_spraak")) == (
            self.foer[1] - self.foer[0],
            self.foer[2],
        )
        if som_foer or not data.get("tolk_spraak") or not timedelta() < lengde < self.med_tolk:
            return
        self.spoer_om_lengde = True
        if data.get("kort_er_riktig"):
            return
        melding = _(
            "Møtet er satt til %(minutter)s minutter. Med tolk er det vanlige %(vanlig)s. Skriv et senere klokkeslett, "
            "eller kryss av for at møtet skal være så kort."
        ) % {"minutter": int(lengde.total_seconds() // 60), "vanlig": int(self.med_tolk.total_seconds() // 60)}
        self.add_error("slutt", ValidationError(melding, code="kort_med_tolk"))


class Avlysning(Skjema):
    """Why the meeting is off."""

    grunn = Langtekst(
        label=_("Hvorfor avlyses møtet?"), maks=500, help_text=_("De som er kalt inn, kan lese det når de logger inn.")
    )


class Punktskjema(Skjema):
    """One point of the agenda, with its place."""

    nr = forms.IntegerField(label=_("Nr."), min_value=1, max_value=99, required=False)
    tekst = forms.CharField(label=_("Sak"), max_length=TEGN_I_PUNKT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nr"].widget = forms.TextInput(attrs={"inputmode": "numeric", "size": "2", "autocomplete": "off"})
        for felt in self.fields.values():
            felt.widget.uten_valgfritt = True


class Punktrader(Skjemasett):
    """The points as rows that can be moved by number, added and taken away without JavaScript."""

    rad_navn = _("Sak")
    legg_til = _("Legg til en sak")
    rad_mal = "ansvarsgruppe/_punktrad.html"


Punktsett = forms.formset_factory(Punktskjema, formset=Punktrader, extra=2, can_delete=True, max_num=30)


class Sakslisteskjema(Skjema):
    """The agenda, and that it was set up with the person (R59–R61)."""

    satt_opp_med_personen = forms.BooleanField(
        label=_("Sakslista er satt opp sammen med den møtet gjelder"), required=False
    )
    grunnlag: ClassVar[str] = "grunnlag"

    def __init__(self, *args: Any, punkter: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rader = [{"nr": nr, "tekst": tekst} for nr, tekst in enumerate(punkter, start=1)]
        if self.is_bound:
            self.punkter = Punktsett(self.data, prefix="punkt")
        else:
            self.punkter = Punktsett(initial=rader, prefix="punkt")

    def is_valid(self) -> bool:
        gyldige = [super().is_valid(), self.punkter.is_valid()]
        return all(gyldige)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.punkter.is_valid():
            data["punkter"] = self.i_rekkefoelge()
            if not data["punkter"]:
                raise ValidationError(_("Skriv minst én sak på lista."), code="required")
        data["grunnlag"] = self.data.getlist(self.grunnlag) if hasattr(self.data, "getlist") else []
        return data

    def i_rekkefoelge(self) -> list[str]:
        """The texts by number; a row without one stays where it stands, after the one above it."""
        rader: list[tuple[float, int, str]] = []
        sist = 0.0
        for plass, rad in enumerate(self.punkter.forms):
            data = rad.cleaned_data
            if data.get("DELETE") or not data.get("tekst", "").strip():
                continue
            sist = float(data["nr"]) if data.get("nr") else sist
            rader.append((sist, plass, data["tekst"].strip()))
        return [tekst for _nr, _plass, tekst in sorted(rader)]


class Mottakervalg(Skjema):
    """Who is called in, and the mark of what was looked over."""

    til = forms.TypedMultipleChoiceField(
        label=_("Hvem skal kalles inn?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Velg minst én som skal kalles inn."),
            "invalid_choice": _("En av dem du valgte, deltar ikke lenger. Velg på nytt."),
        },
    )
    sett = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, valg: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["til"].choices = valg  # type: ignore[attr-defined]
