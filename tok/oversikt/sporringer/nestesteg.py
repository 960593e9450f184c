"""What the office itself must do for a case to go on, where no deadline says so (R29–R30, R109–R113)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast, Greatest, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from ansvarsgruppe.models import Ansvarsgruppe
from koordinator.models import Forespoersel, Oppnevning
from tok.kjerne.klokke import OSLO
from tok.oversikt.sporringer.kontor import Plass
from tok.oversikt.sporringer.mindag import HOEYST, Bunke, MinDagRad
from tok.sak.models import Ansettelse, Deltakelse, Sak
from tok.sak.models.folk import kallenavn


class Nestesteg(StrEnum):
    """What the office does next."""

    SPOER = "spoer"
    SPOER_ANNEN = "spoer_annen"
    SPOER_PAA_NYTT = "spoer_paa_nytt"
    OPPNEVN = "oppnevn"
    OPPRETT_GRUPPE = "opprett_gruppe"


OENSKER_KOORDINATOR = Q(oensker_koordinator=True) | Q(oensker_gruppe=True) | Q(oensker_plan=True)


def _ferdig(qs: QuerySet[Any], hva: Nestesteg, siden: Any, objekt: Any, navn: Any, sak: str = "sak__") -> QuerySet[Any]:
    """One part: what to do, since when, the row it is done with, whom it is about, and the case; the oldest first."""
    return (
        qs.annotate(
            hva=Value(hva.value, output_field=CharField()),
            siden=siden,
            objekt=Cast(objekt, UUIDField()),
            hvem=Cast(navn, CharField()),
        )
        .order_by("siden", "objekt")
        .values_list(
            "hva",
            "siden",
            "objekt",
            "hvem",
            f"{sak}id",
            f"{sak}nummer",
            f"{sak}person__fornavn",
            f"{sak}person__etternavn",
        )[:HOEYST]
    )


def _uten_koordinator(kontorer: tuple[UUID, ...], i_dag: date) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Cases that nobody coordinates now or later, and no leader is asked: never asked, or the last answer was no."""
    koordinator = Deltakelse.objects.koordinatorer().filter(sak=OuterRef("pk"))
    spurt = Forespoersel.objects.filter(sak=OuterRef("pk")).exclude(tilstand=Forespoersel.Tilstand.TRUKKET)
    siste = spurt.order_by("-sendt_tid", "-pk")
    brukt = Exists(Oppnevning.objects.filter(forespoersel=OuterRef("pk")))
    venter = spurt.filter(
        Q(tilstand=Forespoersel.Tilstand.SENDT) | (Q(tilstand=Forespoersel.Tilstand.GODKJENT) & ~brukt)
    )
    saker = Sak.objects.aapne().filter(~Exists(koordinator.ikke_slutt(i_dag)), ~Exists(venter), kontor__in=kontorer)
    saker = saker.annotate(
        siste_tilstand=Subquery(siste.values("tilstand")[:1]),
        svart=TruncDate(Subquery(siste.values("svart_tid")[:1]), tzinfo=OSLO),
        sluttet=Subquery(koordinator.order_by().values("sak").annotate(siste=Max("til_dato")).values("siste")),
    )
    nei = Q(siste_tilstand=Forespoersel.Tilstand.AVSLAATT)
    ingen = Value("", output_field=CharField())
    return (
        _ferdig(saker.filter(nei), Nestesteg.SPOER_ANNEN, F("svart"), F("pk"), ingen, ""),
        _ferdig(
            saker.filter(OENSKER_KOORDINATOR).exclude(nei & Q(siste_tilstand__isnull=False)),
            Nestesteg.SPOER,
            Greatest("aapnet_dato", "sluttet", output_field=DateField()),
            F("pk"),
            ingen,
            "",
        ),
    )


def _spurt(kontorer: tuple[UUID, ...], i_dag: date) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """A yes nobody is appointed by, and a question whose leader does not lead that unit any more."""
    aapne = Forespoersel.objects.filter(sak__kontor__in=kontorer, sak__tilstand=Sak.Tilstand.AAPEN)
    leder = Ansettelse.objects.gjeldende(i_dag).som("leder").filter(konto=OuterRef("leder"), enhet=OuterRef("enhet"))
    return (
        _ferdig(
            aapne.kan_brukes(),
            Nestesteg.OPPNEVN,
            TruncDate("svart_tid", tzinfo=OSLO),
            F("pk"),
            F("godkjent_konto__navn"),
        ),
        _ferdig(
            aapne.venter().filter(~Exists(leder)),
            Nestesteg.SPOER_PAA_NYTT,
            TruncDate("sendt_tid", tzinfo=OSLO),
            F("pk"),
            F("leder__navn"),
        ),
    )


def _uten_gruppe(kontorer: tuple[UUID, ...], i_dag: date) -> QuerySet[Any]:
    """Cases with a coordinator where a group is wished for and not opened (R1, R30)."""
    deltakelser = Deltakelse.objects.gjeldende(i_dag).koordinatorer()
    mangler = deltakelser.filter(
        ~Exists(Ansvarsgruppe.objects.filter(sak=OuterRef("sak"))),
        sak__kontor__in=kontorer,
        sak__tilstand=Sak.Tilstand.AAPEN,
        sak__oensker_gruppe=True,
    )
    return _ferdig(mangler, Nestesteg.OPPRETT_GRUPPE, F("fra_dato"), F("sak_id"), F("konto__navn"))


def _setning(hva: str, navn: str, noekkel: UUID) -> tuple[str, str, str]:
    """The sentence, where it is done, and the verb on the link."""
    match hva:
        case Nestesteg.OPPNEVN:
            setning = _("Oppnevn %(navn)s som koordinator") % {"navn": navn}
            return setning, reverse("koordinator:oppnevn", args=[noekkel]), _("Oppnevn")
        case Nestesteg.SPOER_ANNEN:
            return _("Leder svarte nei. Spør en annen"), reverse("koordinator:spoer", args=[noekkel]), _("Spør")
        case Nestesteg.SPOER_PAA_NYTT:
            setning = _("%(navn)s er ikke leder for enheten lenger. Trekk forespørselen, og spør på nytt")
            return (
                setning % {"navn": navn},
                reverse("koordinator:forespoersel", args=[noekkel]),
                _("Åpne forespørselen"),
            )
        case Nestesteg.OPPRETT_GRUPPE:
            url = reverse("ansvarsgruppe:opprett_gruppe", args=[noekkel])
            return _("Opprett ansvarsgruppa"), url, _("Opprett")
    return _("Spør leder om koordinator"), reverse("koordinator:spoer", args=[noekkel]), _("Spør")


def neste_steg(plass: Plass, i_dag: date) -> Bunke:
    """The office's own next steps, those that have waited longest first; one query."""
    bunke = Bunke(_("Neste steg i sakene"), "neste-steg")
    foerste, *resten = [
        *_uten_koordinator(plass.kontorer, i_dag),
        *_spurt(plass.kontorer, i_dag),
        _uten_gruppe(plass.kontorer, i_dag),
    ]
    for hva, siden, noekkel, navn, sak_id, nummer, fornavn, etternavn in sorted(
        foerste.union(*resten, all=True), key=lambda rad: (rad[1], rad[5])
    ):
        setning, url, handling = _setning(hva, navn, noekkel)
        bunke.ta(
            MinDagRad(
                frist=None,
                setning=setning,
                hvem=kallenavn(fornavn, etternavn),
                url=url,
                handling=handling,
                siden=siden,
                saksnummer=nummer,
                sak_url=reverse("oversikt:sak", args=[sak_id]),
                sak_id=sak_id,
            )
        )
    return bunke
