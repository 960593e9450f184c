"""Which dated rule decides what somebody may see at an age, in words: the rows the door itself reads (B7, N20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from tok.kjerne.fristregning import alder
from tok.sak.models import Egenskap, Innsynsregel


def gjeldende_regler(dato: date) -> list[Innsynsregel]:
    """The rules that hold on the date."""
    return list(Innsynsregel.objects.filter(gjelder_fra__lte=dato).exclude(gjelder_til__lte=dato))


def finn_regel(regler: Iterable[Innsynsregel], *, foedt: date, egenskap: str, dato: date) -> Innsynsregel | None:
    """The rule of the capacity at the person's age on the date; None when nobody in it sees anything."""
    aar = alder(foedt, dato)
    for regel in regler:
        if regel.egenskap == egenskap and regel.fra_alder <= aar and (regel.til_alder is None or aar < regel.til_alder):
            return regel
    return None


def avslag_tekst(regler: Iterable[Innsynsregel], *, foedt: date, dato: date) -> str:
    """Who may stand for the person instead, in plain words."""
    kan = [
        str(Egenskap(kode).label)
        for kode in Egenskap.values
        if kode != Egenskap.SELV and finn_regel(regler, foedt=foedt, egenskap=kode, dato=dato) is not None
    ]
    return _("Personen er %(aar)s år. Da kan disse representere: %(hvem)s.") % {
        "aar": alder(foedt, dato),
        "hvem": ", ".join(kan),
    }
