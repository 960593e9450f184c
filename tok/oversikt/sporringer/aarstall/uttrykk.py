"""What stands behind the columns of the yearly register: expressions over Sak as it was on the day (L24)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ansvarsgruppe import frister
from ansvarsgruppe.models import Moete, Referat
from koordinator.models import Oppnevning
from tok.oversikt.sporringer.aarstall.aar import Aar
from tok.oversikt.sporringer.celler import Lokaldato, midnatt
from tok.sak.models import Ansettelse, Deltakelse, Enhet, Frist, Hendelse, Nivaa, Samtykke

MOETT = (Moete.Tilstand.INNKALT, Moete.Tilstand.HOLDT)


def antall(rader: QuerySet[Any], sti: str) -> Coalesce:
    """How many of the rows hang on the case; 0 when there are none."""
    telt = rader.order_by().values(sti).annotate(antall=Count("pk")).values("antall")
    return Coalesce(Subquery(telt, output_field=IntegerField()), 0)


def skjermet(uttrykk: Combinable | str) -> Case:
    """Coordinator and unit tell where somebody is, so they are held back where anyone is protected (N11)."""
    aapen = Q(vernenivaa__lt=Nivaa.FORTROLIG)
    return Case(When(aapen, then=uttrykk), default=Value(_("skjermet")), output_field=CharField())


def ord_for(felt: str, valg: Iterable[tuple[str, Any]]) -> Case:
    """The words of a field with choices, as people read them."""
    return Case(*(When(**{felt: kode}, then=Value(str(ord_))) for kode, ord_ in valg), output_field=CharField())


def sektorer(per: date) -> Func:
    """The sectors of the services that took part on the day, in order, with commas."""
    deltar = Deltakelse.objects.gjeldende(per).filter(sak=OuterRef("pk"), enhet__isnull=False)
    navn = deltar.annotate(sektor=ord_for("enhet__sektor", Enhet.Sektor.choices)).order_by("sektor").values("sektor")
    return Func(ArraySubquery(navn.distinct()), Value(", "), function="array_to_string", output_field=CharField())


def enhet(per: date) -> Coalesce:
    """The unit written on the participation, or else where the coordinator worked on the day."""
    arbeid = Ansettelse.objects.gjeldende(per).filter(konto=OuterRef("koordinator__konto")).order_by("fra_dato", "id")
    return Coalesce("koordinator__enhet__navn", Subquery(arbeid.values("enhet__navn")[:1]))


def begynner_senere(aar: Aar) -> Subquery:
    """The first day of one who was appointed by the day and had not begun; what is called off later changes nothing."""
    avlyst = Hendelse.objects.filter(
        sak=OuterRef("sak"), objekt_id=OuterRef("pk"), handling="koordinator.avslutt_oppnevning", tid__lt=aar.slutt
    )
    uten_dager = Q(deltakelse__til_dato=F("deltakelse__fra_dato"))
    kommer = Oppnevning.objects.filter(
        sak=OuterRef("pk"), oppnevnt_dato__lte=aar.per, deltakelse__fra_dato__gt=aar.per
    ).exclude(uten_dager & Exists(avlyst))
    return Subquery(kommer.order_by("deltakelse__fra_dato").values("deltakelse__fra_dato")[:1])


def moeter(aar: Aar) -> QuerySet[Moete]:
    """The year's meetings that were called for, without those called off."""
    return Moete.objects.filter(gruppe__sak=OuterRef("pk"), tilstand__in=MOETT, **aar.moete_tid)


def referater(aar: Aar) -> QuerySet[Referat]:
    """The minutes finished in the year; corrected ones count once."""
    return Referat.objects.filter(
        moete__gruppe__sak=OuterRef("pk"),
        versjon=1,
        ferdig_tid__gte=midnatt(aar.foerste),
        ferdig_tid__lt=aar.slutt,
    )


def referater_i_tide(aar: Aar) -> QuerySet[Referat]:
    """Those of them that met their deadline (R87)."""
    i_tide = Frist.objects.filter(
        sak=OuterRef(OuterRef("pk")), regel=frister.REFERAT.kode, objekt_id=OuterRef("moete_id"), ble_for_sen=False
    )
    return referater(aar).filter(Exists(i_tide))


def gjennomgang(aar: Aar) -> Subquery:
    """The day of the year's last review (R36)."""
    holdt = moeter(aar).filter(er_aarlig_gjennomgang=True)
    siste = holdt.order_by().values("gruppe__sak").annotate(siste=Max("start_tid")).values(dag=Lokaldato("siste"))
    return Subquery(siste, output_field=DateField())


def samtykke(aar: Aar) -> Subquery:
    """What was known and valid on the day: later withdrawals and later registrations change nothing."""
    gjaldt = Samtykke.objects.filter(
        Q(trukket_tid__isnull=True) | Q(trukket_tid__gte=aar.slutt),
        sak=OuterRef("pk"),
        gyldig_fra__lte=aar.per,
        gyldig_tom__gte=aar.per,
        registrert_tid__lt=aar.slutt,
    )
    return Subquery(gjaldt.order_by().values("sak").annotate(til=Max("gyldig_tom")).values("til"))
