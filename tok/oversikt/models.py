"""The roof's one table: what waits for the office, kept by the database itself (ADR 0021)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.sak.models import Enhet, Sak

NESTE_STEG = ("spoer", "spoer_annen", "spoer_paa_nytt", "oppnevn", "opprett_gruppe")  # what the office itself does


class VentendeSpoerringer(models.QuerySet["Ventende"]):
    """Rows that hold from `fra_dato` until the day before `til_dato`."""

    def gjeldende(self, i_dag: date) -> Self:
        return self.filter(Q(til_dato__isnull=True) | Q(til_dato__gt=i_dag), fra_dato__lte=i_dag)


class Ventende(models.Model):
    """One thing in a case that waits for the office, or will from a date on.

    No code writes it. Triggers derive the rows of a case anew when what they rest on is changed, so a list of the
    thousand cases that wait is read by one index and not looked for among all of them. It holds no more than keys and
    dates, and is empty for a case nothing waits in.
    """

    class Hva(models.TextChoices):
        SPOER = "spoer", _("spør leder om koordinator")
        SPOER_ANNEN = "spoer_annen", _("leder svarte nei, spør en annen")
        SPOER_PAA_NYTT = "spoer_paa_nytt", _("den som er spurt, er ikke leder lenger")
        OPPNEVN = "oppnevn", _("leder svarte ja, oppnevn")
        OPPRETT_GRUPPE = "opprett_gruppe", _("opprett ansvarsgruppa")
        UTEN_KOORDINATOR = "uten_koordinator", _("saken er uten koordinator")
        FRIST = "frist", _("koordinators frist i en sak uten koordinator")

    sak = models.ForeignKey(Sak, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    kontor = models.ForeignKey(
        Enhet, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    hva = models.CharField(max_length=16, choices=Hva)
    objekt_id = models.UUIDField()  # the row it is done with: the case, the request or the deadline
    hvem = models.ForeignKey(
        Konto, null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    siden = models.DateField()  # what the lists are ordered by: since when it waits, or when the deadline falls due
    fra_dato = models.DateField()
    til_dato = models.DateField(null=True)

    objects = VentendeSpoerringer.as_manager()

    class Meta:
        verbose_name = _("ventende")
        verbose_name_plural = _("ventende")
        indexes: ClassVar = [
            models.Index(fields=["kontor", "hva", "siden", "objekt_id"], name="ventende_liste"),
            models.Index(
                fields=["kontor", "siden", "objekt_id"],
                name="ventende_neste_steg",
                condition=Q(hva__in=NESTE_STEG),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hva} {self.objekt_id}"
