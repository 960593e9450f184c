"""Adults: a yearly review that is late, a consent withdrawn, and a group whose coordinator has left."""

from __future__ import annotations

from datetime import timedelta

from koordinator.handlinger import avslaa, avslutt_oppnevning
from tok.demo import tekster
from tok.demo.moeteregi import Gruppe
from tok.demo.regi import Avsender, Regi
from tok.kjerne.fristregning import legg_til_maaneder
from tok.kjerne.klokke import lokal_dato
from tok.sak.handlinger import trekk_samtykke
from tok.sak.models import Henvendelse

FORMAAL = "Samordne hjelpen, slik at det er én plan og én person å ringe til."
OMFANG = "En voksen med sammensatte behov, og tre tjenester."


def aarlig_gjennomgang_over(regi: Regi) -> None:
    """No review for more than a year."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Rolf", "Eidsvåg", aar=58, adresse="Havnegata 8, 0000 Fjordvik"),
        -430,
        fra=Avsender("Rolf Eidsvåg", Henvendelse.Avsender.SELV, "12 34 80 72", "selv"),
        behov="Hjerneslag. Trenger hjelp til å holde tråden mellom alle som er inne.",
        tjenester=["helse", "nav", "fastlege"],
    )
    sak = regi.sak(henvendelse, -428)
    regi.koordinator(sak, "leila", -420, omfang=OMFANG)
    gruppe = Gruppe(regi, sak, "leila", -411, formaal=FORMAAL)
    regi.ansatt(sak, "marit", -410, av="leila", bidrag="Arbeid og ytelser")
    regi.ansatt(sak, "kari", -410, av="leila", bidrag="Hjelpemidler og bolig")
    gruppe.holdt(-370, tekster.OPPSTART_VOKSEN)
    tom = regi.i_dag + timedelta(days=330)
    regi.samtykke(sak, -369, tom, av="leila", hvem="Rolf Eidsvåg", egenskap="selv")
    gruppe.holdt(-215, tekster.ROLF_SOMMER)


def koordinator_sluttet(regi: Regi) -> None:
    """The coordinator has left, the next leader said no, and the yearly review is due today: the office's own now."""
    aapnet = legg_til_maaneder(regi.i_dag, -12)
    dager = (aapnet - regi.i_dag).days
    henvendelse = regi.henvendelse(
        regi.personer.ny("Gunn", "Hovland", aar=47),
        dager - 20,
        kanal=Henvendelse.Kanal.BREV,
        fra=Avsender("Gunn Hovland", Henvendelse.Avsender.SELV, "12 34 80 77", "selv"),
        behov="Vil ha hjelp til å få orden på økonomi, helse og arbeid på samme tid.",
        tjenester=["helse", "nav"],
        av="erik",
    )
    sak = regi.sak(henvendelse, dager - 18, av="erik")
    oppnevning = regi.koordinator(sak, "ola", dager - 12, omfang=OMFANG, timer="2", av="erik")
    gruppe = Gruppe(regi, sak, "ola", aapnet, formaal=FORMAAL, av="erik")
    regi.ansatt(sak, "marit", dager + 3, av="ola", bidrag="Arbeid og økonomi")
    gruppe.holdt(dager + 45, tekster.OPPSTART_VOKSEN)
    tom = regi.i_dag + timedelta(days=90)
    regi.samtykke(sak, dager + 46, tom, av="ola", hvem="Gunn Hovland", egenskap="selv")
    gruppe.holdt(dager + 120, tekster.GUNN_VINTER)
    sluttet = regi.da(-12)
    avslutt_oppnevning(
        oppnevning=oppnevning,
        slutt_dato=lokal_dato(sluttet),
        slutt_grunn="Har fått nye oppgaver. Leder har ingen andre å tilby nå.",
        av=regi.konto("erik"),
        naa=sluttet,
    )
    forespoersel = regi.spoer(sak, "leila", -8, omfang=OMFANG, timer="2", av="erik")
    avslaa(
        forespoersel=forespoersel,
        grunn="tid",
        melding="Leila har fullt nå. Spør gjerne igjen etter nyttår.",
        av=forespoersel.leder,
        naa=regi.da(-4, "08:50"),
    )


def samtykke_trukket(regi: Regi) -> None:
    """The person has withdrawn the consent: what rested on it closed with the next request (L13)."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Stian", "Moe", aar=34, med_nummer=False),
        -300,
        kanal=Henvendelse.Kanal.KOLLEGA,
        fra=Avsender("Marit Dahl", Henvendelse.Avsender.TJENESTE, "12 34 51 90", "selv"),
        behov="Rus og bolig. Ønsker færre møter og tydelige avtaler.",
        tjenester=["helse", "nav"],
        av="erik",
    )
    sak = regi.sak(henvendelse, -298, av="erik")
    regi.koordinator(sak, "ola", -292, omfang=OMFANG, timer="2", av="erik")
    gruppe = Gruppe(regi, sak, "ola", -283, formaal=FORMAAL, av="erik")
    regi.ansatt(sak, "marit", -282, av="ola", bidrag="Bolig og ytelser")
    gruppe.holdt(-240, tekster.OPPSTART_VOKSEN)
    tom = regi.i_dag + timedelta(days=100)
    samtykke = regi.samtykke(sak, -239, tom, av="ola", hvem="Stian Moe", egenskap="selv")
    gruppe.holdt(-110, tekster.STIAN_VAAR)
    trekk_samtykke(trukket_av="Den det gjelder", samtykke=samtykke, av=regi.konto("ola"), naa=regi.da(-8, "10:15"))
