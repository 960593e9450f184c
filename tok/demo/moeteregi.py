"""The course of a meeting, played through the handlings: planned, called in, held, written up, finished, mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict

from ansvarsgruppe import sporringer
from ansvarsgruppe.handlinger.felter import deltakere, krever_medvirkning, les, maa_krysses_av
from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat
from ansvarsgruppe.handlinger.gruppe import opprett_gruppe
from ansvarsgruppe.handlinger.innkalling import send_innkalling
from ansvarsgruppe.handlinger.moete import planlegg_moete
from ansvarsgruppe.handlinger.moeteplan import Moeteplan
from ansvarsgruppe.handlinger.referat import lagre_referat, rett_referat, start_referat
from ansvarsgruppe.handlinger.saksliste import lagre_saksliste
from ansvarsgruppe.models import Ansvarsgruppe, Moete, Referat
from ansvarsgruppe.sporringer.fastepunkter import faste_punkter
from ansvarsgruppe.views import referatskjema
from tok.demo.regi import Regi
from tok.sak.models import Sak

MEDVIRKNING = {
    "medvirkning_vurdert": "Ja. Vi avtalte at barnet er med i begynnelsen, og går når det selv vil.",
    "medvirkning_hvordan": "Koordinator snakket med barnet på skolen i forkant.",
    "medvirkning_vekt": "stor",
}


@dataclass(frozen=True)
class Referattekst:
    """What is written in the minutes; an agreement is (measure, the end of the responsible's name, days from today)."""

    stemme: str
    situasjon: str
    maal: str = ""
    avtaler: Sequence[tuple[str, str, int]] = ()
    neste: tuple[int, str, str] | None = None
    forfall: str = ""
    medvirkning: dict[str, str] = field(default_factory=lambda: dict(MEDVIRKNING))


class Gruppe:
    """One group and its coordinator."""

    def __init__(self, regi: Regi, sak: Sak, koordinator: str, dag: date | int, *, formaal: str, av: str = "hanne"):
        self.regi, self.sak, self.koordinator = regi, sak, koordinator
        self.gruppe: Ansvarsgruppe = opprett_gruppe(
            sak=sak, formaal=formaal, av=regi.konto(av), naa=regi.da(dag, "10:30")
        )

    def planlegg(
        self,
        sagt: date | int,
        dag: date | int,
        klokka: str = "09:00",
        *,
        sted: str = "Møterom 2, Rådhuset",
        tolk: str = "",
        aarlig: bool = False,
    ) -> Moete:
        """Plan a meeting for a day, on the day it was said."""
        plan = Moeteplan(start_tid=self.regi.kl(dag, klokka), sted=sted, tolk_spraak=tolk, er_aarlig_gjennomgang=aarlig)
        naa = self.regi.da(sagt, "12:00")
        return planlegg_moete(gruppe=self.gruppe, plan=plan, av=self._hvem, naa=naa)

    def saksliste(self, moete: Moete, dag: date | int, *mer: str) -> Moete:
        """Set up the agenda with the person, from the standing points and some of their own."""
        faste = faste_punkter(moete)
        punkter = [*faste[:-2], *mer, *faste[-2:]]
        naa = self.regi.da(dag, "12:30")
        return lagre_saksliste(
            moete=moete, punkter=punkter, satt_opp_med_personen=True, grunnlag=[], av=self._hvem, naa=naa
        )

    def innkall(self, moete: Moete, dag: date | int, *mer: str) -> Moete:
        """Set up the agenda and send it with the invitation."""
        moete = self.saksliste(moete, dag, *mer)
        naa = self.regi.da(dag, "13:00")
        til = [d.pk for d in sporringer.kan_innkalles(moete, naa.date()) if d.rolle in sporringer.VANLIG_INNKALT]
        sett = sporringer.avtrykk(moete, sporringer.punkttekster(moete))
        return send_innkalling(moete=moete, til=til, sett=sett, av=self._hvem, naa=naa)

    def skriv(self, moete: Moete, dag: date | int, tekst: Referattekst, klokka: str = "12:15") -> Referat:
        """Begin the minutes and save what is written."""
        naa = self.regi.da(dag, klokka)
        referat = start_referat(moete=moete, av=self._hvem, naa=naa)
        return self.lagre(referat, tekst, naa)

    def lagre(self, referat: Referat, tekst: Referattekst, naa: datetime) -> Referat:
        """Save the text in minutes that are begun."""
        folk = deltakere(referat)
        maa = maa_krysses_av(referat.moete)
        status = {str(d.pk): "til_stede" for d in folk if d.pk in maa}
        status |= {str(d.pk): "forfall" for d in folk if d.navn == tekst.forfall}
        ansvar = {d.navn: str(d.pk) for d in folk}
        data: dict[str, Any] = {
            **les(referat),
            "personens_stemme": tekst.stemme,
            "fikk_ordet_foerst": True,
            "naa_situasjon": tekst.situasjon,
            "maal": tekst.maal,
            "oppmoete": status,
            "avtaler": [
                [tiltak, ansvar[navn], (self.regi.i_dag + timedelta(days=frist)).isoformat()]
                for tiltak, navn, frist in tekst.avtaler
            ],
        }
        if krever_medvirkning(referat.moete):
            data |= tekst.medvirkning
        if tekst.neste:
            dager, klokka, sted = tekst.neste
            start = self.regi.kl(dager, klokka)
            data |= {
                "neste_tid": [start.isoformat(), (start + timedelta(hours=1)).isoformat()],
                "neste_sted": sted,
            }
        return lagre_referat(
            referat=referat, base_lagring=referat.lagring, base=les(referat), data=data, av=self._hvem, naa=naa
        )

    def ferdigstill(self, referat: Referat, dag: date | int) -> Referat:
        """Finish and send the minutes."""
        return ferdigstill_referat(
            referat=referat, base_lagring=referat.lagring, av=self._hvem, naa=self.regi.da(dag, "14:20")
        )

    def holdt(self, dager: int, tekst: Referattekst, *, aarlig: bool = False, etter: int = 6, **plan: str) -> Referat:
        """A whole meeting: planned a month before, called in after two weeks, minutes finished `etter` days later."""
        moete = self.planlegg(dager - 30, dager, aarlig=aarlig, **plan)
        self.innkall(moete, dager - 16)
        return self.ferdigstill(self.skriv(moete, dager, tekst), dager + etter)

    def rett(self, referat: Referat, dag: date | int, grunn: str, tekst: Referattekst) -> Referat:
        """Mend finished minutes by a new version with the reason."""
        naa = self.regi.da(dag, "09:10")
        nytt = rett_referat(referat=referat, grunn=grunn, av=self._hvem, naa=naa)
        return self.ferdigstill(self.lagre(nytt, tekst, self.regi.da(dag, "09:25")), dag)

    def kladd(self, referat: Referat, dag: date | int, **tekst: str) -> None:
        """What the coordinator typed and never saved: kept in the encrypted draft, just as the open page sends it."""
        skjema = referatskjema.fra_raden(referat)
        data = QueryDict(mutable=True)
        for felt in [*skjema, *(felt for rad in skjema.avtaler for felt in rad), *skjema.avtaler.management_form]:
            _legg(data, felt)
        for navn, verdi in tekst.items():
            data[navn] = verdi
        referatskjema.lagre_utkast(referat, self._hvem, data, naa=self.regi.da(dag, "15:40"))

    @property
    def _hvem(self) -> Any:
        return self.regi.konto(self.koordinator)


def _legg(data: QueryDict, felt: Any) -> None:
    """Put the value of one form field as a browser would send it."""
    widget = felt.field.widget
    kontekst = widget.get_context(felt.html_name, felt.value(), {})["widget"]
    for del_ in kontekst.get("subwidgets", []):
        data[del_["name"]] = "" if del_["value"] is None else str(del_["value"])
    verdi = felt.value()
    if "subwidgets" not in kontekst and verdi not in (None, False, ""):
        data[felt.html_name] = "on" if verdi is True else str(verdi)
