"""TOK appoints, changes and ends: never two responsible on one date, and no end without a word (R30, R100, L3, L4)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from koordinator import dokumenter, varsler
from koordinator.handlinger.krav import krev_aapen_sak
from koordinator.handlinger.periode import EN_DAG, FeilPeriode, ManglerSluttgrunn, Periode, krev_periode, ny_deltakelse
from koordinator.models import Forespoersel, Oppnevning
from koordinator.sporringer import enheter_med_leder, hent_belastning
from tok.kjerne.datotekst import dato
from tok.kjerne.dokumenter import bestill
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Dokument, Konto
from tok.sak import protokoll
from tok.sak.handlinger.vernegruppe import etter_ny_deltaker, hold
from tok.sak.models import Sak, Saksdokument
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.habil import krev_habil


class LederHarIkkeSagtJa(Avslag):
    """An appointment rests on the leader's yes (R30, R110)."""

    melding = gettext_lazy("Lederen har ikke sagt ja. Oppnevning krever at lederen har godkjent.")


class AlleredeOppnevnt(Avslag):
    """One yes is good for one appointment."""

    melding = gettext_lazy("Koordinatoren er allerede oppnevnt etter dette svaret.")


class HarSluttet(Avslag):
    """The approved employee has left since the leader answered."""

    melding = gettext_lazy("Den lederen godkjente, er ikke ansatt lenger. Spør en ny leder.")


@krever(Rett.OPPNEVNE)
def oppnevn(
    *,
    forespoersel: Forespoersel,
    fra_dato: date,
    til_dato: date | None = None,
    type_: str = Oppnevning.Type.KOORDINATOR,
    slutt_grunn: str = "",
    av: Konto,
    naa: datetime,
) -> Oppnevning:
    """Appoint the one the leader approved, from–to, with the letter (R30, R100). `til_dato` is the first day after.

    A barnekoordinator ends on the 18th birthday at the latest, and that is the reason recorded (L4).

    Raises:
        LederHarIkkeSagtJa, AlleredeOppnevnt, HarSluttet, ErInhabil, AnnenErKoordinator, FeilPeriode, IkkeBarn,
        ManglerSluttgrunn, SakenErAvsluttet.
    """
    sak = _laast_sak(forespoersel.sak_id)
    return _oppnevn(sak, forespoersel, Periode(type_, fra_dato, til_dato, slutt_grunn), av, naa)


@krever(Rett.OPPNEVNE)
def bytt_koordinator(
    *,
    oppnevning: Oppnevning,
    forespoersel: Forespoersel,
    fra_dato: date,
    til_dato: date | None = None,
    type_: str = Oppnevning.Type.KOORDINATOR,
    slutt_grunn: str = "",
    av: Konto,
    naa: datetime,
) -> Oppnevning:
    """End the present appointment on the day the next begins, without a gap (R122, L3); returns the new one.

    Raises:
        FeilPeriode: the next begins before the present one did, or the present one has ended.
        And what `oppnevn` raises.
    """
    sak = _laast_sak(oppnevning.sak_id)
    if forespoersel.sak_id != sak.pk:
        raise LederHarIkkeSagtJa
    gammel = _laast_oppnevning(oppnevning)
    deltakelse = gammel.deltakelse
    if fra_dato < deltakelse.fra_dato or (deltakelse.til_dato is not None and deltakelse.til_dato < fra_dato):
        raise FeilPeriode(_("Den nye må begynne mens %(navn)s er koordinator.") % {"navn": deltakelse.konto})
    _slutt(gammel, fra_dato, _("Ny koordinator er oppnevnt."))
    ny = _oppnevn(sak, forespoersel, Periode(type_, fra_dato, til_dato, slutt_grunn), av, naa)
    varsler.oppnevning_slutter(gammel, naa=naa)
    protokoll.noter(forrige=str(deltakelse.konto))
    return ny


@krever(Rett.OPPNEVNE)
def avslutt_oppnevning(
    *, oppnevning: Oppnevning, slutt_dato: date, slutt_grunn: str, av: Konto, naa: datetime
) -> Oppnevning:
    """End an appointment without a successor, with the reason recorded (L3). `slutt_dato` is the first day after.

    One that has not begun is called off by ending it on its first day.

    Raises:
        FeilPeriode: before the start, in the past, or later than the end that is set.
        ManglerSluttgrunn.
    """
    _laast_sak(oppnevning.sak_id)
    oppnevning = _laast_oppnevning(oppnevning)
    deltakelse = oppnevning.deltakelse
    if not slutt_grunn.strip():
        raise ManglerSluttgrunn
    if slutt_dato < deltakelse.fra_dato:
        melding = _("Slutten kan ikke være før oppnevningen begynte, %(dato)s.") % {"dato": dato(deltakelse.fra_dato)}
        raise FeilPeriode(melding, felt="siste_dag")
    if slutt_dato < lokal_dato(naa):
        raise FeilPeriode(_("Siste dag kan ikke være tidligere enn i går."), felt="siste_dag")
    if deltakelse.til_dato is not None and slutt_dato > deltakelse.til_dato:
        siste = dato(deltakelse.til_dato - EN_DAG)
        raise FeilPeriode(_("Oppnevningen slutter allerede %(dato)s.") % {"dato": siste}, felt="siste_dag")
    _slutt(oppnevning, slutt_dato, slutt_grunn.strip())
    varsler.oppnevning_slutter(oppnevning, naa=naa)
    begynte = slutt_dato > deltakelse.fra_dato
    protokoll.noter(koordinator=str(deltakelse.konto), siste_dag=dato(slutt_dato - EN_DAG) if begynte else "")
    return oppnevning


