"""A protected address in a case that was open: set yesterday, not confirmed yet, and with an invitation already out."""

from __future__ import annotations

from tok.demo.moeteregi import Gruppe
from tok.demo.regi import Avsender, Regi
from tok.sak.handlinger import sett_vern
from tok.sak.models import Nivaa
from tok.sak.opplysninger import NyttVern


def vernet_etter_innkalling(regi: Regi) -> None:
    """The police rang the day after the invitations had gone; Erik has still to confirm, and much to call back."""
    henvendelse = regi.henvendelse(
        regi.personer.ny("Isak", "Moen", aar=9, adresse="Bekkeveien 12, 0000 Fjordvik"),
        -44,
        fra=Avsender("Linn Moen", telefon="12 34 80 27"),
        behov="Har flyttet hit med mor. Trenger at skole, PPT og barnevern snakker sammen.",
        tjenester=["oppvekst", "ppt", "barnevern"],
    )
    sak = regi.sak(henvendelse, -43)
    regi.koordinator(sak, "gro", -36, omfang="Et skolebarn som får hjelp fra tre tjenester.")
    gruppe = Gruppe(regi, sak, "gro", -28, formaal="Samle hjelpen rundt barnet etter flyttingen.")
    regi.uten_konto(sak, "Linn Moen", -28, av="gro")
    regi.ansatt(sak, "berit", -28, av="gro", bidrag="Skoledagen")
    regi.ansatt(sak, "ingvild", -27, av="gro", bidrag="Sakkyndig vurdering")
    moete = gruppe.planlegg(-13, 10, "12:00", sted="Barneskolen, grupperom 4")
    gruppe.innkall(moete, -2)
    nytt = NyttVern(nivaa=Nivaa.FORTROLIG, grunn="Politiet ringte", bekreftes_av=regi.konto("erik"))
    sett_vern(
        sak=sak,
        hvem=sak.person,
        nytt=nytt,
        slipper_inn=[regi.konto("gro")],
        av=regi.konto("hanne"),
        naa=regi.da(-1, "08:40"),
    )
