"""The meetings of one made case: planned, called in, held, written up in time and late, mended, called off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ansvarsgruppe import frister
from ansvarsgruppe.dokumenter.referat import KILDE, avtaletekst
from ansvarsgruppe.models import (
    Ansvarsgruppe,
    Avtale,
    Innkalling,
    Levering,
    Moete,
    Oppmoete,
    Referat,
    Sakslistepunkt,
    kanal_til,
)
from ansvarsgruppe.sporringer.innkalling import VANLIG_INNKALT, rangering
from ansvarsgruppe.varsler.referat import UTEN_VILKAAR
from tok.demo.masse import tekster
from tok.demo.masse.saksbok import Saksbok
from tok.kjerne import datotekst
from tok.kjerne.fristregning import alder
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Saksdokument, Tiltak

Status = Oppmoete.Status
FOERSTE = (
    "Hvem er vi, og hva er vi for {navn}?", "{navn} får ordet først", "Samtykke",
    "Hvem er koordinator, og retten til individuell plan",
    "Hvem skal være fast med, og hva kan hver av oss hjelpe med?", "Hvem gjør hva", "Dato for neste møte",
)  # fmt: skip
SENERE = (
    "{navn} får ordet først", "Hvordan er det nå?", "Hvordan har tiltakene virket?", "Nye tiltak og veien videre",
    "Hvem gjør hva", "Dato for neste møte",
)  # fmt: skip
AARLIG = "Årlig gjennomgang: behov, tilbud, arbeidet i gruppa og hvem som er med"
KLOKKESLETT = (time(8, 30), time(9), time(10), time(12, 30), time(13), time(14))


@dataclass
class Skrevet:
    """Minutes with what belongs to them."""

    referat: Referat
    oppmoete: list[Oppmoete]
    avtaler: list[Avtale]


@dataclass
class Moeterekke:
    """The group and its meetings, one after the other."""

    bok: Saksbok
    gruppe: Ansvarsgruppe
    forrige: tuple[Moete, list[Avtale], list[Tiltak]] | None = None
    kalt: dict[Any, list[Deltakelse]] = field(default_factory=dict)
    punkter: dict[Any, list[str]] = field(default_factory=dict)

    def planlegg(self, dag: date, sagt: date, *, aarlig: bool = False) -> Moete | None:
        """Plan a meeting; None where nobody coordinates, or no consent stands on the day it is said."""
        bok = self.bok
        koordinator, leder = bok.koordinator(sagt), bok.koordinator(dag)
        if not (koordinator and leder and bok.har_samtykke(sagt, muntlig=self.forrige is None)):
            return None
        start = datetime.combine(dag, bok.tilfeldig.choice(KLOKKESLETT), OSLO)
        tolk = bok.person.tolkespraak
        moete = Moete(
            id=bok.ny_id(),
            gruppe=self.gruppe,
            start_tid=start,
            slutt_tid=start + timedelta(minutes=90 if tolk else 60),
            sted=bok.tilfeldig.choice(tekster.STEDER),
            tolk_spraak=tolk,
            er_aarlig_gjennomgang=aarlig,
        )
        for regel in (frister.SAKSLISTE, frister.REFERAT):
            bok.sett_frist(regel, moete.pk, dag)
        naa = bok.da(sagt, "12:00")
        bok.hendelse("ansvarsgruppe.planlegg_moete", moete, _konto(koordinator), naa, tid=datotekst.dato_tid(start))
        return bok.legg(moete)

    def sett_opp(self, moete: Moete, dag: date) -> None:
        """Set up the agenda."""
        bok, koordinator = self.bok, self.bok.koordinator(dag)
        mal = list(SENERE if self.forrige else FOERSTE)
        if moete.er_aarlig_gjennomgang and self.forrige:
            mal.insert(3, AARLIG)
        if self.forrige:
            mal[-2:-2] = bok.tilfeldig.sample(tekster.EGNE_PUNKTER, bok.tilfeldig.randrange(3))
        punkter = [punkt.format(navn=bok.person.tiltale) for punkt in mal]
        for nr, tekst in enumerate(punkter, start=1):
            bok.legg(Sakslistepunkt(id=bok.ny_id(), moete=moete, nr=nr, tekst=tekst))
        moete.satt_opp_med_personen = bok.tilfeldig.random() < 0.8
        self.punkter[moete.pk] = punkter
        if koordinator:
            data = {"sammen": moete.satt_opp_med_personen, "antall": len(punkter)}
            tid = datotekst.dato_tid(moete.start_tid)
            naa = bok.da(dag, "12:30")
            bok.hendelse("ansvarsgruppe.lagre_saksliste", moete, _konto(koordinator), naa, tid=tid, **data)

    def innkall(self, moete: Moete, dag: date) -> bool:
        """Send agenda and invitation; False where no consent stands on the day."""
        bok, koordinator = self.bok, self.bok.koordinator(dag)
        if koordinator is None or not bok.har_samtykke(dag, muntlig=self.forrige is None):
            return False
        self.sett_opp(moete, dag)
        naa, moetedag = bok.da(dag, "13:00"), lokal_dato(moete.start_tid)
        frist = bok.lukk_frist(frister.SAKSLISTE, moete.pk, "sakslista er sendt", naa)
        moete.tilstand, moete.saksliste_sendt_tid = Moete.Tilstand.INNKALT, naa
        moete.saksliste_for_sent = bool(frist and frist.ble_for_sen)
        den_dagen = {d.pk for d in bok.deltar(moetedag)}
        mottakere = [d for d in bok.deltar(dag) if d.pk in den_dagen and d.rolle in VANLIG_INNKALT]
        mottakere.sort(key=rangering)
        kanaler = []
        for til in mottakere:
            kanal = kanal_til(til)
            kanaler.append(kanal)
            brev = None
            if kanal == Innkalling.Kanal.PAPIR:
                brev = bok.verden.brev.innkalling(
                    moete,
                    til,
                    punkter=self.punkter[moete.pk],
                    inviterte=mottakere,
                    koordinator=koordinator,
                    naa=naa,
                )
                bok.arkiver(brev, Saksdokument.Type.INNKALLING, naa)
            skjermet = bok.sak.skjuler_sted
            bok.legg(
                Innkalling(
                    id=bok.ny_id(),
                    moete=moete,
                    deltakelse=til,
                    kanal=kanal,
                    kalender=bok.verden.kalender.fyll(moete, til, skjermet=skjermet, naa=naa),
                    brev=brev,
                    sendt_tid=naa,
                )
            )
        self.kalt[moete.pk] = mottakere
        bok.hendelse(
            "ansvarsgruppe.send_innkalling",
            moete,
            _konto(koordinator),
            naa,
            tid=datotekst.dato_tid(moete.start_tid),
            antall=len(mottakere),
            paa_papir=kanaler.count(Innkalling.Kanal.PAPIR),
            for_sent=bool(moete.saksliste_for_sent),
            paa_nytt=False,
        )
        return True

    def avlys(self, moete: Moete, dag: date) -> None:
        """Call a planned meeting off."""
        bok, koordinator = self.bok, self.bok.koordinator(dag)
        naa = bok.da(dag, "09:10")
        moete.tilstand, moete.avlyst_grunn = Moete.Tilstand.AVLYST, bok.tilfeldig.choice(tekster.AVLYST)
        for regel in (frister.SAKSLISTE, frister.REFERAT):
            bok.lukk_frist(regel, moete.pk, "møtet er avlyst", naa)
        if koordinator:
            tid = datotekst.dato_tid(moete.start_tid)
            bok.hendelse("ansvarsgruppe.avlys_moete", moete, _konto(koordinator), naa, tid=tid)

    def skriv(self, moete: Moete) -> Skrevet:
        """Begin the minutes on the day of the meeting, and save what was said."""
        bok, dag = self.bok, lokal_dato(moete.start_tid)
        leder = bok.koordinator(dag)
        if leder is None:
            raise ValueError("a meeting lies within a coordinator's period")
        voksen = not _er_barn(bok, dag)
        velg = bok.tilfeldig.choice
        referat = Referat(
            id=bok.ny_id(),
            moete=moete,
            referent=_konto(leder),
            lagring=1,
            naa_situasjon=velg(tekster.SITUASJON_VOKSEN if voksen else tekster.SITUASJON_BARN),
            maal=velg(tekster.MAAL),
            personens_stemme=velg(tekster.STEMMER_VOKSEN if voksen else tekster.STEMMER_BARN),
            fikk_ordet_foerst=bok.tilfeldig.random() < 0.9,
            neste_hvem=", ".join(d.navn for d in self.kalt[moete.pk]),
        )
        if not voksen:
            referat.medvirkning_vurdert = velg(tekster.VURDERT)
            referat.medvirkning_hvordan = velg(tekster.HVORDAN)
            referat.medvirkning_vekt = velg(Referat.Vekt.values)
        oppmoete = [
            Oppmoete(id=bok.ny_id(), referat=referat, deltakelse=d, status=self._status(d, leder))
            for d in self.kalt[moete.pk]
        ]
        avtaler = []
        if self.forrige is not None:
            folk = [d for d in self.kalt[moete.pk] if d.konto is not None]
            for nr, tiltak in enumerate(bok.tilfeldig.sample(tekster.AVTALER, 1 + bok.tilfeldig.randrange(3)), 1):
                frist = dag + bok.mellom(14, 60)
                avtaler.append(
                    Avtale(id=bok.ny_id(), referat=referat, nr=nr, tiltak=tiltak, ansvar=velg(folk), frist_dato=frist)
                )
        dato = datotekst.dato(moete.start_tid)
        for handling, klokka in (("start_referat", "12:15"), ("lagre_referat", "14:50")):
            naa = max(bok.da(dag, klokka), min(moete.slutt_tid, bok.verden.naa))
            bok.hendelse(f"ansvarsgruppe.{handling}", referat, _konto(leder), naa, dato=dato)
        for rad in (referat, *oppmoete, *avtaler):
            bok.legg(rad)
        return Skrevet(referat, oppmoete, avtaler)

    def _status(self, deltakelse: Deltakelse, leder: Deltakelse) -> str:
        sjanse = self.bok.tilfeldig.random()
        if deltakelse.pk == leder.pk or sjanse < 0.86:
            return Status.TIL_STEDE
        return Status.FORFALL if sjanse < 0.96 else Status.IKKE_MOETT

    def ferdigstill(self, moete: Moete, skrevet: Skrevet, dag: date) -> None:
        """Finish and send the minutes on a day; late when that is after the deadline."""
        bok, referat = self.bok, skrevet.referat
        av = bok.koordinator(dag)
        if av is None:
            raise ValueError("somebody must send the minutes")
        naa = max(bok.da(dag, "15:20"), min(moete.slutt_tid, bok.verden.naa))
        moete.tilstand = Moete.Tilstand.HOLDT
        er_barn = _er_barn(bok, lokal_dato(moete.start_tid))
        if er_barn:
            referat.medvirkning_sa = referat.personens_stemme
        referat.tilstand, referat.ferdig_tid, referat.ferdig_av = Referat.Tilstand.FERDIG, naa, _konto(av)
        mottakere = self._mottakere(dag)
        forrige = self._forrige_tekst()
        dokument = bok.verden.brev.referat(
            referat,
            skrevet.oppmoete,
            skrevet.avtaler,
            forrige=forrige,
            mottakere=mottakere,
            er_barn=er_barn,
            naa=naa,
        )
        referat.dokument = bok.arkiver(dokument, Saksdokument.Type.REFERAT, naa)
        bok.lukk_frist(frister.SAKSLISTE, moete.pk, "holdt uten saksliste", naa)
        bok.lukk_frist(frister.REFERAT, moete.pk, "referatet er sendt", naa)
        if moete.er_aarlig_gjennomgang and referat.versjon == 1:
            bok.lukk_frist(frister.AARLIG_GJENNOMGANG, self.gruppe.pk, "gjennomgangen er holdt", naa)
            bok.sett_frist(frister.AARLIG_GJENNOMGANG, self.gruppe.pk, lokal_dato(moete.start_tid))
        for d in mottakere:
            bok.legg(Levering(id=bok.ny_id(), referat=referat, deltakelse=d, kanal=kanal_til(d), levert_tid=naa))
        dato = datotekst.dato(moete.start_tid)
        antall = len(mottakere)
        bok.hendelse(
            "ansvarsgruppe.ferdigstill_referat",
            referat,
            _konto(av),
            naa,
            dato=dato,
            versjon=referat.versjon,
            antall=antall,
            neste="",
        )

    def bli_forrige(self, moete: Moete, skrevet: Skrevet) -> None:
        """The agreements become tasks, some of them done by now, and the next meeting begins from these."""
        bok, tiltak = self.bok, []
        for avtale in skrevet.avtaler:
            frist = avtale.frist_dato
            sjanse = bok.tilfeldig.random()
            over = frist is not None and frist < bok.verden.i_dag
            tilstand = "gjort" if over and sjanse < 0.75 else "ikke_gjort" if over and sjanse < 0.85 else "aapent"
            rad = Tiltak(
                id=bok.ny_id(),
                sak=bok.sak,
                tekst=avtale.tiltak,
                ansvarlig=avtale.ansvar.navn if avtale.ansvar else "",
                ansvarlig_deltakelse=avtale.ansvar,
                frist_dato=frist,
                tilstand=tilstand,
                kilde_type=KILDE,
                kilde_id=avtale.pk,
            )
            tiltak.append(bok.legg(rad))
        self.forrige = (moete, skrevet.avtaler, tiltak)

    def rett(self, moete: Moete, skrevet: Skrevet, dag: date) -> Skrevet:
        """Mend finished minutes by a new version with the reason (L18)."""
        bok, gammelt = self.bok, skrevet.referat
        av = bok.koordinator(dag)
        felt = ("naa_situasjon", "maal", "personens_stemme", "fikk_ordet_foerst", "medvirkning_vurdert",
                "medvirkning_hvordan", "medvirkning_vekt", "neste_hvem", "referent", "moete")  # fmt: skip
        nytt = Referat(
            id=bok.ny_id(),
            versjon=gammelt.versjon + 1,
            erstatter=gammelt,
            endring_grunn=bok.tilfeldig.choice(tekster.RETTET),
            **{navn: getattr(gammelt, navn) for navn in felt},
        )
        oppmoete = [
            Oppmoete(id=bok.ny_id(), referat=nytt, deltakelse=rad.deltakelse, status=rad.status)
            for rad in skrevet.oppmoete
        ]
        avtaler = [
            Avtale(
                id=bok.ny_id(), referat=nytt, nr=rad.nr, tiltak=rad.tiltak, ansvar=rad.ansvar, frist_dato=rad.frist_dato
            )
            for rad in skrevet.avtaler
        ]
        if av:
            naa, dato = bok.da(dag, "09:10"), datotekst.dato(moete.start_tid)
            bok.hendelse("ansvarsgruppe.rett_referat", nytt, _konto(av), naa, dato=dato, versjon=nytt.versjon)
        for rad in (nytt, *oppmoete, *avtaler):
            bok.legg(rad)
        return Skrevet(nytt, oppmoete, avtaler)

    def _mottakere(self, dag: date) -> list[Deltakelse]:
        """Who gets the minutes on a day: the family and the coordinator, and the fixed members a consent names."""
        omfattet = self.bok.omfattet(dag)
        faar = [
            d
            for d in self.bok.deltar(dag)
            if d.rolle in UTEN_VILKAAR or (d.rolle == Deltakelse.Rolle.FAST and d.pk in omfattet)
        ]
        return sorted(faar, key=lambda d: (kanal_til(d) == Levering.Kanal.PAPIR, d.navn))

    def _forrige_tekst(self) -> dict[str, Any] | None:
        if self.forrige is None or not self.forrige[1]:
            return None
        moete, avtaler, tiltak = self.forrige
        rader = [
            {**avtaletekst(avtale), "status": str(Tiltak.Tilstand(ett.tilstand).label)}
            for avtale, ett in zip(avtaler, tiltak, strict=True)
        ]
        return {"dato": datotekst.dato(moete.start_tid), "tiltak": rader}


def _konto(deltakelse: Deltakelse) -> Konto:
    if deltakelse.konto is None:
        raise ValueError("a coordinator has an account")
    return deltakelse.konto


def _er_barn(bok: Saksbok, dag: date) -> bool:
    return 0 <= alder(bok.person.foedselsdato, dag) < 18
