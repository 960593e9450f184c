"""The table of seals; their arithmetic is in `tok.kjerne.segl`."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Segl(models.Model):
    """One sealed block of rows of a log, chained to the block before it in the same table (N5)."""

    BARE_TILLEGG = True

    tabell = models.CharField(max_length=63)
    nr = models.PositiveIntegerField()
    fra = models.BigIntegerField()
    til = models.BigIntegerField()
    antall = models.PositiveIntegerField()
    kolonner = models.TextField()
    merker = models.BinaryField()
    forseglet_tid = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("segl")
        verbose_name_plural = _("segl")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tabell", "nr"], name="ett_segl_per_nummer"),
            models.CheckConstraint(condition=Q(nr__gt=0, antall__gt=0, til__gte=F("fra")), name="segl_om_minst_en_rad"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="bare_tillegg", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.tabell} {self.nr}"
