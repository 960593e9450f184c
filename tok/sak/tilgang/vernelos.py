"""Protected cases that nobody of the office can reach any more, and the leader who can name somebody (N11)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Nivaa, Sak, Vernetilgang
from tok.sak.tilgang import kilder, sperrer
from tok.sak.tilgang.roller import Rolle


def uten_saksbehandler(leder: Konto, i_dag: date) -> QuerySet[Sak]:
    """Of the leader's own offices: the closed cases whose group has nobody who works in the office today.

    A leader who has a relation to the person is not shown that there is a case (N12).
    """
    arbeider = Ansettelse.objects.gjeldende(i_dag).som(Ansettelse.Rolle.TOK)
    arbeider = arbeider.filter(konto=OuterRef("konto"), enhet=OuterRef(OuterRef("kontor")), konto__is_active=True)
    inne = Vernetilgang.objects.virksomme().filter(Exists(arbeider), person=OuterRef("person"))
    return Sak.objects.filter(
        ~Exists(inne),
        sperrer.uhildet(leder, person="person"),
        kontor__in=kilder.kontorer(leder, [Rolle.LEDER], i_dag),
        vernenivaa__gte=Nivaa.FORTROLIG,
    ).order_by("nummer")
