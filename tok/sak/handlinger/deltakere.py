"""Who takes part: in and out of the case, at once (R9–R11, R33–R35, N2)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import varsler
from tok.sak.models import Deltakelse, Enhet, Kontakt, Sak
from tok.sak.opplysninger import UtenKonto
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever


class DeltarAllerede(Avslag):
    """The same account takes part in the same role."""

    melding = _("Denne deltakeren er allerede med.")
    felt = "konto"


class KoordinatorOppnevnes(Avslag):
    """A coordinator is appointed and ended by the office, not added like others (R30, L3)."""

    melding = _("Koordinator oppnevnes og avløses av kontoret, ikke her.")
    felt = "rolle"


class AlleredeAvsluttet(Avslag):
    """The participation has ended."""

    melding = _("Deltakeren er allerede tatt ut av gruppa.")


@krever(Rett.ENDRE_DELTAKERE)
def legg_til_deltaker(
    *,
    sak: Sak,
    rolle: str,
    hvem: Konto | UtenKonto,
    egenskap: str = "",
    enhet: Enhet | None = None,
    bidrag: str = "",
    via_legekontor: bool = False,
    av: Konto,
    naa: datetime,
) -> Deltakelse:
    """Add a participant from today; the office hears of it when somebody else did it (R33).

    Raises:
        KoordinatorOppnevnes: for the role that is given by appointment.
        DeltarAllerede: the account is in the role already.
    """
    if rolle == Deltakelse.Rolle.KOORDINATOR:
        raise KoordinatorOppnevnes
    i_dag = lokal_dato(naa)
    Sak.objects.select_for_update().get(pk=sak.pk)
    konto = hvem if isinstance(hvem, Konto) else None
    if konto and Deltakelse.objects.gjeldende(i_dag).filter(sak=sak, konto=konto, rolle=rolle).exists():
        raise DeltarAllerede
    deltakelse = Deltakelse.objects.create(
        sak=sak,
        rolle=rolle,
        egenskap=egenskap,
        konto=konto,
        kontakt=None if isinstance(hvem, Konto) else Kontakt.objects.create(**vars(hvem)),
        enhet=enhet,
        bidrag=bidrag,
        via_legekontor=via_legekontor,
        fra_dato=i_dag,
    )
    varsler.deltakere_endret(deltakelse, av=av, naa=naa)
    noter(rolle=str(Deltakelse.Rolle(rolle).label), navn=hvem.navn)
    return deltakelse


@krever(Rett.ENDRE_DELTAKERE)
def avslutt_deltakelse(*, deltakelse: Deltakelse, av: Konto, naa: datetime) -> Deltakelse:
    """End a participation at once: the next request of the account is refused (N2, R33).

    Raises:
        KoordinatorOppnevnes: for the coordinator.
        AlleredeAvsluttet: it has ended.
    """
    rad = Deltakelse.objects.select_for_update(of=("self",)).med_navn().get(pk=deltakelse.pk)
    i_dag = lokal_dato(naa)
    if rad.rolle == Deltakelse.Rolle.KOORDINATOR:
        raise KoordinatorOppnevnes
    if rad.til_dato is not None and rad.til_dato <= i_dag:
        raise AlleredeAvsluttet
    rad.til_dato = max(i_dag, rad.fra_dato)
    rad.save()
    varsler.deltakere_endret(rad, av=av, naa=naa)
    noter(rolle=rad.get_rolle_display(), navn=rad.navn)
    return rad
