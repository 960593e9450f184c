"""Whether a thing may be hidden from guardians at the person's age, and which things are (N20)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import DateField, F, Q, Value

from tok.sak.models import Aldersregel, Fyller, Sak, Skjult


def kan_skjule(sak: Sak, i_dag: date) -> bool:
    """Whether a dated rule lets something be hidden from the guardians on this day; the database asks the same."""
    foedt = Value(sak.person.foedselsdato, output_field=DateField())
    regler = Aldersregel.objects.filter(kode=Aldersregel.Kode.SKJULE, gjelder_fra__lte=i_dag)
    regler = regler.annotate(fra=Fyller(foedt, F("fra_alder")), til=Fyller(foedt, F("til_alder")))
    i_kraft = Q(gjelder_til__isnull=True) | Q(gjelder_til__gt=i_dag)
    i_alderen = Q(til_alder__isnull=True) | Q(til__gt=i_dag)
    return regler.filter(i_kraft, i_alderen, fra__lte=i_dag).exists()


def skjulte_i(sak: Sak) -> frozenset[UUID]:
    """The keys of all that is hidden in the case now; for those who may hide and show."""
    return frozenset(Skjult.objects.virksomme().filter(sak=sak).values_list("objekt_id", flat=True))
