"""What the office itself must do where no deadline says so: new requests, next steps (R29–R30, R109–R113, R231)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tok.kjerne import datotekst
from tok.kjerne.forberedt import Forberedt
from tok.kjerne.lenker import lenke
from tok.oversikt.models import NESTE_STEG as STEGENE
from tok.oversikt.models import Ventende
from tok.oversikt.sporringer.bunker import ALT, HOEYST, Bunke, Merke, MinDagRad, Utsnitt, etter_merket, kortet
from tok.oversikt.sporringer.kontor import Plass, henvendelser_i, ventende_i
from tok.sak.models import Henvendelse
from tok.sak.models.folk import kallenavn

NYE, NESTE_STEG = ANKERE = ("nye", "neste-steg")
NY = "ny"
KOM_INN = {
    Henvendelse.Kanal.TELEFON: gettext_lazy("Henvendelse kom inn %(dato)s på telefon"),
    Henvendelse.Kanal.AAPENT_KONTOR: gettext_lazy("Henvendelse kom inn %(dato)s på åpent kontor"),
    Henvendelse.Kanal.BREV: gettext_lazy("Henvendelse kom inn %(dato)s i brev"),
    Henvendelse.Kanal.KOLLEGA: gettext_lazy("Henvendelse kom inn %(dato)s fra en kollega"),
}
INGEN = Value("", output_field=CharField())


class Stegrad(NamedTuple):
    """What to do, since when, the row it is done with, whom it is about and by what, the case, and how many wait."""

    hva: str
    siden: date
    objekt: UUID
    hvem: str
    telefon: str
    sak_id: UUID | None
    nummer: str
    fornavn: str
    etternavn: str
    antall: int


def _nye(konto: UUID, kontor: UUID, etter: Sequence[Any], kort: bool) -> QuerySet[Any]:
    """Requests nobody has taken yet, by their own index (R231, R233)."""
    nye = Henvendelse.objects.filter(henvendelser_i(konto, [kontor]), tilstand=Henvendelse.Tilstand.NY)
    merket = etter_merket(nye, etter, "mottatt_dato", "id").annotate(
        hva=Value(NY, output_field=CharField()),
        sak_=Cast(Value(None), UUIDField()),
        nummer=INGEN,
    )
    return kortet(
        merket.order_by("mottatt_dato", "id"),
        kort,
        "hva",
        "mottatt_dato",
        "id",
        "kanal",
        "avsender_telefon",
        "sak_",
        "nummer",
        "person__fornavn",
        "person__etternavn",
    )


def _neste_steg(konto: UUID, kontor: UUID, i_dag: date, etter: Sequence[Any], kort: bool) -> QuerySet[Any]:
    """The cases that wait for the office, as the database keeps them (R1, R29-R30, R109-R113)."""
    steg = ventende_i(konto, [kontor], i_dag).filter(hva__in=STEGENE)
    merket = etter_merket(steg, etter, "siden", "objekt_id").annotate(
        navn=Coalesce("hvem__navn", INGEN, output_field=CharField()), telefon=INGEN
    )
    return kortet(
        merket.order_by("siden", "objekt_id"),
        kort,
        "hva",
        "siden",
        "objekt_id",
        "navn",
        "telefon",
        "sak_id",
        "sak__nummer",
        "sak__person__fornavn",
        "sak__person__etternavn",
    )


def _kontorets(
    konto: UUID, kontorer: Sequence[UUID], i_dag: date, *, nye: bool, neste: bool, etter: Sequence[Any]
) -> QuerySet[Any]:
    kort = nye and neste and len(kontorer) == 1
    deler = [_nye(konto, kontor, etter, kort) for kontor in kontorer] if nye else []
    deler += [_neste_steg(konto, kontor, i_dag, etter, kort) for kontor in kontorer] if neste else []
    return deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]


KONTORETS = Forberedt(_kontorets)


def _setning(rad: Stegrad) -> tuple[str, str, str]:
    """The sentence, where it is done, and the verb on the link."""
    match rad.hva:
        case Ventende.Hva.OPPNEVN:
            setning = _("Oppnevn %(navn)s som koordinator") % {"navn": rad.hvem}
            return setning, lenke("koordinator:oppnevn", rad.objekt), _("Oppnevn")
        case Ventende.Hva.SPOER_ANNEN:
            return _("Leder svarte nei. Spør en annen"), lenke("koordinator:spoer", rad.objekt), _("Spør")
        case Ventende.Hva.SPOER_PAA_NYTT:
            setning = _("%(navn)s er ikke leder for enheten lenger. Trekk forespørselen, og spør på nytt")
            return (
                setning % {"navn": rad.hvem},
                lenke("koordinator:forespoersel", rad.objekt),
                _("Åpne forespørselen"),
            )
        case Ventende.Hva.OPPRETT_GRUPPE:
            url = lenke("ansvarsgruppe:opprett_gruppe", rad.objekt)
            return _("Opprett ansvarsgruppa"), url, _("Opprett")
    return _("Spør leder om koordinator"), lenke("koordinator:spoer", rad.objekt), _("Spør")


def _ny_setning(rad: Stegrad) -> tuple[str, str, str]:
    setning = KOM_INN[Henvendelse.Kanal(rad.hvem)] % {"dato": datotekst.dag_og_maaned(rad.siden)}
    return setning, lenke("sak:henvendelse", rad.objekt), _("Ta henvendelsen")


def _rad(rad: Stegrad) -> MinDagRad:
    setning, url, handling = _ny_setning(rad) if rad.hva == NY else _setning(rad)
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
        konto=plass.konto,
        kontorer=plass.kontorer,
        i_dag=i_dag,
        nye=utsnitt.tar(NYE),
        neste=utsnitt.tar(NESTE_STEG),
        etter=utsnitt.fra,
    ):
        rad = Stegrad(*verdier)
        funnet[NYE if rad.hva == NY else NESTE_STEG].append(rad)
    return [
        Bunke(navn, anker).fyll(
            utsnitt,
            sorted(funnet[anker], key=lambda rad: (rad.siden, rad.objekt.int))[:HOEYST],
            _rad,
            lambda rad: Merke(rad.siden, rad.objekt),
            antall=max((rad.antall for rad in funnet[anker]), default=0),
        )
        for navn, anker in zip((_("Nye henvendelser"), _("Neste steg i sakene")), ANKERE, strict=True)
        if utsnitt.tar(anker)
    ]
