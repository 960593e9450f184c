"""Who may sign a consent at what age, in words: the same rows the database's own trigger reads (B7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tok.kjerne.fristregning import alder, fyller_aar
from tok.sak.models import Egenskap, Samtykkeregel


@dataclass(frozen=True)
class Krav:
    """What the signer's capacity asks for just this person on just this date."""

    vurdering: bool
    barnets_syn: bool
    dokument: bool
    siste_dag: date | None


def gjeldende_regler(dato: date) -> list[Samtykkeregel]:
    """The rules that hold on the date."""
    return list(Samtykkeregel.objects.filter(gjelder_fra__lte=dato).exclude(gjelder_til__lte=dato))


def finn_krav(regler: Iterable[Samtykkeregel], *, foedt: date, egenskap: str, dato: date) -> Krav | None:
    """The demands on a signer, or None when nobody in that capacity may sign for a person of this age."""
    aar = alder(foedt, dato)
    for regel in regler:
        if regel.egenskap == egenskap and regel.fra_alder <= aar and (regel.til_alder is None or aar < regel.til_alder):
            ender = regel.varer_til_alder
            return Krav(
                vurdering=regel.krever_vurdering,
                barnets_syn=regel.krever_barnets_syn,
                dokument=regel.krever_dokument,
                siste_dag=fyller_aar(foedt, ender) - timedelta(days=1) if ender is not None else None,
            )
    return None


def avslag_tekst(regler: Iterable[Samtykkeregel], *, foedt: date, dato: date) -> str:
    """Who may sign instead, in plain words."""
    kan = [
        str(Egenskap(kode).label)
        for kode in Egenskap.values
        if finn_krav(regler, foedt=foedt, egenskap=kode, dato=dato) is not None
    ]
    if foedt > dato:
        return _("Barnet er ikke født. Da kan disse skrive under: %(hvem)s.") % {"hvem": ", ".join(kan)}
    return _("Personen er %(aar)s år. Da kan disse skrive under: %(hvem)s.") % {
        "aar": alder(foedt, dato),
        "hvem": ", ".join(kan),
    }
