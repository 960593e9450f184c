"""Dates, times and distances as people read them: `22. november 2026 kl. 09.00`, `om 3 dager` (sider.md no. 5)."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

MAANEDER = (
    gettext_lazy("januar"),
    gettext_lazy("februar"),
    gettext_lazy("mars"),
    gettext_lazy("april"),
    gettext_lazy("mai"),
    gettext_lazy("juni"),
    gettext_lazy("juli"),
    gettext_lazy("august"),
    gettext_lazy("september"),
    gettext_lazy("oktober"),
    gettext_lazy("november"),
    gettext_lazy("desember"),
)
UKEDAGER = (
    gettext_lazy("mandag"),
    gettext_lazy("tirsdag"),
    gettext_lazy("onsdag"),
    gettext_lazy("torsdag"),
    gettext_lazy("fredag"),
    gettext_lazy("lørdag"),
    gettext_lazy("søndag"),
)
UKEDAGER_KORT = (
    gettext_lazy("man."),
    gettext_lazy("tir."),
    gettext_lazy("ons."),
    gettext_lazy("tor."),
    gettext_lazy("fre."),
    gettext_lazy("lør."),
    gettext_lazy("søn."),
)
DAGER_FOER_UKER = 28
DAGER_FOER_MAANEDER = 183


def _lokal(verdi: date | datetime) -> date | datetime:
    return localtime(verdi) if isinstance(verdi, datetime) and is_aware(verdi) else verdi


def dag_og_maaned(verdi: date | datetime) -> str:
    """`22. november`."""
    lokal = _lokal(verdi)
    return f"{lokal.day}. {MAANEDER[lokal.month - 1]}"


def dato(verdi: date | datetime) -> str:
    """`22. november 2026`."""
    return f"{dag_og_maaned(verdi)} {_lokal(verdi).year}"


def kl(verdi: datetime | time) -> str:
    """`09.00`."""
    lokal = _lokal(verdi) if isinstance(verdi, datetime) else verdi
    return f"{lokal:%H.%M}"


def dato_tid(verdi: datetime) -> str:
    """`22. november 2026 kl. 09.00`."""
    return _("%(dato)s kl. %(kl)s") % {"dato": dato(verdi), "kl": kl(verdi)}


def ukedag_dato(verdi: date | datetime) -> str:
    """`mandag 23. november 2026`."""
    return f"{UKEDAGER[_lokal(verdi).weekday()]} {dato(verdi)}"


def kort_dato(verdi: date | datetime, i_dag: date) -> str:
    """`man. 23. november`, with the year when it is not this year: for lists."""
    lokal = _lokal(verdi)
    tekst = dag_og_maaned(lokal) if lokal.year == i_dag.year else dato(lokal)
    return f"{UKEDAGER_KORT[lokal.weekday()]} {tekst}"


def som_dato(verdi: date | datetime) -> date:
    """The local calendar day of a date or a moment."""
    lokal = _lokal(verdi)
    return lokal.date() if isinstance(lokal, datetime) else lokal


def hele_maaneder(fra: date, til: date) -> int:
    """Whole calendar months from `fra` to a later `til`."""
    return (til.year - fra.year) * 12 + til.month - fra.month - (til.day < fra.day)


def _lengde(fra: date, til: date) -> str:
    """How long from `fra` to a later `til`, in the unit people would use."""
    dager = (til - fra).days
    if dager < DAGER_FOER_UKER:
        return ngettext("%(n)s dag", "%(n)s dager", dager) % {"n": dager}
    if dager < DAGER_FOER_MAANEDER:
        return ngettext("%(n)s uke", "%(n)s uker", dager // 7) % {"n": dager // 7}
    aar, maaneder = divmod(hele_maaneder(fra, til), 12)
    i_maaneder = ngettext("%(n)s måned", "%(n)s måneder", maaneder) % {"n": maaneder}
    if not aar:
        return i_maaneder
    i_aar = ngettext("%(n)s år", "%(n)s år", aar) % {"n": aar}
    return _("%(aar)s og %(maaneder)s") % {"aar": i_aar, "maaneder": i_maaneder} if maaneder else i_aar


def avstand(verdi: date | datetime, i_dag: date) -> str:
    """`i dag`, `i morgen`, `om 3 dager`, `om 10 uker`, `2 dager over`: the distance from today, said in words."""
    dag = som_dato(verdi)
    dager = (dag - i_dag).days
    if dager == 0:
        return _("i dag")
    if dager == 1:
        return _("i morgen")
    if dager > 0:
        return _("om %(lengde)s") % {"lengde": _lengde(i_dag, dag)}
    return _("%(lengde)s over") % {"lengde": _lengde(dag, i_dag)}


def siden(verdi: date | datetime, i_dag: date) -> str:
    """`kom i dag`, `kom i går`, `kom for 4 dager siden`: how long something has waited."""
    dag = som_dato(verdi)
    dager = (i_dag - dag).days
    if dager <= 1:
        return _("kom i går") if dager == 1 else _("kom i dag")
    return _("kom for %(lengde)s siden") % {"lengde": _lengde(dag, i_dag)}


def tidsrom(fra: datetime, til: datetime) -> str:
    """`Tirsdag 24. november 2026, kl. 14.00–15.30`."""
    dag = ukedag_dato(fra)
    return _("%(dag)s, kl. %(fra)s–%(til)s") % {"dag": dag[:1].upper() + dag[1:], "fra": kl(fra), "til": kl(til)}
