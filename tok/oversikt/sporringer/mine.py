"""What else is one's own on Min dag: the coming meetings, one's tasks, and the cases one takes part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from ansvarsgruppe.models import Moete
from tok.kjerne import datotekst
from tok.kjerne.forberedt import Forberedt
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.lenker import lenke
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.bunker import ALT, HOEYST, Bunke, Merke, MinDagRad, Utsnitt
from tok.oversikt.sporringer.kontor import I_SAKER
from tok.sak.models import Deltakelse, Sak, Tiltak
from tok.sak.models.folk import kallenavn
from tok.sak.tilgang import Rett, kilder

EGNE_SAKER_HOEYST = 51
MOETE, TILTAK, SAK = "moeter", "tiltak", "sak"
ANKERE = (MOETE, TILTAK)
UTEN_FRIST = date.max  # stands after all dates, as NULL does


@dataclass(frozen=True)
class EgenSak:
    """A case the account takes part in, and as what."""

    sak_id: UUID
    nummer: str
    navn: str
    rolle: str

    @property
    def url(self) -> str:
        return lenke("oversikt:sak", self.sak_id)


class Egenrad(NamedTuple):
    """A meeting, a task or a case: what it is, its date or moment, its text or one's role, its key, and the case."""

    hva: str
    dag: date | None
    tid: datetime | None
    tekst: str
    noekkel: UUID
    sak_id: UUID
    nummer: str
    fornavn: str
    etternavn: str


def _del(qs: QuerySet[Any], hva: str, *, dag: Any, tid: Any, tekst: Any, sak: str) -> QuerySet[Any]:
    merket = qs.annotate(
        hva_=Value(hva, output_field=CharField()),
        dag_=Cast(dag, DateField()),
        tid_=Cast(tid, DateTimeField()),
        tekst_=Cast(tekst, CharField()),
    )
    kolonner = ("hva_", "dag_", "tid_", "tekst_", "id", f"{sak}id", f"{sak}nummer")
    return merket.values_list(*kolonner, f"{sak}person__fornavn", f"{sak}person__etternavn")


def _moeter(konto: Konto, i_dag: date, naa: datetime, etter: Sequence[Any]) -> QuerySet[Any]:
    """The coming meetings the newest sending calls the account to and that it may see, the nearest first (R62)."""
    kalt = Moete.kalt_inn(konto, Deltakelse.Rolle.values, i_dag).values("pk")
    moeter = Moete.objects.filter(pk__in=kalt, tilstand=Moete.Tilstand.INNKALT, slutt_tid__gte=naa)
    if etter:
        moeter = moeter.filter(Q(start_tid__gt=etter[0]) | Q(start_tid=etter[0], id__gt=etter[1]))
    synlige = Rett.SE_MOETE.synlige(konto, moeter, i_dag=i_dag).order_by("start_tid", "id")
    return _del(synlige, MOETE, dag=Value(None), tid=F("start_tid"), tekst=Value(""), sak="gruppe__sak__")[:HOEYST]


def _tiltak(konto: Konto, i_dag: date, etter: Sequence[Any]) -> QuerySet[Any]:
    """The account's own open tasks in cases it still takes part in, the nearest date first."""
    deltar = kilder.deltakelser(konto, i_dag).filter(rolle__in=I_SAKER)
    mine = Tiltak.objects.filter(ansvarlig_deltakelse__in=deltar, tilstand=Tiltak.Tilstand.AAPENT)
    mine = mine.annotate(frist=Coalesce("frist_dato", Value(UTEN_FRIST)))
    if etter:
        mine = mine.filter(Q(frist__gt=etter[0]) | Q(frist=etter[0], id__gt=etter[1]))
    ordnet = mine.order_by("frist", "id")
    return _del(ordnet, TILTAK, dag=F("frist_dato"), tid=Value(None), tekst=F("tekst"), sak="sak__")[:HOEYST]


