"""One thing is kept from guardians, or shown to them again (N20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import bidrag
from tok.sak.models import Deltakelse, Notat, Sak, Skjult
from tok.sak.sporringer.skjult import kan_skjule
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.innsyn import sak_til
from tok.sak.tilgang.notater import av_foresatt
from tok.sak.tilgang.skjulte import kan_skjules


class IkkeIDenAlderen(Avslag):
    """The rules of age do not let anything be hidden (N20)."""

    melding = gettext_lazy("Bare mens barnet er mellom 12 og 16 år kan noe skjules for foresatte.")


class KanIkkeSkjules(Avslag):
    """This thing cannot be hidden: it is of another kind, or they know of it already."""

    melding = gettext_lazy("Dette kan ikke skjules for foresatte.")


class ForesatteSkrevDet(KanIkkeSkjules):
    """They would miss what they wrote themselves, and understand that something is hidden (N20)."""

    melding = gettext_lazy("Foresatte har skrevet dette selv. De vet om det, så det kan ikke skjules for dem.")


class ErIkkeSkjult(Avslag):
    """Somebody else was quicker."""

    melding = gettext_lazy("Dette vises alt for foresatte.")


def skriv_skjult(sak: Sak, rad: Any, *, av: Konto, naa: datetime) -> Skjult:
    """Write that the row is hidden; again is the same. For a handling that has the case and its right.

    Raises:
        IkkeIDenAlderen: the rules of age do not let it.
    """
    finnes = Skjult.objects.virksomme().filter(objekt_id=rad.pk).first()
    if finnes is not None:
        return finnes
    if not kan_skjule(sak, lokal_dato(naa)):
        raise IkkeIDenAlderen
    er_personen = Deltakelse.objects.gjeldende(lokal_dato(naa)).filter(sak=sak, konto=av, rolle="person").exists()
    return Skjult.objects.create(
        sak=sak,
        objekt_type=type(rad).__name__,
        objekt_id=rad.pk,
        grunn=_("Barnet vil det selv") if er_personen else _("Koordinator har vurdert det"),
        satt_av=av,
        satt_tid=naa,
    )


def _laas(rad: Any) -> Sak:
    """The case, locked, so that hiding and showing in two tabs come one after the other."""
    sak = sak_til(rad)
    if sak is None:
        raise KanIkkeSkjules
    return Sak.objects.select_for_update(of=("self",)).select_related("person").get(pk=sak.pk)


@krever(Rett.SKJULE_FOR_FORESATTE)
def skjul_for_foresatte(*, rad: Any, av: Konto, naa: datetime) -> Skjult:
    """Keep one note or meeting, and all that would tell of it, from the guardians from now on (N20).

    Raises:
        KanIkkeSkjules: its kind is never hidden, or a floor says why this one cannot be.
        ForesatteSkrevDet: the note is a guardian's own.
        IkkeIDenAlderen: the rules of age do not let it.
    """
    if not kan_skjules(type(rad)):
        raise KanIkkeSkjules
    sak = _laas(rad)
    if isinstance(rad, Notat) and av_foresatt(Notat.objects.filter(pk=rad.pk)).exists():
        raise ForesatteSkrevDet
    hinder = next((hvorfor for spoer in bidrag.hindrer_skjuling if (hvorfor := spoer(rad))), "")
    if hinder:
        raise KanIkkeSkjules(hinder)
    return skriv_skjult(sak, rad, av=av, naa=naa)


@krever(Rett.SKJULE_FOR_FORESATTE)
def vis_igjen(*, rad: Any, av: Konto, naa: datetime) -> Skjult:
    """Show the guardians what was hidden from them (N20).

    Raises:
        ErIkkeSkjult: it is shown already.
    """
    _laas(rad)
    skjult = Skjult.objects.virksomme().select_for_update().filter(objekt_id=rad.pk).first()
    if skjult is None:
        raise ErIkkeSkjult
    skjult.opphevet_av, skjult.opphevet_tid = av, naa
    skjult.save(update_fields=["opphevet_av", "opphevet_tid"])
    return skjult
