"""What must be done in a case and by when: deadlines, tasks, checklists; and what somebody is typing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.historikk import sporet
from tok.kjerne.models import Konto, UuidTabell
from tok.sak.models.saken import Deltakelse, Sak
from tok.sak.querysets import FristSpoerringer


@sporet()
class Frist(UuidTabell):
    """A date with a reason. "Overdue" is asked, never stored; the receiver is a role, resolved when asked."""

    SAK_STI = "sak"

    class Mottaker(models.TextChoices):
        KOORDINATOR = "koordinator", _("koordinator")
        TOK = "tok", _("koordinerende enhet")
        LEDER = "leder", _("leder")

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="frister")
    regel = models.CharField(max_length=50)
    objekt_id = models.UUIDField()
    utgangspunkt = models.DateField()
    forfall = models.DateField()
    mottaker = models.CharField(max_length=12, choices=Mottaker)
    mottaker_konto = models.ForeignKey(Konto, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    neste_paaminnelse = models.DateField(null=True, blank=True)
    lukket_tid = models.DateTimeField(null=True, blank=True)
    lukket_hvordan = models.CharField(max_length=60, blank=True)
    ble_for_sen = models.BooleanField(null=True, blank=True)

    objects = FristSpoerringer.as_manager()

    class Meta:
        verbose_name = _("frist")
        verbose_name_plural = _("frister")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["regel", "objekt_id"], condition=Q(lukket_tid__isnull=True), name="en_aapen_frist_per_objekt"
            ),
            models.CheckConstraint(
                condition=Q(lukket_tid__isnull=True, lukket_hvordan="")
                | (Q(lukket_tid__isnull=False) & ~Q(lukket_hvordan="")),
                name="lukket_frist_sier_hvordan",
            ),
            models.CheckConstraint(
                condition=~Q(mottaker="leder") | Q(mottaker_konto__isnull=False), name="lederfrist_har_konto"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["forfall", "id"], name="frist_aapne", condition=Q(lukket_tid__isnull=True)),
            models.Index(fields=["regel", "forfall", "sak"], name="frist_regel", condition=Q(lukket_tid__isnull=True)),
            models.Index(fields=["sak", "forfall", "id"], name="frist_i_saken", condition=Q(lukket_tid__isnull=True)),
            models.Index(fields=["objekt_id"], name="frist_objekt"),
            models.Index(fields=["mottaker", "forfall"], name="frist_mottaker", condition=Q(lukket_tid__isnull=True)),
            models.Index(fields=["neste_paaminnelse"], name="frist_paaminnes", condition=Q(lukket_tid__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.regel} {self.forfall}"


@sporet()
class Tiltak(UuidTabell):
    """One agreed task, wherever it was made."""

    SAK_STI = "sak"
    SKJULES_MED = ()

    class Tilstand(models.TextChoices):
        AAPENT = "aapent", _("pågår")
        GJORT = "gjort", _("gjort")
        IKKE_GJORT = "ikke_gjort", _("ikke gjort")

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="tiltak")
    tekst = models.CharField(_("tiltak"), max_length=500)
    ansvarlig = models.CharField(_("ansvar"), max_length=150)
    ansvarlig_deltakelse = models.ForeignKey(
        Deltakelse, null=True, blank=True, on_delete=models.PROTECT, related_name="tiltak"
    )
    frist_dato = models.DateField(_("frist"), null=True, blank=True)
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.AAPENT)
    kilde_type = models.CharField(max_length=20)
    kilde_id = models.UUIDField()

    class Meta:
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")

    def __str__(self) -> str:
        return str(self.id)


class Sjekkliste(models.Model):
    """A versioned checklist of the routine (C8)."""

    kode = models.CharField(max_length=30)
    navn = models.CharField(max_length=100)
    versjon = models.PositiveSmallIntegerField(default=1)
    gjelder_fra = models.DateField()
    gjelder_til = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("sjekkliste")
        verbose_name_plural = _("sjekklister")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kode", "versjon"], name="en_versjon_av_lista")]

    def __str__(self) -> str:
        return self.navn


class Sjekkpunkt(models.Model):
    """One line of a checklist with the requirement it comes from."""

    sjekkliste = models.ForeignKey(Sjekkliste, on_delete=models.PROTECT, related_name="punkter")
    nr = models.PositiveSmallIntegerField()
    tekst = models.CharField(max_length=200)
    kilde = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("sjekkpunkt")
        verbose_name_plural = _("sjekkpunkter")
        ordering: ClassVar = ["nr"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sjekkliste", "nr"], name="ett_punkt_per_nr")]

    def __str__(self) -> str:
        return self.tekst


@sporet()
class Avkryssing(UuidTabell):
    """A tick on the case's checklist: who and when. Taking it away deletes the row; history keeps both."""

    SAK_STI = "sak"

    sak = models.ForeignKey(Sak, on_delete=models.PROTECT, related_name="avkryssinger")
    punkt = models.ForeignKey(Sjekkpunkt, on_delete=models.PROTECT, related_name="+")
    av = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    tid = models.DateTimeField()

    class Meta:
        verbose_name = _("avkryssing")
        verbose_name_plural = _("avkryssinger")
        constraints: ClassVar = [models.UniqueConstraint(fields=["sak", "punkt"], name="ett_kryss_per_punkt")]

    def __str__(self) -> str:
        return str(self.id)


class Utkast(UuidTabell):
    """What somebody is typing: encrypted, with the version it began from, seen by its author only (P9)."""

    konto = models.ForeignKey(Konto, on_delete=models.CASCADE, related_name="+")
    objekt_type = models.CharField(max_length=30)
    objekt_id = models.UUIDField()
    base_versjon = models.PositiveIntegerField(default=0)
    innhold = models.BinaryField()
    lagret_tid = models.DateTimeField()

    class Meta:
        verbose_name = _("utkast")
        verbose_name_plural = _("utkast")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["konto", "objekt_type", "objekt_id"], name="ett_utkast_per_forfatter")
        ]

    def __str__(self) -> str:
        return str(self.id)
