"""Min dag: what waits, by when, and for whom — sets, not rows (sider.md no. 1, ytelse.md goal 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from koordinator.models import Forespoersel
from tok.kjerne.forberedt import Forberedt, Mengde
from tok.kjerne.lenker import lenke
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.bunker import ALT, HOEYST, Bunke, Merke, MinDagRad, Utsnitt
from tok.oversikt.sporringer.kontor import Plass, koordinator_i
from tok.sak.bidrag import fristregler
from tok.sak.models import Frist
from tok.sak.models.folk import kallenavn
from tok.sak.tilgang import Rett, kilder

VENTER_DAGER = 7
OVER, I_DAG, UKA, SENERE, VENTER = ANKERE = ("over", "i-dag", "uka", "senere", "venter")
EGEN, LEDER = "egen", "leder"
KONTORETS = Q(mottaker=Frist.Mottaker.TOK)
KOORDINATORS = Q(mottaker=Frist.Mottaker.KOORDINATOR)
SER_PAA = 300  # the nearest of the coordinators' that are looked at for cases without one, so that no walk grows

KOLONNER = (
    "id",
    "bunke",
    "som",
    "regel",
    "utgangspunkt",
    "forfall",
    "objekt_id",
    "mottaker",
    "sak_id",
    "sak__nummer",
    "sak__person__fornavn",
    "sak__person__etternavn",
    "mottaker_konto__navn",
    "mottaker_konto__telefon",
    "koordinator__konto_id",
    "koordinator__konto__navn",
    "koordinator__konto__telefon",
    "foreslaatt",
)


class Fristrad(NamedTuple):
    """A deadline as it is read, in the order of KOLONNER."""

    id: UUID
    bunke: str
    som: str
    regel: str
    utgangspunkt: date
    forfall: date
    objekt_id: UUID
    mottaker: str
    sak_id: UUID
    saksnummer: str
    fornavn: str
    etternavn: str
    mottaker_navn: str
    mottaker_telefon: str
    koordinator_id: UUID | None
    koordinator_navn: str
    koordinator_telefon: str
    foreslaatt: str | None


def _paa_kontoret(
    bunke: str, alle: QuerySet[Frist], frister: QuerySet[Frist], snart: date
) -> Iterator[QuerySet[Frist]]:
    """The office's own, and what it waits for; what others let pass their deadline comes back to the office."""
    if bunke == VENTER:
        yield frister.filter(~KONTORETS, ~KOORDINATORS | Q(koordinator__id__isnull=False))
    elif bunke == OVER:
        kommer_tilbake = [kode for kode, bidrag in fristregler.items() if bidrag.regel.til_kontoret_naar_over]
        yield frister.filter(KONTORETS | Q(regel__in=kommer_tilbake))
    else:
        koordinators = frister.filter(KOORDINATORS, forfall__lte=snart).order_by("forfall", "id").values("pk")
        yield alle.filter(
            pk__in=koordinators[:SER_PAA], koordinator__id__isnull=True
        )  # such a case is the office's own
        if any(bidrag.regel.mottaker == Frist.Mottaker.TOK for bidrag in fristregler.values()):
            yield frister.filter(KONTORETS)


def _frister(
    *,
    konto_id: UUID,
    kontorer: Sequence[UUID],
    ledede_saker: Sequence[UUID],
    er_leder: bool,
    bare: int | None,
    etter: Sequence[Any],
    i_dag: date,
    i_morgen: date,
    uke_slutt: date,
    snart: date,
) -> QuerySet[Any]:
    """For each pile its sources, each cut by itself: the nearest deadlines with all that is shown of them."""
    vinduer = (
        Q(forfall__lt=i_dag),
        Q(forfall=i_dag),
        Q(forfall__range=(i_morgen, uke_slutt)),
        Q(forfall__gt=uke_slutt),
        Q(forfall__range=(i_dag, snart)),
    )
    aapne = Frist.objects.aapne().annotate(koordinator=koordinator_i("sak__", i_dag))
    if etter:
        aapne = aapne.filter(Q(forfall__gt=etter[0]) | Q(id__gt=etter[1]), forfall__gte=etter[0])
    mine = KOORDINATORS & Q(sak__in=ledede_saker)
    leders = Q(pk__in=())
    if er_leder:
        konto = Konto(pk=konto_id)
        egne = kilder.egne(konto, Forespoersel.objects.venter(), Rett.SVARE_SOM_LEDER.roller, i_dag).values("pk")
        leders = Q(mottaker=Frist.Mottaker.LEDER, mottaker_konto=konto, objekt_id__in=egne)
    deler: list[QuerySet[Any]] = []
    for nr, (bunke, vindu) in enumerate(zip(ANKERE, vinduer, strict=True)):
        if bare not in (None, nr):
            continue
        frister = aapne.filter(vindu)
        kontorets = frister.filter(sak__kontor__in=kontorer).exclude(leders)
        if bunke == VENTER:
            deler += [_del(qs.exclude(mine), bunke, EGEN) for qs in _paa_kontoret(bunke, aapne, kontorets, snart)]
            continue
        deler += [_del(qs, bunke, EGEN) for qs in _paa_kontoret(bunke, aapne, kontorets, snart)] if kontorer else []
        deler += [_del(frister.filter(mine), bunke, EGEN), _del(frister.filter(leders), bunke, LEDER)]
    return deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]


