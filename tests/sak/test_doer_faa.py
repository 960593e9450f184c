"""Asked about a few rows, the door answers as when it is asked about all: `faa` only says where to look."""

from __future__ import annotations

import pytest

from tests.fabrikker import (
    I_DAG,
    DeltakelseFabrikk,
    PersonFabrikk,
    SakFabrikk,
    SamtykkeFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Sak
from tok.sak.tilgang import Omfang, Rett

pytestmark = pytest.mark.django_db

I_SAKER = [rett for rett in Rett if rett.omfang is Omfang.SAK]


@pytest.fixture
def kontoer() -> list[Konto]:
    """Accounts of every kind, and cases of two offices, one of them protected."""
    saker = [SakFabrikk(), SakFabrikk(), SakFabrikk(person=PersonFabrikk(adressebeskyttelse="strengt"))]
    SamtykkeFabrikk(sak=saker[0])
    ledere = [koordinator_i(sak) for sak in saker]
    kontoer = [*ledere, tok_ansatt(saker[0]), tok_ansatt(saker[2]), ansatt("leder")]
    return kontoer + [DeltakelseFabrikk(sak=saker[nr % 2], rolle=rolle).konto for nr, rolle in enumerate(ROLLER)]


ROLLER = [Deltakelse.Rolle.FAST, Deltakelse.Rolle.VARA, Deltakelse.Rolle.VED_BEHOV, Deltakelse.Rolle.PERSON]


@pytest.mark.parametrize("rett", I_SAKER, ids=lambda rett: rett.name)
def test_the_same_answer(kontoer: list[Konto], rett: Rett) -> None:
    for konto in kontoer:
        for qs in (Sak.objects.all(), Deltakelse.objects.all()):
            alle = set(rett.synlige(konto, qs, i_dag=I_DAG))
            assert set(rett.synlige(konto, qs, i_dag=I_DAG, faa=True)) == alle


def test_the_accounts_do_see_different_things(kontoer: list[Konto]) -> None:
    """Else the test above would prove nothing."""
    sett = {frozenset(Rett.SE_SAK.synlige(konto, Sak.objects.all(), i_dag=I_DAG, faa=True)) for konto in kontoer}
    assert len(sett) >= 3
