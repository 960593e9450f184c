"""The sweep for reminders: deadlines whose day has come, told once to those they wait for (R62, R63, R89, L10)."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from tok.kjerne.epost import UgyldigHode
from tok.kjerne.fristregning import neste_paaminnelse, paaminnelser
from tok.kjerne.historikk import Aktoer, kontekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Kommune, Konto, Varsel
from tok.kjerne.utboks import legg_i_alle, nytt_varsel
from tok.sak import bidrag
from tok.sak.models import Ansettelse, Frist, Habilitet
from tok.sak.tilgang.kilder import virksomme
from tok.sak.varsler import ordene

logger = logging.getLogger(__name__)

BUNKE = 500  # deadlines in one transaction
MIN_DAG = "/"
NESTE_DAG = """
UPDATE sak_frist SET neste_paaminnelse = ny.dag
FROM unnest(%s::uuid[], %s::date[]) AS ny (id, dag) WHERE sak_frist.id = ny.id
"""


@dataclass(frozen=True)
class Mottakere:
    """Who coordinates and who works in the office today, for the cases of one batch."""

    koordinator: dict[UUID, Konto]
    vara: dict[UUID, Konto]
    kontor: dict[UUID, list[Konto]]
    inhabile: set[tuple[UUID, UUID]]  # account and person: a relation closes the case to the account (N12)

    def i_kontoret(self, frist: Frist) -> list[Konto]:
        """The case's own handler while still in the office and not barred, otherwise everybody there who is not."""
        ansatte = self.kontor.get(frist.sak.kontor_id, [])
        ansatte = [k for k in ansatte if (k.pk, frist.sak.person_id) not in self.inhabile]
        return [k for k in ansatte if k.pk == frist.sak.saksbehandler_id] or ansatte

    def for_frist(self, frist: Frist, i_dag: date) -> list[Konto]:
        """The accounts behind the deadline's role today; empty when nobody holds it."""
        if frist.mottaker == Frist.Mottaker.TOK:
            return self.i_kontoret(frist)
        if frist.mottaker == Frist.Mottaker.LEDER:
            konto = frist.mottaker_konto
            er_mottakers = bidrag.fristregler[frist.regel].er_mottakers
            if konto is not None and er_mottakers is not None and not er_mottakers(konto, frist.objekt_id, i_dag):
                return []
        else:
            konto = self.koordinator.get(frist.sak_id) or self.vara.get(frist.sak_id)
        return [konto] if konto is not None and konto.is_active else []


def send_paaminnelser(*, naa: datetime) -> int:
    """Put reminders in the outbox for all deadlines whose reminder day has come, and return how many were put there.

    Works in batches as SYSTEM, past rows that somebody else holds; call it outside a transaction. Days missed while
    the system was down give one reminder, not one for each.
    """
    lagt = 0
    while True:
        with transaction.atomic(durable=True):
            frister = _forfalne(lokal_dato(naa))
            if frister:
                system = Konto.system()
                with kontekst(Aktoer(system.pk, system.navn, "sak.send_paaminnelser", "påminnelse")):
                    lagt += _paaminn(frister, naa)
        if len(frister) < BUNKE:
            return lagt


def _forfalne(i_dag: date) -> list[Frist]:
    """The next batch; a row leaves the question when it is worked, so the sweep always comes to an end."""
    return list(
        Frist.objects.aapne()
        .filter(neste_paaminnelse__lte=i_dag, regel__in=list(bidrag.fristregler))
        .select_related("sak", "mottaker_konto")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("neste_paaminnelse")[:BUNKE]
    )


def _paaminn(frister: list[Frist], naa: datetime) -> int:
    """One batch by two statements: its messages, and the day each deadline is asked about again."""
    i_dag = lokal_dato(naa)
    mottakere = finn_mottakere(frister, i_dag)
    avsender = Kommune.hent().navn
    varsler: list[Varsel] = []
    for frist in frister:
        meldinger = list(_meldinger(frist, mottakere, i_dag))
        if not meldinger:
            logger.warning("Deadline %s has nobody to remind", frist.pk)
        for noekkel, konto, sti in meldinger:
            try:
                varsler.append(_varsel(frist, noekkel, konto, sti, avsender, naa))
            except UgyldigHode:
                logger.error("Account %s has no address to write to", konto.pk)
    legg_i_alle(varsler)
    with connection.cursor() as cursor:
        cursor.execute(NESTE_DAG, [[frist.pk for frist in frister], [neste(frist, i_dag) for frist in frister]])
    return len(varsler)


