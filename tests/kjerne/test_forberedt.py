"""Prepared questions give what the ORM gives, are counted as queries, and refuse to freeze what is computed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.fabrikker import I_DAG, DeltakelseFabrikk, SakFabrikk
from tok.kjerne.forberedt import Forberedt, KanIkkeForberedes, Mengde
from tok.kjerne.lenker import lenke
from tok.sak.models import Deltakelse, Sak

pytestmark = pytest.mark.django_db


def gjeldende(saker: Any, i_dag: date) -> QuerySet[Deltakelse]:
    return Deltakelse.objects.gjeldende(i_dag).filter(sak__in=saker).select_related("konto", "kontakt").order_by("id")


def test_the_same_rows_as_the_orm_with_new_values_each_time(django_assert_num_queries: Any) -> None:
    rader = [DeltakelseFabrikk(til_dato=None if nr else I_DAG) for nr in range(3)]
    sporring = Forberedt(lambda saker, i_dag: gjeldende(saker, i_dag).values_list("id", "konto__navn", "fra_dato"))
    for saker, dag in (
        ([rader[0].sak_id], I_DAG),
        ([rader[1].sak_id], I_DAG),
        ([rad.sak_id for rad in rader], I_DAG - timedelta(days=1)),
        ([rader[2].sak_id], date(2020, 1, 1)),
    ):
        ventet = list(gjeldende(saker, dag).values_list("id", "konto__navn", "fra_dato"))
        sporring.rader(saker=Mengde(saker), i_dag=dag)
        with django_assert_num_queries(1):
            assert sporring.rader(saker=Mengde(saker), i_dag=dag) == ventet


def test_objects_with_what_belongs_to_them(django_assert_num_queries: Any) -> None:
    rad = DeltakelseFabrikk()
    sporring = Forberedt(gjeldende)
    sporring.objekter(saker=[rad.sak_id], i_dag=I_DAG)
    with django_assert_num_queries(1):
        (lest,) = sporring.objekter(saker=[rad.sak_id], i_dag=I_DAG)
        assert (lest, lest.konto.navn, lest.kontakt, type(lest.fra_dato)) == (rad, rad.konto.navn, None, date)


def test_no_keys_is_no_question(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Forberedt(gjeldende).objekter(saker=Mengde([]), i_dag=I_DAG) == []


@pytest.mark.parametrize(
    "bygg",
    [
        lambda i_dag: Sak.objects.filter(aapnet_dato__gt=i_dag - timedelta(days=7)).values_list("id"),
        lambda i_dag: Sak.objects.filter(aapnet_dato__year=i_dag.year).values_list("id"),
        lambda i_dag: Sak.objects.filter(nummer=f"{i_dag:%Y}").values_list("id"),
    ],
)
def test_what_is_computed_is_refused(bygg: Any) -> None:
    with pytest.raises(KanIkkeForberedes):
        Forberedt(bygg).rader(i_dag=I_DAG)


def test_texts_with_signs_of_sql_are_values() -> None:
    sak = SakFabrikk(nummer="2026/9999")
    sporring = Forberedt(lambda tekst: Sak.objects.filter(nummer=tekst).exclude(nummer="100%").values_list("id"))
    assert sporring.rader(tekst="' OR 1=1 --%s") == []
    assert sporring.rader(tekst="2026/9999") == [(sak.pk,)]


@given(st.lists(st.uuids(), max_size=70))
def test_few_shapes_and_the_same_set(noekler: list[UUID]) -> None:
    fylt = Mengde(noekler)
    assert set(fylt) == set(noekler)
    assert len(fylt) in {0, 1, 2, 4, 8, 16, 32, 64, 128}


@given(st.uuids())
def test_an_address_is_what_reverse_says(noekkel: UUID) -> None:
    for navn in ("oversikt:sak", "sak:henvendelse", "ansvarsgruppe:moeter"):
        assert lenke(navn, noekkel) == reverse(navn, args=[noekkel])
