"""Children with a group: every state a meeting and its minutes can be in, and consents that move with age."""

from __future__ import annotations

from datetime import date, timedelta

from koordinator.models import Oppnevning
from tok.demo import tekster
from tok.demo.moeteregi import Gruppe
from tok.demo.regi import UTEN_TOK, Avsender, Regi
from tok.kjerne.fristregning import legg_til_maaneder
from tok.sak.handlinger import kryss_av
from tok.sak.models import Henvendelse, Sak, Sjekkpunkt

FORMAAL = "Samordne hjelpen rundt barnet og familien, og gi dem én person å forholde seg til."
OMFANG = "Et skolebarn som får hjelp fra fire tjenester, med møte omtrent hver tredje måned."


def _kryss_av(regi: Regi, sak: Sak, liste: str, antall: int, dag: int, av: str) -> None:
    for punkt in Sjekkpunkt.objects.filter(sjekkliste__kode=liste).order_by("nr")[:antall]:
        kryss_av(sak=sak, punkt=punkt, av=regi.konto(av), naa=regi.da(dag, "15:20"))


def ferdig_og_rettet(regi: Regi) -> None:
    """A year of good work: minutes in time, the yearly review held, one mended minutes, the next meeting planned."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Oskar", "Nilsen", aar=8, adresse="Skoleveien 12, 0000 Fjordvik"),
        -330,
        fra=Avsender("Kjersti Nilsen", telefon="12 34 80 12"),
        behov="Autisme og lesevansker. Foreldrene er koordinator selv i dag, og er slitne.",
        tjenester=["oppvekst", "ppt", "spesialist", "fastlege"],
        foreslaatt="jonas",
    )
    sak = regi.sak(henvendelse, -328)
    regi.koordinator(sak, "jonas", -322, omfang=OMFANG)
    gruppe = Gruppe(regi, sak, "jonas", -313, formaal=FORMAAL)
    regi.uten_konto(sak, "Kjersti Nilsen", -312, av="jonas")
    regi.ansatt(sak, "berit", -312, av="jonas", bidrag="Skoledagen og beskjeder hjem")
    regi.ansatt(sak, "nina", -311, av="jonas", bidrag="Søvn og veiledning til familien")
    regi.uten_konto(
        sak,
        "Fastlege Unni Sæther",
        -311,
        av="jonas",
        rolle="ved_behov",
        virksomhet="Fjordvik legesenter",
        enhet="legesenter",
        via_legekontor=True,
    )
    _kryss_av(regi, sak, "opprettelse", 8, -310, "jonas")
    gruppe.holdt(-270, tekster.OPPSTART_BARN)
    _kryss_av(regi, sak, "oppstartsmoete", 7, -268, "jonas")
    regi.samtykke(sak, -269, regi.i_dag + timedelta(days=240), av="jonas", hvem="Kjersti Nilsen")
    gruppe.holdt(-150, tekster.OSKAR_VAAR)
    hoest = gruppe.holdt(-25, tekster.OSKAR_HOEST, aarlig=True, sted="Fjæra barneskole, møterom 1")
    grunn = "Kjersti Nilsen sto som til stede, men meldte forfall. Fristen for sak 3 er flyttet."
    gruppe.rett(hoest, -12, grunn, tekster.OSKAR_RETTET)


def snart_16(regi: Regi) -> None:
    """Turns 16 in twenty days, when the parent's consent ends by itself (L14); called in to a meeting before that."""
    fyller_16 = regi.i_dag + timedelta(days=20)
    foedt = legg_til_maaneder(fyller_16, -16 * 12)
    siste_dag = fyller_16 - timedelta(days=1)
    henvendelse = regi.henvendelse(
        regi.personer.ny("Emma", "Larsen", aar=15, foedt=foedt),
        -260,
        kanal=Henvendelse.Kanal.KOLLEGA,
        fra=Avsender("Arne Tangen", Henvendelse.Avsender.TJENESTE, "12 34 51 30", "forelder", "Anita Larsen"),
        behov="Høyt fravær. Skole, barnevern og PPT er inne hver for seg.",
        tjenester=["oppvekst", "ppt", "barnevern"],
    )
    sak = regi.sak(henvendelse, -258)
    regi.koordinator(sak, "ingvild", -252, omfang="En ungdom i tiende klasse med tre tjenester.", timer="4")
    gruppe = Gruppe(regi, sak, "ingvild", -243, formaal=FORMAAL)
    regi.uten_konto(sak, "Anita Larsen", -242, av="ingvild")
    regi.ansatt(sak, "arne", -242, av="ingvild", bidrag="Fravær og søknad til videregående")
    regi.ansatt(sak, "per", -241, av="ingvild", bidrag="Tiltak hjemme")
    gruppe.holdt(-205, tekster.OPPSTART_BARN)
    syn = "Vil selv bestemme hvem som er med, men er enig nå."
    regi.samtykke(sak, -204, siste_dag, av="ingvild", hvem="Anita Larsen", formaal=UTEN_TOK, barnets_syn=syn)
    gruppe.holdt(-90, tekster.EMMA_VAAR)
    moete = gruppe.planlegg(-40, 12, "13:00", sted="Fjordvik ungdomsskole, grupperom 3")
    gruppe.innkall(moete, -2, "Samtykket når Emma fyller 16 år")


