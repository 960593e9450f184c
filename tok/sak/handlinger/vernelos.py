"""The office's leader names somebody for a protected case that has lost its people (N11)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak.handlinger.vernegruppe import slipp_inn
from tok.sak.models import Person, Sak
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.vernegruppe import kandidater
from tok.sak.tilgang.vernelos import uten_saksbehandler


class HarSaksbehandler(Avslag):
    """The case has somebody of the office, or is not of the leader's."""

    melding = _("Denne saken mangler ikke saksbehandler lenger.")
    felt = "sak"


class IkkePaaKontoret(Avslag):
    """Only somebody who works in the office, without a relation to the person, can be named."""

    melding = _("Velg en annen på kontoret.")
    felt = "konto"


@krever(Rett.GJENOPPRETTE_VERN)
def navngi_saksbehandler(*, sak: Sak, konto: Konto, av: Konto, naa: datetime) -> Sak:
    """Let one of the office in to a protected case nobody there can reach; the leader sees its number alone (N11).

    Raises:
        HarSaksbehandler: somebody can reach it, or it is of another office.
        IkkePaaKontoret: the account does not work there, or has a relation to the person.
    """
    i_dag = lokal_dato(naa)
    person = Person.objects.select_for_update().get(pk=sak.person_id)
    if not uten_saksbehandler(av, i_dag).filter(pk=sak.pk).exists():
        raise HarSaksbehandler
    if konto not in [kandidat.konto for kandidat in kandidater(person, i_dag) if kandidat.er_tok]:
        raise IkkePaaKontoret
    slipp_inn(person, [konto], av=av, naa=naa)
    noter(navn=konto.navn)
    return sak
