"""Who stands for the person: parents apart who disagree, a verge and a fullmektig, a young person with an account."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from tok.demo import tekster
from tok.demo.moeteregi import Gruppe
from tok.demo.regi import UTEN_TOK, Avsender, Regi
from tok.kjerne.fristregning import legg_til_maaneder
from tok.sak.handlinger import koble_konto, registrer_representant, trekk_samtykke
from tok.sak.models import Deltakelse, Henvendelse, Sak
from tok.sak.opplysninger import Grunnlag, UtenKonto

FORMAAL = "Samordne hjelpen, slik at alle vet hva de andre gjør."


def foreldre_fra_hverandre(regi: Regi) -> None:
    """Two households with an account each; both signed, and the father took it back last week."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Iver", "Sunde", aar=9),
        -180,
        fra=Avsender("Marte Sunde", telefon="12 34 80 61"),
        behov="Bor en uke hos hver av foreldrene. Skolen og fysioterapien får ulike beskjeder.",
        tjenester=["oppvekst", "helse", "ppt"],
    )
    sak = regi.sak(henvendelse, -178)
    regi.koordinator(sak, "hilde", -172, omfang="Et skolebarn med to hjem og tre tjenester.")
    gruppe = Gruppe(regi, sak, "hilde", -163, formaal=FORMAAL)
    for forelder in ("marte", "lars"):
        regi.forelder_med_konto(sak, forelder, -162, av="hilde")
    regi.ansatt(sak, "berit", -162, av="hilde", bidrag="Skoledagen")
    gruppe.holdt(-125, tekster.OPPSTART_BARN)
    tom = regi.i_dag + timedelta(days=200)
    samtykke = regi.samtykke(sak, -124, tom, av="hilde", hvem="Marte Sunde", hvem_2="Lars Moen", formaal=UTEN_TOK)
    trekk_samtykke(samtykke=samtykke, trukket_av="Lars Moen", av=regi.konto("hilde"), naa=regi.da(-6))


def verge_og_fullmektig(regi: Regi) -> None:
    """A verge whose mandate ends in 25 days, and a sister with a power of attorney and an account."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Harald", "Bøe", aar=34),
        -140,
        kanal=Henvendelse.Kanal.BREV,
        fra=Avsender("Harald Bøe", Henvendelse.Avsender.SELV, "12 34 80 63", "selv"),
        behov="Utviklingshemming. Trenger hjelp til økonomi, bolig og arbeid.",
        tjenester=["helse", "nav"],
    )
    sak = regi.sak(henvendelse, -138)
    regi.koordinator(sak, "gro", -132, omfang="En voksen med verge og tre tjenester.")
    gruppe = Gruppe(regi, sak, "gro", -123, formaal=FORMAAL)
    kontor = UtenKonto("Advokat Sverre Lien", "Lien advokatkontor", "12 34 92 20", "", "Kaigata 2, 0000 Fjordvik")
    tom = regi.i_dag + timedelta(days=24)
    _registrer(regi, sak, kontor, "verge", Grunnlag("Økonomi, ikke helse", "", regi.dag(-300), tom))
    _registrer(regi, sak, "ragna", "fullmektig", Grunnlag("Møter og brev fra kommunen", "", regi.dag(-110), None))
    regi.ansatt(sak, "marit", -122, av="gro", bidrag="Arbeid og ytelser")
    gruppe.holdt(-80, tekster.OPPSTART_VOKSEN)
    regi.samtykke(sak, -79, regi.i_dag + timedelta(days=220), av="gro", hvem="Harald Bøe", egenskap="selv")


def _registrer(regi: Regi, sak: Sak, hvem: str | UtenKonto, egenskap: str, grunnlag: Grunnlag) -> None:
    registrer_representant(
        sak=sak,
        hvem=regi.konto(hvem) if isinstance(hvem, str) else hvem,
        egenskap=egenskap,
        grunnlag=grunnlag,
        skannet=SimpleUploadedFile("fullmakt.pdf", regi.skannet, content_type="application/pdf"),
        av=regi.konto("gro"),
        naa=regi.da(-105),
    )


def ungdom_med_konto(regi: Regi) -> None:
    """Turned 16 two months ago, logs in, and has signed for the minutes; the mother is not named and sees nothing."""
    foedt = legg_til_maaneder(regi.i_dag - timedelta(days=60), -16 * 12)
    henvendelse = regi.henvendelse(
        regi.personer.ny("Tuva", "Falk", aar=16, foedt=foedt),
        -110,
        fra=Avsender("Anja Falk", telefon="12 34 80 66"),
        behov="Diabetes og lavt stemningsleie. Vil bestemme selv hvem som vet hva.",
        tjenester=["oppvekst", "helse"],
    )
    sak = regi.sak(henvendelse, -108)
    regi.koordinator(sak, "ivar", -102, omfang="En ungdom som går inn i videregående.", timer="2")
    gruppe = Gruppe(regi, sak, "ivar", -93, formaal=FORMAAL)
    regi.uten_konto(sak, "Anja Falk", -92, av="ivar")
    regi.ansatt(sak, "arne", -92, av="ivar", bidrag="Fravær og tilrettelegging")
    selv = Deltakelse.objects.get(sak=sak, rolle=Deltakelse.Rolle.PERSON)
    koble_konto(deltakelse=selv, konto=regi.konto("tuva"), av=regi.konto("ivar"), naa=regi.da(-50))
    regi.samtykke(
        sak, -49, regi.i_dag + timedelta(days=300), av="ivar", hvem="Tuva Falk", egenskap="selv", utenom=("Anja Falk",)
    )
    gruppe.holdt(-12, tekster.OPPSTART_BARN)
