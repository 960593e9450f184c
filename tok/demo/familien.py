"""A 13-year-old and two parents who log in: what she wants said, and what is for the coordinator alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tok.demo import tekster
from tok.demo.moeteregi import Gruppe
from tok.demo.regi import UTEN_TOK, Avsender, Regi
from tok.sak.handlinger import koble_konto
from tok.sak.handlinger.notat import skriv_notat
from tok.sak.handlinger.skjult import skjul_for_foresatte
from tok.sak.models import Deltakelse, Sak

FORMAAL = "Samordne skole, helse og hjelpen hjemme, slik at Selma slipper å fortelle det samme til alle."
TIL_ALLE = "Det er bedre på skolen nå. Jeg vil fortsatt gå til helsesykepleier på torsdager."
FRA_MOR = "Kan vi snakke om leksehjelp på neste møte? Vi får det ikke til hjemme."
HEMMELIG = "Jeg orker ikke at de krangler om meg. Kan du spørre om jeg kan bo mer hos mormor?"


def _skriv(regi: Regi, sak: Sak, hvem: str, tekst: str, naa: datetime, *, skjul: bool = False) -> None:
    skjema_id = UUID(int=regi.personer.tilfeldig.getrandbits(128), version=4)
    skriv_notat(sak=sak, tekst=tekst, skjul=skjul, skjema_id=skjema_id, av=regi.konto(hvem), naa=naa)


def ungdom_med_hemmelighet(regi: Regi) -> None:
    """Minutes that all may read, a meeting to come, three notes, and a talk and a note the parents do not know of."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Selma", "Aune", aar=13),
        -100,
        fra=Avsender("Vibeke Aune", telefon="12 34 80 71"),
        behov="Skolevegring og uro hjemme. Helsesykepleier, skole og BUP er inne.",
        tjenester=["oppvekst", "helse", "spesialist"],
    )
    sak = regi.sak(henvendelse, -98)
    regi.koordinator(sak, "hilde", -92, omfang="En ungdom med tre tjenester og to foreldre som er uenige.", timer="3")
    gruppe = Gruppe(regi, sak, "hilde", -83, formaal=FORMAAL)
    for forelder in ("vibeke", "torgeir"):
        regi.forelder_med_konto(sak, forelder, -82, av="hilde")
    regi.ansatt(sak, "arne", -82, av="hilde", bidrag="Skoledagen og fravær")
    selma = Deltakelse.objects.get(sak=sak, rolle=Deltakelse.Rolle.PERSON)
    koble_konto(deltakelse=selma, konto=regi.konto("selma"), av=regi.konto("hilde"), naa=regi.da(-80))
    gruppe.holdt(-55, tekster.OPPSTART_BARN)
    tom = regi.i_dag + timedelta(days=210)
    regi.samtykke(sak, -54, tom, av="hilde", hvem="Vibeke Aune", hvem_2="Torgeir Aune", formaal=UTEN_TOK)
    _skriv(regi, sak, "selma", TIL_ALLE, regi.da(-9, "16:10"))
    _skriv(regi, sak, "vibeke", FRA_MOR, regi.da(-6, "19:40"))
    _skriv(regi, sak, "selma", HEMMELIG, regi.da(-2, "17:25"), skjul=True)
    gruppe.innkall(gruppe.planlegg(-8, 9), -7)
    samtale = gruppe.planlegg(-2, 3, "13:00", sted="Helsesykepleiers kontor, ungdomsskolen")
    skjul_for_foresatte(rad=samtale, av=regi.konto("selma"), naa=regi.da(-2, "17:30"))
