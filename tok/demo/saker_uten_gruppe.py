"""Requests, and cases on their way to a coordinator: asked, late, declined, approved, appointed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tok.demo.regi import Avsender, Regi
from tok.sak.handlinger import avslutt_henvendelse, bekreft_vern, gi_vernetilgang
from tok.sak.models import Henvendelse, Nivaa, Vern
from tok.sak.opplysninger import NyttVern

K = Henvendelse.Kanal
A = Henvendelse.Avsender
SKOLESTART = "Et barn i barnehagealder som får hjelp fra tre tjenester, og som begynner på skolen til høsten."


def nye_henvendelser(regi: Regi) -> None:
    """Three that nobody has settled, one of them from today, and one that was closed with a reason."""
    ny = regi.personer.ny
    avvist = regi.henvendelse(
        ny("Frode", "Viken", aar=41, med_nummer=False),
        -30,
        fra=Avsender("Frode Viken", A.SELV, "12 34 80 90", "selv"),
        behov="Spør om støttekontakt.",
        tjenester=["helse"],
        oensker=("koordinator",),
    )
    grunn = "Trenger én tjeneste, ikke koordinator. Har fått hjelp til å søke støttekontakt."
    avslutt_henvendelse(henvendelse=avvist, grunn=grunn, av=regi.konto("hanne"), naa=regi.da(-28))
    regi.henvendelse(
        ny("Amalie", "Strøm", aar=3, adresse="Fjordgata 31, 0000 Fjordvik"),
        -4,
        kanal=K.AAPENT_KONTOR,
        fra=Avsender("Lise Strøm", telefon="12 34 80 31"),
        behov="Mange avtaler på forskjellige steder. Vil ha én person å ringe til.",
        tjenester=["oppvekst", "helse", "spesialist"],
        foreslaatt="eva",
    )
    regi.henvendelse(
        ny("Yusuf", "Demir", aar=15, tolkespraak="tyrkisk"),
        -1,
        kanal=K.KOLLEGA,
        fra=Avsender("Arne Tangen", A.TJENESTE, "12 34 51 30", "forelder", "Elif Demir"),
        behov="Skolen ønsker at tjenestene snakker sammen før overgangen til videregående.",
        tjenester=["oppvekst", "ppt", "barnevern"],
        av="erik",
    )
    termin = regi.i_dag + timedelta(days=65)
    barn = ny("", "Holte", aar=0, foedt=termin, med_nummer=False)
    regi.henvendelse(
        replace(barn, er_termin=True),
        regi.i_dag,
        fra=Avsender("Fjordvik legesenter", A.SYKEHUS, "12 34 52 20", "forelder", "Sara Holte"),
        behov="Familien venter et barn med alvorlig sykdom, og trenger barnekoordinator fra fødselen.",
        tjenester=["helse", "spesialist", "fastlege"],
        oensker=("koordinator", "gruppe"),
    )


def skjermet_uten_gruppe(regi: Regi) -> None:
    """Strictly protected address, set by two; the coordinator is appointed and let in, the group not opened yet."""
    henvendelse = regi.henvendelse(
        replace(regi.personer.ny("Ida", "Myrvold", aar=6), telefon=""),
        -45,
        kanal=K.KOLLEGA,
        fra=Avsender("Per Vik", A.TJENESTE, "12 34 51 70", "forelder", "Trine Myrvold"),
        behov="Familien har flyttet til kommunen. All kontakt går gjennom barneverntjenesten.",
        tjenester=["barnevern", "oppvekst", "helse"],
        vern=NyttVern(nivaa=Nivaa.STRENGT, grunn="Meldt av barneverntjenesten", bekreftes_av=regi.konto("hanne")),
        av="mona",
    )
    vern = Vern.objects.get(person=henvendelse.person)
    bekreft_vern(vern=vern, av=regi.konto("hanne"), naa=regi.da(-45, "13:30"))
    sak = regi.sak(henvendelse, -44, av="mona")
    omfang = "Et barn som nylig har flyttet, med fire tjenester."
    regi.koordinator(sak, "siri", -38, omfang=omfang, timer="4", av="mona")
    gi_vernetilgang(sak=sak, konto=regi.konto("siri"), av=regi.konto("mona"), naa=regi.da(-38, "15:00"))


def venter_over_fristen(regi: Regi) -> None:
    """The leader was asked eleven days ago and has not answered."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Jakob", "Fjell", aar=4, adresse="Strandveien 4, 0000 Fjordvik"),
        -20,
        kanal=K.BREV,
        fra=Avsender("Marte Fjell", telefon="12 34 80 44"),
        behov="Trenger noen som holder i det før skolestart.",
        tjenester=["oppvekst", "helse", "spesialist"],
        foreslaatt="tor",
    )
    sak = regi.sak(henvendelse, -17)
    regi.spoer(sak, "tor", -11, omfang=SKOLESTART, begrunnelse="Kjenner familien fra fysioterapien.")


def godkjent_ikke_oppnevnt(regi: Regi) -> None:
    """The leader has said yes; the office has still to appoint."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Lina", "Haug", aar=10),
        -16,
        fra=Avsender("Tone Haug", telefon="12 34 80 52"),
        behov="Har hørselstap. Foreldrene strever med å følge opp alle avtalene.",
        tjenester=["oppvekst", "ppt", "spesialist"],
        foreslaatt="anne",
    )
    sak = regi.sak(henvendelse, -14)
    omfang = "Et skolebarn med hørselstap som får hjelp fra fire tjenester."
    regi.godkjenn(regi.spoer(sak, "anne", -9, omfang=omfang, timer="2.5"), -3)


def venter_frist_i_dag(regi: Regi) -> None:
    """The leader's answer is due today."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Theo", "Sunde", aar=6),
        -12,
        kanal=K.AAPENT_KONTOR,
        fra=Avsender("Geir Sunde", telefon="12 34 80 61"),
        behov="Får hjelp hjemme og på skolen, men ingen har oversikten.",
        tjenester=["oppvekst", "helse", "fastlege"],
        foreslaatt="kari",
    )
    sak = regi.sak(henvendelse, -11)
    omfang = "Et barn i første klasse med fem faste avtaler i uka, hos tre tjenester."
    uke = regi.i_dag - timedelta(days=7)
    regi.spoer(sak, "kari", uke, omfang=omfang, begrunnelse="Følger allerede opp hjelpemidlene.")


def venter_innen_fristen(regi: Regi) -> None:
    """The leader has some days left."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Vilde", "Ness", aar=13, maalform="nn"),
        -9,
        kanal=K.KOLLEGA,
        fra=Avsender("Nina Holm", A.SYKEHUS, "12 34 52 10", "forelder", "Kari Ness"),
        behov="Skrives snart ut fra sykehuset og skal tilbake til skolen.",
        tjenester=["oppvekst", "ppt", "spesialist"],
        foreslaatt="ingvild",
        av="erik",
    )
    sak = regi.sak(henvendelse, -8, av="erik")
    omfang = "En ungdom som skal tilbake til skolen etter lang tids sykdom."
    regi.spoer(sak, "ingvild", -3, omfang=omfang, timer="4", av="erik")
