"""The protections a case rests on, whom they are about, and what is still to be done by hand (N11, L20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Habilitet, Kontakt, Nivaa, Person, Sak, Vern, Vernoppgave

NIVAAER = (Nivaa.FORTROLIG, Nivaa.STRENGT)  # what two people can set; the rest is derived
Vernet = Person | Kontakt | Konto


def vernene_i(sak: Sak) -> QuerySet[Vern]:
    """Every protection of the case's person and of anyone who takes or took part, the newest first."""
    deltar = Deltakelse.objects.filter(sak=sak)
    kontakter = deltar.filter(kontakt__isnull=False).values("kontakt")
    kontoer = deltar.filter(konto__isnull=False).values("konto")
    gjelder = Q(person=sak.person_id) | Q(kontakt__in=kontakter) | Q(konto__in=kontoer)
    return Vern.objects.filter(gjelder).select_related(
        "person", "kontakt", "konto", "satt_av", "bekreftes_av", "slutt_foreslaatt_av", "opphevet_av"
    )


def foreslaatt_opphevet(sak: Sak) -> QuerySet[Vern]:
    """Those of the case somebody has proposed to end, the oldest first."""
    return vernene_i(sak).filter(opphevet_tid=None, slutt_foreslaatt_tid__isnull=False).order_by("satt_tid")


def gjelder(vern: Vern) -> Vernet:
    """Whom a protection is about; needs person, kontakt and konto loaded."""
    hvem: Vernet | None = vern.person or vern.kontakt or vern.konto
    assert hvem is not None  # noqa: S101 -- the database keeps it: vern_gjelder_en
    return hvem


def saker_til(hvem: Vernet) -> QuerySet[Sak]:
    """The cases a protection of this one is set and ended from."""
    if isinstance(hvem, Person):
        return Sak.objects.filter(person=hvem)
    felt = "kontakt" if isinstance(hvem, Kontakt) else "konto"
    return Sak.objects.filter(pk__in=Deltakelse.objects.filter(**{felt: hvem}).values("sak"))


def kontoer_til(hvem: Vernet) -> list[UUID]:
    """The accounts by which a protection of this one reaches cases: its own, or those that are the person."""
    if isinstance(hvem, Konto):
        return [hvem.pk]
    if isinstance(hvem, Kontakt):
        return []
    selv = Habilitet.objects.virksomme().filter(person=hvem, relasjon=Habilitet.Relasjon.SELV)
    return list(selv.values_list("konto", flat=True))


def lukkes_av(hvem: Vernet) -> QuerySet[Sak]:
    """Every case whose level a protection of this one moves: also those a person takes part in by account (L20)."""
    saker = saker_til(hvem)
    if not isinstance(hvem, Person):
        return saker
    selv = Habilitet.objects.virksomme().filter(person=hvem, relasjon=Habilitet.Relasjon.SELV)
    deltar = Deltakelse.objects.filter(konto__in=selv.values("konto"))
    return Sak.objects.filter(Q(pk__in=saker.values("pk")) | Q(pk__in=deltar.values("sak")))


def nivaaer_hos(konto: Konto) -> dict[UUID, int]:
    """The level of every case the account takes or took part in, by the case's key."""
    deltar = Deltakelse.objects.filter(konto=konto).values("sak")
    return dict(Sak.objects.filter(pk__in=deltar).values_list("pk", "vernenivaa"))


def kan_vernes(sak: Sak, i_dag: date) -> Iterator[tuple[str, Vernet, Deltakelse | None]]:
    """Whom of the case a protection can be set for: a key for the form, the row, and as what they take part."""
    yield "person", sak.person, None
    sett: set[Any] = set()
    deltar = Deltakelse.objects.ikke_slutt(i_dag).filter(sak=sak).exclude(rolle=Deltakelse.Rolle.PERSON)
    for deltakelse in deltar.med_navn().order_by("fra_dato", "pk"):
        hvem = deltakelse.kontakt or deltakelse.konto
        if hvem is not None and hvem.pk not in sett:
            sett.add(hvem.pk)
            yield f"{hvem._meta.model_name}:{hvem.pk}", hvem, deltakelse


def uten_konto(sak: Sak, i_dag: date) -> QuerySet[Deltakelse]:
    """Who takes part by letter and telephone: no access is taken from them, so a person must think of them."""
    deltar = Deltakelse.objects.ikke_slutt(i_dag).filter(sak=sak, kontakt__isnull=False)
    return deltar.med_navn().order_by("kontakt__navn", "pk")


def oppgaver_i(sak: Sak) -> QuerySet[Vernoppgave]:
    """What is to be done by hand in the case, one receiver after the other."""
    return Vernoppgave.objects.filter(sak=sak).select_related("gjort_av").order_by("mottaker", "sendt_tid", "pk")
