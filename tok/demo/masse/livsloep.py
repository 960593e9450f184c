"""What happens in a made case from the first telephone call until today, along the road it takes."""

from __future__ import annotations

from datetime import date, timedelta

from ansvarsgruppe import frister
from ansvarsgruppe.models import Ansvarsgruppe
from koordinator.models import Oppnevning
from tok.demo.masse import tekster
from tok.demo.masse.begynnelse import begynn, legg_til_deltakere, vernet
from tok.demo.masse.bok import EN_DAG, Verden
from tok.demo.masse.familier import familie, lag_person, lykke, ny_id, plass
from tok.demo.masse.moeter import Moeterekke
from tok.demo.masse.saksbok import Saksbok
from tok.demo.masse.stab import Koordinator
from tok.demo.masse.veier import GJENNOMGANG, I_GANG, vei, vern
from tok.kjerne.datotekst import dato
from tok.kjerne.fristregning import alder
from tok.kjerne.kalender import forrige_arbeidsdag, neste_arbeidsdag
from tok.kjerne.models import Konto
from tok.sak.models import Enhet, Sak


class Livsloep:
    """One case."""

    def __init__(self, verden: Verden, nummer: int, dag: date, saksnummer: str) -> None:
        fam_nr, barn_nr, antall = plass(nummer)
        fam = familie(verden.froe, fam_nr, antall)
        tilfeldig = lykke(verden.froe, "sak", nummer)
        self.verden, self.nummer = verden, nummer
        self.person = lag_person(verden.froe, nummer, fam, barn_nr, verden.i_dag, vern(nummer))
        self.tok = verden.stab.tok[fam_nr % len(verden.stab.tok)]
        self.barn = alder(self.person.foedselsdato, dag) < 18
        self.behov = tilfeldig.choice(tekster.BARN if self.barn else tekster.VOKSNE)
        sak = Sak(
            id=ny_id(tilfeldig),
            nummer=saksnummer,
            person=self.person,
            kontor=verden.stab.kontor,
            saksbehandler=self.tok,
            oensker_gruppe=True,
            oensker_koordinator=True,
            oensker_plan=tilfeldig.random() < 0.25,
            aapnet_dato=dag,
            vernenivaa=self.person.vernenivaa,
        )
        self.bok = Saksbok(verden, sak, fam, tilfeldig)
        self.vei = vei(nummer, (verden.i_dag - dag).days)
        self.koordinatorer = verden.stab.koordinatorer

    def spill(self) -> Saksbok:
        """Play the whole life, and give the book of it."""
        begynn(self.bok, self.behov, enig=self.vei != "uten_ja")
        getattr(self, f"_{self._fase()}")()
        if self.person.er_skjermet:
            vernet(self.bok)
        return self.bok

    def _fase(self) -> str:
        if self.vei in ("uspurt", "venter", "venter_over", "godkjent", "nei"):
            return "hos_leder"
        return "med_koordinator"

    # Until somebody coordinates

    def _velg(self, runde: int = 0, *, venter: bool = False) -> Koordinator:
        """Dealt in turn: health for adults, and for one child in four; school, PPT and child welfare for the others."""
        helse = not self.barn or self.nummer % 4 == 0
        alle = [k for k in self.koordinatorer if (k.enhet.sektor == Enhet.Sektor.HELSE) == helse]
        valg = [k for k in alle if k.spoerres] if venter else alle
        plass = self.nummer // 4 if self.barn and helse else self.nummer - self.nummer // 4
        return valg[(plass + runde) % len(valg)]

    def _hos_leder(self) -> None:
        """Nobody asked, asked in time or late, approved and not appointed, or a no."""
        bok, i_dag = self.bok, self.verden.i_dag
        if self.vei == "uspurt":
            return
        siste = {"venter": 6, "venter_over": 13, "godkjent": 8, "nei": 12}[self.vei]
        spurt_dag = bok.dag(max(bok.tidligst(), i_dag - timedelta(days=siste)))
        spurt = bok.spoer(self._velg(venter=self.vei.startswith("venter")), self.behov, spurt_dag, self.tok)
        if self.vei == "godkjent":
            bok.svar(spurt, bok.dag(spurt_dag + bok.mellom(1, 5)))
        elif self.vei == "nei":
            bok.svar(spurt, bok.dag(spurt_dag + bok.mellom(2, 7)), nei=bok.tilfeldig.choice(tekster.NEI))

    def _oppnevn(self, dag: date, runde: int = 0, *, fra: date | None = None) -> tuple[Oppnevning, date]:
        """Asked on the day, answered within the week or late, sometimes no first; appointed some days after."""
        bok = self.bok
        hvem = self._velg(runde)
        if runde == 0 and bok.tilfeldig.random() < 0.08:
            spurt = bok.spoer(self._velg(2), self.behov, dag, self.tok)
            dag = bok.dag(dag + bok.mellom(2, 6))
            bok.svar(spurt, dag, nei=bok.tilfeldig.choice(tekster.NEI))
        spurt = bok.spoer(hvem, self.behov, dag, self.tok)
        svar = bok.dag(dag + (bok.mellom(8, 13) if bok.tilfeldig.random() < 0.12 else bok.mellom(1, 6)))
        bok.svar(spurt, svar)
        oppnevnt = bok.dag(svar + bok.mellom(1, 4))
        # For children with many services, and young enough for it to last.
        barn = self.barn and len(self.behov.tjenester) >= 4 and alder(self.person.foedselsdato, oppnevnt) < 15
        begynner = max(fra, oppnevnt) if fra else oppnevnt
        return bok.oppnevn(spurt, hvem, oppnevnt, begynner, self.tok, barn=barn), begynner

    def _med_koordinator(self) -> None:
        bok, i_dag = self.bok, self.verden.i_dag
        spurt = bok.dag(bok.tidligst() + bok.mellom(0, 3))
        if self.vei == "begynner_senere":
            spurt = bok.dag(max(bok.tidligst(), i_dag - timedelta(days=20)))
            self._oppnevn(spurt, fra=i_dag + bok.mellom(6, 25))
            return
        oppnevning, begynner = self._oppnevn(spurt)
        hvem: Konto = oppnevning.forespoersel.foreslaatt
        if begynner > i_dag:
            return
        rolle, enhet = "koordinator", oppnevning.forespoersel.enhet
        bok.innsyn(hvem, enhet, bok.da(begynner, "14:50"), rolle=rolle, grunnlag=oppnevning.deltakelse)
        if self.vei == "uten_gruppe":
            return
        gruppedag = bok.dag(begynner + bok.mellom(1, 7))
        formaal = bok.tilfeldig.choice(tekster.FORMAAL_BARN if self.barn else tekster.FORMAAL_VOKSEN)
        gruppe = Ansvarsgruppe(id=bok.ny_id(), sak=bok.sak, formaal=formaal, opprettet_dato=gruppedag)
        bok.legg(gruppe)
        bok.sett_frist(frister.AARLIG_GJENNOMGANG, gruppe.pk, gruppedag)
        bok.hendelse("ansvarsgruppe.opprett_gruppe", gruppe, self.tok, bok.da(gruppedag, "15:00"))
        bok.kryss_av("opprettelse", 1 + bok.tilfeldig.randrange(6), hvem, bok.da(gruppedag, "15:20"))
        legg_til_deltakere(bok, self.behov, hvem, bok.dag(gruppedag + EN_DAG))
        if self.vei not in ("foer_moete", "uten_ja"):
            self._moeter(Moeterekke(bok, gruppe), gruppedag)

    # The meetings

    def _moeter(self, rekke: Moeterekke, gruppedag: date) -> None:
        bok, i_dag = self.bok, self.verden.i_dag
        slutt = self._slutt(gruppedag)
        self._bytt(gruppedag, slutt)
        siste_gjennomgang, dag = gruppedag, bok.dag(gruppedag + bok.mellom(21, 40))
        grense = (slutt or i_dag) - timedelta(days=40)
        while gruppedag < dag <= grense:
            aarlig = (dag - siste_gjennomgang).days > GJENNOMGANG and self.vei != "gjennomgang_over"
            self._forny(dag)
            if self._holdt(rekke, dag, gruppedag, aarlig=aarlig) and aarlig:
                siste_gjennomgang = dag
            dag = bok.dag(dag + bok.mellom(85, 145))
        self._forny(slutt or i_dag)
        if slutt is None or self.vei in I_GANG:
            self._naa(rekke, gruppedag)
        if self.vei == "avsluttet" and slutt:
            self._avslutt(rekke, slutt)
        elif self.vei == "sluttet" and slutt:
            self._koordinator_slutter(slutt)
        elif self.vei == "trukket":
            self._trekk()

    def _slutt(self, gruppedag: date) -> date | None:
        """When a case that has come to an end did so, or its coordinator left."""
        dager = {"avsluttet": (10, 90), "sluttet": (4, 30)}.get(self.vei)
        if dager is None:
            return None
        slutt = self.bok.dag(self.verden.i_dag - self.bok.mellom(*dager))
        return slutt if slutt > gruppedag + timedelta(days=14) else None

    def _bytt(self, gruppedag: date, slutt: date | None) -> None:
        """Another coordinator half way."""
        i_dag = self.verden.i_dag
        if self.vei != "bytte" or (i_dag - gruppedag).days < 80:
            return
        halvveis = self.bok.dag(gruppedag + (i_dag - gruppedag) / 2)
        self._oppnevn(halvveis, runde=1)

    def _holdt(self, rekke: Moeterekke, dag: date, gruppedag: date, *, aarlig: bool) -> bool:
        """A whole meeting with minutes, one in five of them late; false where it could not be called."""
        bok = self.bok
        sagt = bok.dag(max(gruppedag, dag - bok.mellom(18, 34)))
        moete = rekke.planlegg(dag, sagt, aarlig=aarlig)
        if moete is None:
            return False
        for_sent = bok.tilfeldig.random() < 0.15
        innkalt = bok.dag(max(sagt, dag - (bok.mellom(2, 5) if for_sent else bok.mellom(8, 16))))
        if not rekke.innkall(moete, innkalt):
            rekke.avlys(moete, innkalt)
            return False
        skrevet = rekke.skriv(moete)
        sent = bok.tilfeldig.random() < 0.2
        ferdig = bok.dag(dag + (bok.mellom(15, 26) if sent else bok.mellom(2, 12)))
        while bok.koordinator(ferdig) is None:
            ferdig -= EN_DAG
        if rekke.forrige is None:
            self._signer(bok.dag(dag + EN_DAG))
        rekke.ferdigstill(moete, skrevet, max(ferdig, dag))
        if self.vei == "rettet":
            rettet = rekke.rett(moete, skrevet, max(ferdig, dag))
            rekke.ferdigstill(moete, rettet, max(ferdig, dag))
            skrevet = rettet
        rekke.bli_forrige(moete, skrevet)
        return True

    def _naa(self, rekke: Moeterekke, gruppedag: date) -> None:
        """Where the group stands today."""
        bok, i_dag = self.bok, self.verden.i_dag
        if self.vei not in I_GANG:
            return
        fram = {
            "planlagt": (9, 50), "innkalt": (1, 12), "avlyst": (10, 40), "saksliste": (8, 20), "saksliste_over": (2, 6),
            "kladd": (-6, -1), "referat": (-12, -1), "referat_over": (-24, -15),
        }[self.vei]  # fmt: skip
        dag = i_dag + bok.mellom(*fram)
        while dag.weekday() > 4:
            dag += EN_DAG if dag > i_dag else -EN_DAG
        sagt = bok.dag(max(gruppedag, dag - bok.mellom(26, 38)))
        if dag - gruppedag < timedelta(days=12):
            return
        if self.vei == "avlyst":
            avlyst = rekke.planlegg(bok.dag(i_dag + timedelta(days=3)), sagt)
            if avlyst:
                rekke.avlys(avlyst, bok.dag(i_dag - EN_DAG))
        moete = rekke.planlegg(dag, sagt)
        if moete is None:
            return
        if self.vei in ("innkalt", "kladd", "referat", "referat_over"):
            innkalt = bok.dag(max(sagt, dag - bok.mellom(8, 14)))
            if rekke.innkall(moete, innkalt) and self.vei == "kladd":
                rekke.skriv(moete)
        elif self.vei == "saksliste":
            rekke.sett_opp(moete, bok.dag(i_dag - EN_DAG))

    # Consent, and how it ends

    def _signer(self, dag: date) -> None:
        bok = self.bok
        koordinator = bok.koordinator(dag)
        if koordinator and koordinator.konto and not any(s.maate == "papir" for s, _h in bok.samtykker):
            tom = None
            if self.vei == "utloept":
                tom = max(dag + timedelta(days=30), self.verden.i_dag - bok.mellom(3, 25))
            bok.papir(dag, koordinator.konto, tom=tom)
            bok.kryss_av("oppstartsmoete", 2 + bok.tilfeldig.randrange(5), koordinator.konto, bok.da(dag, "15:10"))

    def _forny(self, til: date) -> None:
        """Sign the form again before it ends, until a day; at 16 the person signs, after the birthday."""
        bok = self.bok
        while self.vei != "utloept" and (papir := [s for s, _hvem in bok.samtykker if s.maate == "papir"]):
            siste = papir[-1]
            fornyes = forrige_arbeidsdag(siste.gyldig_tom - timedelta(days=10))
            if siste.egenskap == "forelder" and bok.underskriver(siste.gyldig_tom + EN_DAG)[0] == "selv":
                fornyes = neste_arbeidsdag(siste.gyldig_tom + EN_DAG)
            koordinator = bok.koordinator(fornyes)
            if fornyes > til or fornyes <= siste.gyldig_fra or koordinator is None or koordinator.konto is None:
                return
            bok.papir(fornyes, koordinator.konto)

    def _trekk(self) -> None:
        bok = self.bok
        papir = [s for s, _h in bok.samtykker if s.maate == "papir"]
        if not papir:
            return
        dag = bok.dag(self.verden.i_dag - bok.mellom(2, 20))
        samtykke = papir[-1]
        if dag <= samtykke.gyldig_fra:
            return
        samtykke.trukket_tid = bok.da(dag, "15:45")
        samtykke.trukket_av = "Den det gjelder" if samtykke.egenskap == "selv" else samtykke.underskrevet_av
        samtykke.trukket_registrert_av = self.tok
        bok.hendelse("sak.trekk_samtykke", samtykke, self.tok, samtykke.trukket_tid)

    # The end

    def _koordinator_slutter(self, slutt: date) -> None:
        bok = self.bok
        koordinator = bok.koordinator(slutt)
        if koordinator is None:
            return
        koordinator.til_dato = slutt
        koordinator.oppnevning.slutt_grunn = bok.tilfeldig.choice(tekster.SLUTT)
        siste = dato(slutt - EN_DAG)
        navn = str(koordinator.konto)
        bok.hendelse(
            "koordinator.avslutt_oppnevning",
            koordinator.oppnevning,
            self.tok,
            bok.da(slutt, "10:20"),
            koordinator=navn,
            siste_dag=siste,
        )

    def _avslutt(self, rekke: Moeterekke, slutt: date) -> None:
        bok, grunn = self.bok, self.bok.tilfeldig.choice(tekster.AVSLUTTET)
        naa = bok.da(slutt, "13:30")
        koordinator = bok.koordinator(slutt)
        if koordinator is not None:
            koordinator.oppnevning.slutt_grunn = "Saken er avsluttet."
        for deltakelse in bok.deltar(slutt):
            deltakelse.til_dato = slutt
        rekke.gruppe.avsluttet_dato, rekke.gruppe.avsluttet_grunn = slutt, grunn
        sak = bok.sak
        sak.tilstand, sak.avsluttet_dato, sak.avsluttet_grunn = Sak.Tilstand.AVSLUTTET, slutt, grunn
        bok.lukk_alle("saken er avsluttet", naa)
