"""How much an employee coordinates already, and which courses are taken (R110, R125–R128)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koordinator.models import Gjennomfoering, Kurs, timer_i_maaneden
from tok.kjerne.datotekst import dato
from tok.kjerne.fristregning import legg_til_maaneder
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse
from tok.sak.tilgang import sperrer


@dataclass(frozen=True)
class Kursstatus:
    """The courses that come before the first meeting: missing, due for a refresher, or in order since a date."""

    mangler: tuple[str, ...] = ()
    utloept: tuple[str, ...] = ()
    tatt_dato: date | None = None

    @property
    def er_i_orden(self) -> bool:
        return not self.mangler and not self.utloept

    @property
    def kort(self) -> str:
        """For lists: `kurs tatt`."""
        if self.mangler:
            return _("kurs mangler")
        return _("kurs bør friskes opp") if self.utloept else _("kurs tatt")

    @property
    def setning(self) -> str:
        """For the leader: what is taken when, and what is missing."""
        if self.mangler:
            return _("Har ikke tatt %(kurs)s. Det må tas før det første møtet.") % {"kurs": _anfoert(self.mangler)}
        if self.tatt_dato is None:
            return _("Ingen kurs kreves før det første møtet.")
        tatt = _("Kurset er tatt %(dato)s.") % {"dato": dato(self.tatt_dato)}
        return _("%(tatt)s Det bør friskes opp.") % {"tatt": tatt} if self.utloept else tatt


@dataclass(frozen=True)
class Belastning:
    """Cases coordinated on the date or appointed to from a later one, hours a month in all, and the training."""

    saker: int = 0
    timer: Decimal = Decimal(0)
    kurs: Kursstatus = Kursstatus()
    begynner_senere: int = 0

    @property
    def kort(self) -> str:
        """For lists: `1 sak, 2 timer i måneden, kurs tatt`."""
        return f"{self.omfang}, {self.kurs.kort}"

    @property
    def omfang(self) -> str:
        if not self.saker:
            return _("ingen saker nå")
        saker = ngettext("%(n)s sak", "%(n)s saker", self.saker) % {"n": self.saker}
        if self.begynner_senere:
            senere = ngettext("%(n)s begynner senere", "%(n)s begynner senere", self.begynner_senere)
            saker = f"{saker} ({senere % {'n': self.begynner_senere}})"
        return f"{saker}, {timer_i_maaneden(self.timer)}" if self.timer else saker

    @property
    def setning(self) -> str:
        """For the leader: `Koordinator i 1 sak, 2 timer i måneden.`"""
        if not self.saker:
            return _("Er ikke koordinator i noen sak nå.")
        return _("Koordinator i %(omfang)s.") % {"omfang": self.omfang}


def _kjente(ser: Konto | None) -> Q:
    """The cases counted for a reader: those open to it, and those a leader gave hours for (N11, N12)."""
    if ser is None:
        return Q()
    return sperrer.aapen_sak(ser, "sak__") | Q(oppnevning__forespoersel__leder=ser)


def hent_belastning(kontoer: Iterable[UUID], i_dag: date, ser: Konto | None = None) -> dict[UUID, Belastning]:
    """Load and training of all the accounts on the date, with three queries however many they are.

    `ser` is who reads the numbers: a case the reader may not know of is not among them, so that no count tells of it.
    """
    ider = set(kontoer)
    kurs = _kursstatus(ider, i_dag)
    leder = Deltakelse.objects.gjeldende(i_dag).koordinatorer().filter(sak=OuterRef("sak"), konto=OuterRef("konto"))
    rader = (
        Deltakelse.objects.ikke_slutt(i_dag)
        .koordinatorer()
        .filter(_kjente(ser), Q(fra_dato__lte=i_dag) | ~Exists(leder), konto__in=ider)
        .order_by()
        .values_list("konto")
        .annotate(
            saker=Count("pk"),
            timer=Sum("oppnevning__timer"),
            senere=Count("pk", filter=Q(fra_dato__gt=i_dag)),
        )
    )
    tall = {konto: (saker, timer or Decimal(0), senere) for konto, saker, timer, senere in rader}
    return {konto: _belastning(*tall.get(konto, (0, Decimal(0), 0)), kurs[konto]) for konto in ider}


def _belastning(saker: int, timer: Decimal, senere: int, kurs: Kursstatus) -> Belastning:
    return Belastning(saker=saker, timer=timer, kurs=kurs, begynner_senere=senere)


def _kursstatus(kontoer: set[UUID], i_dag: date) -> dict[UUID, Kursstatus]:
    alle = list(Kurs.objects.filter(kreves_foer_foerste_moete=True).order_by("navn"))
    siste: dict[UUID, dict[UUID, date]] = defaultdict(dict)
    rader = (
        Gjennomfoering.objects.filter(konto__in=kontoer, kurs__in=alle, dato__lte=i_dag)
        .order_by()
        .values_list("konto", "kurs")
        .annotate(dato=Max("dato"))
    )
    for konto, kurs, tatt in rader:
        siste[konto][kurs] = tatt
    return {konto: _status(alle, siste[konto], i_dag) for konto in kontoer}


def _status(alle: list[Kurs], tatt: dict[UUID, date], i_dag: date) -> Kursstatus:
    return Kursstatus(
        mangler=tuple(kurs.navn for kurs in alle if kurs.pk not in tatt),
        utloept=tuple(kurs.navn for kurs in alle if kurs.pk in tatt and _er_utloept(kurs, tatt[kurs.pk], i_dag)),
        tatt_dato=min(tatt.values(), default=None),
    )


def _er_utloept(kurs: Kurs, tatt: date, i_dag: date) -> bool:
    return kurs.varer_maaneder is not None and legg_til_maaneder(tatt, kurs.varer_maaneder) <= i_dag


def _anfoert(navn: tuple[str, ...]) -> str:
    return _(" og ").join(f"«{ett}»" for ett in navn)
