"""The weekly job: finds, writes down, and tells the leaders that something waits (N9, N19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from tok.kjerne import forsegling
from tok.kjerne.historikk import Aktoer, kontekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.loggkontroll import kontroller
from tok.kjerne.models import Konto
from tok.kjerne.segl import forseglede
from tok.sak.models import Ansettelse, Loggfunn, Ukekontroll
from tok.sak.ukekontroll import fakta, grenser
from tok.sak.ukekontroll.regler import OM_EN_PERSON, OM_EN_RELASJON, Rad, Regel
from tok.sak.varsler import noe_venter

HANDLING = "sak.kontroller_logg"
EN_UKE = timedelta(weeks=1)
VENTER = 60.0  # seconds for a sealing that goes on


def kontroller_uker(*, naa: datetime) -> int:
    """Control every finished week that has not been, and return how many; remind of findings that lie (N9).

    Call it outside a transaction. At the first run only last week is controlled.
    """
    uker = list(_ukontrollerte(lokal_dato(naa)))
    brudd = les_segl(naa=naa) if uker else ""
    for uke_fra in uker:
        kontroller_uke(uke_fra, brudd=brudd, naa=naa)
    _purr(naa=naa)
    return len(uker)


def _ukontrollerte(i_dag: date) -> Iterator[date]:
    denne = i_dag - timedelta(days=i_dag.weekday())
    siste = Ukekontroll.objects.order_by("-uke_fra").values_list("uke_fra", flat=True).first()
    tidligst = denne - EN_UKE * grenser.TA_IGJEN_UKER.verdi
    uke_fra = max(siste + EN_UKE, tidligst) if siste else denne - EN_UKE
    while uke_fra < denne:
        yield uke_fra
        uke_fra += EN_UKE


def les_segl(*, naa: datetime) -> str:
    """Return the first thing wrong with the logs' seals, in Norwegian, or nothing (N5)."""
    with forsegling.alene(venter=VENTER) as ledig:
        if not ledig:
            return "Seglene kunne ikke kontrolleres, for loggen ble forseglet samtidig"
        svarene = [kontroller(modell, naa=naa) for modell in forseglede()]
    return next((f"{svar.tabell}: {svar.brudd}" for svar in svarene if svar.brudd), "")


def kontroller_uke(uke_fra: date, *, brudd: str = "", naa: datetime) -> list[Loggfunn]:
    """Control the week from this Monday: one transaction for its findings, its line and its messages.

    Run twice, it finds the same and writes nothing more.
    """
    with transaction.atomic():
        oppslag = fakta.les_oppslag(uke_fra)
        funnene = [*_om_en_person(oppslag, uke_fra, naa), *_uvanlig_mange(uke_fra, naa)]
        _gi_til_ledere(funnene, uke_fra)
        system = Konto.system()
        with kontekst(Aktoer(system.pk, system.navn, HANDLING, "ukekontroll av leseloggen")):
            Loggfunn.objects.bulk_create(funnene, batch_size=500, ignore_conflicts=True)
        antall = fakta.innsyn(uke_fra, fakta.uke_slutt(uke_fra)).count()
        linje = {"kontrollert_tid": naa, "rader": antall, "funn": len(funnene), "brudd": brudd[:300]}
        Ukekontroll.objects.get_or_create(uke_fra=uke_fra, defaults=linje)
        _si_fra(funnene, uke_fra, naa=naa)
    return funnene


def _om_en_person(oppslag: list[Any], uke_fra: date, naa: datetime) -> Iterator[Loggfunn]:
    kjent = fakta.les_fakta(oppslag, uke_fra)
    vurdert = fakta.alt_vurdert(uke_fra)
    for ett in oppslag:
        tid_til = dict(ett.rader)
        for regel, finn in OM_EN_PERSON.items():
            ider = finn(ett, kjent)
            if ider and not (regel in OM_EN_RELASJON and (regel, ett.konto_id, ett.person_id) in vurdert):
                rader = [Rad(pk, tid_til[pk]) for pk in ider]
                yield _funn(uke_fra, regel, ett.konto_id, ett.konto_navn, rader, naa, person_id=ett.person_id)