def referat_over_fristen(regi: Regi) -> None:
    """The minutes are late, and the consent ends in twelve days."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Sara", "Bakke", aar=11, maalform="nn"),
        -200,
        fra=Avsender("Hilde Bakke", telefon="12 34 80 21"),
        behov="Cerebral parese. Ny skole etter flytting.",
        tjenester=["oppvekst", "helse", "spesialist"],
    )
    sak = regi.sak(henvendelse, -198)
    regi.koordinator(sak, "jonas", -192, omfang=OMFANG)
    gruppe = Gruppe(regi, sak, "jonas", -183, formaal=FORMAAL)
    regi.uten_konto(sak, "Hilde Bakke", -182, av="jonas")
    regi.ansatt(sak, "berit", -182, av="jonas", bidrag="Tilrettelegging i klassen")
    regi.ansatt(sak, "tor", -181, av="jonas", bidrag="Trening og hjelpemidler")
    gruppe.holdt(-140, tekster.OPPSTART_BARN)
    regi.samtykke(sak, -139, regi.i_dag + timedelta(days=12), av="jonas", hvem="Hilde Bakke")
    gruppe.innkall(gruppe.planlegg(-50, -17), -28, "Heis og rampe på ny skole")


def barnekoordinator(regi: Regi) -> None:
    """A child coordinator until 18 (L4); the agenda of the next meeting is late."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Noah", "Lind", aar=5),
        -150,
        kanal=Henvendelse.Kanal.BREV,
        fra=Avsender("Silje Lind", telefon="12 34 80 27"),
        behov="Sjelden diagnose. Familien har 19 kontakter i hjelpeapparatet.",
        tjenester=["oppvekst", "helse", "spesialist", "nav"],
        oensker=("gruppe", "koordinator", "plan"),
        av="mona",
    )
    sak = regi.sak(henvendelse, -148, av="mona")
    omfang = "Et lite barn med en sjelden diagnose og mange tjenester. Barnekoordinator."
    regi.koordinator(sak, "kari", -142, omfang=omfang, timer="8", type_=Oppnevning.Type.BARNEKOORDINATOR, av="mona")
    gruppe = Gruppe(regi, sak, "kari", -133, formaal=FORMAAL, av="mona")
    regi.uten_konto(sak, "Silje Lind", -132, av="kari")
    regi.ansatt(sak, "eva", -132, av="kari", bidrag="Hverdagen i barnehagen")
    regi.ansatt(sak, "marit", -131, av="kari", bidrag="Pleiepenger og hjelpestønad", rolle="ved_behov")
    gruppe.holdt(-95, tekster.OPPSTART_BARN)
    regi.samtykke(sak, -94, regi.i_dag + timedelta(days=270), av="kari", hvem="Silje Lind")
    gruppe.planlegg(-25, 4, sted="Solbakken barnehage")


