"""The code book: one row for each column, made from the same list as the file (L24)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Kommune
from tok.oversikt.sporringer.aarstall import Aar, Kolonne, Type

BREDDER = (20, 48, 20, 52, 16, 14, 44)  # signs


def hode() -> tuple[str, ...]:
    """The heads of the code book's own columns."""
    return (_("Kolonne"), _("Betydning"), _("Type"), _("Verdier"), _("Enhet"), _("Kilde"), _("Tom celle betyr"))


def rad(kolonne: Kolonne) -> tuple[str, ...]:
    """What the code book says of one column."""
    return (
        kolonne.navn,
        kolonne.forklaring,
        str(Type(kolonne.type).label),
        verdier(kolonne),
        kolonne.enhet,
        kolonne.kilde,
        kolonne.tom,
    )


def verdier(kolonne: Kolonne) -> str:
    """The words of the column with what they mean, one on each line."""
    return "\n".join(f"{verdi.ord}: {verdi.betydning}" for verdi in kolonne.verdier)


def om_fila(aar: Aar, laget: datetime) -> dict[str, str]:
    """The facts of the file; the names of persons are not among them."""
    return {
        _("Kommune"): Kommune.hent().navn,
        _("År"): str(aar.aar),
        _("Tilstand per"): f"{aar.per:%d.%m.%Y}",
        _("Laget"): f"{laget.astimezone(OSLO):%d.%m.%Y kl. %H.%M}",
        _("Hvilke saker"): _("Alle saker som var åpne en gang i løpet av året."),
        _("31. desember"): _("I et år som ikke er slutt, betyr det dagen fila ble laget."),
        _("Kilde"): _("Numrene viser til kravene i kravregisteret."),
    }
