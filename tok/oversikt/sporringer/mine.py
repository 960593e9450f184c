"""What else is one's own on Min dag: the coming meetings, one's tasks, and the cases one takes part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from ansvarsgruppe.models import Moete
from tok.kjerne import datotekst
from tok.kjerne.forberedt import Forberedt, Mengde
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.lenker import lenke
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.bunker import ALT, HOEYST, Bunke, Merke, MinDagRad, Utsnitt, etter_merket
from tok.oversikt.sporringer.kontor import I_SAKER
from tok.sak.models import Deltakelse, Omraade, Sak, Tiltak
from tok.sak.models.folk import kallenavn
from tok.sak.tilgang import Rett, kilder, sperrer
from tok.sak.tilgang.skjulte import uten_skjulte

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
    """The coming meetings in one's own cases that the newest sending calls the account to, the nearest first (R62)."""
    kalt = Moete.kalt_inn(konto, Deltakelse.Rolle.values, i_dag).values("pk")
    deltar = Deltakelse.objects.gjeldende(i_dag).filter(konto=konto).values("sak")  # first: they are few
    moeter = Moete.objects.filter(gruppe__sak__in=deltar, tilstand=Moete.Tilstand.INNKALT, slutt_tid__gte=naa)
    ordnet = etter_merket(moeter.filter(pk__in=kalt), etter, "start_tid", "id").order_by("start_tid", "id")
    return _del(ordnet, MOETE, dag=Value(None), tid=F("start_tid"), tekst=Value(""), sak="gruppe__sak__")


def _deltar(konto: Konto, i_dag: date) -> QuerySet[Deltakelse]:
    """One's memberships of today; as a representative only while age and mandate let one see the case (B7)."""
    return sperrer.faar(kilder.deltakelser(konto, i_dag).filter(rolle__in=I_SAKER), Omraade.SAK, i_dag)


def _tiltak(konto: Konto, i_dag: date, etter: Sequence[Any]) -> QuerySet[Any]:
    """The account's own open tasks in cases it still takes part in, the nearest date first."""
    mine = Tiltak.objects.filter(ansvarlig_deltakelse__in=_deltar(konto, i_dag), tilstand=Tiltak.Tilstand.AAPENT)
    mine = mine.annotate(frist=Coalesce("frist_dato", Value(UTEN_FRIST)))
    ordnet = etter_merket(mine, etter, "frist", "id").order_by("frist", "id")
    return _del(ordnet, TILTAK, dag=F("frist_dato"), tid=Value(None), tekst=F("tekst"), sak="sak__")


def _saker(konto: Konto, i_dag: date) -> QuerySet[Any]:
    """The open cases the account takes part in, newest first."""
    deltar = _deltar(konto, i_dag).filter(sak__tilstand=Sak.Tilstand.AAPEN)
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


def _synlige(konto_id: UUID, moeter: Sequence[UUID], tiltak: Sequence[UUID], i_dag: date) -> QuerySet[Any]:
    """Those of the meetings that the door opens, and of the tasks that are not hidden from the account."""
    konto = Konto(pk=konto_id)
    aapne = Rett.SE_MOETE.synlige(konto, Moete.objects.filter(pk__in=moeter), i_dag=i_dag, faa=True)
    vises = uten_skjulte(konto, Tiltak.objects.filter(pk__in=tiltak), i_dag)
    return aapne.order_by().values_list("pk").union(vises.values_list("pk"), all=True)


EGNE, SYNLIGE = Forberedt(_egne), Forberedt(_synlige)


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
    """The account's own meetings and tasks, the nearest first, and on the whole page its cases; two queries."""
    if not utsnitt.tar(*ANKERE):
        return [], []
    i_dag = lokal_dato(naa)
    funnet = EGNE.rader(
        konto_id=konto.pk,
        i_dag=i_dag,
        naa=naa,
        moeter=utsnitt.tar(MOETE),
        tiltak=utsnitt.tar(TILTAK),
        saker=not utsnitt.bare,
        etter=utsnitt.fra,
    )
    rader = _uten_lukkede(konto, [Egenrad(*verdier) for verdier in funnet], i_dag)
    moeter = sorted((rad for rad in rader if rad.hva == MOETE), key=lambda rad: (_tid(rad), rad.noekkel.int))
    tiltak = sorted((rad for rad in rader if rad.hva == TILTAK), key=lambda rad: (_dag(rad), rad.noekkel.int))
    bunker = [
        Bunke(_("Møtene dine"), MOETE).fyll(
            utsnitt, moeter[:HOEYST], _moeterad, lambda rad: Merke(_tid(rad), rad.noekkel)
        ),
        Bunke(_("Tiltakene dine"), TILTAK).fyll(
            utsnitt, tiltak[:HOEYST], _tiltaksrad, lambda rad: Merke(_dag(rad), rad.noekkel)
        ),
    ]
    return [bunke for bunke in bunker if utsnitt.tar(bunke.anker)], _egne_saker(rader)


def _uten_lukkede(konto: Konto, rader: Sequence[Egenrad], i_dag: date) -> list[Egenrad]:
    """Without meetings and tasks that are closed or hidden; found first, for they are few, and asked of then."""
    moeter = Mengde(rad.noekkel for rad in rader if rad.hva == MOETE)
    tiltak = Mengde(rad.noekkel for rad in rader if rad.hva == TILTAK)
    funnet = SYNLIGE.rader(konto_id=konto.pk, moeter=moeter, tiltak=tiltak, i_dag=i_dag)
    synlige = {noekkel for (noekkel,) in funnet}
    return [rad for rad in rader if rad.hva == SAK or rad.noekkel in synlige]


def _egne_saker(rader: Sequence[Egenrad]) -> list[EgenSak]:
    """Each case once, the newest first."""
    mine = [rad for rad in rader if rad.hva == SAK]
    saker: dict[UUID, EgenSak] = {}
    for rad in sorted(mine, key=lambda rad: (-_dag(rad).toordinal(), rad.sak_id.int, rad.tekst)):
        rollenavn = str(Deltakelse.Rolle(rad.tekst).label)
        saker.setdefault(rad.sak_id, EgenSak(rad.sak_id, rad.nummer, kallenavn(rad.fornavn, rad.etternavn), rollenavn))
    return list(saker.values())
