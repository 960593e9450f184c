"""Named questions to the floor's tables."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from koordinator.tilstand import GODKJENT, SENDT


class ForespoerselSpoerringer(models.QuerySet[Any]):
    """Requests to leaders."""

    def venter(self) -> Self:
        return self.filter(tilstand=SENDT)

    def med_folk(self) -> Self:
        return self.select_related("foreslaatt", "leder", "enhet", "godkjent_konto", "sendt_av")

    def med_er_brukt(self) -> Self:
        """With `er_brukt`: whether somebody was appointed by it."""
        oppnevninger = self.model._meta.get_field("oppnevninger").related_model
        return self.annotate(er_brukt=Exists(oppnevninger._base_manager.filter(forespoersel=OuterRef("pk"))))

    def kan_brukes(self) -> Self:
        """Approved, and nobody is appointed by it yet."""
        return self.filter(tilstand=GODKJENT, oppnevninger__isnull=True)


class OppnevningSpoerringer(models.QuerySet[Any]):
    """Appointments; the period is the Deltakelse's."""

    def med_folk(self) -> Self:
        return self.select_related(
            "deltakelse__konto", "deltakelse__enhet", "forespoersel__leder", "brev__saksdokument"
        )

    def gjeldende(self, i_dag: date) -> Self:
        return self.filter(_ikke_slutt(i_dag), deltakelse__fra_dato__lte=i_dag)

    def ikke_slutt(self, i_dag: date) -> Self:
        """Those that hold today or begin later."""
        return self.filter(_ikke_slutt(i_dag))


def _ikke_slutt(i_dag: date) -> Q:
    """Called off before it began, an appointment has no day at all."""
    slutter_senere = Q(deltakelse__til_dato__gt=i_dag) & Q(deltakelse__til_dato__gt=F("deltakelse__fra_dato"))
    return Q(deltakelse__til_dato__isnull=True) | slutter_senere
