"""Somebody is protected while a case opens or an account comes into one: the case is protected, whoever came first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from time import monotonic, sleep
from typing import Any

from django.db import connection, connections, transaction

from tests.fabrikker import DeltakelseFabrikk, HenvendelseFabrikk, SakFabrikk, ansatt, koordinator_i, tok_ansatt, vern
from tests.testbase import Testbase
from tok.sak.handlinger import bli_sak, legg_til_deltaker, sett_vern
from tok.sak.handlinger.vernegruppe import hold
from tok.sak.models import Nivaa, Person
from tok.sak.opplysninger import NyttVern

VENTER_PAA_OSS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def _vent_paa(annen: Future[Any]) -> None:
    """Until the other transaction waits for this one, or is done without having waited."""
    slutt = monotonic() + 30
    while not annen.done() and monotonic() < slutt:
        with connection.cursor() as markoer:
            markoer.execute(VENTER_PAA_OSS)
            if markoer.fetchone() != (0,):
                return
        sleep(0.05)


def _midt_i(foerst: Callable[[], Any], saa: Callable[[], Any]) -> Any:
    """Do the second while the first is written and not yet committed; what came of the second."""

    def i_en_annen_traad() -> Any:
        try:
            return saa()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as traad:
        with transaction.atomic():
            foerst()
            annen = traad.submit(i_en_annen_traad)
            _vent_paa(annen)
        return annen.result(timeout=30)


def test_saken_som_aapnes_mens_vernet_settes(ekte_db: Testbase, naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk()
    av = tok_ansatt(kontor=henvendelse.kontor)
    sak = _midt_i(
        lambda: vern(Person.objects.select_for_update().get(pk=henvendelse.person_id)),
        lambda: bli_sak(henvendelse=henvendelse, av=av, naa=naa),
    )
    sak.refresh_from_db()
    assert sak.vernenivaa == Nivaa.STRENGT


def test_den_som_kommer_inn_mens_vernet_settes(ekte_db: Testbase, naa: datetime) -> None:
    sak, konto = SakFabrikk(), ansatt()
    av = koordinator_i(sak)

    def foerst() -> None:
        hold(konto.pk)
        vern(konto)

    _midt_i(foerst, lambda: legg_til_deltaker(sak=sak, rolle="fast", hvem=konto, av=av, naa=naa))
    sak.refresh_from_db()
    assert sak.vernenivaa == Nivaa.STRENGT


def test_vernet_som_settes_mens_noen_kommer_inn(ekte_db: Testbase, naa: datetime) -> None:
    her, der, konto = SakFabrikk(), SakFabrikk(), ansatt()
    DeltakelseFabrikk(sak=her, konto=konto)
    av = tok_ansatt(her)
    nytt = NyttVern(nivaa=Nivaa.STRENGT, grunn="Politiet", bekreftes_av=tok_ansatt(her))

    def foerst() -> None:
        hold(konto.pk)
        DeltakelseFabrikk(sak=der, konto=konto)

    _midt_i(foerst, lambda: sett_vern(sak=her, hvem=konto, nytt=nytt, slipper_inn=[], av=av, naa=naa))
    for sak in (her, der):
        sak.refresh_from_db()
        assert sak.vernenivaa == Nivaa.STRENGT
