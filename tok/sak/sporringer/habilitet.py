"""Who has a relation to the person of a case, and who could be marked (N12, L28)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Deltakelse, Habilitet, Sak


def inhabile_i(sak: Sak) -> QuerySet[Habilitet]:
    """The conflicts that hold, by name."""
    rader = Habilitet.objects.virksomme().filter(person=sak.person_id)
    return rader.select_related("konto", "satt_av").order_by("konto__navn", "satt_tid")


def opphevede_i(sak: Sak) -> QuerySet[Habilitet]:
    """Those that were lifted, the newest first."""
    rader = Habilitet.objects.filter(person=sak.person_id, opphevet_tid__isnull=False)
    return rader.select_related("konto", "opphevet_av").order_by("-opphevet_tid")


def kan_merkes(sak: Sak, i_dag: date) -> QuerySet[Konto]:
    """The open accounts of those employed today, and of those who take part in the case."""
    ansatt = Ansettelse.objects.gjeldende(i_dag).filter(konto=OuterRef("pk"))
    deltar = Deltakelse.objects.ikke_slutt(i_dag).filter(sak=sak, konto=OuterRef("pk"))
    kontoer = Konto.objects.filter(is_active=True, er_system=False)
    return kontoer.filter(Q(Exists(ansatt)) | Q(Exists(deltar))).order_by("navn")


def utestengte_ansatte(sak: Sak, i_dag: date) -> list[str]:
    """The names of employees who cannot have a role in the case, without the reason."""
    inhabil = Habilitet.objects.virksomme().filter(person=sak.person_id, konto=OuterRef("pk"))
    ansatt = Ansettelse.objects.gjeldende(i_dag).filter(konto=OuterRef("pk"))
    kontoer = Konto.objects.filter(Exists(inhabil), Exists(ansatt), is_active=True).order_by("navn")
    return list(kontoer.values_list("navn", flat=True))
