"""Fills an empty database with the demo municipality, and says which of its old messages are not sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F

from tok.demo import (
    familien,
    habilitet,
    kommune,
    personvern,
    representanter,
    saker_barn,
    saker_uten_gruppe,
    saker_voksne,
    vern,
)
from tok.demo.masse import lag
from tok.demo.masse.stab import demoens, utvid
from tok.demo.personer import Personer
from tok.demo.regi import Regi
from tok.demo.skannet import skannet_skjema
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto, Varsel
from tok.sak import alderskifte

POST_DAGER = 14
VANLIGE_SAKER = 46  # beside the showcases: an office of a usual size
FOER_DEMOEN = "demo: regnet som sendt før demoen begynte"

# In the order they were opened, so that case numbers follow the calendar.
SAKER: tuple[Callable[[Regi], None], ...] = (
    saker_voksne.aarlig_gjennomgang_over,
    saker_voksne.koordinator_sluttet,
    saker_barn.ferdig_og_rettet,
    saker_voksne.samtykke_trukket,
    saker_barn.snart_16,
    saker_barn.referat_over_fristen,
    representanter.foreldre_fra_hverandre,
    saker_barn.barnekoordinator,
    representanter.verge_og_fullmektig,
    saker_barn.referat_under_arbeid,
    representanter.ungdom_med_konto,
    familien.ungdom_med_hemmelighet,
    habilitet.koordinator_er_tante,
    saker_barn.saksliste_i_dag,
    saker_barn.innkalt_med_tolk,
    saker_uten_gruppe.skjermet_uten_gruppe,
    vern.vernet_etter_innkalling,
    habilitet.ansatt_er_personen,
    saker_uten_gruppe.venter_over_fristen,
    saker_uten_gruppe.godkjent_ikke_oppnevnt,
    saker_uten_gruppe.venter_frist_i_dag,
    saker_uten_gruppe.venter_innen_fristen,
)


def er_tom() -> bool:
    """Whether nobody but the system has an account."""
    return not Konto.objects.filter(er_system=False).exists()


def bygg(naa: datetime, froe: int) -> None:
    """Make everything, seen from this moment; the same seed and day give the same people."""
    i_dag = lokal_dato(naa)
    fjordvik = kommune.bygg(i_dag)
    verden = lag.verden(demoens(fjordvik, i_dag, skaan=True), naa, froe)
    nummerering = lag.Nummerering(VANLIGE_SAKER, i_dag)
    regi = Regi(fjordvik, Personer(i_dag, froe), naa, skannet_skjema(), foer_sak=nummerering.til)
    for sak in SAKER:
        sak(regi)
    saker_uten_gruppe.nye_henvendelser(regi)
    stempl_gammel_post(naa)
    lag.lag_og_last(verden, nummerering.til(i_dag))
    personvern.bygg(fjordvik, naa)
    alderskifte.gaa_gjennom(naa=naa)


def bygg_mange(naa: datetime, froe: int, antall: int) -> int:
    """Make the municipality with so many cases for measuring, and as many employees as they ask for; rows loaded."""
    i_dag = lokal_dato(naa)
    stab = demoens(kommune.bygg(i_dag), i_dag, skaan=False)
    verden = lag.verden(utvid(stab, antall, froe, i_dag), naa, froe)
    rader = lag.lag_og_last(verden, lag.Nummerering(antall, i_dag).til(i_dag))
    lag.oppdater_statistikk()
    return rader


def stempl_gammel_post(naa: datetime) -> None:
    """Mark messages of more than two weeks ago as sent at the time, with the reason; the newer ones are really sent."""
    gamle = Varsel.objects.filter(tilstand=Varsel.Tilstand.KLAR, lagt_tid__lt=naa - timedelta(days=POST_DAGER))
    gamle.update(tilstand=Varsel.Tilstand.SENDT, sendt_tid=F("lagt_tid"), feil=FOER_DEMOEN)
