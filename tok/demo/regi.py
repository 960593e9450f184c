"""Plays cases through the handlings on the days they would have happened: diary, history and clocks are real."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from koordinator.handlinger import godkjenn, oppnevn, spoer_leder
from koordinator.models import Forespoersel, Oppnevning
from tok.demo.kommune import Fjordvik
from tok.demo.personer import Personer
from tok.kjerne.kalender import forrige_arbeidsdag
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Konto
from tok.sak.handlinger import bli_sak, legg_til_deltaker, registrer_henvendelse, registrer_samtykke
from tok.sak.models import Deltakelse, Henvendelse, Person, Sak, Samtykke
from tok.sak.opplysninger import Henvendelsesfelt, NyttVern, Personopplysninger, Underskrift, UtenKonto

ALLE_FORMAAL = tuple(Samtykke.Formaal.values)
UTEN_TOK = tuple(verdi for verdi in ALLE_FORMAAL if verdi != Samtykke.Formaal.TOK)
BARNETS_SYN = "Har fått vite hvem som er med i gruppa, og synes det er greit at de snakker sammen."


@dataclass(frozen=True)
class Avsender:
    """Who turned to the office, and who said yes."""

    navn: str
    rolle: str = Henvendelse.Avsender.FORESATT
    telefon: str = "12 34 80 10"
    ja_sagt_av: str = "forelder"
    ja_sagt_navn: str = ""  # another than the one who turned to the office


class Regi:
    """One performance: the municipality, the present moment, and the verbs the cases are told in.

    Days are counted from today: -30 is a month ago. Acts are moved to the last working day before, and never to the
    future.
    """

    def __init__(
        self,
        fjordvik: Fjordvik,
        personer: Personer,
        naa: datetime,
        skannet: bytes,
        *,
        foer_sak: Callable[[date], object] = id,
    ) -> None:
        """`foer_sak` is told the day before a case gets its number, so that older ones get theirs first."""
        self.fjordvik = fjordvik
        self.foer_sak = foer_sak
        self.personer = personer
        self.naa = naa
        self.i_dag = lokal_dato(naa)
        self.skannet = skannet

    def konto(self, noekkel: str) -> Konto:
        """The account by its short name."""
        return self.fjordvik.kontoer[noekkel]

    def dag(self, dager: int) -> date:
        """A working day so many days from today."""
        return forrige_arbeidsdag(self.i_dag + timedelta(days=dager))

    def kl(self, dag: date | int, klokka: str) -> datetime:
        """A moment on a date, or on a working day so many days from today."""
        dato = self.dag(dag) if isinstance(dag, int) else dag
        return datetime.combine(dato, time.fromisoformat(klokka), tzinfo=OSLO)

    def da(self, dag: date | int, klokka: str = "10:00") -> datetime:
        """A moment that has been: when an act took place."""
        return min(self.kl(dag, klokka), self.naa)

    def henvendelse(
        self,
        person: Person | Personopplysninger,
        dag: date | int,
        *,
        fra: Avsender,
        behov: str,
        tjenester: Sequence[str],
        kanal: str = Henvendelse.Kanal.TELEFON,
        oensker: Sequence[str] = ("gruppe", "koordinator"),
        foreslaatt: str | None = None,
        vern: NyttVern | None = None,
        av: str = "hanne",
    ) -> Henvendelse:
        """Somebody turns to the office."""
        naa = self.da(dag, "09:20")
        felt = Henvendelsesfelt(
            mottatt_dato=lokal_dato(naa),
            kanal=kanal,
            avsender_navn=fra.navn,
            avsender_rolle=fra.rolle,
            avsender_telefon=fra.telefon,
            er_enig=bool(fra.ja_sagt_av),
            ja_sagt_av=fra.ja_sagt_av,
            tjenester=list(tjenester),
            behov=behov,
            oensker_gruppe="gruppe" in oensker,
            oensker_koordinator="koordinator" in oensker,
            oensker_plan="plan" in oensker,
            foreslaatt_koordinator=self.konto(foreslaatt) if foreslaatt else None,
            er_enig_i_forslag=bool(foreslaatt),
            ja_sagt_navn=(fra.ja_sagt_navn or fra.navn) if fra.ja_sagt_av not in ("", "selv") else "",
        )
        skjema_id = UUID(int=self.personer.tilfeldig.getrandbits(128), version=4)
        return registrer_henvendelse(
            skjema_id=skjema_id, felt=felt, person=person, vern=vern, av=self.konto(av), naa=naa
        )

    def sak(self, henvendelse: Henvendelse, dag: date | int, av: str = "hanne") -> Sak:
        """The request becomes a case."""
        naa = self.da(dag, "13:10")
        self.foer_sak(lokal_dato(naa))
        return bli_sak(henvendelse=henvendelse, av=self.konto(av), naa=naa)

    def spoer(
        self,
        sak: Sak,
        foreslaatt: str,
        dag: date | int,
        *,
        omfang: str,
        timer: str = "3",
        begrunnelse: str = "",
        av: str = "hanne",
    ) -> Forespoersel:
        """The office asks the leader."""
        return spoer_leder(
            sak=sak,
            foreslaatt=self.konto(foreslaatt),
            omfang=omfang,
            anslag_timer=Decimal(timer),
            begrunnelse=begrunnelse,
            av=self.konto(av),
            naa=self.da(dag, "14:00"),
        )

    def godkjenn(self, forespoersel: Forespoersel, dag: date | int) -> Forespoersel:
        """The leader says yes."""
        return godkjenn(
            forespoersel=forespoersel,
            timer=forespoersel.anslag_timer,
            samtale_holdt=True,
            av=forespoersel.leder,
            naa=self.da(dag, "12:30"),
        )

    def koordinator(
        self,
        sak: Sak,
        hvem: str,
        dag: int,
        *,
        omfang: str,
        timer: str = "3",
        type_: str = Oppnevning.Type.KOORDINATOR,
        av: str = "hanne",
    ) -> Oppnevning:
        """Asked on the day, approved four days later, appointed after a week."""
        forespoersel = self.spoer(sak, hvem, dag, omfang=omfang, timer=timer, av=av)
        forespoersel = self.godkjenn(forespoersel, dag + 4)
        naa = self.da(dag + 7, "09:00")
        return oppnevn(forespoersel=forespoersel, fra_dato=lokal_dato(naa), type_=type_, av=self.konto(av), naa=naa)

    def ansatt(
        self, sak: Sak, hvem: str, dag: date | int, *, av: str, bidrag: str = "", rolle: str = "fast"
    ) -> Deltakelse:
        """An employee joins the case."""
        return legg_til_deltaker(
            sak=sak,
            rolle=rolle,
            hvem=self.konto(hvem),
            enhet=self.fjordvik.enhet_til(hvem),
            bidrag=bidrag,
            av=self.konto(av),
            naa=self.da(dag, "11:00"),
        )

    def forelder_med_konto(self, sak: Sak, hvem: str, dag: date | int, *, av: str) -> Deltakelse:
        """A parent who logs in joins the case."""
        return legg_til_deltaker(
            sak=sak,
            rolle=Deltakelse.Rolle.REPRESENTANT,
            egenskap=Deltakelse.Egenskap.FORELDER,
            hvem=self.konto(hvem),
            av=self.konto(av),
            naa=self.da(dag, "11:10"),
        )

    def uten_konto(
        self,
        sak: Sak,
        navn: str,
        dag: date | int,
        *,
        av: str,
        rolle: str = "representant",
        egenskap: str = "forelder",
        virksomhet: str = "",
        enhet: str | None = None,
        via_legekontor: bool = False,
    ) -> Deltakelse:
        """One who gets letters joins the case: a parent, a verge, the doctor."""
        nr = self.personer.tilfeldig.randrange(1, 60)
        kontakt = UtenKonto(navn, virksomhet, f"12 34 9{nr % 10} {nr:02}", "", f"Fjordgata {nr}, 0000 Fjordvik")
        return legg_til_deltaker(
            sak=sak,
            rolle=rolle,
            hvem=kontakt,
            egenskap=egenskap if rolle == "representant" else "",
            enhet=self.fjordvik.enheter[enhet] if enhet else None,
            via_legekontor=via_legekontor,
            av=self.konto(av),
            naa=self.da(dag, "11:20"),
        )

    def samtykke(
        self,
        sak: Sak,
        dag: date | int,
        tom: date,
        *,
        av: str,
        hvem: str,
        egenskap: str = "forelder",
        formaal: Sequence[str] = ALLE_FORMAAL,
        barnets_syn: str = BARNETS_SYN,
        vurdert_av: str = "",
        hvem_2: str = "",
        utenom: Sequence[str] = (),
    ) -> Samtykke:
        """The signed form is registered for everybody who takes part on that day, but those it leaves out by name."""
        naa = self.da(dag, "15:00")
        deltakelser = Deltakelse.objects.gjeldende(lokal_dato(naa)).filter(sak=sak).exclude(rolle="person")
        er_barn = egenskap in ("forelder", "barnevern")
        return registrer_samtykke(
            sak=sak,
            underskrift=Underskrift(
                formaal=formaal,
                underskrevet_av=hvem,
                underskrevet_av_2=hvem_2,
                egenskap=egenskap,
                underskrevet_dato=lokal_dato(naa),
                gyldig_fra=lokal_dato(naa),
                gyldig_tom=tom,
                omfatter_ikke="",
                barnets_syn=barnets_syn if er_barn else "",
                vurdert_av=vurdert_av,
            ),
            deltakelser=[d for d in deltakelser.med_navn() if d.navn not in utenom],
            skannet=SimpleUploadedFile("samtykke.pdf", self.skannet, content_type="application/pdf"),
            av=self.konto(av),
            naa=naa,
        )