def _laast_sak(pk: UUID) -> Sak:
    """Appointments of one case come one after another."""
    sak = Sak.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    krev_aapen_sak(sak)
    return sak


def _laast_oppnevning(oppnevning: Oppnevning) -> Oppnevning:
    return Oppnevning.objects.select_for_update(of=("self",)).med_folk().get(pk=oppnevning.pk)


def _slutt(oppnevning: Oppnevning, slutt_dato: date, grunn: str) -> None:
    oppnevning.deltakelse.til_dato = slutt_dato
    oppnevning.deltakelse.save(update_fields=["til_dato"])
    oppnevning.slutt_grunn = grunn
    oppnevning.save(update_fields=["slutt_grunn"])


def _oppnevn(sak: Sak, forespoersel: Forespoersel, periode: Periode, av: Konto, naa: datetime) -> Oppnevning:
    i_dag = lokal_dato(naa)
    forespoersel = Forespoersel.objects.select_for_update(of=("self",)).med_folk().get(pk=forespoersel.pk)
    konto, timer = _godkjent(forespoersel, i_dag)
    krev_habil(konto, sak.person_id)
    hold(konto.pk)
    periode = krev_periode(sak, forespoersel, periode, i_dag)
    deltakelse = ny_deltakelse(sak, forespoersel, konto, periode)
    etter_ny_deltaker(deltakelse, sak.vernenivaa, av=av, naa=naa)
    oppnevning = Oppnevning(
        sak=sak,
        deltakelse=deltakelse,
        forespoersel=forespoersel,
        type=periode.type,
        timer=timer,
        oppnevnt_av=av,
        oppnevnt_dato=i_dag,
        slutt_grunn=periode.slutt_grunn,
    )
    oppnevning.brev = _brev(oppnevning, forespoersel, konto, av, naa)
    oppnevning.save(force_insert=True)
    varsler.koordinator_er_oppnevnt(oppnevning, naa=naa, i_dag=i_dag)
    varsler.leder_ser_oppnevning(oppnevning, naa=naa)
    protokoll.noter(
        sak=sak,
        koordinator=konto.navn,
        type=str(oppnevning.get_type_display()),
        fra=dato(periode.fra_dato),
        til=dato(periode.til_dato - EN_DAG) if periode.til_dato else "",
    )
    return oppnevning


def _godkjent(forespoersel: Forespoersel, i_dag: date) -> tuple[Konto, Decimal]:
    konto, timer = forespoersel.godkjent_konto, forespoersel.timer
    if forespoersel.tilstand != Forespoersel.Tilstand.GODKJENT or konto is None or timer is None:
        raise LederHarIkkeSagtJa
    if forespoersel.oppnevninger.exists():
        raise AlleredeOppnevnt
    if not enheter_med_leder(konto, i_dag):
        raise HarSluttet
    return konto, timer


def _brev(oppnevning: Oppnevning, forespoersel: Forespoersel, konto: Konto, av: Konto, naa: datetime) -> Dokument:
    """The letter, frozen and filed in the case (R30, L18)."""
    i_dag = lokal_dato(naa)
    kurs = hent_belastning([konto.pk], i_dag)[konto.pk].kurs
    with override(konto.maalform):
        innhold = dokumenter.oppnevningsbrev(
            oppnevning=oppnevning,
            deltakelse=oppnevning.deltakelse,
            forespoersel=forespoersel,
            av=av,
            i_dag=i_dag,
            kurs_tatt=not kurs.mangler,
        )
        tittel = _("Oppnevning av koordinator, sak %(nummer)s") % {"nummer": oppnevning.sak.nummer}
    dokument = bestill(
        noekkel=f"oppnevningsbrev:{oppnevning.pk}",
        mal="oppnevningsbrev",
        tittel=tittel,
        innhold=innhold,
        naa=naa,
        maalform=konto.maalform,
    )
    protokoll.arkiver_i_saken(sak=oppnevning.sak, dokument=dokument, type_=Saksdokument.Type.OPPNEVNING, naa=naa)
    return dokument