def _uvanlig_mange(uke_fra: date, naa: datetime) -> Iterator[Loggfunn]:
    """One finding for an account, of all its unusual days of the week."""
    dager: dict[UUID, list[fakta.Dag]] = defaultdict(list)
    for dag in fakta.mange_dager(uke_fra):
        dager[dag.konto_id].append(dag)
    for konto_id, egne in dager.items():
        rader = sorted(rad for dag in egne for rad in dag.rader)
        yield _funn(uke_fra, Regel.MANGE, konto_id, egne[-1].konto_navn, rader, naa)


def _funn(
    uke_fra: date,
    regel: Loggfunn.Regel,
    konto_id: UUID,
    konto_navn: str,
    rader: list[Rad],
    naa: datetime,
    *,
    person_id: UUID | None = None,
) -> Loggfunn:
    tider = [rad.tid for rad in rader]
    return Loggfunn(
        uke_fra=uke_fra,
        regel=regel,
        konto_id=konto_id,
        konto_navn=konto_navn,
        person_id=person_id,
        antall=len(rader),
        innsyn_ider=[rad.id for rad in rader],
        foerste_tid=min(tider),
        siste_tid=max(tider),
        funnet_tid=naa,
    )


def _gi_til_ledere(funnene: list[Loggfunn], uke_fra: date) -> None:
    """To the leader of the account's unit, and never to the account itself; none is the officer's to find."""
    leder_til = ledere_for({funn.konto_id for funn in funnene}, fakta.uke_slutt(uke_fra))
    for funn in funnene:
        funn.leder_id = leder_til.get(funn.konto_id)


def ledere_for(kontoer: Iterable[UUID], i_dag: date) -> dict[UUID, UUID]:
    """The nearest leader of each account that works under somebody else."""
    gjeldende = Ansettelse.objects.gjeldende(i_dag)
    lederne = gjeldende.som(Ansettelse.Rolle.LEDER).filter(konto__is_active=True)
    leder_i = dict(lederne.values_list("enhet", "konto"))
    ansatte = gjeldende.filter(konto__in=kontoer, enhet__in=leder_i).order_by("enhet__navn", "pk")
    funnet: dict[UUID, UUID] = {}
    for konto, enhet in ansatte.values_list("konto", "enhet"):
        if leder_i[enhet] != konto:
            funnet.setdefault(konto, leder_i[enhet])
    return funnet


def _si_fra(funnene: list[Loggfunn], uke_fra: date, *, naa: datetime) -> None:
    """One message to each leader who got something, and one to the privacy officers: the report is there."""
    foerste: dict[UUID, Loggfunn] = {}
    for funn in Loggfunn.objects.filter(uke_fra=uke_fra, lukket_tid=None).order_by("pk"):
        if funn.leder_id is not None:
            foerste.setdefault(funn.leder_id, funn)
    lederne = Konto.objects.in_bulk(foerste)
    for pk, funn in foerste.items():
        _varsle(f"loggfunn:{uke_fra}:{pk}", lederne[pk], reverse("sak:loggfunn"), funn, naa)
    ombud = Ansettelse.objects.gjeldende(lokal_dato(naa)).som(Ansettelse.Rolle.PERSONVERNOMBUD)
    for konto in Konto.objects.filter(pk__in=ombud.values("konto"), is_active=True):
        noe_venter(
            noekkel=f"ukekontroll:{uke_fra}:{konto.pk}", mottaker=konto, sti=reverse("sak:loggkontroll"), naa=naa
        )


def _purr(*, naa: datetime) -> None:
    """Remind each leader once a week of findings that have lain open for a fortnight."""
    i_dag = lokal_dato(naa)
    gamle = Loggfunn.objects.filter(
        lukket_tid=None, leder__isnull=False, funnet_tid__lte=naa - timedelta(days=grenser.PURRES_DAGER.verdi)
    )
    uke = i_dag - timedelta(days=i_dag.weekday())
    for funn in gamle.select_related("leder").order_by("leder", "pk").distinct("leder"):
        _varsle(f"loggfunn_purret:{uke}:{funn.leder_id}", funn.leder, reverse("sak:loggfunn"), funn, naa)


def _varsle(noekkel: str, leder: Konto | None, sti: str, funn: Loggfunn, naa: datetime) -> None:
    if leder is not None and leder.is_active:
        noe_venter(
            noekkel=noekkel, mottaker=leder, sti=sti, naa=naa, gjelder_type=Loggfunn.__name__, gjelder_id=funn.pk
        )
