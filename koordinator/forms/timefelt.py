"""Hours a month as people write them: 3, 2,5 or 2.5."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from koordinator.models import MEST_TIMER, MINST_TIMER

GRENSER = _("«%(felt)s» må være et tall mellom 0,5 og 100, for eksempel 3 eller 2,5.")


class Timefelt(forms.DecimalField):
    """A number of hours with at most one decimal; every mistake gives the same plain message."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "kort-felt"}))
        super().__init__(min_value=MINST_TIMER, max_value=MEST_TIMER, max_digits=4, decimal_places=1, **kwargs)
        self.widget.uten_valgfritt = True
        melding = GRENSER % {"felt": self.label}
        koder = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
        self.error_messages.update(dict.fromkeys(koder, melding))
        for sjekk in self.validators:
            sjekk.message = melding  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removesuffix("timer").strip().replace(",", ".")
        return super().to_python(value)

    def run_validators(self, value: Any) -> None:
        """Say it once, also when the number is wrong in two ways."""
        try:
            super().run_validators(value)
        except forms.ValidationError as feil:
            raise feil.error_list[0] from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value
