"""The case's protection: the state, setting it, ending it, who is let in, and what is done by hand (N11, L20)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.svaroversikt import svaroversikt
from tok.sak import handlinger
from tok.sak.forms.vern import OppgaveSkjema, SluttSkjema, TilgangSkjema, Vernevalg, VernSkjema
from tok.sak.models import Nivaa, Sak
from tok.sak.sider import HandlingSide, VisSide
from tok.sak.sporringer.vern import foreslaatt_opphevet, kan_vernes, oppgaver_i, uten_konto, vernene_i
from tok.sak.tilgang import Rett
from tok.sak.tilgang.vernegruppe import Kandidat, kan_bekrefte, kandidater

SETT, ENDRE = "sett", "endre"  # the buttons of the page that is looked over
VISTE_GJORTE = 25


class Verneside:
    """What the pages of a case's protection share."""

    rett: ClassVar[Rett] = Rett.VERNE
    modell: ClassVar[type[Model]] = Sak
    noekkel: ClassVar[str] = "sak_id"
    fane: ClassVar[str] = "sak:vern"

    def spoerring(self) -> Any:
        return Sak.objects.select_related("person", "kontor", "saksbehandler")


class VernIHandling(Verneside, HandlingSide):
    """One question with what follows, one button, back to the protection."""

    mal = "sak/vern_handling.html"
    overskrift: ClassVar[Any]
    folger: ClassVar[list[Any]] = []
    knapp: ClassVar[Any]
    farge: ClassVar[str] = ""

    def innhold(self) -> dict[str, Any]:
        navn = ("overskrift", "folger", "knapp", "farge")
        return {ett: getattr(self, ett) for ett in navn} | {"tilbake": self.videre(None)}

    def videre(self, resultat: Any) -> str:
        return reverse("sak:vern", args=[self.objekt.pk])

    def kandidater(self, *, inne: bool) -> list[Kandidat]:
        return [kandidat for kandidat in kandidater(self.objekt.person, self.i_dag) if kandidat.er_inne == inne]


class VisVern(Verneside, VisSide):
    """Who is protected, who set and confirmed it, who is let in, and what remains to be done."""

    mal = "sak/vern.html"

    def innhold(self) -> dict[str, Any]:
        vernene = list(vernene_i(self.objekt).order_by("-satt_tid"))
        er_lukket = self.objekt.vernenivaa >= Nivaa.FORTROLIG
        alle = kandidater(self.objekt.person, self.i_dag) if er_lukket else []
        oppgaver = list(oppgaver_i(self.objekt))
        gjorte = [rad for rad in oppgaver if rad.gjort_tid]
        gjeldende = [vern for vern in vernene if not vern.opphevet_tid]
        herfra = max((vern.nivaa for vern in gjeldende), default=Nivaa.SKJERMET)
        return {
            "er_lukket": er_lukket,
            "gjeldende": gjeldende,
            "lukkes_utenfra": self.objekt.vernenivaa > herfra,
            "tidligere": [vern for vern in vernene if vern.opphevet_tid],
            "inne": [kandidat for kandidat in alle if kandidat.er_inne],
            "ute": [kandidat for kandidat in alle if not kandidat.er_inne],
            "aapne": [rad for rad in oppgaver if not rad.gjort_tid],
            "gjorte": sorted(gjorte, key=lambda rad: rad.gjort_tid or self.naa, reverse=True)[:VISTE_GJORTE],
        }


class SettVern(Verneside, HandlingSide):
    """The form, then the answers to look over with who will lose the case, then it holds."""

    mal = "sak/vern_sett.html"
    skjema = VernSkjema
    kvittering = _("Vernet gjelder fra nå. Kollegaen har fått beskjed om å bekrefte.")

    @property
    def er_lukket(self) -> bool:
        """Whether the case has an access group already."""
        return bool(self.objekt.vernenivaa >= Nivaa.FORTROLIG)

    def _som_ser(self) -> list[Kandidat]:
        alle = [rad for rad in kandidater(self.objekt.person, self.i_dag) if rad.konto != self.konto]
        return [rad for rad in alle if rad.er_inne or not self.er_lukket]

    def skjemaargumenter(self) -> dict[str, Any]:
        sak = self.objekt
        return {
            "kan_vernes": list(kan_vernes(sak, self.i_dag)),
            "kandidater": self._som_ser(),
            "bekreftere": kan_bekrefte(self.konto, [sak.kontor_id], self.i_dag, sak.person),
        }

    def start(self) -> dict[str, Any]:
        valgt = [rad.konto.pk for rad in self._som_ser() if rad.er_inne or rad.beholder]
        return {"hvem": self.request.GET.get("hvem", "person"), "slipper_inn": valgt}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        steg = request.POST.get("steg")
        if steg == SETT:
            return super().post(request, *args, **kwargs)
        with transaction.atomic():
            self.objekt = self.hent()
        skjema = self.skjema(request.POST, **self.skjemaargumenter())
        if not skjema.is_valid():
            return self.feil(skjema)
        return self.tegn(skjema=skjema) if steg == ENDRE else self.se_over(skjema)

    def se_over(self, skjema: Any) -> HttpResponseBase:
        """The answers, and who will no longer see the case; nothing is set yet."""
        blir = {*skjema.cleaned_data["slipper_inn"], skjema.cleaned_data["bekreftes_av"]}
        mister = [rad for rad in self._som_ser() if rad.konto not in blir]
        svar = [replace(ett, lenke="") for ett in svaroversikt(skjema, tilbake="", utelat=["slipper_inn"])]
        beholder = [rad for rad in self._som_ser() if rad.konto in blir]
        sletter = skjema.cleaned_data["nivaa"] == Nivaa.STRENGT
        valgt = skjema.valgt()
        paa_papir = [rad for rad in uten_konto(self.objekt, self.i_dag) if rad.kontakt != valgt]
        felles = {"skjema": skjema, "svar": svar, "mister": mister, "beholder": beholder, "paa_papir": paa_papir}
        return self.tegn(**felles, sletter_adressen=sletter)

    def utfoer(self, data: dict[str, Any]) -> Any:
        return handlinger.sett_vern(
            sak=self.objekt,
            hvem=self.brukt.valgt(),
            nytt=self.brukt.nytt(),
            slipper_inn=list(data["slipper_inn"]),
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Any) -> str:
        return reverse("sak:vern", args=[self.objekt.pk])


