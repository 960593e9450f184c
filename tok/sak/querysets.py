"""Named questions to the ground floor's tables."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Value
from django.db.models.functions import Concat, Greatest


class Periodespoerringer(models.QuerySet[Any]):
    """Rows that hold from `fra_dato` until the day before `til_dato`."""

    def gjeldende(self, i_dag: date) -> Self:
        return self.filter(Q(til_dato__isnull=True) | Q(til_dato__gt=i_dag), fra_dato__lte=i_dag)


class AnsettelseSpoerringer(Periodespoerringer):
    """Who works where."""

    def som(self, *roller: str) -> Self:
        return self.filter(rolle__in=roller)


class PersonSpoerringer(models.QuerySet[Any]):
    """Finding the person before a duplicate is made."""

    def lignende(self, *, fornavn: str, etternavn: str, foedselsdato: date, nummer_indeks: bytes | None) -> Self:
        """Same number, or same birth date and a similar name (L25); the most alike first."""
        fullt_navn = f"{fornavn} {etternavn}"
        likhet = TrigramSimilarity(Concat("fornavn", Value(" "), "etternavn"), fullt_navn)
        samme = Q(foedselsdato=foedselsdato, likhet__gt=0.3)
        if nummer_indeks is not None:
            samme |= Q(nummer_indeks=nummer_indeks)
        return self.annotate(likhet=Greatest(likhet, Value(0.0))).filter(samme).order_by("-likhet")[:5]


class SakSpoerringer(models.QuerySet[Any]):
    """Cases."""

    def aapne(self) -> Self:
        return self.filter(tilstand="aapen")


class DeltakelseSpoerringer(Periodespoerringer):
    """Who takes part."""

    def koordinatorer(self) -> Self:
        return self.filter(rolle="koordinator")

    def med_navn(self) -> Self:
        return self.select_related("konto", "kontakt", "enhet", "sak__person")


class SamtykkeSpoerringer(models.QuerySet[Any]):
    """Consents."""

    def gyldige(self, i_dag: date, formaal: str | None = None) -> Self:
        """Signed, begun, not ended, not withdrawn on the date; withdrawal acts at once (L13)."""
        qs = self.filter(trukket_tid__isnull=True, gyldig_fra__lte=i_dag, gyldig_tom__gte=i_dag)
        return qs.filter(formaal__contains=[formaal]) if formaal else qs


class FristSpoerringer(models.QuerySet[Any]):
    """Deadlines."""

    def aapne(self) -> Self:
        return self.filter(lukket_tid__isnull=True)

    def over(self, i_dag: date) -> Self:
        return self.aapne().filter(forfall__lt=i_dag)
