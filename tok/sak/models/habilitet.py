"""What keeps an account away from a case it could reach, and the timed way in to one it could not (N10, N12, L28)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from tok.kjerne.historikk import sporet
from tok.kjerne.models import Datoperiode, Konto, UuidTabell
from tok.sak.models.folk import Person
from tok.sak.models.habilitetsql import UTLED
from tok.sak.models.saken import Sak
from tok.sak.models.vernsql import NYTT_NIVAA_AV_HABILITET
from tok.sak.querysets import Unntaksspoerringer, Virksomme


@sporet()
class Habilitet(UuidTabell):
    """A relation between an account and a person that bars every role and all reading but one's own (N12).

    Declared by the account itself, marked by the office, or derived by PostgreSQL from who represents whom.
    """

    class Relasjon(models.TextChoices):
        SELV = "selv", _("er personen selv")
        FORELDER = "forelder", _("er forelder til personen")
        BARN = "barn", _("er barn av personen")
        PARTNER = "partner", _("er eller har vært partner")
        SOESKEN = "soesken", _("er søsken")
        FELLES_BARN = "felles_barn", _("har barn sammen med personen")
        REPRESENTERER = "representerer", _("representerer personen")
        ANNEN = "annen", _("står personen nær på en annen måte")

    class Kilde(models.TextChoices):
        ERKLAERT = "erklaert", _("meldt av den det gjelder")
        MERKET = "merket", _("satt av kontoret")
        UTLEDET = "utledet", _("følger av det som er registrert")

    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="habiliteter")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="habiliteter")
    relasjon = models.CharField(_("relasjon"), max_length=14, choices=Relasjon)
    kilde = models.CharField(max_length=10, choices=Kilde)
    merknad = models.CharField(_("merknad"), max_length=255, blank=True)
    satt_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    satt_tid = models.DateTimeField()
    opphevet_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opphevet_tid = models.DateTimeField(null=True, blank=True)
    slutt_grunn = models.CharField(_("hvorfor gjelder det ikke lenger?"), max_length=255, blank=True)

    objects = Virksomme.as_manager()

    class Meta:
        verbose_name = _("inhabilitet")
        verbose_name_plural = _("inhabiliteter")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["konto", "person", "relasjon"],
                condition=Q(opphevet_tid__isnull=True),
                name="en_inhabilitet_per_relasjon",
            ),
            models.CheckConstraint(
                condition=Q(kilde="utledet") | Q(satt_av__isnull=False), name="inhabilitet_har_noen_som_satte_den"
            ),
            models.CheckConstraint(
                condition=Q(opphevet_av__isnull=True, opphevet_tid__isnull=True, slutt_grunn="")
                | Q(opphevet_av__isnull=False, opphevet_tid__isnull=False)
                & ~Q(slutt_grunn="")
                & ~Q(opphevet_av=F("konto")),
                name="ingen_opphever_sin_egen",
            ),
        ]
        triggers: ClassVar = [
            UTLED,
            NYTT_NIVAA_AV_HABILITET,
            pgtrigger.Protect(name="inhabilitet_slettes_ikke", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.id)


DAGER_UNNTAK = 7
GRUNN_KORTEST, GRUNN_LENGST = 10, 255


@sporet()
class Unntakstilgang(UuidTabell):
    """A timed way in to read one case, with a written reason; never to a protected address or past a conflict (N10)."""

    SAK_STI = "sak"
    EGEN_STI = "konto"

    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="unntak")
    konto_navn = models.CharField(max_length=150)
    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="unntak")
    grunn = models.CharField(_("hvorfor må du inn i saken?"), max_length=GRUNN_LENGST)
    leder = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    aapnet_tid = models.DateTimeField()
    fra_dato = models.DateField()
    til_dato = models.DateField()
    avsluttet_tid = models.DateTimeField(null=True, blank=True)

    objects = Unntaksspoerringer.as_manager()

    class Meta:
        verbose_name = _("unntakstilgang")
        verbose_name_plural = _("unntakstilganger")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(til_dato__gt=F("fra_dato"), til_dato__lte=F("fra_dato") + DAGER_UNNTAK),
                name="unntak_varer_hoeyst_sju_dager",
            ),
            models.CheckConstraint(
                condition=Q(grunn__length__gte=GRUNN_KORTEST, grunn__length__lte=GRUNN_LENGST), name="unntak_har_grunn"
            ),
            models.CheckConstraint(condition=~Q(konto=F("leder")), name="unntak_meldes_til_en_annen"),
            ExclusionConstraint(
                name="ett_unntak_om_gangen",
                expressions=[
                    ("konto", RangeOperators.EQUAL),
                    ("sak", RangeOperators.EQUAL),
                    (Datoperiode("fra_dato", "til_dato"), RangeOperators.OVERLAPS),
                ],
                condition=Q(avsluttet_tid__isnull=True),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="unntak_slettes_ikke", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="unntak_endres_ikke",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["avsluttet_tid"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def siste_dag(self) -> date:
        """The last day it opens anything, as people say it."""
        return self.til_dato - timedelta(days=1)


models.CharField.register_lookup(Length, "length")
