"""What comes before every right and only takes away: protection, conflict of interest, age (domene.md §2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from tok.sak.models import (
    Deltakelse,
    Egenskap,
    Fyller,
    Habilitet,
    Innsynsregel,
    Nivaa,
    Omraade,
    Representasjon,
    Sak,
    Samtykkedeltaker,
    Vernetilgang,
)
from tok.sak.querysets import DeltakelseSpoerringer
from tok.sak.tilgang.roller import Rolle

# The person sees the own case whoever it is protected from; who helps the person privately may be family.
UTEN_VERNESPERRE = frozenset({Rolle.PERSON})
UTEN_HABILITET = frozenset({Rolle.PERSON, Rolle.REPRESENTANT, Rolle.STOETTEPERSON})


def i_vernegruppa(konto: Any, *, person: str, nivaa: str) -> Q:
    """Nobody in the row is protected, or the account is one of those named for its person (N11).

    A person shielded as an employee (L28) is also seen by the one who has the person's case, so that a new job takes
    the case from no one who works in it. `person` and `nivaa` are paths from the row. `konto` is an account, its key or
    an outer reference.
    """
    gruppe = Vernetilgang.objects.virksomme().filter(konto=konto, person=OuterRef(person))
    har_saken = Sak.objects.filter(saksbehandler=konto, person=OuterRef(person))
    return Q(**{nivaa: Nivaa.INGEN}) | Exists(gruppe) | Q(**{nivaa: Nivaa.SKJERMET}) & Exists(har_saken)


def uhildet(konto: Any, *, person: str) -> Q:
    """The account has no relation to the row's person (N12)."""
    return Q(~Exists(Habilitet.objects.virksomme().filter(konto=konto, person=OuterRef(person))))


def aapen_sak(konto: Any, sti: str = "") -> Q:
    """What the helping side may look among: cases that neither protection nor a relation closes to the account.

    `sti` is the path from the row to the case, with its last double underscore.
    """
    return i_vernegruppa(konto, person=f"{sti}person", nivaa=f"{sti}vernenivaa") & uhildet(konto, person=f"{sti}person")


def uten_vernet_sak(konto: Any, *, person: str) -> Q:
    """Nobody must not be found in the cases of the row's person, or the account is named: a mother's home stands in her
    child's requests too (N11)."""
    gruppe = Vernetilgang.objects.virksomme().filter(konto=konto, person=OuterRef(person))
    # One lookup for each row. As an EXISTS, PostgreSQL would first read every protected case there is.
    nivaaer = Sak.objects.filter(person=OuterRef(person)).order_by("-vernenivaa").values("vernenivaa")
    hoeyest = Coalesce(Subquery(nivaaer[:1]), Value(int(Nivaa.INGEN)))
    return Q(LessThan(hoeyest, int(Nivaa.FORTROLIG))) | Q(Exists(gruppe))


def aapne_personer(konto: Any) -> Q:
    """The persons the account may know that we know: for looking up one who may be registered before."""
    inne = i_vernegruppa(konto, person="pk", nivaa="vernenivaa") & uten_vernet_sak(konto, person="pk")
    return inne & uhildet(konto, person="pk")


def aapen_person(konto: Any) -> Q:
    """The same for requests, which name a person and no case; who took one of a shielded person keeps it."""
    tok_imot = Q(person__vernenivaa=Nivaa.SKJERMET, registrert_av=konto)
    i_gruppa = i_vernegruppa(konto, person="person", nivaa="person__vernenivaa") | tok_imot
    return i_gruppa & uten_vernet_sak(konto, person="person") & uhildet(konto, person="person")


def virksomme_roller(deltakelser: DeltakelseSpoerringer) -> DeltakelseSpoerringer:
    """Memberships that neither protection nor a relation takes away."""
    konto = OuterRef("konto")
    return deltakelser.filter(
        Q(rolle__in=UTEN_VERNESPERRE)
        | Q(
            sak__vernenivaa=Nivaa.SKJERMET
        )  # a role in the case is reason enough: it is from colleagues one is shielded
        | i_vernegruppa(konto, person="sak__person", nivaa="sak__vernenivaa"),
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


def faar(deltakelser: DeltakelseSpoerringer, omraade: Omraade, i_dag: date) -> DeltakelseSpoerringer:
    """Without the representatives to whom the area is closed today: what nobody may read here is not posted either.

    The account is not asked for; a representative without one gets letters (B7, N2).
    """
    selv = Deltakelse.objects.filter(pk=OuterRef("pk"))
    aapent = innsyn_etter_alder(selv, Rolle.REPRESENTANT, omraade, i_dag)
    return deltakelser.filter(~Q(rolle=Rolle.REPRESENTANT) | Q(Exists(aapent)))
