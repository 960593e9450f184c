"""The privacy officer's fortnight: everyday lookups, and findings of the weekly control, one of them closed (N9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tok.demo.kommune import Fjordvik
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Konto
from tok.sak.handlinger.loggfunn import vurder_funn
from tok.sak.models import Loggfunn, Sak
from tok.sak.sporringer.loggkontroll import EN_UKE, mandag
from tok.sak.tilgang import Rett
from tok.sak.ukekontroll import kontroller_uke

KOORDINATORER = ("jonas", "ingvild", "siri", "kari", "anne", "leila", "ola")
KVELDER = 13  # lookups of one's own case in the evening: more than a leader should not hear of
MANGE = 18
VURDERING = (
    "Jeg har snakket med Tor. Han skrev referat hjemme to kvelder, fordi møtet varte lenge. Det er avtalt. "
    "Vi har funnet en fast time til dette i arbeidstida."
)


def bygg(fjordvik: Fjordvik, naa: datetime) -> None:
    """Read through the door on the days of the last two weeks, and control both as on the Monday nights after them."""
    foerste = mandag(lokal_dato(naa)) - 2 * EN_UKE
    uker = (foerste, foerste + EN_UKE)
    for nr, noekkel in enumerate(KOORDINATORER):
        _vanlige_oppslag(fjordvik.kontoer[noekkel], foerste, klokka=f"{8 + nr % 4:02}:{10 + 5 * nr}")
    _kvelder(fjordvik.kontoer["tor"], uker[0])
    _kvelder(fjordvik.kontoer["kari"], uker[1])
    _mange(fjordvik.kontoer["erik"], uker[1] + timedelta(days=3))
    for uke in uker:
        kontroller_uke(uke, naa=_kl(uke + EN_UKE, "03:05"))
    lest = min(_kl(uker[1] + timedelta(days=2), "13:40"), naa)
    for funn in Loggfunn.objects.filter(uke_fra=uker[0], konto=fjordvik.kontoer["tor"]):
        vurder_funn(funn=funn, vurdering=VURDERING, av=fjordvik.kontoer["turid"], naa=lest)


def _kl(dag: date, klokka: str) -> datetime:
    return datetime.combine(dag, time.fromisoformat(klokka), tzinfo=OSLO)


def _saker(konto: Konto, fra: date, til: date) -> list[Sak]:
    """What the account could see on both days, the oldest first."""
    saker = Rett.SE_SAK.synlige(konto, Sak.objects.select_related("person"), i_dag=fra)
    ogsaa_da = Rett.SE_SAK.synlige(konto, Sak.objects.all(), i_dag=til)
    return list(saker.filter(pk__in=ogsaa_da.values("pk")).order_by("aapnet_dato", "nummer")[:MANGE])


def _les(konto: Konto, saker: list[Sak], tider: Iterator[datetime]) -> None:
    for sak, naa in zip(saker, tider, strict=False):
        Rett.SE_SAK.hent(konto, Sak.objects.select_related("person"), naa=naa, pk=sak.pk)


def _hvert(minutt: int, fra: datetime) -> Iterator[datetime]:
    while True:
        yield fra
        fra += timedelta(minutes=minutt)


def _vanlige_oppslag(konto: Konto, foerste: date, *, klokka: str) -> None:
    """One or two of the own cases each working day of the fortnight."""
    egne = _saker(konto, foerste, foerste + 2 * EN_UKE)
    for dag in (foerste + timedelta(days=nr) for nr in range(12) if nr % 7 < 5):
        _les(konto, egne[: 1 + dag.day % 2], _hvert(20, _kl(dag, klokka)))


def _kvelder(konto: Konto, uke: date) -> None:
    """Two evenings with the own case."""
    saker = _saker(konto, uke, uke + EN_UKE)[:1] * (KVELDER // 2 + 1)
    for nr in (1, 2):
        _les(konto, saker, _hvert(9, _kl(uke + timedelta(days=nr), "20:40")))


def _mange(konto: Konto, dag: date) -> None:
    """One case after another in an hour."""
    _les(konto, _saker(konto, dag, dag), _hvert(3, _kl(dag, "14:05")))
