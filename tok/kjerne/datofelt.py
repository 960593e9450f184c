"""Form fields for dates and times: three parts in a fieldset, never a picker alone (sikkerhet.md §4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.timezone import get_current_timezone, is_aware, localtime
from django.utils.translation import gettext_lazy as _

from tok.kjerne.datotekst import dato as datotekst
from tok.kjerne.datotekst import kl
from tok.kjerne.datotolking import Datofeil, del_opp, skill_ut_sommertid, tolk_dato, tolk_klokkeslett

Filer = MultiValueDict[str, Any]
DATODELER = (_("Dag"), _("Måned"), _("År"))
EKSEMPEL_DAGER = 20
DELBREDDER = ("2", "10", "4")


class Delwidget(forms.MultiWidget):
    """A field in parts; `delnavn` are the labels of the parts. The markup is the template pack's."""

    use_fieldset = True
    delnavn: Sequence[Any] = DATODELER

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return [None] * len(self.widgets)


class Datowidget(Delwidget):
    """Day, month and year."""

    def __init__(self, autofyll: Sequence[str] = ()) -> None:
        super().__init__(_datowidgeter(autofyll))


class SkjultDatowidget(Delwidget):
    """The three parts as they were typed, on the page where the answers are looked over."""

    def __init__(self) -> None:
        super().__init__([forms.HiddenInput()] * len(DATODELER))


class DatoTidwidget(Delwidget):
    """Day, month, year and time of day."""

    delnavn: Sequence[Any] = (*DATODELER, _("Klokka"))

    def __init__(self) -> None:
        super().__init__([*_datowidgeter(()), _tekstboks("5")])

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [None] * 4
        lokal = localtime(value) if is_aware(value) else value
        klokka = kl(lokal)
        if er_to_ganger(lokal):
            klokka = f"{klokka} {_('vintertid') if lokal.fold else _('sommertid')}"
        return [str(lokal.day), str(lokal.month), str(lokal.year), klokka]


def er_to_ganger(tid: datetime) -> bool:
    """Whether the clock shows this time twice: the hour that comes again when summer time ends (P5)."""
    foerste, andre = (tid.replace(fold=fold, tzinfo=get_current_timezone()) for fold in (0, 1))
    return (foerste.utcoffset() or timedelta()) > (andre.utcoffset() or timedelta())


def _tekstboks(bredde: str, **attributter: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "size": bredde, "autocomplete": "off", **attributter})


def _datowidgeter(autofyll: Sequence[str]) -> list[forms.TextInput]:
    fyll = autofyll or ("off",) * 3
    return [_tekstboks(bredde, autocomplete=navn) for bredde, navn in zip(DELBREDDER, fyll, strict=True)]


class Datofelt(forms.MultiValueField):
    """A date; `tidligst` and `senest` (inclusive) may be set by the form, which is given the day as an argument.

    The errors come in the order missing → impossible → rule, and carry in `params["deler"]` which parts to mend.
    """

    widget: type[Delwidget] = Datowidget
    hidden_widget = SkjultDatowidget
    default_error_messages = {
        "required": _("Fyll ut «%(felt)s» med dag, måned og år."),
        "for_tidlig": _("«%(felt)s» kan ikke være før %(grense)s."),
        "for_sen": _("«%(felt)s» kan ikke være etter %(grense)s."),
    }
    antall_deler = 3

    def __init__(
        self,
        *,
        tidligst: date | None = None,
        senest: date | None = None,
        foedselsdato: bool = False,
        **kwargs: Any,
    ) -> None:
        self.tidligst, self.senest = tidligst, senest
        if foedselsdato:
            kwargs.setdefault("widget", Datowidget(("bday-day", "bday-month", "bday-year")))
        self.har_egen_hjelp = "help_text" in kwargs
        kwargs.setdefault("help_text", self._eksempel())
        deler = [forms.CharField(required=False) for _del in range(self.antall_deler)]
        super().__init__(fields=deler, require_all_fields=False, **kwargs)

    def _eksempel(self) -> Any:
        """A date that may be typed here: in the past where the future is refused."""
        if self.senest is None:
            return _("For eksempel 23 11 2026")
        dag = self.senest - timedelta(days=EKSEMPEL_DAGER)
        return format_lazy("{} {} {} {}", _("For eksempel"), dag.day, dag.month, dag.year)

    def hoeyst(self, senest: date) -> None:
        """Set the last date that may be typed, and an example to go with it."""
        self.senest = senest
        if not self.har_egen_hjelp:
            self.help_text = self._eksempel()

    @property
    def feltnavn(self) -> str:
        return str(self.label or _("Dato"))

    def feil(self, kode: str, deler: tuple[int, ...] = (0, 1, 2), **verdier: Any) -> ValidationError:
        params = {"felt": self.feltnavn, "deler": deler, **verdier}
        return ValidationError(self.error_messages[kode], code=kode, params=params)

    def clean(self, value: Any) -> Any:
        if self.disabled and not isinstance(value, list):
            return value
        deler = [str(del_ or "") for del_ in (value or [""] * self.antall_deler)]
        renset = self.sett_sammen(deler)
        if renset is None and self.required:
            raise self.feil("required", tuple(range(self.antall_deler)))
        self.validate(renset)
        self.run_validators(renset)
        return renset

    def validate(self, value: Any) -> None:
        """The rules; requiredness is already settled in `clean`."""

    def sett_sammen(self, deler: list[str]) -> Any:
        """The value of the typed parts, None when all are empty."""
        return self._dato(deler)

    def _dato(self, deler: list[str]) -> date | None:
        try:
            dag = tolk_dato(*deler[:3], felt=self.feltnavn)
        except Datofeil as feil:
            raise ValidationError(feil.melding, code=feil.kode, params={"deler": feil.deler}) from None
        if dag and self.tidligst and dag < self.tidligst:
            raise self.feil("for_tidlig", grense=datotekst(self.tidligst))
        if dag and self.senest and dag > self.senest:
            raise self.feil("for_sen", grense=datotekst(self.senest))
        return dag

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the boxes show after an error: a date pasted in one is spread, so that the wrong part can be mended."""
        if isinstance(data, list) and len(data) >= 3:
            return [*del_opp(*(str(del_ or "").strip() for del_ in data[:3])), *data[3:]]
        return super().bound_data(data, initial)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates, not spellings: `3` and `mars` are the same month."""
        try:
            return bool(self.sett_sammen([str(del_ or "") for del_ in data or [""] * self.antall_deler]) != initial)
        except ValidationError:
            return True


