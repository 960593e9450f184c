"""Who must not be found: the protection, who may see its person even so, and what must be done by hand (N11, L20)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.historikk import sporet
from tok.kjerne.models import Konto, UuidTabell
from tok.sak.models.folk import Kontakt, Nivaa, Person
from tok.sak.models.saken import Sak
from tok.sak.models.vernsql import NYTT_NIVAA_AV_VERN
from tok.sak.querysets import Virksomme


@sporet()
class Vern(UuidTabell):
    """The protection of one person, contact or account. It holds from the moment the first person sets it.

    A second person confirms. Taking it away needs two again: one who proposes and another who does it (N11).
    """

    EGEN_STI = "bekreftes_av"

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="vern")
    kontakt = models.ForeignKey(Kontakt, null=True, blank=True, on_delete=models.PROTECT, related_name="vern")
    konto = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="vern")
    nivaa = models.PositiveSmallIntegerField(
        _("nivå"), choices=[(n.value, n.label) for n in Nivaa if n is not Nivaa.INGEN]
    )
    grunn = models.CharField(_("hvor kommer opplysningen fra?"), max_length=255)
    satt_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    satt_tid = models.DateTimeField()
    bekreftes_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    bekreftet_tid = models.DateTimeField(null=True, blank=True)
    slutt_foreslaatt_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    slutt_foreslaatt_tid = models.DateTimeField(null=True, blank=True)
    slutt_grunn = models.CharField(_("hvorfor skal vernet bort?"), max_length=255, blank=True)
    opphevet_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opphevet_tid = models.DateTimeField(null=True, blank=True)

    objects = Virksomme.as_manager()

    class Meta:
        verbose_name = _("vern")
        verbose_name_plural = _("vern")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, kontakt__isnull=True, konto__isnull=True)
                | Q(person__isnull=True, kontakt__isnull=False, konto__isnull=True)
                | Q(person__isnull=True, kontakt__isnull=True, konto__isnull=False),
                name="vern_gjelder_en",
            ),
            models.CheckConstraint(condition=~Q(satt_av=F("bekreftes_av")), name="vern_settes_av_to"),
            models.CheckConstraint(
                condition=Q(slutt_foreslaatt_av__isnull=True, slutt_foreslaatt_tid__isnull=True, slutt_grunn="")
                | Q(slutt_foreslaatt_av__isnull=False, slutt_foreslaatt_tid__isnull=False) & ~Q(slutt_grunn=""),
                name="forslag_om_slutt_er_helt",
            ),
            models.CheckConstraint(
                condition=Q(opphevet_av__isnull=True, opphevet_tid__isnull=True)
                | Q(opphevet_av__isnull=False, opphevet_tid__isnull=False, slutt_foreslaatt_av__isnull=False)
                & ~Q(opphevet_av=F("slutt_foreslaatt_av")),
                name="vern_oppheves_av_to",
            ),
            *(
                models.UniqueConstraint(
                    fields=[hvem, "nivaa"], condition=Q(opphevet_tid__isnull=True), name=f"ett_vern_per_{hvem}"
                )
                for hvem in ("person", "kontakt", "konto")
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bekreftes_av"],
                name="vern_ubekreftet",
                condition=Q(bekreftet_tid__isnull=True, opphevet_tid__isnull=True),
            ),
        ]
        triggers: ClassVar = [
            NYTT_NIVAA_AV_VERN,
            pgtrigger.Protect(name="vern_slettes_ikke", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="opphevet_er_opphevet",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__opphevet_tid__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


@sporet()
class Vernetilgang(UuidTabell):
    """One account that may see one protected person: the access group, kept account by account (N11)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="vernetilganger")
    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="vernetilganger")
    gitt_av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    gitt_tid = models.DateTimeField()
    opphevet_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opphevet_tid = models.DateTimeField(null=True, blank=True)

    objects = Virksomme.as_manager()

    class Meta:
        verbose_name = _("vernetilgang")
        verbose_name_plural = _("vernetilganger")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["konto", "person"], condition=Q(opphevet_tid__isnull=True), name="en_tilgang_til_den_vernede"
            ),
            models.CheckConstraint(
                condition=Q(opphevet_av__isnull=True, opphevet_tid__isnull=True)
                | Q(opphevet_av__isnull=False, opphevet_tid__isnull=False),
                name="opphevet_tilgang_har_hvem",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


@sporet()
class Vernoppgave(UuidTabell):
    """What a person must do by hand because of a protection: call back what is out, deliver what no post may carry."""

    SAK_STI = "sak"

    class Slag(models.TextChoices):
        TILBAKEKALLE = "tilbakekalle", _("be om å få tilbake")
        LEVERE = "levere", _("levere uten post")

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="vernoppgaver")
    slag = models.CharField(max_length=12, choices=Slag)
    hva = models.CharField(max_length=120)
    mottaker = models.CharField(max_length=150)
    objekt_type = models.CharField(max_length=60)
    objekt_id = models.UUIDField()
    sendt_tid = models.DateTimeField(null=True, blank=True)
    laget_tid = models.DateTimeField()
    gjort_tid = models.DateTimeField(null=True, blank=True)
    gjort_av = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hvordan = models.CharField(_("hvordan ble det gjort?"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("oppgave om vern")
        verbose_name_plural = _("oppgaver om vern")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slag", "objekt_id"], name="en_vernoppgave_per_sending"),
            models.CheckConstraint(
                condition=Q(gjort_tid__isnull=True, gjort_av__isnull=True, hvordan="")
                | Q(gjort_tid__isnull=False, gjort_av__isnull=False) & ~Q(hvordan=""),
                name="gjort_vernoppgave_sier_hvordan",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sak"], name="vernoppgave_aapne", condition=Q(gjort_tid__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.id)
