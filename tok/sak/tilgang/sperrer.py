"""What comes before every right and only takes away: protection, conflict of interest, hidden things (domene.md §2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tok.kjerne.models import Konto
from tok.sak.models import (
    Deltakelse,
    Egenskap,
    Fyller,
    Habilitet,
    Innsynsregel,
    Nivaa,
    Omraade,
    Representasjon,
    Samtykkedeltaker,
    Skjult,
    Vernetilgang,
)
from tok.sak.querysets import DeltakelseSpoerringer
from tok.sak.tilgang.roller import Rolle

# The person sees the own case whoever it is protected from; who helps the person privately may be family.
UTEN_VERNESPERRE = frozenset({Rolle.PERSON})
UTEN_HABILITET = frozenset({Rolle.PERSON, Rolle.REPRESENTANT, Rolle.STOETTEPERSON})


def i_vernegruppa(konto: Any, *, person: str, nivaa: str) -> Q:
    """Nobody in the row is protected, or the account is one of those named for its person (N11).

    `person` and `nivaa` are paths from the row. `konto` is an account, its key or an outer reference.
    """
    gruppe = Vernetilgang.objects.virksomme().filter(konto=konto, person=OuterRef(person))
    return Q(**{nivaa: Nivaa.INGEN}) | Exists(gruppe)


def uhildet(konto: Any, *, person: str) -> Q:
    """The account has no relation to the row's person (N12)."""
    return ~Exists(Habilitet.objects.virksomme().filter(konto=konto, person=OuterRef(person)))


def aapen_sak(konto: Any, sti: str = "") -> Q:
    """What the helping side may look among: cases that neither protection nor a relation closes to the account.

    `sti` is the path from the row to the case, with its last double underscore.
    """
    return i_vernegruppa(konto, person=f"{sti}person", nivaa=f"{sti}vernenivaa") & uhildet(konto, person=f"{sti}person")


def aapen_person(konto: Any) -> Q:
    """The same for rows that name a person and no case: requests."""
    return i_vernegruppa(konto, person="person", nivaa="person__vernenivaa") & uhildet(konto, person="person")


def virksomme_roller(deltakelser: DeltakelseSpoerringer) -> DeltakelseSpoerringer:
    """Memberships that neither protection nor a relation takes away."""
    konto = OuterRef("konto")
    return deltakelser.filter(
        Q(rolle__in=UTEN_VERNESPERRE) | i_vernegruppa(konto, person="sak__person", nivaa="sak__vernenivaa"),
        Q(rolle__in=UTEN_HABILITET) | uhildet(konto, person="sak__person"),
    )


def _har_dokument(i_dag: date) -> Exists:
    mandat = Representasjon.objects.gjeldende(i_dag).filter(deltakelse=OuterRef("pk"), fil__isnull=False)
    return Exists(mandat)


def _er_vurdert_eller_navngitt(i_dag: date) -> Q:
    """Somebody has assessed that the person cannot consent, or the person has, naming this representative (L14)."""
    vurdert = Representasjon.objects.gjeldende(i_dag).filter(deltakelse=OuterRef("pk")).exclude(vurdert_av="")
    navngitt = Samtykkedeltaker.objects.filter(
        deltakelse=OuterRef("pk"),
        samtykke__egenskap=Egenskap.SELV,
        samtykke__trukket_tid__isnull=True,
        samtykke__gyldig_fra__lte=i_dag,
        samtykke__gyldig_tom__gte=i_dag,
    )
    return Q(Exists(vurdert)) | Q(Exists(navngitt))


def innsyn_etter_alder(egne: QuerySet[Any], rolle: Rolle, omraade: Omraade, i_dag: date) -> QuerySet[Any]:
    """The person's or the representatives' memberships that open this area today, by the dated rules (B7, N20)."""
    foedt = OuterRef("sak__person__foedselsdato")
    egenskap = Egenskap.SELV if rolle is Rolle.PERSON else OuterRef("egenskap")
    regler = (
        Innsynsregel.objects.filter(egenskap=egenskap, omraader__contains=[omraade], gjelder_fra__lte=i_dag)
        .annotate(fra=Fyller(foedt, F("fra_alder")), til=Fyller(foedt, F("til_alder")))
        .filter(Q(gjelder_til__isnull=True) | Q(gjelder_til__gt=i_dag), fra__lte=i_dag)
        .filter(Q(til_alder__isnull=True) | Q(til__gt=i_dag))
    )

    def med(vilkaar: Innsynsregel.Vilkaar) -> Exists:
        return Exists(regler.filter(vilkaar=vilkaar))

    return egne.filter(
        Q(med(Innsynsregel.Vilkaar.INGEN))
        | Q(med(Innsynsregel.Vilkaar.DOKUMENT)) & Q(_har_dokument(i_dag))
        | Q(med(Innsynsregel.Vilkaar.VURDERT)) & _er_vurdert_eller_navngitt(i_dag)
    )


def uten_skjulte(konto: Konto, qs: QuerySet[Any], i_dag: date) -> QuerySet[Any]:
    """Without what is hidden from guardians, for an account that is one in the row's case (N20).

    A table says by `SKJULES_MED` that its rows can be hidden, and with which other rows they go.
    """
    stier: tuple[str, ...] | None = getattr(qs.model, "SKJULES_MED", None)
    if stier is None:
        return qs
    foresatt = Deltakelse.objects.gjeldende(i_dag).filter(konto=konto, rolle=Rolle.REPRESENTANT)
    skjulte = Skjult.objects.virksomme().filter(sak__in=foresatt.values("sak"))
    for sti in ("pk", *stier):
        qs = qs.filter(~Exists(skjulte.filter(objekt_id=OuterRef(sti))))
    return qs
