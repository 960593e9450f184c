"""The consent form on paper, the signed consent as data, and its withdrawal (R31, R156–R158, B7, L13, L14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tok.kjerne import filer
from tok.kjerne.datotekst import dato
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import dokumenter, samtykkekrav, varsler
from tok.sak.frister import SAMTYKKE_16
from tok.sak.handlinger.muntlig import skriv_muntlig_ja
from tok.sak.models import Deltakelse, Egenskap, Sak, Saksdokument, Samtykke, Samtykkedeltaker
from tok.sak.opplysninger import Underskrift
from tok.sak.protokoll import arkiver_i_saken, lukk_frist, noter
from tok.sak.tilgang import Avslag, Rett, krever


class KanIkkeSkriveUnder(Avslag):
    """Nobody in that capacity may sign for a person of this age (B7)."""

    felt = "egenskap"


class VarerForLenge(Avslag):
    """The consent would outlive the signer's right to give it (L14)."""

    felt = "gyldig_tom"


class Mangler(Avslag):
    """The rule asks for something that is not there."""


class BeggeMaaSkriveUnder(Avslag):
    """Two with parental responsibility decide together, as the main rule (B7, ADR 0019)."""

    melding = _("To foreldre har foreldreansvar. Begge må skrive under. Skriv navnet på den andre.")
    felt = "underskrevet_av_2"


class AlleredeUnderskrevet(Avslag):
    """An oral yes is for the time before the form."""

    melding = _("Det er alt registrert et underskrevet skjema i saken. Et nytt samtykke må også være underskrevet.")


class AlleredeTrukket(Avslag):
    """Withdrawn before."""

    melding = _("Samtykket er allerede trukket.")


def _kontroller(sak: Sak, underskrift: Underskrift) -> None:
    foedt = sak.person.foedselsdato
    regler = samtykkekrav.gjeldende_regler(underskrift.underskrevet_dato)
    krav = samtykkekrav.finn_krav(
        regler, foedt=foedt, egenskap=underskrift.egenskap, dato=underskrift.underskrevet_dato
    )
    if krav is None:
        raise KanIkkeSkriveUnder(samtykkekrav.avslag_tekst(regler, foedt=foedt, dato=underskrift.underskrevet_dato))
    if krav.vurdering and not underskrift.vurdert_av:
        raise Mangler(_("Skriv hvem som har vurdert at personen selv ikke kan samtykke."), felt="vurdert_av")
    if krav.barnets_syn and not underskrift.barnets_syn:
        raise Mangler(_("Skriv hva barnet selv mener."), felt="barnets_syn")
    if krav.siste_dag and underskrift.gyldig_tom > krav.siste_dag:
        raise VarerForLenge(
            _("Dette samtykket kan gjelde til og med %(dato)s. Etter det må personen selv ta stilling.")
            % {"dato": dato(krav.siste_dag)}
        )


def _krev_begge(sak: Sak, underskrift: Underskrift, i_dag: date) -> None:
    foreldre = Deltakelse.objects.gjeldende(i_dag).filter(sak=sak, egenskap=Deltakelse.Egenskap.FORELDER)
    if underskrift.egenskap == Egenskap.FORELDER and not underskrift.underskrevet_av_2 and foreldre.count() > 1:
        raise BeggeMaaSkriveUnder


@krever(Rett.REGISTRERE_SAMTYKKE)
def lag_samtykkeskjema(*, sak: Sak, gyldig_fra: date, gyldig_tom: date, av: Konto, naa: datetime) -> Saksdokument:
    """Make the group's consent form as PDF from the present participants (R31, R157)."""
    deltakere = list(Deltakelse.objects.gjeldende(lokal_dato(naa)).filter(sak=sak).med_navn().order_by("fra_dato"))
    dokument = dokumenter.samtykkeskjema(sak, deltakere, fra=gyldig_fra, tom=gyldig_tom, naa=naa)
    noter(sak=sak)
    kjent = Saksdokument.objects.filter(dokument=dokument).first()
    return kjent or arkiver_i_saken(sak=sak, dokument=dokument, type_=Saksdokument.Type.SAMTYKKESKJEMA, naa=naa)


