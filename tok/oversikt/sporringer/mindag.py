"""Min dag: what waits, by when, and for whom — sets, not rows (sider.md no. 1, ytelse.md goal 1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from koordinator.models import Forespoersel
from tok.kjerne.forberedt import Forberedt, Mengde
from tok.kjerne.lenker import lenke
from tok.kjerne.models import Konto
from tok.oversikt.models import Ventende
from tok.oversikt.sporringer.bunker import ALT, HOEYST, Bunke, Merke, MinDagRad, Utsnitt, etter_merket, kortet
from tok.oversikt.sporringer.kontor import Plass, i_kontorene, koordinator_i, ventende_i
from tok.sak.bidrag import fristregler
from tok.sak.models import Frist
from tok.sak.models.folk import kallenavn
from tok.sak.tilgang import Rett, kilder

VENTER_DAGER = 7
OVER, I_DAG, UKA, SENERE, VENTER = ANKERE = ("over", "i-dag", "uka", "senere", "venter")
EGEN, UTEN, LEDER = (
    "egen",
    "uten",
    "leder",
)  # the account's or the office's, in a case without a coordinator, a leader's
KONTORETS = Q(mottaker=Frist.Mottaker.TOK)
KOORDINATORS = Q(mottaker=Frist.Mottaker.KOORDINATOR)

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
    "antall",
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
    antall: int


def _vindu(bunke: str, felt: str, i_dag: date, i_morgen: date, uke_slutt: date, snart: date) -> Q:
    """The days of a pile."""
    return {
        OVER: Q(**{f"{felt}__lt": i_dag}),
        I_DAG: Q(**{felt: i_dag}),
        UKA: Q(**{f"{felt}__range": (i_morgen, uke_slutt)}),
        SENERE: Q(**{f"{felt}__gt": uke_slutt}),
        VENTER: Q(**{f"{felt}__range": (i_dag, snart)}),
    }[bunke]


def _frister(
    *,
    konto_id: UUID,
    kontorer: Sequence[UUID],
    ledede_saker: Sequence[UUID],
    er_leder: bool,
    nr: int | None,
    etter: Sequence[Any],
    **dager: date,
) -> QuerySet[Any]:
    """One's own deadlines, as few as one's cases, and for each pile the office's nearest, cut by itself."""
    i_dag, bare = dager["i_dag"], None if nr is None else ANKERE[nr]
    aapne = Frist.objects.aapne().annotate(koordinator=koordinator_i("sak__", i_dag))
    mine = KOORDINATORS & Q(sak__in=ledede_saker)
    leders = Q(pk__in=())
    if er_leder:
        konto = Konto(pk=konto_id)
        spurt = kilder.egne(konto, Forespoersel.objects.venter(), Rett.SVARE_SOM_LEDER.roller, i_dag).values("pk")
        leders = Q(mottaker=Frist.Mottaker.LEDER, mottaker_konto=konto, objekt_id__in=spurt)
    deler: list[QuerySet[Any]] = []
    if bare != VENTER:
        frister = etter_merket(aapne, etter, "forfall", "id")
        frister = frister.filter(_vindu(bare, "forfall", **dager)) if bare else frister
        egne = (_merket(frister.filter(mine), "", EGEN), _merket(frister.filter(leders), "", LEDER))
        deler += [qs.annotate(antall=Value(0)).values_list(*KOLONNER) for qs in egne]
    for bunke in (bare,) if bare else ANKERE:
        frister = etter_merket(aapne, etter, "forfall", "id").filter(_vindu(bunke, "forfall", **dager))
        frister = frister.filter(i_kontorene(konto_id, kontorer, "sak__")).exclude(leders).exclude(mine)
        har_egne = any(bidrag.regel.mottaker == Frist.Mottaker.TOK for bidrag in fristregler.values())
        kontorets = [_merket(frister.filter(KONTORETS), bunke, EGEN)] if har_egne else []
        if bunke == OVER:  # what others let pass their deadline comes back to the office
            kommer_tilbake = [kode for kode, bidrag in fristregler.items() if bidrag.regel.til_kontoret_naar_over]
            kontorets = [_merket(frister.filter(KONTORETS | Q(regel__in=kommer_tilbake)), bunke, EGEN)]
        elif bunke == VENTER:
            andres = frister.filter(~KONTORETS, ~KOORDINATORS | Q(koordinator__id__isnull=False))
            kontorets = [_merket(andres, bunke, EGEN)]
        else:  # a case without a coordinator is the office's own
            uten = ventende_i(konto_id, kontorer, i_dag).filter(hva=Ventende.Hva.FRIST)
            uten = etter_merket(uten, etter, "siden", "objekt_id").filter(_vindu(bunke, "siden", **dager))
            naermest = (
                uten.filter(siden__lte=dager["snart"]).exclude(sak__in=ledede_saker).order_by("siden", "objekt_id")
            )
            kontorets.append(_merket(aapne.filter(pk__in=naermest.values("objekt_id")[:HOEYST]), bunke, UTEN))
        deler += [kortet(qs, not bare, *KOLONNER[:-1]) for qs in kontorets]
    return deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]


