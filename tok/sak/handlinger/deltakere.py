"""Who takes part: in and out of the case, at once (R9–R11, R33–R35, N2)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from tok.kjerne.fristregning import fyller_aar
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import varsler
from tok.sak.models import Ansettelse, Deltakelse, Enhet, Kontakt, Sak
from tok.sak.opplysninger import UtenKonto
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever


class DeltarAllerede(Avslag):
    """The same account, or somebody of the same name without one, takes part in any role."""

    def __init__(self, deltakelse: Deltakelse) -> None:
        melding = _("%(navn)s er allerede med: %(rolle)s.")
        ord_ = {"navn": deltakelse.navn, "rolle": deltakelse.get_rolle_display()}
        super().__init__(melding % ord_, felt="konto" if deltakelse.har_konto else "navn")


class ForelderTilVoksen(Avslag):
    """Parental responsibility ends at 18."""

    melding = _("Personen har fylt 18 år. Foreldre deltar da som pårørende eller med fullmakt.")
    felt = "egenskap"


class PersonenErMed(Avslag):
    """The case is the person's own."""

    melding = _("Saken gjelder denne personen, som derfor ikke kan tas ut.")


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

    A parent's part ends by itself on the day the person turns 18. An employee's unit is known without being told.

    Raises:
        KoordinatorOppnevnes: for the role that is given by appointment.
        DeltarAllerede: the account, or the name without an account, is in already.
        ForelderTilVoksen: a parent of somebody who has turned 18.
    """
    if rolle == Deltakelse.Rolle.KOORDINATOR:
        raise KoordinatorOppnevnes
    i_dag = lokal_dato(naa)
    Sak.objects.select_for_update().get(pk=sak.pk)
    konto = hvem if isinstance(hvem, Konto) else None
    med = Deltakelse.objects.gjeldende(i_dag).filter(sak=sak).med_navn()
    samme = med.filter(konto=konto) if konto else med.filter(kontakt__navn__iexact=hvem.navn)
    if (funnet := samme.first()) is not None:
        raise DeltarAllerede(funnet)
    slutt = fyller_aar(sak.person.foedselsdato, 18) if egenskap == Deltakelse.Egenskap.FORELDER else None
    if slutt is not None and slutt <= i_dag:
        raise ForelderTilVoksen
    deltakelse = Deltakelse.objects.create(
        sak=sak,
        rolle=rolle,
        egenskap=egenskap,
        konto=konto,
        kontakt=None if isinstance(hvem, Konto) else Kontakt.objects.create(**vars(hvem)),
        enhet=enhet or _arbeidssted(konto, i_dag),
        bidrag=bidrag,
        via_legekontor=via_legekontor,
        fra_dato=i_dag,
        til_dato=slutt,
    )
    varsler.deltakere_endret(deltakelse, av=av, naa=naa)
    noter(rolle=str(Deltakelse.Rolle(rolle).label), navn=hvem.navn)
    return deltakelse


def _arbeidssted(konto: Konto | None, i_dag: date) -> Enhet | None:
    if konto is None:
        return None
    ansatt = (
        Ansettelse.objects.gjeldende(i_dag).filter(konto=konto).select_related("enhet").order_by("fra_dato").first()
    )
    return ansatt.enhet if ansatt else None


@krever(Rett.ENDRE_DELTAKERE)
def endre_deltaker(
    *,
    deltakelse: Deltakelse,
    kontakt: UtenKonto | None,
    enhet: Enhet | None,
    bidrag: str,
    via_legekontor: bool,
    av: Konto,
    naa: datetime,
) -> Deltakelse:
    """Mend what is known of a participant, without touching the consent that names them (R33, R35).

    `kontakt` is given for those without an account; an account keeps its own name and address.
    """
    rad = Deltakelse.objects.select_for_update(of=("self",)).med_navn().get(pk=deltakelse.pk)
    if rad.kontakt is not None and kontakt is not None:
        for felt, verdi in vars(kontakt).items():
            setattr(rad.kontakt, felt, verdi)
        rad.kontakt.save()
    rad.enhet, rad.bidrag, rad.via_legekontor = enhet, bidrag, via_legekontor
    rad.save()
    noter(navn=rad.navn)
    return rad


@krever(Rett.ENDRE_DELTAKERE)
def avslutt_deltakelse(*, deltakelse: Deltakelse, av: Konto, naa: datetime) -> Deltakelse:
    """End a participation at once: the next request of the account is refused (N2, R33).

    Raises:
        KoordinatorOppnevnes: for the coordinator.
        PersonenErMed: for the person.
        AlleredeAvsluttet: it has ended.
    """
    rad = Deltakelse.objects.select_for_update(of=("self",)).med_navn().get(pk=deltakelse.pk)
    i_dag = lokal_dato(naa)
    if rad.rolle == Deltakelse.Rolle.KOORDINATOR:
        raise KoordinatorOppnevnes
    if rad.rolle == Deltakelse.Rolle.PERSON:
        raise PersonenErMed
    if rad.til_dato is not None and rad.til_dato <= i_dag:
        raise AlleredeAvsluttet
    rad.til_dato = max(i_dag, rad.fra_dato)
    rad.save()
    varsler.deltakere_endret(rad, av=av, naa=naa)
    noter(rolle=rad.get_rolle_display(), navn=rad.navn)
    return rad
