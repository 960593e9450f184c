"""TOK asks the proposed coordinator's nearest leader, or takes the question back (R110)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koordinator import frister, varsler
from koordinator.handlinger.krav import krev_aapen_sak, krev_timer
from koordinator.models import Forespoersel
from koordinator.sporringer import avsloerer, enheter_med_leder
from koordinator.tilstand import STEG
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.kjerne.tilstand import UlovligSteg, neste
from tok.sak import protokoll
from tok.sak.models import Enhet, Sak
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.habil import inhabile, krev_habil


class AlleredeSpurt(Avslag):
    """One open request per case."""


class ErIkkeAnsatt(Avslag):
    """The proposed coordinator has no place of work today."""

    melding = gettext_lazy("Den du har valgt, er ikke ansatt nå. Velg en annen.")
    felt = "foreslaatt"


class FinnerIngenLeder(Avslag):
    """The employee's unit has no leader today."""

    melding = gettext_lazy(
        "Vi finner ingen leder for enheten. Be systemansvarlig registrere leder, eller velg en annen."
    )
    felt = "foreslaatt"


class ErEgenLeder(Avslag):
    """Nobody answers for oneself."""

    melding = gettext_lazy(
        "Den du har valgt, er selv leder for enheten, og kan ikke svare for seg selv. Velg en annen."
    )
    felt = "foreslaatt"


class LederErInhabil(Avslag):
    """Whoever has a relation to the person does not answer about the case either (N12)."""

    melding = gettext_lazy("Nærmeste leder kan ikke svare i denne saken. Velg en ansatt med en annen leder.")
    felt = "foreslaatt"


class RoeperPersonen(Avslag):
    """The leader is never told who the person is (domene.md §2)."""


class KanIkkeTrekkes(Avslag):
    """Answered with no, taken back already, or somebody is appointed by it."""

    melding = gettext_lazy("Forespørselen kan ikke trekkes tilbake nå. Last siden på nytt for å se hva som har skjedd.")


@krever(Rett.SPOERRE_LEDER)
def spoer_leder(
    *,
    sak: Sak,
    foreslaatt: Konto,
    omfang: str,
    anslag_timer: Decimal,
    begrunnelse: str = "",
    enhet: Enhet | None = None,
    av: Konto,
    naa: datetime,
) -> Forespoersel:
    """Ask the proposed coordinator's nearest leader (R110); opens svar_fra_leder, 7 days.

    `anslag_timer` is hours a month. `enhet` says which, for one who works in several units; otherwise the main one.

    Raises:
        AlleredeSpurt: a leader is asked already, or has said yes and nobody is appointed.
        ErInhabil, ErIkkeAnsatt, FinnerIngenLeder, ErEgenLeder, LederErInhabil: there is nobody to ask.
        RoeperPersonen: a text says who the person is.
        TimerUtenforGrensen, SakenErAvsluttet.
    """
    sak = Sak.objects.select_for_update(of=("self",)).select_related("person").get(pk=sak.pk)
    krev_aapen_sak(sak)
    krev_timer(anslag_timer, felt="anslag_timer")
    _krev_ingen_spurt(sak)
    _krev_uten_navn(sak, foreslaatt, omfang=omfang, begrunnelse=begrunnelse)
    enhet, leder = finn_leder(sak, foreslaatt, enhet, lokal_dato(naa))
    forespoersel = Forespoersel(
        sak=sak,
        foreslaatt=foreslaatt,
        leder=leder,
        enhet=enhet,
        omfang=omfang.strip(),
        anslag_timer=anslag_timer,
        begrunnelse=begrunnelse.strip(),
        sendt_av=av,
        sendt_tid=naa,
    )
    try:
        with transaction.atomic():
            forespoersel.save(force_insert=True)
    except IntegrityError as feil:
        if "en_aapen_forespoersel_per_sak" in str(feil):
            raise AlleredeSpurt(_("En leder er allerede spurt i denne saken."))
        raise
    protokoll.sett_frist(
        sak=sak,
        regel=frister.SVAR_FRA_LEDER,
        objekt_id=forespoersel.pk,
        utgangspunkt=lokal_dato(naa),
        naa=naa,
        konto=leder,
    )
    varsler.leder_er_spurt(forespoersel, naa=naa)
    protokoll.noter(sak=sak, leder=leder.navn, foreslaatt=foreslaatt.navn)
    return forespoersel


@krever(Rett.SPOERRE_LEDER)
def trekk_forespoersel(*, forespoersel: Forespoersel, av: Konto, naa: datetime) -> Forespoersel:
    """Take back a request that waits, or a yes that nobody is appointed by.

    Raises:
        KanIkkeTrekkes: it was declined, taken back or used.
    """
    forespoersel = Forespoersel.objects.select_for_update(of=("self",)).med_folk().get(pk=forespoersel.pk)
    try:
        forespoersel.tilstand = neste(STEG, "trekk_forespoersel", forespoersel.tilstand)
    except UlovligSteg:
        raise KanIkkeTrekkes
    if forespoersel.oppnevninger.exists():
        raise KanIkkeTrekkes
    forespoersel.save(update_fields=["tilstand"])
    protokoll.lukk_frist(regel=frister.SVAR_FRA_LEDER, objekt_id=forespoersel.pk, hvordan="trukket", naa=naa)
    varsler.forespoersel_er_trukket(forespoersel, naa=naa)
    protokoll.noter(leder=forespoersel.leder.navn, foreslaatt=forespoersel.foreslaatt.navn)
    return forespoersel


def _krev_ingen_spurt(sak: Sak) -> None:
    venter = Forespoersel.objects.filter(sak=sak).venter().med_folk().first()
    if venter is not None:
        raise AlleredeSpurt(
            _("%(leder)s er allerede spurt, og har ikke svart ennå. Trekk den forespørselen først.")
            % {"leder": venter.leder}
        )
    klar = Forespoersel.objects.filter(sak=sak).kan_brukes().med_folk().first()
    if klar is not None:
        raise AlleredeSpurt(
            _("%(leder)s har allerede sagt ja til %(navn)s. Oppnevn, eller trekk den forespørselen først.")
            % {"leder": klar.leder, "navn": klar.godkjent_konto}
        )


def _krev_uten_navn(sak: Sak, foreslaatt: Konto, **tekster: str) -> None:
    for felt, tekst in tekster.items():
        roeper = avsloerer(sak, tekst, om=foreslaatt)
        if roeper:
            raise RoeperPersonen(
                _("Skriv uten navn. «%(ord)s» kan fortelle lederen hvem personen er.") % {"ord": roeper}, felt=felt
            )


def finn_leder(sak: Sak, foreslaatt: Konto, enhet: Enhet | None, i_dag: date) -> tuple[Enhet, Konto]:
    """The unit and nearest leader to ask; neither of the two may have a relation to the person (N12).

    Raises:
        ErInhabil, ErIkkeAnsatt, FinnerIngenLeder, ErEgenLeder, LederErInhabil.
    """
    krev_habil(foreslaatt, sak.person_id, felt="foreslaatt")
    enheter = [par for par in enheter_med_leder(foreslaatt, i_dag) if enhet is None or par[0] == enhet]
    if not enheter:
        raise ErIkkeAnsatt
    utestengt = inhabile(sak.person_id)
    for en, leder in enheter:
        if leder is not None and leder != foreslaatt and leder.pk not in utestengt:
            return en, leder
    ledere = {leder for _en, leder in enheter if leder is not None}
    if ledere - {foreslaatt}:
        raise LederErInhabil
    raise ErEgenLeder if ledere else FinnerIngenLeder
