"""Named questions to the ground floor's tables."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.expressions import Value
from django.db.models.functions import Concat, Greatest


class Periodespoerringer(models.QuerySet[Any]):
    """Rows that hold from `fra_dato` until the day before `til_dato`."""

    def gjeldende(self, i_dag: date) -> Self:
        return self.filter(Q(til_dato__isnull=True) | Q(til_dato__gt=i_dag), fra_dato__lte=i_dag)

    def ikke_slutt(self, i_dag: date) -> Self:
        """Those that hold today or begin later; one that was called off before it began has no day at all."""
        return self.filter(Q(til_dato__isnull=True) | Q(til_dato__gt=i_dag) & Q(til_dato__gt=F("fra_dato")))

    def kommende(self, i_dag: date) -> Self:
        """Those that begin later."""
        return self.ikke_slutt(i_dag).filter(fra_dato__gt=i_dag)


class Virksomme(models.QuerySet[Any]):
    """Rows that hold until somebody ends them."""

    def virksomme(self) -> Self:
        return self.filter(opphevet_tid__isnull=True)


class Unntaksspoerringer(Periodespoerringer):
    """Timed ways in: those of the day that nobody has ended early."""

    def aapne(self, i_dag: date) -> Self:
        return self.gjeldende(i_dag).filter(avsluttet_tid__isnull=True)


class AnsettelseSpoerringer(Periodespoerringer):
    """Who works where."""

    def som(self, *roller: str) -> Self:
        return self.filter(rolle__in=roller)


LIGNER = 0.3  # of 1: a name with the same birth date
LIGNER_SVAERT = 0.6  # a name with a birth date that may be a slip
NAERE_DAGER = 3
SVANGERSKAP = 280  # days


def _kan_vaere_feilskrevet(dag: date) -> list[date]:
    """The dates next to it, and the one with day and month the other way round."""
    dager = [dag + timedelta(days=antall) for antall in range(-NAERE_DAGER, NAERE_DAGER + 1)]
    return [*dager, dag.replace(day=dag.month, month=dag.day)] if dag.day <= 12 else dager


def har_nummer(indekser: Collection[bytes], sti: str = "") -> Q:
    """The person at the path has the number of these blind indexes; both columns, while the key is changed."""
    return Q(**{f"{sti}nummer_indeks__in": indekser}) | Q(**{f"{sti}nummer_indeks_ny__in": indekser})


class PersonSpoerringer(models.QuerySet[Any]):
    """Finding the person before a duplicate is made."""

    def lignende(self, *, fornavn: str, etternavn: str, foedselsdato: date, indekser: Collection[bytes]) -> Self:
        """Who may be the one (L25): the same number first, then the most alike.

        The same birth date and a similar name; a birth date that may be a slip and a very similar name; or a child that
        was registered before it was born, with the same family name and its term within a pregnancy of the date.
        """
        likhet = TrigramSimilarity(Concat("fornavn", Value(" "), "etternavn"), f"{fornavn} {etternavn}")
        rom = (foedselsdato - timedelta(days=SVANGERSKAP), foedselsdato + timedelta(days=SVANGERSKAP))
        samme = Q(foedselsdato=foedselsdato, likhet__gt=LIGNER)
        samme |= Q(foedselsdato__in=_kan_vaere_feilskrevet(foedselsdato), likhet__gt=LIGNER_SVAERT)
        samme |= Q(er_termin=True, etternavn__iexact=etternavn, foedselsdato__range=rom)
        har_nummeret = har_nummer(indekser) if indekser else Q(pk__in=[])
        kjente = self.annotate(
            likhet=Greatest(likhet, Value(0.0)), har_nummeret=ExpressionWrapper(har_nummeret, BooleanField())
        )
        return kjente.filter(samme | har_nummeret).order_by(F("har_nummeret").desc(nulls_last=True), "-likhet", "pk")[
            :5
        ]


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
        """Signed, begun, not ended, not withdrawn on the date; withdrawal acts at once (L13).

        A recorded oral yes counts only until a form is signed, and does not come back when that form is withdrawn.
        """
        underskrevet = self.model.objects.filter(sak=OuterRef("sak"), maate="papir")
        qs = self.filter(trukket_tid__isnull=True, gyldig_fra__lte=i_dag, gyldig_tom__gte=i_dag)
        qs = qs.exclude(Q(maate="muntlig") & Exists(underskrevet))
        return qs.filter(formaal__contains=[formaal]) if formaal else qs


class FristSpoerringer(models.QuerySet[Any]):
    """Deadlines."""

    def aapne(self) -> Self:
        return self.filter(lukket_tid__isnull=True)

    def over(self, i_dag: date) -> Self:
        return self.aapne().filter(forfall__lt=i_dag)