@krever(Rett.REGISTRERE_SAMTYKKE)
def registrer_samtykke(
    *,
    sak: Sak,
    underskrift: Underskrift,
    deltakelser: Sequence[Deltakelse],
    skannet: UploadedFile[Any],
    av: Konto,
    naa: datetime,
) -> Samtykke:
    """Register the signed form with its scan; from now on what rests on it is open to those it names (L13).

    Raises:
        KanIkkeSkriveUnder, VarerForLenge, Mangler: by age and situation (B7, L14).
        BeggeMaaSkriveUnder: one of two parents has signed alone.
    """
    _kontroller(sak, underskrift)
    _krev_begge(sak, underskrift, lokal_dato(naa))
    try:
        with transaction.atomic():
            samtykke = Samtykke.objects.create(
                sak=sak,
                maate=Samtykke.Maate.PAPIR,
                skjema_tekst=dokumenter.skjematekst(),
                skjema_versjon=dokumenter.SKJEMAVERSJON,
                fil=filer.ta_imot(skannet, av=av, naa=naa),
                registrert_av=av,
                registrert_tid=naa,
                **{**asdict(underskrift), "formaal": list(underskrift.formaal)},
            )
    except IntegrityError:
        raise KanIkkeSkriveUnder(_("Databasen godtar ikke denne underskriften. Kontroller alder og datoer.")) from None
    for deltakelse in deltakelser:
        Samtykkedeltaker.objects.create(samtykke=samtykke, deltakelse=deltakelse)
    if underskrift.egenskap == Egenskap.SELV:
        lukk_frist(regel=SAMTYKKE_16, objekt_id=sak.pk, hvordan="personen har samtykket selv", naa=naa)
    noter(egenskap=samtykke.get_egenskap_display(), tom=dato(samtykke.gyldig_tom))
    return samtykke


@krever(Rett.REGISTRERE_SAMTYKKE)
def registrer_muntlig_ja(
    *, sak: Sak, navn: str, egenskap: str, sagt_dato: date, vurdert_av: str, av: Konto, naa: datetime
) -> Samtykke:
    """Record an oral yes: it covers registration, invitation and agenda until the form is signed, no more (L7, R67).

    Raises:
        KanIkkeSkriveUnder, Mangler: by age and situation (B7).
        AlleredeUnderskrevet: a form has been signed; then only a new form will do.
    """
    if Samtykke.objects.filter(sak=sak, maate=Samtykke.Maate.PAPIR).exists():
        raise AlleredeUnderskrevet
    foedt = sak.person.foedselsdato
    regler = samtykkekrav.gjeldende_regler(sagt_dato)
    krav = samtykkekrav.finn_krav(regler, foedt=foedt, egenskap=egenskap, dato=sagt_dato)
    if krav is None:
        raise KanIkkeSkriveUnder(samtykkekrav.avslag_tekst(regler, foedt=foedt, dato=sagt_dato))
    if krav.vurdering and not vurdert_av:
        raise Mangler(_("Skriv hvem som har vurdert at personen selv ikke kan samtykke."), felt="vurdert_av")
    noter(egenskap=str(Egenskap(egenskap).label))
    return skriv_muntlig_ja(
        sak=sak, navn=navn, egenskap=egenskap, dato=sagt_dato, vurdert_av=vurdert_av, av=av, naa=naa
    )


@krever(Rett.TREKKE_SAMTYKKE)
def trekk_samtykke(*, samtykke: Samtykke, trukket_av: str, av: Konto, naa: datetime) -> Samtykke:
    """Register that the consent is withdrawn; the doors it held open close with the next request (L13).

    The office is told, since meetings may be planned that rest on it.

    Raises:
        AlleredeTrukket: it was withdrawn before.
    """
    rad = Samtykke.objects.select_for_update().get(pk=samtykke.pk)
    if rad.trukket_tid is not None:
        raise AlleredeTrukket
    rad.trukket_tid = naa
    rad.trukket_av = trukket_av
    rad.trukket_registrert_av = av
    rad.save(update_fields=["trukket_tid", "trukket_av", "trukket_registrert_av"])
    varsler.samtykke_trukket(rad, av=av, naa=naa)
    return rad
