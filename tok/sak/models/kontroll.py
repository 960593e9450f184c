"""What the weekly control of the reading log found, and who looked into it (N9)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.historikk import sporet
from tok.kjerne.models import Konto, UuidTabell
from tok.sak.models.spor import BARE_TILLEGG


@sporet()
class Loggfunn(UuidTabell):
    """One thing in a week's reading log that a leader must look into and close with a written assessment."""

    EGEN_STI = "leder"

    class Regel(models.TextChoices):
        EGET_NAVN = "eget_navn", _("samme etternavn")
        NABO = "nabo", _("samme adresse eller nabo")
        KOLLEGA = "kollega", _("en som er ansatt i kommunen")
        MANGE = "mange", _("uvanlig mange")
        UTENFOR_ARBEIDSTID = "utenfor_tid", _("utenfor arbeidstida")
        UNNTAK = "unntak", _("unntakstilgang")
        VERNET = "vernet", _("person med vern")

    uke_fra = models.DateField()
    regel = models.CharField(max_length=12, choices=Regel)
    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    konto_navn = models.CharField(max_length=150)
    person_id = models.UUIDField(null=True, blank=True)
    antall = models.PositiveIntegerField()
    innsyn_ider = ArrayField(models.BigIntegerField())
    foerste_tid = models.DateTimeField()
    siste_tid = models.DateTimeField()
    leder = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    funnet_tid = models.DateTimeField()
    lukket_tid = models.DateTimeField(null=True, blank=True)
    lukket_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    vurdering = models.TextField(_("hva fant du ut?"), blank=True)

    class Meta:
        verbose_name = _("funn i loggkontrollen")
        verbose_name_plural = _("funn i loggkontrollen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["uke_fra", "regel", "konto", "person_id"], nulls_distinct=False, name="ett_funn_per_uke"
            ),
            models.CheckConstraint(
                condition=Q(lukket_tid__isnull=True, lukket_av__isnull=True, vurdering="")
                | Q(lukket_tid__isnull=False, lukket_av__isnull=False) & ~Q(vurdering=""),
                name="lukket_funn_har_vurdering",
            ),
            models.CheckConstraint(
                condition=Q(lukket_av__isnull=True) | ~Q(lukket_av=models.F("konto")),
                name="ingen_lukker_eget_funn",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["leder", "funnet_tid"], name="loggfunn_aapne", condition=Q(lukket_tid__isnull=True)),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="loggfunn_slettes_ikke", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="lukket_funn_er_lukket",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lukket_tid__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def er_aapent(self) -> bool:
        return self.lukket_tid is None


class Ukekontroll(models.Model):
    """That a week's reading log was controlled: how much there was, and whether the logs were as they were sealed."""

    BARE_TILLEGG = True

    uke_fra = models.DateField(unique=True)
    kontrollert_tid = models.DateTimeField()
    rader = models.PositiveIntegerField()
    funn = models.PositiveIntegerField()
    brudd = models.CharField(max_length=300, blank=True)  # the first thing wrong with the seals; empty is whole

    class Meta:
        verbose_name = _("ukekontroll")
        verbose_name_plural = _("ukekontroller")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(uke_fra__iso_week_day=1), name="uka_begynner_mandag"),
        ]
        triggers: ClassVar = [BARE_TILLEGG]

    def __str__(self) -> str:
        return str(self.uke_fra)
