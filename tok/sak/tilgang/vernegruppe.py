"""Who may be let in to a protected person: those with another way in today, and who of them keeps it unasked (N11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Deltakelse, Habilitet, Henvendelse, Nivaa, Person, Sak, Vernetilgang
from tok.sak.tilgang.sperrer import UTEN_HABILITET

BEHOLDER = frozenset({Deltakelse.Rolle.KOORDINATOR, Deltakelse.Rolle.VARA})


@dataclass(frozen=True)
class Kandidat:
    """One account that has a way in by its role, so that a place in the group would open the case to it."""

    konto: Konto
    hva: str  # what it is in the case, in words
    er_tok: bool
    er_inne: bool
    beholder: bool  # access, unasked, when the case first closes


def kontorer_til(person: Person) -> set[UUID]:
    """The offices that have the person's cases and requests."""
    saker = Sak.objects.filter(person=person).values_list("kontor", flat=True)
    return set(saker.union(Henvendelse.objects.filter(person=person).values_list("kontor", flat=True)))


def paa_kontoret(kontorer: Iterable[UUID], i_dag: date) -> QuerySet[Konto]:
    """Open accounts that work as case workers in one of the offices today."""
    arbeider = Ansettelse.objects.gjeldende(i_dag).som(Ansettelse.Rolle.TOK)
    arbeider = arbeider.filter(konto=OuterRef("pk"), enhet__in=list(kontorer))
    return Konto.objects.filter(Exists(arbeider), is_active=True).order_by("navn")


def kan_bekrefte(konto: Konto, kontorer: Iterable[UUID], i_dag: date, person: Person | None = None) -> QuerySet[Konto]:
    """The colleagues an account may name as the second: of the office, another, and without a relation (N11, N12)."""
    andre = paa_kontoret(kontorer, i_dag).exclude(pk=konto.pk)
    if person is None:
        return andre
    return andre.exclude(Exists(Habilitet.objects.virksomme().filter(konto=OuterRef("pk"), person=person)))


def kandidater(person: Person, i_dag: date) -> list[Kandidat]:
    """Everybody who would see the person's cases by role, those of the office first; five questions however many."""
    saksbehandlere = set(Sak.objects.filter(person=person).values_list("saksbehandler", flat=True))
    inne = set(Vernetilgang.objects.virksomme().filter(person=person).values_list("konto", flat=True))
    inhabile = set(Habilitet.objects.virksomme().filter(person=person).values_list("konto", flat=True))
    kontoer: dict[UUID, Konto] = {}
    ordene: dict[UUID, list[str]] = defaultdict(list)
    beholder: set[UUID] = set(saksbehandlere)
    tok = set()
    for konto in paa_kontoret(kontorer_til(person), i_dag):
        if konto.pk not in inhabile:
            tok.add(konto.pk)
            kontoer[konto.pk] = konto
            ordene[konto.pk].append(_("saksbehandler") if konto.pk in saksbehandlere else _("arbeider på kontoret"))
    for deltakelse in _deltar(person, i_dag):
        konto = deltakelse.konto
        if konto.pk in inhabile and deltakelse.rolle not in UTEN_HABILITET:
            continue
        kontoer[konto.pk] = konto
        ordene[konto.pk].append(str(deltakelse.get_rolle_display()))
        if deltakelse.rolle in BEHOLDER:
            beholder.add(konto.pk)
    return [
        Kandidat(konto, ", ".join(dict.fromkeys(ordene[pk])), pk in tok, pk in inne, pk in beholder)
        for pk, konto in kontoer.items()
    ]


def _deltar(person: Person, i_dag: date) -> QuerySet[Any]:
    deltar = Deltakelse.objects.ikke_slutt(i_dag).filter(sak__person=person, konto__is_active=True)
    return deltar.exclude(rolle=Deltakelse.Rolle.PERSON).select_related("konto").order_by("konto__navn", "fra_dato")


def forvalgte(person: Person, i_dag: date, *, foer: int, ogsaa: Collection[Konto] = ()) -> list[Konto]:
    """Who has access when nobody has chosen: coordinator, deputy and case worker, and of `ogsaa` who saw it before.

    `foer` is the level before: a case that was closed already is opened to nobody more. The office is never left
    without the case: when the case worker has left it, and none of `ogsaa` works there, all who do keep access.
    """
    alle = kandidater(person, i_dag)
    if foer >= Nivaa.FORTROLIG:
        return [rad.konto for rad in alle if rad.er_inne]
    valgte = [rad for rad in alle if rad.er_inne or rad.beholder or rad.konto in ogsaa]
    fra_kontoret = [] if any(rad.er_tok for rad in valgte) else [rad for rad in alle if rad.er_tok]
    return [rad.konto for rad in (*valgte, *fra_kontoret)]
