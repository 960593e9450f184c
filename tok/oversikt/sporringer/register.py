"""The register: pick 26 cases by an index, then read what is shown of those alone (R232, ytelse.md goal 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import product
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Func, Min, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from ansvarsgruppe import frister
from ansvarsgruppe.models import Moete
from tok.kjerne.forberedt import Forberedt, Mengde
from tok.kjerne.klokke import OSLO
from tok.oversikt.sporringer.kontor import Plass, i_kontorene
from tok.oversikt.sporringer.tall import uten_koordinator
from tok.sak.models import Deltakelse, Frist, Nivaa, Sak
from tok.sak.models.folk import kallenavn

SIDE = 25


@dataclass(frozen=True)
class Utvalg:
    """What the register is filtered by."""

    tilstand: str = Sak.Tilstand.AAPEN
    koordinator: UUID | None = None
    enhet: UUID | None = None
    mangler: str = ""  # koordinator, referat or gjennomgang


@dataclass(frozen=True)
class Merke:
    """Where a page of the list ends: the keyset, and what it looks like in an address."""

    dag: date  # when the case was opened; in a list of what is late, when it fell due
    sak_id: UUID

    def __str__(self) -> str:
        return f"{self.dag.isoformat()}_{self.sak_id.hex}"

    @classmethod
    def les(cls, tekst: str) -> Merke | None:
        """None for anything that is not a mark, so that a spoilt address shows the first page."""
        dato, _skille, noekkel = tekst.partition("_")
        try:
            return cls(date.fromisoformat(dato), UUID(noekkel))
        except ValueError:
            return None


@dataclass(frozen=True)
class Registerrad:
    """One case as the register shows it."""

    sak_id: UUID
    nummer: str
    navn: str
    foedselsdato: date
    skjermet: bool  # an address in the case is protected
    tilstand: str
    aapnet: date
    avsluttet: date | None
    koordinator: str
    koordinator_telefon: str
    koordinator_fra: date | None  # is appointed, and begins later
    enhet: str
    gruppe_opprettet: date | None
    neste_moete: datetime | None
    gjennomgang: date | None


@dataclass(frozen=True)
class Registerside:
    """One page, and the mark the next one begins after."""

    rader: list[Registerrad]
    neste: Merke | None


def _ledet(qs: QuerySet[Any], sak: str, i_dag: date, koordinator: UUID | None, enhet: UUID | None) -> QuerySet[Any]:
    """Those whose case, found by the path, is coordinated today by the account, and by somebody of the unit."""
    leder = Deltakelse.objects.gjeldende(i_dag).koordinatorer().filter(sak=OuterRef(sak))
    if koordinator:
        qs = qs.filter(Exists(leder.filter(konto=koordinator)))
    return qs.filter(Exists(leder.filter(enhet=enhet))) if enhet else qs


def _samlet(deler: list[QuerySet[Any]]) -> QuerySet[Any]:
    return deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]


def _sider(
    *,
    konto: UUID,
    steder: Sequence[UUID],
    tilstander: Sequence[str],
    dag: date | None,
    etter: UUID | None,
    i_dag: date,
    ingen: bool,
    **leder: Any,
) -> QuerySet[Any]:
    """The keys of the page and one more: each office and state walks its own index."""
    deler: list[QuerySet[Any]] = []
    for kontor, tilstand in product(steder, tilstander):
        saker: QuerySet[Any] = Sak.objects.filter(i_kontorene(konto, (kontor,)), tilstand=tilstand)
        saker = _ledet(uten_koordinator(saker, i_dag) if ingen else saker, "pk", i_dag, **leder)
        if etter:
            saker = saker.filter(Q(aapnet_dato__lt=dag) | Q(id__lt=etter), aapnet_dato__lte=dag)
        deler.append(saker.order_by("-aapnet_dato", "-id").values_list("aapnet_dato", "id")[: SIDE + 1])
    return _samlet(deler)


def _sene(
    *,
    konto: UUID,
    steder: Sequence[UUID],
    tilstander: Sequence[str],
    dag: date | None,
    etter: UUID | None,
    i_dag: date,
    regel: str,
    **leder: Any,
) -> QuerySet[Any]:
    """The same for those with an open deadline of the rule that has passed, by the index of open deadlines.

    The longest overdue comes first, and a case stands where its oldest such deadline does.
    """
    over = Frist.objects.over(i_dag).filter(regel=regel)
    eldre = over.filter(
        Q(forfall__lt=OuterRef("forfall")) | Q(forfall=OuterRef("forfall"), pk__lt=OuterRef("pk")), sak=OuterRef("sak")
    )
    deler: list[QuerySet[Any]] = []
    for kontor, tilstand in product(steder, tilstander):
        i_kontoret = over.filter(i_kontorene(konto, (kontor,), "sak__"), ~Exists(eldre), sak__tilstand=tilstand)
        sene = _ledet(i_kontoret, "sak", i_dag, **leder)
        if etter:
            sene = sene.filter(Q(forfall__gt=dag) | Q(sak__gt=etter), forfall__gte=dag)
        deler.append(sene.order_by("forfall", "sak_id").values_list("forfall", "sak_id")[: SIDE + 1])
    return _samlet(deler)


SIDER, SENE = Forberedt(_sider), Forberedt(_sene)
REGLER = {"referat": frister.REFERAT.kode, "gjennomgang": frister.AARLIG_GJENNOMGANG.kode}


def _plukk(plass: Plass, utvalg: Utvalg, etter: Merke | None, i_dag: date) -> list[tuple[date, UUID]]:
    """The best of what the offices and states give."""
    if not plass.kontorer:
        return []
    felles: dict[str, Any] = {
        "konto": plass.konto,
        "steder": plass.kontorer,
        "tilstander": (utvalg.tilstand,) if utvalg.tilstand else tuple(Sak.Tilstand.values),
        "dag": etter.dag if etter else None,
        "etter": etter.sak_id if etter else None,
        "i_dag": i_dag,
        "koordinator": utvalg.koordinator,
        "enhet": utvalg.enhet,
    }
    regel = REGLER.get(utvalg.mangler)
    ingen = utvalg.mangler == "koordinator"
    alle = SENE.rader(regel=regel, **felles) if regel else SIDER.rader(ingen=ingen, **felles)
    rader = ((dag, noekkel) for dag, noekkel in alle)
    return sorted(rader, key=lambda rad: (rad[0], rad[1].int), reverse=not regel)[: SIDE + 1]


KOLONNER = (
    "id",
    "nummer",
    "person__fornavn",
    "person__etternavn",
    "person__foedselsdato",
    "vernenivaa",
    "tilstand",
    "aapnet_dato",
    "avsluttet_dato",
    "leder",
    "gruppe__opprettet_dato",
    "neste_moete",
    "gjennomgang",
)


# One lookup for each case, and no join that reads every coordinator of the municipality.
LEDER = Func(
    "konto__navn",
    "konto__telefon",
    "enhet__navn",
    Cast("fra_dato", TextField()),
    template="ARRAY[%(expressions)s]::text[]",
    output_field=ArrayField(TextField(null=True)),
)


def _lest(noekler: Sequence[UUID], i_dag: date, midnatt: datetime) -> QuerySet[Any]:
    moeter = Moete.objects.filter(gruppe__sak=OuterRef("pk"), start_tid__gte=midnatt).exclude(
        tilstand=Moete.Tilstand.AVLYST
    )
    aapne = Frist.objects.aapne().filter(sak=OuterRef("pk")).order_by().values("sak")
    # Who coordinates it today, or else who is the first to: the database keeps it to one at a time (L3).
    ledere = Deltakelse.objects.ikke_slutt(i_dag).koordinatorer().filter(sak=OuterRef("pk")).order_by("fra_dato")
    return (
        Sak.objects.filter(pk__in=noekler)
        .annotate(
            leder=Subquery(ledere.values(om=LEDER)[:1]),
            neste_moete=Subquery(moeter.order_by().values("gruppe__sak").values(tid=Min("start_tid"))),
            gjennomgang=Subquery(aapne.values(dag=Min("forfall", filter=Q(regel=frister.AARLIG_GJENNOMGANG.kode)))),
        )
        .values_list(*KOLONNER)
    )


LEST = Forberedt(_lest)


def les_rader(noekler: Iterable[UUID], i_dag: date) -> dict[UUID, Registerrad]:
    """What the lists show of just these cases, in one query."""
    midnatt = datetime.combine(i_dag, time(), tzinfo=OSLO)
    rader = LEST.rader(noekler=Mengde(noekler), i_dag=i_dag, midnatt=midnatt)
    return {rad[0]: _rad(i_dag, *rad) for rad in rader}


def _rad(
    i_dag: date,
    sak_id: UUID,
    nummer: str,
    fornavn: str,
    etternavn: str,
    foedt: date,
    vernenivaa: int,
    tilstand: str,
    *resten: Any,
) -> Registerrad:
    aapnet, avsluttet, leder, gruppe, moete, gjennomgang = resten
    koordinator, telefon, enhet, fra = leder or ("", "", "", "")
    kommer = date.fromisoformat(fra) if fra and fra > i_dag.isoformat() else None
    return Registerrad(
        sak_id=sak_id,
        nummer=nummer,
        navn=kallenavn(fornavn, etternavn),
        foedselsdato=foedt,
        skjermet=vernenivaa >= Nivaa.FORTROLIG,
        tilstand=tilstand,
        aapnet=aapnet,
        avsluttet=avsluttet,
        koordinator=koordinator,
        koordinator_telefon="" if kommer else telefon,
        koordinator_fra=kommer,
        enhet="" if kommer else enhet or "",
        gruppe_opprettet=gruppe,
        neste_moete=moete,
        gjennomgang=gjennomgang,
    )


def side(plass: Plass, utvalg: Utvalg, etter: Merke | None, i_dag: date) -> Registerside:
    """One page of the offices' cases: two queries, as quick on page 1,000 as on page 1.

    The newest come first; of those that are late, the longest overdue.
    """
    plukket = _plukk(plass, utvalg, etter, i_dag)
    vises, mer = plukket[:SIDE], plukket[SIDE:]
    rader = les_rader([noekkel for _dag, noekkel in vises], i_dag)
    return Registerside(
        rader=[rader[noekkel] for _dag, noekkel in vises if noekkel in rader],
        neste=Merke(*vises[-1]) if mer else None,
    )
