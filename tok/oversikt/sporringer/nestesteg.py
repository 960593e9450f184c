"""What the office itself must do where no deadline says so: new requests, next steps (R29–R30, R109–R113, R231)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansvarsgruppe.models import Ansvarsgruppe
from koordinator.models import Forespoersel, Oppnevning
from tok.kjerne import datotekst
from tok.kjerne.forberedt import Forberedt, Mengde
from tok.kjerne.klokke import OSLO
from tok.kjerne.lenker import lenke
from tok.oversikt.sporringer.bunker import ALT, HOEYST, Bunke, Merke, MinDagRad, Utsnitt
from tok.oversikt.sporringer.kontor import Plass
from tok.sak.models import Ansettelse, Deltakelse, Henvendelse, Sak
from tok.sak.models.folk import kallenavn

NYE, NESTE_STEG = ANKERE = ("nye", "neste-steg")
KOM_INN = {
    Henvendelse.Kanal.TELEFON: gettext_lazy("Henvendelse kom inn %(dato)s på telefon"),
    Henvendelse.Kanal.AAPENT_KONTOR: gettext_lazy("Henvendelse kom inn %(dato)s på åpent kontor"),
    Henvendelse.Kanal.BREV: gettext_lazy("Henvendelse kom inn %(dato)s i brev"),
    Henvendelse.Kanal.KOLLEGA: gettext_lazy("Henvendelse kom inn %(dato)s fra en kollega"),
}


class Nestesteg(StrEnum):
    """What the office does next."""

    NY = "ny"
    SPOER = "spoer"
    SPOER_ANNEN = "spoer_annen"
    SPOER_PAA_NYTT = "spoer_paa_nytt"
    OPPNEVN = "oppnevn"
    OPPRETT_GRUPPE = "opprett_gruppe"


SER_PAA = 2 * HOEYST  # the oldest cases that are looked at; the order within is by what they wait for
OENSKER_KOORDINATOR = Q(oensker_koordinator=True) | Q(oensker_gruppe=True) | Q(oensker_plan=True)
INGEN = Value("", output_field=CharField())


class Stegrad(NamedTuple):
    """What to do, since when, the row it is done with, whom it is about and by what, and the case."""

    hva: str
    siden: date
    objekt: UUID
    hvem: str
    telefon: str
    sak_id: UUID | None
    nummer: str
    fornavn: str
    etternavn: str


def _ferdig(
    qs: QuerySet[Any], etter: Sequence[Any], *, hva: Any, siden: Any, objekt: Any, hvem: Any = INGEN, sak: str = "sak__"
) -> QuerySet[Any]:
    """One part, in the order of Stegrad; the oldest first."""
    merket = qs.annotate(
        hva=Value(hva.value, output_field=CharField()) if isinstance(hva, Nestesteg) else hva,
        siden=siden,
        objekt=Cast(objekt, UUIDField()),
        hvem=Cast(hvem, CharField()),
        telefon=INGEN,
    )
    if etter:
        merket = merket.filter(Q(siden__gt=etter[0]) | Q(siden=etter[0], objekt__gt=etter[1]))
    return merket.order_by("siden", "objekt").values_list(
        "hva",
        "siden",
        "objekt",
        "hvem",
        "telefon",
        f"{sak}id",
        f"{sak}nummer",
        f"{sak}person__fornavn",
        f"{sak}person__etternavn",
    )[:HOEYST]


def _nye(kontorer: Sequence[UUID], etter: Sequence[Any]) -> QuerySet[Any]:
    """Requests nobody has taken yet, by their own index (R231, R233)."""
    nye = Henvendelse.objects.filter(kontor__in=kontorer, tilstand=Henvendelse.Tilstand.NY)
    if etter:
        nye = nye.filter(Q(mottatt_dato__gt=etter[0]) | Q(id__gt=etter[1]), mottatt_dato__gte=etter[0])
    merket = nye.annotate(
        hva=Value(Nestesteg.NY.value, output_field=CharField()),
        sak_=Cast(Value(None), UUIDField()),
        nummer=INGEN,
    )
    return merket.order_by("mottatt_dato", "id").values_list(
        "hva",
        "mottatt_dato",
        "id",
        "kanal",
        "avsender_telefon",
        "sak_",
        "nummer",
        "person__fornavn",
        "person__etternavn",
    )[:HOEYST]


KOORDINATOR = Deltakelse.objects.koordinatorer().filter(sak=OuterRef("pk"))
SPURT = Forespoersel.objects.filter(sak=OuterRef("pk")).exclude(tilstand=Forespoersel.Tilstand.TRUKKET)


def _skal_spoerres(kontorer: Sequence[UUID], i_dag: date) -> QuerySet[Any]:
    """The oldest cases, by their index, that nobody coordinates now or later, and no leader is asked about."""
    brukt = Exists(Oppnevning.objects.filter(forespoersel=OuterRef("pk")))
    venter = SPURT.filter(
        Q(tilstand=Forespoersel.Tilstand.SENDT) | (Q(tilstand=Forespoersel.Tilstand.GODKJENT) & ~brukt)
    )
    saker = Sak.objects.aapne().filter(~Exists(KOORDINATOR.ikke_slutt(i_dag)), ~Exists(venter), kontor__in=kontorer)
    saker = saker.filter(OENSKER_KOORDINATOR | Exists(SPURT.filter(tilstand=Forespoersel.Tilstand.AVSLAATT)))
    return saker.order_by("aapnet_dato", "id").values("pk")[:SER_PAA]


def _uten_koordinator(kontorer: Sequence[UUID], i_dag: date, etter: Sequence[Any]) -> QuerySet[Any]:
    """What just these cases wait for: never asked, or the last answer was no."""
    siste = SPURT.order_by("-sendt_tid", "-pk")
    saker = Sak.objects.filter(pk__in=_skal_spoerres(kontorer, i_dag)).annotate(
        siste_tilstand=Subquery(siste.values("tilstand")[:1])
    )
    sa_nei = Q(siste_tilstand=Forespoersel.Tilstand.AVSLAATT)
    svart = TruncDate(Subquery(siste.values("svart_tid")[:1]), tzinfo=OSLO)
    sluttet = Subquery(KOORDINATOR.order_by().values("sak").annotate(siste=Max("til_dato")).values("siste"))
    return _ferdig(
        saker.filter(OENSKER_KOORDINATOR | sa_nei),
        etter,
        hva=Case(
            When(sa_nei, then=Value(Nestesteg.SPOER_ANNEN.value)),
            default=Value(Nestesteg.SPOER.value),
            output_field=CharField(),
        ),
        siden=Case(When(sa_nei, then=svart), default=Greatest("aapnet_dato", sluttet), output_field=DateField()),
        objekt=F("pk"),
        sak="",
    )


def _spurt(kontorer: Sequence[UUID], i_dag: date, etter: Sequence[Any]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """A yes nobody is appointed by, and a question whose leader does not lead that unit any more."""
    aapne = Forespoersel.objects.filter(sak__kontor__in=kontorer, sak__tilstand=Sak.Tilstand.AAPEN)
    leder = Ansettelse.objects.gjeldende(i_dag).som("leder").filter(konto=OuterRef("leder"), enhet=OuterRef("enhet"))
    return (
        _ferdig(
            aapne.kan_brukes(),
            etter,
            hva=Nestesteg.OPPNEVN,
            siden=TruncDate("svart_tid", tzinfo=OSLO),
            objekt=F("pk"),
            hvem=F("godkjent_konto__navn"),
        ),
        _ferdig(
            aapne.venter().filter(~Exists(leder)),
            etter,
            hva=Nestesteg.SPOER_PAA_NYTT,
            siden=TruncDate("sendt_tid", tzinfo=OSLO),
            objekt=F("pk"),
            hvem=F("leder__navn"),
        ),
    )


def _uten_gruppe(kontorer: Sequence[UUID], i_dag: date, etter: Sequence[Any]) -> QuerySet[Any]:
    """Cases with a coordinator where a group is wished for and not opened (R1, R30)."""
    deltakelser = Deltakelse.objects.gjeldende(i_dag).koordinatorer()
    mangler = deltakelser.filter(
        ~Exists(Ansvarsgruppe.objects.filter(sak=OuterRef("sak"))),
        sak__kontor__in=kontorer,
        sak__tilstand=Sak.Tilstand.AAPEN,
        sak__oensker_gruppe=True,
    )
    return _ferdig(
        mangler,
        etter,
        hva=Nestesteg.OPPRETT_GRUPPE,
        siden=F("fra_dato"),
        objekt=F("sak_id"),
        hvem=F("konto__navn"),
    )


def _kontorets(kontorer: Sequence[UUID], i_dag: date, *, nye: bool, neste: bool, etter: Sequence[Any]) -> QuerySet[Any]:
    deler = [_nye(kontorer, etter)] if nye else []
    if neste:
        deler += [_uten_koordinator(kontorer, i_dag, etter), *_spurt(kontorer, i_dag, etter)]
        deler.append(_uten_gruppe(kontorer, i_dag, etter))
    return deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]


KONTORETS = Forberedt(_kontorets)


def _setning(rad: Stegrad) -> tuple[str, str, str]:
    """The sentence, where it is done, and the verb on the link."""
    match rad.hva:
        case Nestesteg.NY:
            setning = KOM_INN[Henvendelse.Kanal(rad.hvem)] % {"dato": datotekst.dag_og_maaned(rad.siden)}
            return setning, lenke("sak:henvendelse", rad.objekt), _("Ta henvendelsen")
        case Nestesteg.OPPNEVN:
            setning = _("Oppnevn %(navn)s som koordinator") % {"navn": rad.hvem}
            return setning, lenke("koordinator:oppnevn", rad.objekt), _("Oppnevn")
        case Nestesteg.SPOER_ANNEN:
            return _("Leder svarte nei. Spør en annen"), lenke("koordinator:spoer", rad.objekt), _("Spør")
        case Nestesteg.SPOER_PAA_NYTT:
            setning = _("%(navn)s er ikke leder for enheten lenger. Trekk forespørselen, og spør på nytt")
            return (
                setning % {"navn": rad.hvem},
                lenke("koordinator:forespoersel", rad.objekt),
                _("Åpne forespørselen"),
            )
        case Nestesteg.OPPRETT_GRUPPE:
            url = lenke("ansvarsgruppe:opprett_gruppe", rad.objekt)
            return _("Opprett ansvarsgruppa"), url, _("Opprett")
    return _("Spør leder om koordinator"), lenke("koordinator:spoer", rad.objekt), _("Spør")


def _rad(rad: Stegrad) -> MinDagRad:
    setning, url, handling = _setning(rad)
    return MinDagRad(
        frist=None,
        setning=setning,
        hvem=kallenavn(rad.fornavn, rad.etternavn),
        url=url,
        handling=handling,
        siden=rad.siden if rad.sak_id else None,
        saksnummer=rad.nummer,
        sak_url=lenke("oversikt:sak", rad.sak_id) if rad.sak_id else "",
        kontakt=_("den som henvendte seg") if rad.telefon else "",
        telefon=rad.telefon,
        sak_id=rad.sak_id,
    )


def kontorets(plass: Plass, i_dag: date, utsnitt: Utsnitt = ALT) -> list[Bunke]:
    """New requests and the office's own next steps, those that have waited longest first; one query."""
    if not utsnitt.tar(*ANKERE):
        return []
    funnet: dict[str, list[Stegrad]] = {anker: [] for anker in ANKERE}
    for verdier in KONTORETS.rader(
        kontorer=Mengde(plass.kontorer),
        i_dag=i_dag,
        nye=utsnitt.tar(NYE),
        neste=utsnitt.tar(NESTE_STEG),
        etter=utsnitt.fra,
    ):
        rad = Stegrad(*verdier)
        funnet[NYE if rad.hva == Nestesteg.NY else NESTE_STEG].append(rad)
    return [
        Bunke(navn, anker).fyll(
            utsnitt,
            sorted(funnet[anker], key=lambda rad: (rad.siden, rad.objekt.int))[:HOEYST],
            _rad,
            lambda rad: Merke(rad.siden, rad.objekt),
        )
        for navn, anker in zip((_("Nye henvendelser"), _("Neste steg i sakene")), ANKERE, strict=True)
        if utsnitt.tar(anker)
    ]