def _varsel(frist: Frist, noekkel: str, konto: Konto, sti: str, avsender: str, naa: datetime) -> Varsel:
    emne, tekst = ordene(konto, sti, avsender)
    return nytt_varsel(
        noekkel=noekkel,
        mottaker=konto,
        epost=konto.epost,
        emne=emne,
        tekst=tekst,
        naa=naa,
        gjelder_type=Frist.__name__,
        gjelder_id=frist.pk,
    )


def finn_mottakere(frister: Iterable[Frist], i_dag: date) -> Mottakere:
    """Look up the receivers of a batch with three questions, however many deadlines it holds."""
    frister = list(frister)
    ledende: dict[str, dict[UUID, Konto]] = {"koordinator": {}, "vara": {}}
    for deltakelse in (
        virksomme(i_dag)
        .filter(sak__in={f.sak_id for f in frister}, rolle__in=list(ledende), konto__is_active=True)
        .select_related("konto")
        .order_by("fra_dato")
    ):
        ledende[deltakelse.rolle][deltakelse.sak_id] = deltakelse.konto
    kontor: dict[UUID, list[Konto]] = defaultdict(list)
    for ansettelse in (
        Ansettelse.objects.gjeldende(i_dag)
        .som(Ansettelse.Rolle.TOK)
        .filter(enhet__in={f.sak.kontor_id for f in frister}, konto__is_active=True)
        .select_related("konto")
        .order_by("konto__epost")
    ):
        if ansettelse.konto not in kontor[ansettelse.enhet_id]:
            kontor[ansettelse.enhet_id].append(ansettelse.konto)
    inhabile = Habilitet.objects.virksomme().filter(person__in={f.sak.person_id for f in frister})
    par = set(inhabile.values_list("konto", "person"))
    return Mottakere(ledende["koordinator"], ledende["vara"], dict(kontor), par)


def _meldinger(frist: Frist, mottakere: Mottakere, i_dag: date) -> Iterator[tuple[str, Konto, str]]:
    """The key, receiver and place of each message a deadline gives today."""
    bidraget = bidrag.fristregler[frist.regel]
    assert frist.neste_paaminnelse is not None  # noqa: S101 -- the sweep asked for those that have one
    er_over = i_dag > frist.forfall
    siste = max(paaminnelser(bidraget.regel, frist.forfall), default=date.max)
    bare_over = bidraget.regel.til_kontoret_naar_over and frist.neste_paaminnelse > siste
    if not bare_over:
        sti = _sti(bidraget, frist)
        egne = mottakere.for_frist(frist, i_dag)
        for konto in egne or mottakere.i_kontoret(frist):  # a role that nobody holds is the office's to fill
            yield f"frist:{frist.pk}:{frist.neste_paaminnelse}:{konto.pk}", konto, sti if egne else MIN_DAG
    if er_over and bidraget.regel.til_kontoret_naar_over:
        for konto in mottakere.i_kontoret(frist):
            yield f"frist_over:{frist.pk}:{frist.forfall}:{konto.pk}", konto, MIN_DAG


def _sti(bidraget: bidrag.Fristbidrag, frist: Frist) -> str:
    """Where the receiver does what is due."""
    if bidraget.mottakers_url is not None:
        return bidraget.mottakers_url(frist.objekt_id)
    return bidraget.tekst(frist.utgangspunkt, frist.objekt_id, frist.sak_id).url


def neste(frist: Frist, i_dag: date) -> date | None:
    """The first day after today when something is to be said; the office hears of silence once."""
    regel = bidrag.fristregler[frist.regel].regel
    return neste_paaminnelse(regel, frist.forfall, i_dag + timedelta(days=1), over_er_sagt=i_dag > frist.forfall)
