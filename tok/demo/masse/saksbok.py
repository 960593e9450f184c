"""Consent and coordinator in a made case: asked, answered, appointed, signed, as the handlings would have left it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from koordinator import frister as koordinatorfrister
from koordinator.models import Forespoersel, Oppnevning
from tok.demo.masse import tekster
from tok.demo.masse.bok import EN_DAG, Bok
from tok.demo.masse.stab import Koordinator
from tok.kjerne.datotekst import dato as datotekst
from tok.kjerne.fristregning import fyller_aar, legg_til_maaneder
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.kryptering import krypter, rad_aad
from tok.kjerne.models import Fil, Konto
from tok.sak.dokumenter import SKJEMAVERSJON
from tok.sak.handlinger.muntlig import TEKST as MUNTLIG_TEKST
from tok.sak.handlinger.muntlig import VARER
from tok.sak.models import Deltakelse, Saksdokument, Samtykke, Samtykkedeltaker
from tok.sak.samtykkekrav import finn_krav

ALLE_FORMAAL = list(Samtykke.Formaal.values)
UTEN_TOK = [verdi for verdi in ALLE_FORMAAL if verdi != Samtykke.Formaal.TOK]


class Saksbok(Bok):
    """One case with its consents and its coordinators."""

    # Consent

    def underskriver(self, dag: date) -> tuple[str, str]:
        """Who may say yes on a day, and in what capacity (B7)."""
        if dag >= fyller_aar(self.person.foedselsdato, 16):
            return "selv", self.person.navn
        return "forelder", self.familie.kaller

    def har_samtykke(self, dag: date, formaal: str = "gruppe", *, muntlig: bool = True) -> bool:
        """Whether a valid consent stands on a day; an oral yes counts until a form is signed."""
        signert = any(s.maate == Samtykke.Maate.PAPIR for s, _hvem in self.samtykker if s.gyldig_fra <= dag)
        return any(
            formaal in s.formaal
            for s, _hvem in self.samtykker
            if s.gyldig_fra <= dag <= s.gyldig_tom
            and (s.trukket_tid is None or lokal_dato(s.trukket_tid) > dag)
            and (s.maate == Samtykke.Maate.PAPIR or (muntlig and not signert))
        )

    def omfattet(self, dag: date) -> frozenset[UUID]:
        """Whom the consents of a day let read the minutes."""
        return frozenset().union(
            *(
                hvem
                for s, hvem in self.samtykker
                if "referat" in s.formaal
                and s.gyldig_fra <= dag <= s.gyldig_tom
                and (s.trukket_tid is None or lokal_dato(s.trukket_tid) > dag)
            )
        )

    def muntlig(self, dag: date, egenskap: str, navn: str, av: Konto, naa: datetime) -> None:
        """The oral yes that came with the request (L7)."""
        samtykke = self._samtykke(dag, egenskap, navn, av, naa, maaneder=VARER)
        samtykke.maate = Samtykke.Maate.MUNTLIG
        samtykke.formaal = [Samtykke.Formaal.GRUPPE, Samtykke.Formaal.KOORDINATOR]
        samtykke.skjema_tekst, samtykke.skjema_versjon = str(MUNTLIG_TEKST), "muntlig-1"
        self.samtykker.append((self.legg(samtykke), frozenset()))

    def papir(self, dag: date, av: Konto, *, tom: date | None = None) -> Samtykke:
        """The signed form with its scan, for everybody who takes part on the day."""
        egenskap, navn = self.underskriver(dag)
        naa = self.da(dag, "15:00")
        samtykke = self._samtykke(dag, egenskap, navn, av, naa, maaneder=12)
        samtykke.gyldig_tom = max(min(samtykke.gyldig_tom, tom or date.max), dag)
        samtykke.formaal = list(UTEN_TOK if self.tilfeldig.random() < 0.15 else ALLE_FORMAAL)
        samtykke.fil = self.legg(self._fil(av, naa))
        hvem = [d for d in self.deltar(dag) if d.rolle != Deltakelse.Rolle.PERSON]
        self.samtykker.append((self.legg(samtykke), frozenset(d.pk for d in hvem)))
        for d in hvem:
            self.legg(Samtykkedeltaker(id=self.ny_id(), samtykke=samtykke, deltakelse=d))
        tom_tekst = datotekst(samtykke.gyldig_tom)
        self.hendelse(
            "sak.registrer_samtykke", samtykke, av, naa, egenskap=str(samtykke.get_egenskap_display()), tom=tom_tekst
        )
        return samtykke

    def _samtykke(self, dag: date, egenskap: str, navn: str, av: Konto, naa: datetime, *, maaneder: int) -> Samtykke:
        krav = finn_krav(self.verden.regler, foedt=self.person.foedselsdato, egenskap=egenskap, dato=dag)
        if krav is None:
            raise ValueError("nobody in that capacity may sign")
        tom = legg_til_maaneder(dag, maaneder)
        syn = self.tilfeldig.choice(tekster.BARNETS_SYN) if krav.barnets_syn and maaneder != VARER else ""
        return Samtykke(
            id=self.ny_id(),
            sak=self.sak,
            underskrevet_av=navn,
            egenskap=egenskap,
            underskrevet_dato=dag,
            gyldig_fra=dag,
            gyldig_tom=min(tom, krav.siste_dag) if krav.siste_dag else tom,
            barnets_syn=syn,
            skjema_tekst=self.verden.brev.skjematekst,
            skjema_versjon=SKJEMAVERSJON,
            registrert_av=av,
            registrert_tid=naa,
        )

    def _fil(self, av: Konto, naa: datetime) -> Fil:
        innhold = self.verden.skannet
        fil = Fil(
            id=self.ny_id(),
            navn="skannet-skjema.pdf",
            type=Fil.Type.PDF,
            stoerrelse=len(innhold),
            sha256=self.verden.skannet_sha256,
            lastet_opp_tid=naa,
            lastet_opp_av=av,
        )
        fil.innhold = krypter(innhold, noekkel="fil", aad=rad_aad("kjerne_fil", "innhold", fil.pk))
        return fil

    # The coordinator

    def spoer(self, hvem: Koordinator, behov: tekster.Behov, dag: date, av: Konto) -> Forespoersel:
        """The office asks the leader."""
        naa = self.da(dag, "14:00")
        spurt = Forespoersel(
            id=self.ny_id(),
            sak=self.sak,
            foreslaatt=hvem.konto,
            leder=hvem.leder,
            enhet=hvem.enhet,
            omfang=behov.omfang,
            anslag_timer=Decimal(behov.timer),
            sendt_av=av,
            sendt_tid=naa,
        )
        self.sett_frist(koordinatorfrister.SVAR_FRA_LEDER, spurt.pk, dag, hvem.leder)
        self.hendelse("koordinator.spoer_leder", spurt, av, naa, leder=hvem.leder.navn, foreslaatt=hvem.konto.navn)
        return self.legg(spurt)

    def svar(self, spurt: Forespoersel, dag: date, *, nei: tuple[str, str] | None = None) -> None:
        """The leader answers."""
        naa = self.da(dag, "14:30")
        spurt.svart_tid = naa
        if nei:
            spurt.tilstand = Forespoersel.Tilstand.AVSLAATT
            spurt.avslagsgrunn, spurt.melding = nei
        else:
            spurt.tilstand = Forespoersel.Tilstand.GODKJENT
            spurt.godkjent_konto, spurt.timer, spurt.samtale_holdt = spurt.foreslaatt, spurt.anslag_timer, True
        self.lukk_frist(koordinatorfrister.SVAR_FRA_LEDER, spurt.pk, "besvart", naa)
        navn = spurt.foreslaatt.navn
        handling = "koordinator.avslaa" if nei else "koordinator.godkjenn"
        self.hendelse(handling, spurt, spurt.leder, naa, foreslaatt=navn, godkjent="" if nei else navn)

    def oppnevn(
        self, spurt: Forespoersel, hvem: Koordinator, dag: date, fra: date, av: Konto, *, barn: bool
    ) -> Oppnevning:
        """The office appoints, with the letter; whoever coordinates until then ends on the same day."""
        naa = self.da(dag, "14:45")
        forrige = self.koordinator(fra)
        slutt = koordinatorfrister.barnekoordinator_slutter(self.person.foedselsdato) if barn else None
        if forrige is not None:
            forrige.til_dato = fra
            forrige.oppnevning.slutt_grunn = "Ny koordinator er oppnevnt."
        deltakelse = Deltakelse(
            id=self.ny_id(),
            sak=self.sak,
            rolle=Deltakelse.Rolle.KOORDINATOR,
            konto=hvem.konto,
            enhet=hvem.enhet,
            fra_dato=fra,
            til_dato=slutt,
        )
        rad = Oppnevning(
            id=self.ny_id(),
            sak=self.sak,
            deltakelse=deltakelse,
            forespoersel=spurt,
            type=Oppnevning.Type.BARNEKOORDINATOR if barn else Oppnevning.Type.KOORDINATOR,
            timer=spurt.timer or spurt.anslag_timer,
            oppnevnt_av=av,
            oppnevnt_dato=dag,
            slutt_grunn="Personen fyller 18 år." if barn else "",
        )
        self.deltakelser.append(self.legg(deltakelse))
        brev = self.verden.brev.oppnevning(rad, spurt, kurs_tatt=hvem.har_kurs(dag), naa=naa)
        rad.brev = self.arkiver(brev, Saksdokument.Type.OPPNEVNING, naa)
        self.legg(rad)
        data = {"koordinator": hvem.konto.navn, "type": str(rad.get_type_display()), "fra": datotekst(fra)}
        data["til"] = datotekst(slutt - EN_DAG) if slutt else ""
        if forrige is not None:
            data["forrige"] = str(forrige.konto)
        self.hendelse("koordinator.bytt_koordinator" if forrige else "koordinator.oppnevn", rad, av, naa, **data)
        return rad
