"""What becomes of a finding of the weekly control: given to a leader, and closed with a written assessment (N9)."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Loggfunn
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.varsler import noe_venter


class AlleredeVurdert(Avslag):
    """A finding is closed once; the assessment stands."""

    melding = _("Dette funnet er alt vurdert.")


class EgetFunn(Avslag):
    """Nobody assesses own lookups."""

    melding = _("Velg en annen leder. Ingen vurderer sine egne oppslag.")
    felt = "leder"


class IkkeLeder(Avslag):
    """Only somebody who leads a unit today can be asked."""

    melding = _("Velg en som er leder i dag.")
    felt = "leder"


@krever(Rett.VURDERE_LOGGFUNN)
def vurder_funn(*, funn: Loggfunn, vurdering: str, av: Konto, naa: datetime) -> Loggfunn:
    """Close a finding with what one found out (N9).

    Raises:
        AlleredeVurdert, EgetFunn.
    """
    funn = _laast(funn)
    if funn.konto_id == av.pk:
        raise EgetFunn
    funn.vurdering = vurdering
    funn.lukket_av = av
    funn.lukket_tid = naa
    funn.save(update_fields=["vurdering", "lukket_av", "lukket_tid"])
    return funn


@krever(Rett.KONTROLLERE_LOGG)
def gi_funn_til(*, funn: Loggfunn, leder: Konto, av: Konto, naa: datetime) -> Loggfunn:
    """Give an open finding to a leader: the account has none, is one, or its leader is away (N9).

    Raises:
        AlleredeVurdert, EgetFunn, IkkeLeder.
    """
    funn = _laast(funn)
    if funn.konto_id == leder.pk:
        raise EgetFunn
    leder_i = Ansettelse.objects.gjeldende(lokal_dato(naa)).som(Ansettelse.Rolle.LEDER).filter(konto=leder)
    if not leder_i.exists():
        raise IkkeLeder
    funn.leder = leder
    funn.save(update_fields=["leder"])
    noter(leder=leder.navn)
    noe_venter(
        noekkel=f"loggfunn_gitt:{funn.pk}:{leder.pk}",
        mottaker=leder,
        sti=reverse("sak:loggfunn"),
        naa=naa,
        gjelder_type=Loggfunn.__name__,
        gjelder_id=funn.pk,
    )
    return funn


def _laast(funn: Loggfunn) -> Loggfunn:
    laast = Loggfunn.objects.select_for_update(of=("self",)).get(pk=funn.pk)
    if not laast.er_aapent:
        raise AlleredeVurdert
    return laast
