"""A meeting that guardians do not see: what goes with it, and what stands in the way of hiding it (N20)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _

from ansvarsgruppe.models import Avtale, Innkalling, Moete, Referat
from tok.sak.models import Deltakelse, Saksdokument, Skjult, Tiltak


def referatenes_filer(skjulte: QuerySet[Any]) -> QuerySet[Any]:
    """The frozen minutes of hidden meetings."""
    return Referat.objects.filter(moete__in=skjulte, dokument__isnull=False).order_by().values("dokument")


def brevene(skjulte: QuerySet[Any]) -> QuerySet[Any]:
    """The letters that called to hidden meetings."""
    return Innkalling.objects.filter(moete__in=skjulte, brev__isnull=False).order_by().values("brev")


def arkiverte_referater(skjulte: QuerySet[Any]) -> QuerySet[Any]:
    """The minutes as they are filed in the case."""
    return Saksdokument.objects.filter(dokument__in=referatenes_filer(skjulte)).order_by().values("pk")


def arkiverte_brev(skjulte: QuerySet[Any]) -> QuerySet[Any]:
    """The letters as they are filed in the case."""
    return Saksdokument.objects.filter(dokument__in=brevene(skjulte)).order_by().values("pk")


def tiltakene(skjulte: QuerySet[Any]) -> QuerySet[Any]:
    """The tasks that were agreed in hidden meetings."""
    avtaler = Avtale.objects.filter(referat__moete__in=skjulte).order_by().values("pk")
    return Tiltak.objects.filter(kilde_id__in=avtaler).order_by().values("pk")


def merket(moeter: QuerySet[Moete]) -> QuerySet[Moete]:
    """Meetings with `holdt_unna`: whether guardians are kept from each now, for those who see it all the same."""
    return moeter.annotate(holdt_unna=Exists(Skjult.objects.virksomme().filter(objekt_id=OuterRef("pk"))))


def hinder_for_skjuling(rad: Model) -> str:
    """Why a meeting cannot be hidden, in plain words; empty for what can, and for all that is no meeting.

    What guardians know of cannot be hidden from them, and the date of the yearly review is read out of a deadline.
    """
    if not isinstance(rad, Moete):
        return ""
    if Innkalling.objects.filter(moete=rad, deltakelse__rolle=Deltakelse.Rolle.REPRESENTANT).exists():
        return _("Foresatte er kalt inn til møtet. De vet om det, så det kan ikke skjules for dem.")
    if rad.er_aarlig_gjennomgang:
        return _("Den årlige gjennomgangen gjelder hele gruppa og kan ikke skjules.")
    return ""
