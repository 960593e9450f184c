"""A message goes only to one who may see what it is about when it is sent (N2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.fabrikker import (
    DeltakelseFabrikk,
    ForespoerselFabrikk,
    HenvendelseFabrikk,
    KontoFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tok.kjerne import historikk
from tok.kjerne.models import Konto, Varsel
from tok.kjerne.utboks import INNLOGGING
from tok.sak import bidrag
from tok.sak.models import Frist, Sak
from tok.sak.tilgang import Rett
from tok.sak.varseltilgang import kan_se

pytestmark = pytest.mark.django_db


def varsel(konto: Konto | None, type_: str = "", pk: UUID | None = None) -> Varsel:
    return Varsel(noekkel="n", mottaker=konto, epost="a@fjordvik.example", gjelder_type=type_, gjelder_id=pk)


def frist(sak: Sak, **felt: object) -> Frist:
    i_dag = date(2026, 11, 23)
    with historikk.som_system("test data"):
        return Frist.objects.create(
            sak=sak, regel="r", objekt_id=uuid4(), utgangspunkt=i_dag, forfall=i_dag, **{"mottaker": "tok"} | felt
        )


def test_a_participant_without_an_account_has_no_access_to_lose(naa: datetime) -> None:
    assert kan_se(varsel(None, "Sak", uuid4()), naa=naa)


def test_a_closed_account_gets_nothing(naa: datetime) -> None:
    assert kan_se(varsel(KontoFabrikk()), naa=naa)
    assert kan_se(varsel(KontoFabrikk(), INNLOGGING), naa=naa)
    assert not kan_se(varsel(KontoFabrikk(is_active=False)), naa=naa)


def test_a_case_is_for_those_who_see_it(naa: datetime) -> None:
    sak = SakFabrikk()
    assert kan_se(varsel(koordinator_i(sak), "Sak", sak.pk), naa=naa)
    assert kan_se(varsel(tok_ansatt(sak), "sak.Sak", sak.pk), naa=naa)
    assert not kan_se(varsel(ansatt(), "Sak", sak.pk), naa=naa)
    assert not kan_se(varsel(tok_ansatt(), "Sak", sak.pk), naa=naa)


def test_the_relation_is_asked_for_when_the_message_is_sent(naa: datetime) -> None:
    sak = SakFabrikk()
    deltakelse = DeltakelseFabrikk(sak=sak, til_dato=date(2026, 11, 24))
    melding = varsel(deltakelse.konto, "Sak", sak.pk)
    assert kan_se(melding, naa=naa)
    assert not kan_se(melding, naa=naa + timedelta(days=1))


def test_a_request_is_the_leaders_own(naa: datetime) -> None:
    leder = ansatt("leder")
    forespoersel = ForespoerselFabrikk(leder=leder, enhet=leder.ansettelser.get().enhet)
    assert kan_se(varsel(leder, "Forespoersel", forespoersel.pk), naa=naa)
    assert kan_se(varsel(tok_ansatt(forespoersel.sak), "Forespoersel", forespoersel.pk), naa=naa)
    assert not kan_se(varsel(ansatt("leder"), "Forespoersel", forespoersel.pk), naa=naa)


def test_a_deadline_is_for_the_leader_it_names_while_it_is_open(naa: datetime) -> None:
    sak, leder = SakFabrikk(), ansatt("leder")
    en = frist(sak, mottaker="leder", mottaker_konto=leder)
    assert kan_se(varsel(leder, "Frist", en.pk), naa=naa)
    assert not kan_se(varsel(ansatt("leder"), "Frist", en.pk), naa=naa)
    with historikk.som_system("test data"):
        Frist.objects.filter(pk=en.pk).update(lukket_tid=naa, lukket_hvordan="svart")
    assert not kan_se(varsel(leder, "Frist", en.pk), naa=naa)


def test_a_request_to_the_office_is_for_the_office(naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk()
    hos_oss = tok_ansatt(kontor=henvendelse.kontor)
    assert kan_se(varsel(hos_oss, "Henvendelse", henvendelse.pk), naa=naa)
    assert not kan_se(varsel(tok_ansatt(), "Henvendelse", henvendelse.pk), naa=naa)


def test_a_floor_may_ask_for_a_narrower_right(naa: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    sak = SakFabrikk()
    fast = DeltakelseFabrikk(sak=sak).konto
    assert kan_se(varsel(fast, "Sak", sak.pk), naa=naa)
    monkeypatch.setitem(bidrag.varselretter, "Sak", Rett.SE_SAMTYKKE)
    assert not kan_se(varsel(fast, "Sak", sak.pk), naa=naa)


@pytest.mark.parametrize("type_", ["Sak", "FinnesIkke"])
def test_what_is_missing_is_seen_by_nobody(naa: datetime, type_: str) -> None:
    assert not kan_se(varsel(tok_ansatt(), type_, uuid4()), naa=naa)
    assert not kan_se(varsel(tok_ansatt(), type_, None), naa=naa)
