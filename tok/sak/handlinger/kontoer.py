"""Accounts: made, given work, closed and opened again, by somebody who sees nothing of any case (N13, N14)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tok.kjerne import oekter
from tok.kjerne.innlogging import send_passordlenke
from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Enhet
from tok.sak.opplysninger import Kontoopplysninger, NyAnsettelse
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.innsyn import Avvist

Rolle = Ansettelse.Rolle


class EgenKonto(Avslag):
    """Nobody closes the own account or gives it more than it has."""

    melding = _("Du kan ikke endre din egen konto. Be en annen systemansvarlig om det.")


class FinnesAllerede(Avslag):
    """One account for each address."""

    melding = _("Det finnes allerede en konto med denne e-posten.")
    felt = "epost"


class HarLeder(Avslag):
    """One leader for each unit on any date (R110)."""

    melding = _("Enheten har allerede en leder i denne perioden. Avslutt den stillingen først.")
    felt = "rolle"


class HarStillingen(Avslag):
    """The same work twice says nothing more."""

    melding = _("Kontoen har allerede denne rollen i enheten i denne perioden.")
    felt = "rolle"


class IkkeIKontoret(Avslag):
    """Who handles cases does so in the coordinating unit."""

    melding = _("Saksbehandlere arbeider i kontoret. Velg kontoret som enhet, eller en annen rolle.")
    felt = "enhet"


class FeilPeriode(Avslag):
    """It ends after it has begun."""

    melding = _("Siste dag kan ikke være før første dag.")
    felt = "siste_dag"


class AlleredeStengt(Avslag):
    """Somebody has closed it."""

    melding = _("Kontoen er allerede stengt.")


class AlleredeAapen(Avslag):
    """Somebody has opened it."""

    melding = _("Kontoen er allerede åpen.")


@krever(Rett.FORVALTE_KONTOER)
def lag_konto(
    *,
    konto: Konto | None = None,
    opplysninger: Kontoopplysninger,
    ansettelse: NyAnsettelse | None,
    av: Konto,
    naa: datetime,
) -> Konto:
    """Make an account, with work for staff and none for the family, and send its owner a link to choose a password.

    Nobody is ever told a password (ASVS 6.4.1). The same address again makes nothing, however often it is sent.

    Raises:
        FinnesAllerede, HarLeder, IkkeIKontoret, FeilPeriode
    """
    konto = Konto(
        navn=opplysninger.navn,
        epost=opplysninger.epost.lower(),
        telefon=opplysninger.telefon,
        tittel=opplysninger.tittel,
    )
    konto.set_unusable_password()
    Konto.objects.bulk_create([konto], ignore_conflicts=True)
    if not Konto.objects.filter(pk=konto.pk).exists():
        raise FinnesAllerede
    if ansettelse is not None:
        _ansett(konto, ansettelse)
    send_passordlenke(konto)
    noter(rolle=str(Rolle(ansettelse.rolle).label) if ansettelse else "")
    return konto


@krever(Rett.FORVALTE_KONTOER)
def ansett(*, konto: Konto, ansettelse: NyAnsettelse, av: Konto, naa: datetime) -> Ansettelse:
    """Give an account work in a unit; what the role opens is open from the first day.

    Raises:
        EgenKonto: it is one's own.
        HarStillingen, HarLeder, IkkeIKontoret, FeilPeriode
    """
    rad = _laas(konto, av=av, naa=naa)
    ny = _ansett(rad, ansettelse)
    noter(navn=rad.navn, rolle=str(ny.get_rolle_display()), enhet=ansettelse.enhet.navn)
    return ny


@krever(Rett.FORVALTE_KONTOER)
def endre_ansettelse(*, ansettelse: Ansettelse, ny: NyAnsettelse, av: Konto, naa: datetime) -> Ansettelse:
    """Change when work began or ends, and whether it is permanent; unit and role stay what they were.

    What the role opens is closed from `til_dato`, at the next request (N14).

    Raises:
        EgenKonto: it is one's own.
        HarStillingen, HarLeder, FeilPeriode
    """
    konto = _laas(ansettelse.konto, av=av, naa=naa)
    rad = Ansettelse.objects.select_for_update(of=("self",)).select_related("enhet").get(pk=ansettelse.pk)
    rad.er_fast, rad.fra_dato, rad.til_dato = ny.er_fast, ny.fra_dato, ny.til_dato
    _krev_ledig(rad)
    rad.save(update_fields=["er_fast", "fra_dato", "til_dato"])
    noter(navn=konto.navn, rolle=str(rad.get_rolle_display()), enhet=rad.enhet.navn)
    return rad


@krever(Rett.FORVALTE_KONTOER)
def steng_konto(*, konto: Konto, av: Konto, naa: datetime) -> Konto:
    """Close an account: it can no longer log in, and where it is logged in the next request is refused (N14).

    Raises:
        EgenKonto: it is one's own.
        AlleredeStengt: it is closed.
    """
    rad = _laas(konto, av=av, naa=naa)
    if not rad.is_active:
        raise AlleredeStengt
    rad.is_active = False
    rad.save(update_fields=["is_active"])
    oekter.avslutt_andre(rad, unntatt=None)
    noter(navn=rad.navn)
    return rad


@krever(Rett.FORVALTE_KONTOER)
def gjenaapne_konto(*, konto: Konto, av: Konto, naa: datetime) -> Konto:
    """Open a closed account, with the work and the cases it still has.

    Raises:
        AlleredeAapen: it is open.
    """
    rad = _laas(konto, av=av, naa=naa)
    if rad.is_active:
        raise AlleredeAapen
    rad.is_active = True
    rad.save(update_fields=["is_active"])
    noter(navn=rad.navn)
    return rad


def _laas(konto: Konto, *, av: Konto, naa: datetime) -> Konto:
    """The account, locked; one's own is refused with a line in the security log, and the system's is no account."""
    if konto.pk == av.pk:
        raise EgenKonto(avvist=Avvist(av, Rett.FORVALTE_KONTOER.name, Konto.__name__, str(konto.pk), naa))
    return Konto.objects.select_for_update().get(pk=konto.pk, er_system=False)


def _ansett(konto: Konto, ny: NyAnsettelse) -> Ansettelse:
    rad = Ansettelse(
        konto=konto,
        enhet=ny.enhet,
        rolle=ny.rolle,
        er_fast=ny.er_fast,
        fra_dato=ny.fra_dato,
        til_dato=ny.til_dato,
    )
    if ny.rolle == Rolle.TOK and not ny.enhet.er_kontor:
        raise IkkeIKontoret
    _krev_ledig(rad)
    rad.save()
    return rad


def _krev_ledig(rad: Ansettelse) -> None:
    """Refuse what the database would, in words; the unit is locked, so that two leaders do not come at once."""
    if rad.til_dato is not None and rad.til_dato <= rad.fra_dato:
        raise FeilPeriode
    Enhet.objects.select_for_update().get(pk=rad.enhet_id)
    samtidig = _samtidig(rad)
    if samtidig.filter(konto=rad.konto).exists():
        raise HarStillingen
    if rad.rolle == Rolle.LEDER and samtidig.exists():
        raise HarLeder


def _samtidig(rad: Ansettelse) -> QuerySet[Ansettelse]:
    """Others with the same role in the unit at any time of the period; who never began is nobody."""
    andre = Ansettelse.objects.filter(enhet=rad.enhet_id, rolle=rad.rolle).exclude(pk=rad.pk)
    andre = andre.filter(Q(til_dato__isnull=True) | Q(til_dato__gt=rad.fra_dato) & Q(til_dato__gt=F("fra_dato")))
    return andre if rad.til_dato is None else andre.filter(fra_dato__lt=rad.til_dato)
