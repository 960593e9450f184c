"""The leader's answer: yes, another of own staff, or no with a reason (R111–R113)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy

from koordinator import frister, varsler
from koordinator.handlinger.krav import krev_timer
from koordinator.models import Forespoersel
from koordinator.sporringer import allerede_besvart, kandidater
from koordinator.tilstand import STEG
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.kjerne.tilstand import UlovligSteg, neste
from tok.sak import protokoll
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.habil import krev_habil


class AlleredeBesvart(Avslag):
    """An answer is given once, and not after TOK took the question back; TOK can ask again."""


class IkkeEgenAnsatt(Avslag):
    """A leader offers only own staff of the unit that was asked."""

    melding = gettext_lazy("Velg en av dine egne ansatte.")
    felt = "annen"


class SammeAnsatt(Avslag):
    """Another is not the one TOK proposed."""

    melding = gettext_lazy("TOK har alt foreslått denne ansatte. Velg «Ja, jeg godkjenner», eller foreslå en annen.")
    felt = "annen"


class ManglerForklaring(Avslag):
    """Some answers TOK cannot use without words."""

    melding = gettext_lazy("Skriv kort hvorfor, så TOK forstår svaret.")


@krever(Rett.SVARE_SOM_LEDER)
def godkjenn(
    *,
    forespoersel: Forespoersel,
    timer: Decimal,
    melding: str = "",
    samtale_holdt: bool = False,
    av: Konto,
    naa: datetime,
) -> Forespoersel:
    """Say yes to the proposed employee with expected hours a month (R110, R112–R113).

    Raises:
        AlleredeBesvart, TimerUtenforGrensen, ErInhabil.
    """
    forespoersel = _laast(forespoersel)
    forespoersel.tilstand = _neste("godkjenn", forespoersel)
    krev_timer(timer, felt="timer")
    krev_habil(forespoersel.foreslaatt, forespoersel.sak.person_id, felt="svar")
    forespoersel.godkjent_konto = forespoersel.foreslaatt
    forespoersel.timer = timer
    forespoersel.samtale_holdt = samtale_holdt
    return _besvar(forespoersel, melding, naa)


@krever(Rett.SVARE_SOM_LEDER)
def godkjenn_annen(
    *,
    forespoersel: Forespoersel,
    annen: Konto,
    timer: Decimal,
    melding: str,
    samtale_holdt: bool = False,
    av: Konto,
    naa: datetime,
) -> Forespoersel:
    """Offer another of own staff in the unit, with hours a month and why (R112–R113).

    Raises:
        AlleredeBesvart, TimerUtenforGrensen, IkkeEgenAnsatt, SammeAnsatt, ErInhabil, ManglerForklaring.
    """
    forespoersel = _laast(forespoersel)
    forespoersel.tilstand = _neste("godkjenn_annen", forespoersel)
    krev_timer(timer, felt="timer_annen")
    if annen == forespoersel.foreslaatt:
        raise SammeAnsatt
    egne = {en.konto for en in kandidater(lokal_dato(naa), forespoersel.enhet)}
    if annen not in egne or annen == av:
        raise IkkeEgenAnsatt
    krev_habil(annen, forespoersel.sak.person_id, felt="annen")
    if not melding.strip():
        raise ManglerForklaring(felt="melding_annen")
    forespoersel.godkjent_konto = annen
    forespoersel.timer = timer
    forespoersel.samtale_holdt = samtale_holdt
    return _besvar(forespoersel, melding, naa)


@krever(Rett.SVARE_SOM_LEDER)
def avslaa(*, forespoersel: Forespoersel, grunn: str, melding: str = "", av: Konto, naa: datetime) -> Forespoersel:
    """Say no with a reason (R112).

    Raises:
        AlleredeBesvart.
        ManglerForklaring: the reason is «annen grunn», and nothing is said about it.
    """
    forespoersel = _laast(forespoersel)
    forespoersel.tilstand = _neste("avslaa", forespoersel)
    forespoersel.avslagsgrunn = Forespoersel.Avslagsgrunn(grunn)
    if forespoersel.avslagsgrunn == Forespoersel.Avslagsgrunn.ANNEN and not melding.strip():
        raise ManglerForklaring(felt="melding_avslag")
    return _besvar(forespoersel, melding, naa)


def _laast(forespoersel: Forespoersel) -> Forespoersel:
    return Forespoersel.objects.select_for_update(of=("self",)).med_folk().get(pk=forespoersel.pk)


def _neste(handling: str, forespoersel: Forespoersel) -> str:
    try:
        return neste(STEG, handling, forespoersel.tilstand)
    except UlovligSteg:
        raise AlleredeBesvart(allerede_besvart(forespoersel))


def _besvar(forespoersel: Forespoersel, melding: str, naa: datetime) -> Forespoersel:
    forespoersel.melding = melding.strip()
    forespoersel.svart_tid = naa
    forespoersel.save()
    protokoll.lukk_frist(regel=frister.SVAR_FRA_LEDER, objekt_id=forespoersel.pk, hvordan="besvart", naa=naa)
    varsler.leder_har_svart(forespoersel, naa=naa)
    godkjent = forespoersel.godkjent_konto
    protokoll.noter(foreslaatt=forespoersel.foreslaatt.navn, godkjent=godkjent.navn if godkjent else "")
    return forespoersel