class DatoTidfelt(Datofelt):
    """A moment in local time, as an aware datetime (P5).

    An hour that the clock skips in March is refused. One that comes twice in October is asked about: the person adds
    «sommertid» or «vintertid» to it.
    """

    widget = DatoTidwidget
    default_error_messages = {
        "required": _("Fyll ut «%(felt)s» med dato og klokkeslett."),
        "mangler_kl": _("«%(felt)s» mangler klokkeslett."),
        "umulig_kl": _("Klokkeslettet i «%(felt)s» må skrives som 09.00."),
        "finnes_ikke": _("Klokka stilles fram denne natta. Velg et annet klokkeslett i «%(felt)s»."),
        "to_ganger": _(
            "Klokka stilles tilbake denne natta, så den blir %(kl)s to ganger. Skriv «%(kl)s sommertid» i «%(felt)s» "
            "for den første gangen, eller «%(kl)s vintertid» for den andre."
        ),
    }
    antall_deler = 4

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For eksempel 23 11 2026 klokka 09.00"))
        super().__init__(**kwargs)

    def sett_sammen(self, deler: list[str]) -> datetime | None:
        dag = self._dato(deler)
        if dag is None and not deler[3].strip():
            return None
        if dag is None:
            raise self.feil("required", (0, 1, 2))
        if not deler[3].strip():
            raise self.feil("mangler_kl", (3,))
        skrevet, hvilken = skill_ut_sommertid(deler[3])
        klokka = tolk_klokkeslett(skrevet)
        if klokka is None:
            raise self.feil("umulig_kl", (3,))
        tid = datetime.combine(dag, klokka, tzinfo=get_current_timezone())
        if er_to_ganger(tid) and hvilken is None:
            raise self.feil("to_ganger", (3,), kl=kl(klokka))
        if hvilken is not None and not er_to_ganger(tid):
            raise self.feil("umulig_kl", (3,))
        tid = tid.replace(fold=hvilken or 0)
        if localtime(datetime.fromtimestamp(tid.timestamp(), tz=tid.tzinfo)).time() != klokka:
            raise self.feil("finnes_ikke", (3,))
        return tid


class Klokkeslettfelt(forms.CharField):
    """A time of day as people write it: 9, 0900, 09.00, 9:00."""

    default_error_messages = {
        "umulig_kl": _("«%(felt)s» må være et klokkeslett, for eksempel 09.00."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For eksempel 09.00"))
        kwargs.setdefault("widget", _tekstboks("5"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        klokka = tolk_klokkeslett(str(value))
        if klokka is None:
            raise ValidationError(
                self.error_messages["umulig_kl"], code="umulig_kl", params={"felt": self.label or _("Klokkeslett")}
            )
        return klokka

    def prepare_value(self, value: Any) -> Any:
        return kl(value) if isinstance(value, time) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True
