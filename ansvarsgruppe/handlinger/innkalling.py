"""Agenda and invitation are sent: a message or a letter, and a calendar file, for each who is called (R56–R64)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ansvarsgruppe import frister, sporringer
from ansvarsgruppe.dokumenter import innkalling as brevet
from ansvarsgruppe.dokumenter.kalenderfil import kalenderfil
from ansvarsgruppe.handlinger.moete import ta_ut_av_kalenderen
from ansvarsgruppe.handlinger.moeteplan import sjekk_samtykke
from ansvarsgruppe.handlinger.sted import StedetNevnerPersonen, nevner
from ansvarsgruppe.handlinger.steg import laas, ta_steg
from ansvarsgruppe.models import Innkalling, Moete, kanal_til
from ansvarsgruppe.varsler import moete as post
from tok.kjerne import datotekst
from tok.kjerne.dokumenter import bestill
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Dokument, Kommune, Konto
from tok.sak import protokoll
from tok.sak.models import Deltakelse, Saksdokument
from tok.sak.tilgang import Avslag, Rett, krever

ENDRE_STEDET = _("Stedet nevner navnet eller adressen til den møtet gjelder. Endre stedet før du sender.")


class ManglerSaksliste(Avslag):
    """The agenda goes with the invitation (R59, R60)."""

    melding = _("Sakslista er tom. Sett opp minst én sak før du sender.")


class MoetetHarVaert(Avslag):
    """Nobody is called in to what has begun."""

    melding = _("Møtet har begynt. Det er for sent å kalle inn.")


class IngenMottakere(Avslag):
    """Somebody must be called."""

    melding = _("Velg minst én som skal kalles inn.")
    felt = "til"


class EndretSidenDuSaaOver(Avslag):
    """What is sent is exactly what was looked over."""

    melding = _("Møtet, sakslista eller deltakerne er endret siden du så over. Se over en gang til, og send.")


@krever(Rett.SENDE_SAKSLISTE)
def send_innkalling(*, moete: Moete, til: Collection[UUID], sett: str, av: Konto, naa: datetime) -> Moete:
    """Send agenda and invitation to the chosen participants; too late is allowed, and recorded (R59).

    `sett` is the mark (`sporringer.avtrykk`) of what the sender looked over. Those who were called before and are not
    chosen now get the meeting taken out of their calendar.

    Raises:
        KanIkkeNaa, MoetetHarVaert, ManglerSaksliste, IngenMottakere, EndretSidenDuSaaOver, ManglerSamtykke,
        StedetNevnerPersonen.
    """
    moete = laas(moete)
    ta_steg(moete, "send_innkalling")
    punkter = sporringer.punkttekster(moete)
    if naa >= moete.start_tid:
        raise MoetetHarVaert
    if not punkter:
        raise ManglerSaksliste
    if sett != sporringer.avtrykk(moete, punkter):
        raise EndretSidenDuSaaOver
    sjekk_samtykke(moete.gruppe.sak, naa)
    if nevner(moete.sted, moete.gruppe.sak.person):
        raise StedetNevnerPersonen(ENDRE_STEDET)
    mottakere = _mottakere(moete, til, naa)
    foer = sporringer.siste_innkallinger(moete)
    _stempl_saksliste(moete, naa)
    moete.save()
    sending = _Sending(moete, punkter, mottakere, naa)
    for deltakelse in mottakere:
        sending.send(deltakelse)
    for innkalling in foer:
        if not sporringer.er_kalt(innkalling.deltakelse, mottakere):
            ta_ut_av_kalenderen(moete, innkalling, naa)
    kanaler = [kanal_til(deltakelse) for deltakelse in mottakere]
    if Innkalling.Kanal.ANNEN in kanaler:
        post.maa_leveres(moete, hva="innkalling", naa=naa)
    protokoll.noter(
        tid=datotekst.dato_tid(moete.start_tid),
        antall=len(mottakere),
        paa_papir=kanaler.count(Innkalling.Kanal.PAPIR),
        for_sent=bool(moete.saksliste_for_sent),
        paa_nytt=bool(foer),
    )
    return moete


def _mottakere(moete: Moete, til: Collection[UUID], naa: datetime) -> list[Deltakelse]:
    valgte = set(til)
    mottakere = [d for d in sporringer.kan_innkalles(moete, lokal_dato(naa)) if d.pk in valgte]
    if not valgte:
        raise IngenMottakere
    if len(mottakere) != len(valgte):
        raise EndretSidenDuSaaOver
    return mottakere


def _stempl_saksliste(moete: Moete, naa: datetime) -> None:
    """Close the clock of the agenda; date and verdict are those of the newest sending, so a late change is late."""
    frist = protokoll.lukk_frist(regel=frister.SAKSLISTE, objekt_id=moete.pk, hvordan="sakslista er sendt", naa=naa)
    if frist is not None or moete.saksliste_sendt_tid is None:
        moete.saksliste_sendt_tid = naa
        moete.saksliste_for_sent = bool(frist and frist.ble_for_sen)


class _Sending:
    """One sending: what is the same for all who are called."""

    def __init__(self, moete: Moete, punkter: list[str], inviterte: list[Deltakelse], naa: datetime) -> None:
        self.moete, self.punkter, self.inviterte, self.naa = moete, punkter, inviterte, naa
        self.sak = moete.gruppe.sak
        self.kommune = Kommune.hent()
        self.hva = _("Innkalling til møtet %(dato)s") % {"dato": datotekst.dato(moete.start_tid)}
        koordinatorer = Deltakelse.objects.filter(sak=self.sak).gjeldende(lokal_dato(naa)).koordinatorer()
        self.koordinator = koordinatorer.med_navn().first()

    def send(self, deltakelse: Deltakelse) -> None:
        """The row of one recipient, with its calendar file, and the message or the letter, where post may go."""
        kanal = kanal_til(deltakelse)
        kalender = kalenderfil(
            moete=self.moete,
            deltakelse=deltakelse,
            skjermet=self.sak.skjuler_sted,
            metode="REQUEST",
            naa=self.naa,
        )
        innkalling = Innkalling.objects.create(
            moete=self.moete,
            deltakelse=deltakelse,
            kanal=kanal,
            sekvens=self.moete.sekvens,
            kalender=kalender,
            brev=self._brev(deltakelse) if kanal == Innkalling.Kanal.PAPIR else None,
            sendt_tid=self.naa,
        )
        if kanal == Innkalling.Kanal.KONTO and deltakelse.konto is not None:
            post.innkalt(innkalling, konto=deltakelse.konto, naa=self.naa)
        if kanal == Innkalling.Kanal.ANNEN:
            protokoll.maa_leveres(sak=self.sak, hva=self.hva, mottaker=deltakelse.navn, objekt=innkalling, naa=self.naa)

    def _brev(self, deltakelse: Deltakelse) -> Dokument:
        maalform = brevet.maalform_for(deltakelse, self.sak)
        tidligere = Innkalling.objects.filter(moete=self.moete, deltakelse=deltakelse, sekvens__lt=self.moete.sekvens)
        forrige = tidligere.select_related("brev").order_by("-sekvens").first()
        with override(maalform):
            innhold = brevet.innhold(
                moete=self.moete,
                sak=self.sak,
                deltakelse=deltakelse,
                punkter=self.punkter,
                inviterte=self.inviterte,
                koordinator=self.koordinator,
                for_sent=bool(self.moete.saksliste_for_sent),
                kommune=self.kommune,
                dato=lokal_dato(self.naa),
                forrige=forrige,
            )
            tittel = brevet.tittel(self.moete, deltakelse, endret=forrige is not None)
        dokument = bestill(
            noekkel=f"innkalling:{self.moete.pk}:{deltakelse.pk}:{self.moete.sekvens}",
            mal="innkalling",
            tittel=tittel,
            innhold=innhold,
            naa=self.naa,
            maalform=maalform,
        )
        protokoll.arkiver_i_saken(sak=self.sak, dokument=dokument, type_=Saksdokument.Type.INNKALLING, naa=self.naa)
        return dokument