def _merket(qs: QuerySet[Frist], bunke: str, som: str) -> QuerySet[Any]:
    tekst = CharField()
    foreslaatt = Forespoersel.objects.filter(pk=OuterRef("objekt_id")).values("foreslaatt__navn")
    return qs.annotate(
        bunke=Value(bunke, output_field=tekst),
        som=Value(som, output_field=tekst),
        foreslaatt=Subquery(foreslaatt) if som == LEDER else Value("", output_field=tekst),
    ).order_by("forfall", "id")


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


def _bunke(forfall: date, i_dag: date, uke_slutt: date) -> str:
    """Which pile one's own deadline belongs to."""
    if forfall <= i_dag:
        return OVER if forfall < i_dag else I_DAG
    return UKA if forfall <= uke_slutt else SENERE


def frister(konto: Konto, plass: Plass, i_dag: date, utsnitt: Utsnitt = ALT) -> list[Bunke]:
    """The open deadlines of the account in piles by date; one query, or none when another pile is asked for."""
    if not utsnitt.tar(*ANKERE):
        return []
    uke_slutt = i_dag + timedelta(days=6 - i_dag.weekday())
    funnet: dict[str, dict[UUID, Fristrad]] = {anker: {} for anker in ANKERE}
    flere: dict[str, dict[str, int]] = {anker: {} for anker in ANKERE}  # how many each source has, where few are read
    for verdier in FRISTER.rader(
        konto_id=konto.pk,
        kontorer=Mengde(plass.kontorer),
        ledede_saker=Mengde(plass.ledede_saker),
        er_leder=plass.er_leder,
        nr=ANKERE.index(utsnitt.bare) if utsnitt.bare else None,
        etter=utsnitt.fra,
        i_dag=i_dag,
        i_morgen=i_dag + timedelta(days=1),
        uke_slutt=uke_slutt,
        snart=i_dag + timedelta(days=VENTER_DAGER),
    ):
        rad = Fristrad(*verdier)
        bunke = rad.bunke or _bunke(rad.forfall, i_dag, uke_slutt)
        funnet[bunke][rad.id] = rad
        if rad.antall:
            flere[bunke][rad.som] = rad.antall
    navn = (_("Over fristen"), _("I dag"), _("Denne uka"), _("Senere"), _("Venter på andre"))
    return [
        Bunke(overskrift, anker).fyll(
            utsnitt,
            sorted(funnet[anker].values(), key=lambda rad: (rad.forfall, rad.id.int))[:HOEYST],
            lambda rad: _lederrad(rad) if rad.som == LEDER else _rad(rad, konto),
            lambda rad: Merke(rad.forfall, rad.id),
            antall=sum(flere[anker].values()) + sum(1 for rad in funnet[anker].values() if not rad.antall),
        )
        for overskrift, anker in zip(navn, ANKERE, strict=True)
        if utsnitt.tar(anker)
    ]