class ForeslaaSlutt(VernIHandling):
    """Propose that it ends."""

    skjema = SluttSkjema
    overskrift = _("Foreslå å oppheve vernet")
    folger = [
        _("Vernet gjelder helt til en kollega opphever det."),
        _("Kollegene på kontoret som ser saken, får beskjed."),
    ]
    knapp = _("Send forslaget")
    kvittering = _("Forslaget er sendt. Vernet gjelder til en kollega opphever det.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"vernene": vernene_i(self.objekt).filter(opphevet_tid=None).order_by("satt_tid")}

    def utfoer(self, data: dict[str, Any]) -> Any:
        return handlinger.foreslaa_slutt(sak=self.objekt, av=self.konto, naa=self.naa, **data)


class OpphevVern(VernIHandling):
    """End what another has proposed to end."""

    skjema = Vernevalg
    overskrift = _("Oppheve vernet?")
    folger = [
        _("Alle som har en rolle i saken, ser den igjen med en gang."),
        _("Adressen kommer ikke tilbake av seg selv. Den må skrives inn på nytt."),
    ]
    knapp = _("Opphev vernet")
    farge = "danger"
    kvittering = _("Vernet er opphevet.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"vernene": foreslaatt_opphevet(self.objekt)}

    def utfoer(self, data: dict[str, Any]) -> Any:
        return handlinger.opphev_vern(sak=self.objekt, av=self.konto, naa=self.naa, **data)

    def videre(self, resultat: Any) -> str:
        return reverse("sak:vern", args=[self.objekt.pk])


class BeholdVern(VernIHandling):
    """Let stand what somebody has proposed to end."""

    skjema = Vernevalg
    overskrift = _("Beholde vernet?")
    folger = [
        _("Forslaget om å oppheve vernet faller bort."),
        _("Vernet gjelder som før."),
    ]
    knapp = _("Behold vernet")
    kvittering = _("Vernet gjelder som før.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"vernene": foreslaatt_opphevet(self.objekt)}

    def utfoer(self, data: dict[str, Any]) -> Any:
        return handlinger.behold_vern(sak=self.objekt, av=self.konto, naa=self.naa, **data)


class GiTilgang(VernIHandling):
    """Let one more in."""

    skjema = TilgangSkjema
    overskrift = _("Gi flere tilgang")
    folger = [_("Den du velger, ser saken med en gang, så langt rollen rekker.")]
    knapp = _("Gi tilgang")
    kvittering = _("Tilgangen er gitt.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"kandidater": self.kandidater(inne=False)}

    def utfoer(self, data: dict[str, Any]) -> Any:
        return handlinger.gi_vernetilgang(sak=self.objekt, av=self.konto, naa=self.naa, **data)


class FjernTilgang(VernIHandling):
    """Close the case to one."""

    skjema = TilgangSkjema
    overskrift = _("Ta bort en tilgang")
    folger = [
        _("Den du velger, mister saken med en gang."),
        _("Minst én fra kontoret må ha tilgang."),
    ]
    knapp = _("Ta bort tilgangen")
    farge = "danger"
    kvittering = _("Tilgangen er tatt bort.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"kandidater": self.kandidater(inne=True)}

    def utfoer(self, data: dict[str, Any]) -> Any:
        handlinger.fjern_vernetilgang(sak=self.objekt, av=self.konto, naa=self.naa, **data)
        return data["konto"]

    def videre(self, resultat: Any) -> str:
        """Who closes the case to themselves has no page of it to come back to."""
        return reverse("oversikt:min_dag") if resultat == self.konto else super().videre(resultat)


class GjoerOppgaver(VernIHandling):
    """Note what is called back or delivered."""

    skjema = OppgaveSkjema
    overskrift = _("Noter hva som er gjort")
    folger = [_("Kryss av alt du har gjort på samme måte. Resten blir stående.")]
    knapp = _("Lagre")
    kvittering = _("Det er notert.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"aapne": oppgaver_i(self.objekt).filter(gjort_tid=None)}

    def utfoer(self, data: dict[str, Any]) -> Any:
        return handlinger.gjoer_vernoppgave(
            sak=self.objekt, oppgaver=list(data["oppgaver"]), hvordan=data["hvordan"], av=self.konto, naa=self.naa
        )
