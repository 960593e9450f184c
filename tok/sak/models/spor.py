"""The traces: the case's diary for everybody in it, and the log of every display of a person's data."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.sak.models.saken import Sak

BARE_TILLEGG = pgtrigger.Protect(name="bare_tillegg", operation=pgtrigger.Update | pgtrigger.Delete)


class Hendelse(models.Model):
    """One line of the diary per handling. The sentence is made from `templates/hendelser/<handling>.txt`."""

    BARE_TILLEGG = True
    SAK_STI = "sak"

    sak = models.ForeignKey(Sak, null=True, on_delete=models.PROTECT, related_name="hendelser")
    tid = models.DateTimeField()
    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    konto_navn = models.CharField(max_length=150)
    handling = models.CharField(max_length=80)
    objekt_type = models.CharField(max_length=60)
    objekt_id = models.UUIDField()
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("hendelse")
        verbose_name_plural = _("hendelser")
        indexes: ClassVar = [models.Index(fields=["sak", "-tid"], name="hendelse_dagbok")]
        triggers: ClassVar = [BARE_TILLEGG]

    def __str__(self) -> str:
        return self.handling


class Innsyn(models.Model):
    """One row for each display of a person's data, in the transaction that shows them (N3, N6, L21)."""

    BARE_TILLEGG = True
    SAK_STI = "sak"

    tid = models.DateTimeField()
    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="+")
    konto_navn = models.CharField(max_length=150)
    rolle = models.CharField(max_length=30)
    enhet = models.CharField(max_length=150)
    arbeidsgiver = models.CharField(max_length=150)
    person_id = models.UUIDField(null=True)
    sak = models.ForeignKey(Sak, null=True, on_delete=models.PROTECT, related_name="innsyn")
    objekt_type = models.CharField(max_length=60)
    objekt_id = models.UUIDField(null=True)
    kategori = models.CharField(max_length=30)
    handling = models.CharField(max_length=12)
    grunnlag_type = models.CharField(max_length=30)
    grunnlag_id = models.UUIDField(null=True)
    formaal = models.CharField(max_length=255)
    rett = models.CharField(max_length=60)
    innlogging = models.CharField(max_length=20)
    forespoersel_id = models.UUIDField()
    er_beskyttet = models.BooleanField(default=False)
    antall = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("innsyn")
        verbose_name_plural = _("innsyn")
        indexes: ClassVar = [
            models.Index(fields=["sak", "-tid"], name="innsyn_sak"),
            models.Index(fields=["konto", "-tid"], name="innsyn_konto"),
            models.Index(fields=["person_id", "-tid"], name="innsyn_person", condition=Q(sak__isnull=True)),
        ]
        triggers: ClassVar = [BARE_TILLEGG]

    def __str__(self) -> str:
        return str(self.pk)
