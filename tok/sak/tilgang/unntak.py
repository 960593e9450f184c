"""What an exception needs around it: the case it may open, the leader who hears, and whose staff it was (N10)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Sak, Unntakstilgang
from tok.sak.tilgang import kilder, sperrer
from tok.sak.tilgang.habil import inhabile
from tok.sak.tilgang.roller import Rolle


def aapnes_med_unntak(konto: Konto, nummer: str) -> QuerySet[Sak]:
    """The case of that number, unless a protected address or a relation closes it: then as good as none (N10)."""
    saker = Sak.objects.filter(nummer=nummer, vernenivaa__lte=kilder.UNNTAK_TIL_OG_MED)
    return saker.filter(sperrer.uhildet(konto, person="person"))


def faar_beskjed(konto: Konto, sak: Sak, i_dag: date) -> Konto | None:
    """The account's leader; the privacy officer where there is none; None when nobody at all could hear of it.

    Neither oneself nor somebody with a relation to the person is a leader here.
    """
    gjelder = Ansettelse.objects.gjeldende(i_dag)
    steder = gjelder.som(*kilder.KAN_AAPNE_UNNTAK).filter(konto=konto).values("enhet")
    utelatt = inhabile(sak.person_id) | {konto.pk}
    andre = (
        gjelder.filter(konto__is_active=True).exclude(konto__in=utelatt).select_related("konto").order_by("fra_dato")
    )
    leder = andre.som(Ansettelse.Rolle.LEDER).filter(enhet__in=steder).first()
    valgt = leder or andre.som(Ansettelse.Rolle.PERSONVERNOMBUD).first()
    return valgt.konto if valgt else None


def egne_unntak(konto: Konto, i_dag: date) -> QuerySet[Unntakstilgang]:
    """Those that open something for the account today."""
    return kilder.unntakene(konto, i_dag).select_related("sak").order_by("til_dato", "pk")


def ansattes_unntak(konto: Konto, i_dag: date) -> QuerySet[Unntakstilgang]:
    """What a leader's own staff has opened, while they worked in a unit the leader leads now; and what one was told.

    The privacy officer sees those told to the privacy officer. Never where one has a relation to the person.
    """
    ledet = kilder.kontorer(konto, [Rolle.LEDER], i_dag)
    arbeidet = Ansettelse.objects.filter(konto=OuterRef("konto"), enhet__in=ledet, fra_dato__lte=OuterRef("fra_dato"))
    arbeidet = arbeidet.som(*kilder.KAN_AAPNE_UNNTAK).filter(
        Q(til_dato__isnull=True) | Q(til_dato__gt=OuterRef("fra_dato"))
    )
    ombud = Ansettelse.objects.gjeldende(i_dag).som(Ansettelse.Rolle.PERSONVERNOMBUD).filter(konto=konto)
    sett = Unntakstilgang.objects.filter(Exists(arbeidet) | Q(leder=konto) & Exists(ombud))
    return sett.filter(sperrer.uhildet(konto, person="sak__person")).exclude(konto=konto).select_related("sak")