def _saker(konto: Konto, i_dag: date) -> QuerySet[Any]:
    """The open cases the account takes part in, newest first."""
    deltar = kilder.deltakelser(konto, i_dag).filter(rolle__in=I_SAKER, sak__tilstand=Sak.Tilstand.AAPEN)
    nyeste = deltar.order_by("-sak__aapnet_dato", "sak_id", "rolle")
    return _del(nyeste, SAK, dag=F("sak__aapnet_dato"), tid=Value(None), tekst=F("rolle"), sak="sak__")[
        :EGNE_SAKER_HOEYST
    ]


def _egne(
    konto_id: UUID, i_dag: date, naa: datetime, *, moeter: bool, tiltak: bool, saker: bool, etter: Sequence[Any]
) -> QuerySet[Any]:
    konto = Konto(pk=konto_id)
    deler = [_moeter(konto, i_dag, naa, etter)] if moeter else []
    deler += [_tiltak(konto, i_dag, etter)] if tiltak else []
    deler += [_saker(konto, i_dag)] if saker else []
    return deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]


EGNE = Forberedt(_egne)


def _moeterad(rad: Egenrad) -> MinDagRad:
    start = _tid(rad)
    return MinDagRad(
        frist=lokal_dato(start),
        setning=_("Møte kl. %(kl)s") % {"kl": datotekst.kl(start)},
        hvem=kallenavn(rad.fornavn, rad.etternavn),
        url=lenke("ansvarsgruppe:moete", rad.noekkel),
        handling=_("Se innkallingen"),
    )


def _tiltaksrad(rad: Egenrad) -> MinDagRad:
    saken = lenke("oversikt:sak", rad.sak_id)
    return MinDagRad(
        frist=rad.dag,
        setning=rad.tekst,
        hvem=kallenavn(rad.fornavn, rad.etternavn),
        url=saken,
        handling=_("Åpne saken"),
        saksnummer=rad.nummer,
        sak_url=saken,
        sak_id=rad.sak_id,
    )


def _tid(rad: Egenrad) -> datetime:
    return rad.tid or datetime.max.replace(tzinfo=UTC)


def _dag(rad: Egenrad) -> date:
    return rad.dag or UTEN_FRIST


def egne(konto: Konto, naa: datetime, utsnitt: Utsnitt = ALT) -> tuple[list[Bunke], list[EgenSak]]:
    """The account's own meetings and tasks, the nearest first, and on the whole page its cases; one query."""
    if not utsnitt.tar(*ANKERE):
        return [], []
    rader = [
        Egenrad(*verdier)
        for verdier in EGNE.rader(
            konto_id=konto.pk,
            i_dag=lokal_dato(naa),
            naa=naa,
            moeter=utsnitt.tar(MOETE),
            tiltak=utsnitt.tar(TILTAK),
            saker=not utsnitt.bare,
            etter=utsnitt.fra,
        )
    ]
    moeter = sorted((rad for rad in rader if rad.hva == MOETE), key=lambda rad: (_tid(rad), rad.noekkel.int))
    tiltak = sorted((rad for rad in rader if rad.hva == TILTAK), key=lambda rad: (_dag(rad), rad.noekkel.int))
    bunker = [
        Bunke(_("Møtene dine"), MOETE).fyll(utsnitt, moeter, _moeterad, lambda rad: Merke(_tid(rad), rad.noekkel)),
        Bunke(_("Tiltakene dine"), TILTAK).fyll(
            utsnitt, tiltak, _tiltaksrad, lambda rad: Merke(_dag(rad), rad.noekkel)
        ),
    ]
    return [bunke for bunke in bunker if utsnitt.tar(bunke.anker)], _egne_saker(rader)


def _egne_saker(rader: Sequence[Egenrad]) -> list[EgenSak]:
    """Each case once, the newest first."""
    mine = [rad for rad in rader if rad.hva == SAK]
    saker: dict[UUID, EgenSak] = {}
    for rad in sorted(mine, key=lambda rad: (-_dag(rad).toordinal(), rad.sak_id.int, rad.tekst)):
        rollenavn = str(Deltakelse.Rolle(rad.tekst).label)
        saker.setdefault(rad.sak_id, EgenSak(rad.sak_id, rad.nummer, kallenavn(rad.fornavn, rad.etternavn), rollenavn))
    return list(saker.values())
