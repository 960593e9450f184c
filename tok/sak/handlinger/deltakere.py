"""Who takes part: in and out of the case, at once (R9–R11, R33–R35, N2)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import varsler
from tok.sak.alderskifte import siste_dag_ute
from tok.sak.frister import MANDAT_UTLOEPER
from tok.sak.handlinger.vernegruppe import etter_ny_deltaker, hold
from tok.sak.models import Ansettelse, Deltakelse, Enhet, Kontakt, Sak
from tok.sak.opplysninger import UtenKonto
from tok.sak.protokoll import lukk_frist, noter
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.habil import krev_habil
from tok.sak.tilgang.sperrer import UTEN_HABILITET


class DeltarAllerede(Avslag):
    """The same account, or somebody of the same name without one, takes part in any role."""

    def __init__(self, deltakelse: Deltakelse) -> None:
        melding = _("%(navn)s er allerede med: %(rolle)s.")
        ord_ = {"navn": deltakelse.navn, "rolle": deltakelse.get_rolle_display()}
        super().__init__(melding % ord_, felt="konto" if deltakelse.har_konto else "navn")


class GirSegSelvRollen(Avslag):
    """A role that no relation takes away, and that outlives one's work, is given by another than oneself (N12)."""

    melding = _("Du kan ikke gi deg selv denne rollen. En kollega må registrere den.")
    felt = "konto"


class ForelderTilVoksen(Avslag):
    """Parental responsibility ends at 18, and what the child welfare service decides for a child."""

    melding = _(
        "Personen har fylt 18 år. Foreldre deltar da som pårørende eller med fullmakt, og barneverntjenesten som andre"
        " tjenester."
    )
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

    A parent's part, and that of the child welfare service, ends by itself on the day the person turns 18. An employee's
    unit is known without being told.

    Raises:
        KoordinatorOppnevnes: for the role that is given by appointment.
        DeltarAllerede: the account, or the name without an account, is in already.
        ForelderTilVoksen: a parent of somebody who has turned 18.
        ErInhabil: the account has a relation to the person, and the role is one of those who help (N12).
        GirSegSelvRollen: the role is the family's, and the account one's own.
    """
    if rolle == Deltakelse.Rolle.KOORDINATOR:
        raise KoordinatorOppnevnes
    deltakelse = ta_med(
        Deltakelse(
            sak=sak,
            rolle=rolle,
            egenskap=egenskap,
            enhet=enhet,
            bidrag=bidrag,
            via_legekontor=via_legekontor,
            fra_dato=lokal_dato(naa),
        ),
        hvem,
        av=av,
        naa=naa,
    )
    noter(rolle=str(Deltakelse.Rolle(rolle).label), navn=hvem.navn)
    return deltakelse


def ta_med(ny: Deltakelse, hvem: Konto | UtenKonto, *, av: Konto, naa: datetime) -> Deltakelse:
    """Save a new participation under the case's lock, within the running handling.

    Raises:
        DeltarAllerede, ForelderTilVoksen, ErInhabil, GirSegSelvRollen
    """
    i_dag, sak = lokal_dato(naa), ny.sak
    konto = hvem if isinstance(hvem, Konto) else None
    if konto is not None:
        hold(konto.pk)
    foer = Sak.objects.select_for_update().get(pk=sak.pk).vernenivaa
    med = Deltakelse.objects.gjeldende(i_dag).filter(sak=sak).med_navn()
    samme = med.filter(konto=konto) if konto else med.filter(kontakt__navn__iexact=hvem.navn)
    if (funnet := samme.first()) is not None:
        raise DeltarAllerede(funnet)
    if konto is not None and ny.rolle not in UTEN_HABILITET:
        krev_habil(konto, sak.person_id, felt="konto")
    if konto == av and ny.rolle in UTEN_HABILITET:
        raise GirSegSelvRollen
    ny.til_dato = siste_dag_ute(ny.egenskap, sak.person.foedselsdato)
    if ny.til_dato is not None and ny.til_dato <= i_dag:
        raise ForelderTilVoksen
    ny.konto = konto
    ny.kontakt = None if isinstance(hvem, Konto) else Kontakt.objects.create(**vars(hvem))
    ny.enhet = ny.enhet or _arbeidssted(konto, i_dag)
    ny.save(force_insert=True)
    etter_ny_deltaker(ny, foer, av=av, naa=naa)
    varsler.deltakere_endret(ny, av=av, naa=naa)
    return ny


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
    rad.save(update_fields=["enhet", "bidrag", "via_legekontor"])
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
    rad.save(update_fields=["til_dato"])
    lukk_frist(regel=MANDAT_UTLOEPER, objekt_id=rad.pk, hvordan="representanten er tatt ut", naa=naa)
    varsler.deltakere_endret(rad, av=av, naa=naa)
    noter(rolle=rad.get_rolle_display(), navn=rad.navn)
    return rad