def referat_under_arbeid(regi: Regi) -> None:
    """The meeting was held some days ago; the minutes are begun, and the last words lie in an encrypted draft."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Mia", "Johansen", aar=9),
        -120,
        fra=Avsender("Cecilie Johansen", telefon="12 34 80 18"),
        behov="Utmattet etter sykdom. Mange fagfolk, og lite sammenheng.",
        tjenester=["oppvekst", "helse", "spesialist", "fastlege"],
    )
    sak = regi.sak(henvendelse, -118)
    regi.koordinator(sak, "jonas", -112, omfang=OMFANG)
    gruppe = Gruppe(regi, sak, "jonas", -103, formaal=FORMAAL)
    regi.uten_konto(sak, "Cecilie Johansen", -102, av="jonas")
    regi.ansatt(sak, "anne", -102, av="jonas", bidrag="Korte dager og hvile")
    regi.ansatt(sak, "nina", -101, av="jonas", bidrag="Veiledning")
    gruppe.holdt(-65, tekster.OPPSTART_BARN)
    regi.samtykke(sak, -64, regi.i_dag + timedelta(days=300), av="jonas", hvem="Cecilie Johansen")
    moete = gruppe.planlegg(-32, -3)
    gruppe.innkall(moete, -14, "Hvor lange skal dagene være?")
    referat = gruppe.skriv(moete, -3, tekster.MIA_UNDERVEIS)
    gruppe.kladd(
        referat,
        -1,
        naa_situasjon=f"{tekster.MIA_UNDERVEIS.situasjon} Foreldrene ser at hun får tilbake lysten til å lese.",
        maal=f"{tekster.MIA_UNDERVEIS.maal}\nTre hele dager i uka fra februar",
    )


def saksliste_i_dag(regi: Regi) -> None:
    """The agenda of the meeting in a week is due today."""
    moetedag: date = regi.i_dag + timedelta(days=7)
    henvendelse = regi.henvendelse(
        regi.personer.ny("Elias", "Dale", aar=12),
        -90,
        kanal=Henvendelse.Kanal.AAPENT_KONTOR,
        fra=Avsender("Rune Dale", telefon="12 34 80 36"),
        behov="Diabetes og ADHD. Skal over på ungdomsskolen.",
        tjenester=["oppvekst", "ppt", "helse"],
    )
    sak = regi.sak(henvendelse, -88)
    regi.koordinator(sak, "jonas", -82, omfang=OMFANG, timer="2")
    gruppe = Gruppe(regi, sak, "jonas", -73, formaal=FORMAAL)
    regi.uten_konto(sak, "Rune Dale", -72, av="jonas")
    regi.ansatt(sak, "berit", -72, av="jonas", bidrag="Overgangen til ungdomsskolen")
    regi.ansatt(sak, "siri", -71, av="jonas", bidrag="Blodsukker i skoletiden")
    gruppe.holdt(-35, tekster.OPPSTART_BARN)
    regi.samtykke(sak, -26, regi.i_dag + timedelta(days=340), av="jonas", hvem="Rune Dale")
    gruppe.planlegg(-20, moetedag, "14:00", sted="Fjæra barneskole, møterom 1")


def innkalt_med_tolk(regi: Regi) -> None:
    """The first meeting, next week, with an interpreter; the mother has an account of her own."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Abdi", "Warsame", aar=7, tolkespraak="somali"),
        -70,
        kanal=Henvendelse.Kanal.AAPENT_KONTOR,
        fra=Avsender("Hodan Warsame", telefon="12 34 60 23"),
        behov="Epilepsi og språkvansker. Mor vil ha tolk og samme person å snakke med.",
        tjenester=["oppvekst", "ppt", "helse", "spesialist"],
        foreslaatt="siri",
    )
    sak = regi.sak(henvendelse, -68)
    regi.koordinator(sak, "siri", -60, omfang="Et skolebarn med fire tjenester. Tolk i møtene.", timer="4")
    gruppe = Gruppe(regi, sak, "siri", -51, formaal=FORMAAL)
    regi.forelder_med_konto(sak, "hodan", -50, av="siri")
    regi.ansatt(sak, "anne", -50, av="siri", bidrag="Språk og lesing")
    regi.ansatt(sak, "ingvild", -49, av="siri", bidrag="Sakkyndig vurdering")
    _kryss_av(regi, sak, "opprettelse", 6, -48, "siri")
    moete = gruppe.planlegg(-13, 9, "10:00", sted="Helsestasjonen, møterom 1", tolk="somali")
    gruppe.innkall(moete, -1)
