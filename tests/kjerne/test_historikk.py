"""History is kept by PostgreSQL, refuses a change without an actor, and only grows (N5, L21)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.fabrikker import I_DAG, PersonFabrikk, SakFabrikk, tok_ansatt
from tok.kjerne.historikk import Aktoer, kontekst, som_system
from tok.sak.models import Hendelse, Innsyn, Person
from tok.sak.tilgang import Rett

pytestmark = pytest.mark.django_db


def test_endring_uten_aktoer_nektes() -> None:
    person = PersonFabrikk()
    with pytest.raises(DatabaseError, match="needs an actor"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(fornavn="Endret")


def test_tom_aktoer_nektes() -> None:
    with connection.cursor() as c:
        c.execute("SELECT set_config('pghistory.context_metadata', '{\"aktoer\": \"\"}', true)")
    with pytest.raises(DatabaseError, match="needs an actor"), transaction.atomic():
        Person.objects.create(fornavn="A", etternavn="B", foedselsdato=I_DAG)


def test_historikken_sier_hvem_og_med_hva() -> None:
    sak = SakFabrikk()
    konto = tok_ansatt(sak)
    with transaction.atomic(), kontekst(Aktoer(konto.pk, konto.navn, "sak.proeve")):
        sak.oensker_plan = True
        sak.save()
    rad = sak.events.order_by("-pgh_id").first()
    assert rad.pgh_context["aktoer"] == str(konto.pk)
    assert rad.pgh_context["handling"] == "sak.proeve"


def test_system_maa_si_hvorfor() -> None:
    with pytest.raises(ValueError, match="reason"), som_system(" "):
        pass


def test_fnr_staar_ikke_i_historikken() -> None:
    historikk: Any = Person
    felt = {f.name for f in historikk.pgh_event_model._meta.get_fields()}
    assert not felt & {"nummer_kryptert", "nummer_indeks"}


@pytest.mark.parametrize("setning", ["UPDATE {} SET tid = tid", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("modell", [Innsyn, Hendelse])
def test_sporene_kan_bare_vokse(setning: str, modell: type[Innsyn | Hendelse], naa: datetime) -> None:
    sak = SakFabrikk()
    Rett.SE_SAK.hent(tok_ansatt(sak), type(sak).objects.all(), naa=naa, pk=sak.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as c:
        c.execute(setning.format(modell._meta.db_table))


def test_programmet_kan_ikke_endre_skjema() -> None:
    with pytest.raises(DatabaseError, match="owner"), transaction.atomic(), connection.cursor() as c:
        c.execute("ALTER TABLE sak_sak ADD COLUMN x int")
