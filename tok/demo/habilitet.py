"""Too near to help: a coordinator who is the child's aunt, exceptions with a reason, an employee who is a person."""

from __future__ import annotations

from datetime import timedelta

from tok.demo import tekster
from tok.demo.moeteregi import Gruppe
from tok.demo.regi import UTEN_TOK, Avsender, Regi
from tok.sak.handlinger import aapne_unntak, erklaer_inhabilitet, merk_inhabilitet
from tok.sak.models import Habilitet, Henvendelse

FORMAAL = "Samordne hjelpen rundt barnet, slik at familien slipper å holde i alle trådene."
OMFANG = "Et skolebarn som får hjelp fra fire tjenester, med møte omtrent hver tredje måned."


def koordinator_er_tante(regi: Regi) -> None:
    """She said so twelve days ago; another was found, and the office went in to read the minutes, once again now."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Selma", "Nes", aar=8),
        -100,
        fra=Avsender("Vibeke Nes", telefon="12 34 80 71"),
        behov="Angst og mye fravær. Familien får hjelp fra flere, og mister oversikten.",
        tjenester=["oppvekst", "ppt", "barnevern", "helse"],
    )
    sak = regi.sak(henvendelse, -98)
    regi.koordinator(sak, "silje", -92, omfang=OMFANG)
    gruppe = Gruppe(regi, sak, "silje", -83, formaal=FORMAAL)
    regi.uten_konto(sak, "Vibeke Nes", -82, av="silje")
    regi.ansatt(sak, "maja", -82, av="silje", bidrag="Skoledagen")
    gruppe.holdt(-48, tekster.OPPSTART_BARN)
    regi.samtykke(sak, -47, regi.i_dag + timedelta(days=230), av="silje", hvem="Vibeke Nes", formaal=UTEN_TOK)
    erklaer_inhabilitet(
        sak=sak,
        relasjon=Habilitet.Relasjon.ANNEN,
        merknad="Broren min er nettopp blitt samboer med moren, så nå er jeg tanten i huset.",
        av=regi.konto("silje"),
        naa=regi.da(-12, "08:30"),
    )
    regi.koordinator(sak, "ivar", -11, omfang=OMFANG)
    for hvem, dag, dager, grunn in (
        ("erik", -9, 2, "Skolen ringte om en avtale som hastet, og saken var uten koordinator."),
        ("mona", -1, 7, "Den nye koordinatoren trenger hjelp til å forstå hva som ble avtalt sist."),
    ):
        aapne_unntak(saksnummer=sak.nummer, grunn=grunn, dager=dager, av=regi.konto(hvem), naa=regi.da(dag, "11:30"))


def ansatt_er_personen(regi: Regi) -> None:
    """He works at NAV, and the case is his own: shielded from colleagues, but for those who work in it (L28)."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Tarek", "Yilmaz", aar=41),
        -32,
        kanal=Henvendelse.Kanal.AAPENT_KONTOR,
        fra=Avsender("Tarek Yilmaz", Henvendelse.Avsender.SELV, "12 34 80 72", "selv"),
        behov="Langvarig sykdom. Vil ha én å forholde seg til, og at kollegene ikke ser saken.",
        tjenester=["helse", "spesialist", "fastlege"],
        oensker=("koordinator",),
    )
    sak = regi.sak(henvendelse, -30)
    merk_inhabilitet(
        sak=sak,
        konto=regi.konto("tarek"),
        relasjon=Habilitet.Relasjon.SELV,
        merknad="Har jobbkonto på NAV.",
        av=regi.konto("hanne"),
        naa=regi.da(-30, "13:20"),
    )
    regi.koordinator(sak, "leila", -26, omfang="En voksen med langvarig sykdom og tre tjenester.")