def _del(qs: QuerySet[Frist], bunke: str, som: str) -> QuerySet[Any]:
    tekst = CharField()
    foreslaatt = Forespoersel.objects.filter(pk=OuterRef("objekt_id")).values("foreslaatt__navn")
    merket = qs.annotate(
        bunke=Value(bunke, output_field=tekst),
        som=Value(som, output_field=tekst),
        foreslaatt=Subquery(foreslaatt) if som == LEDER else Value("", output_field=tekst),
    )
    return merket.order_by("forfall", "id").values_list(*KOLONNER)[:HOEYST]


FRISTER = Forberedt(_frister)


def _kontakt(rad: Fristrad, konto: Konto) -> tuple[str, str]:
    """Whom to ring about it: the one who should have done it, never oneself."""
    if rad.mottaker == Frist.Mottaker.LEDER:
        return _("leder %(navn)s") % {"navn": rad.mottaker_navn}, rad.mottaker_telefon
    if rad.koordinator_id in (None, konto.pk):
        return "", ""
    return _("koordinator %(navn)s") % {"navn": rad.koordinator_navn}, rad.koordinator_telefon


def _rad(rad: Fristrad, konto: Konto) -> MinDagRad:
    bidrag = fristregler[rad.regel]
    tekst = bidrag.tekst(rad.utgangspunkt, rad.objekt_id, rad.sak_id)
    kontakt, telefon = _kontakt(rad, konto)
    return MinDagRad(
        frist=rad.forfall,
        setning=tekst.setning,
        hvem=kallenavn(rad.fornavn, rad.etternavn),
        url=tekst.url,
        handling=tekst.knapp,
        saksnummer=rad.saksnummer,
        sak_url=lenke("oversikt:sak", rad.sak_id),
        kontakt=kontakt,
        telefon=telefon,
        lovfrist=bidrag.regel.lovfestet,
        sak_id=rad.sak_id,
    )


def _lederrad(rad: Fristrad) -> MinDagRad:
    """A leader sees the employee and the date, and nothing of the person (R110)."""
    bidrag = fristregler[rad.regel]
    egen_side = bidrag.mottakers_url
    return MinDagRad(
        frist=rad.forfall,
        setning=_("Du er spurt om en av dine ansatte kan være koordinator."),
        hvem=rad.foreslaatt or "",
        url=egen_side(rad.objekt_id) if egen_side else bidrag.tekst(rad.utgangspunkt, rad.objekt_id, rad.sak_id).url,
        handling=_("Svar"),
    )


def frister(konto: Konto, plass: Plass, i_dag: date, utsnitt: Utsnitt = ALT) -> list[Bunke]:
    """The open deadlines of the account in piles by date; one query, or none when another pile is asked for."""
    if not utsnitt.tar(*ANKERE):
        return []
    uke_slutt = i_dag + timedelta(days=6 - i_dag.weekday())
    funnet: dict[str, dict[UUID, Fristrad]] = {anker: {} for anker in ANKERE}
    for verdier in FRISTER.rader(
        konto_id=konto.pk,
        kontorer=Mengde(plass.kontorer),
        ledede_saker=Mengde(plass.ledede_saker),
        er_leder=plass.er_leder,
        bare=ANKERE.index(utsnitt.bare) if utsnitt.bare else None,
        etter=utsnitt.fra,
        i_dag=i_dag,
        i_morgen=i_dag + timedelta(days=1),
        uke_slutt=uke_slutt,
        snart=i_dag + timedelta(days=VENTER_DAGER),
    ):
        rad = Fristrad(*verdier)
        funnet[rad.bunke][rad.id] = rad  # what is found twice is one deadline
    navn = (_("Over fristen"), _("I dag"), _("Denne uka"), _("Senere"), _("Venter på andre"))
    return [
        Bunke(overskrift, anker).fyll(
            utsnitt,
            sorted(funnet[anker].values(), key=lambda rad: (rad.forfall, rad.id.int))[:HOEYST],
            lambda rad: _lederrad(rad) if rad.som == LEDER else _rad(rad, konto),
            lambda rad: Merke(rad.forfall, rad.id),
        )
        for overskrift, anker in zip(navn, ANKERE, strict=True)
        if utsnitt.tar(anker)
    ]
