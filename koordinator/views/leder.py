"""The leader's three pages: answer, look over, receipt; telephone first, and nothing that tells of the person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from koordinator.forms import Svarskjema
from koordinator.forms.svar import ANNEN, AVSLAG, GODKJENN
from koordinator.handlinger import avslaa, godkjenn, godkjenn_annen
from koordinator.models import Forespoersel, timer_i_maaneden
from koordinator.sporringer import allerede_besvart, foresporsler_til, hent_grunnlag, kandidater
from koordinator.views.kladd import Kladdside, SeOverSide
from tok.kjerne.svaroversikt import Svar as Oppsummert
from tok.sak.sider import ListeSide, Side, VisSide
from tok.sak.tilgang import Avslag, Rett
from tok.sak.tilgang.habil import krev_habil

# Which fields of the form belong to each answer.
FELT = {
    GODKJENN: {"timer": "timer", "melding": "melding", "samtale": "samtale"},
    ANNEN: {"timer": "timer_annen", "melding": "melding_annen", "samtale": "samtale_annen"},
    AVSLAG: {"melding": "melding_avslag"},
}


class Lederside(Side):
    """One request to its own leader. Neither the case nor its header is given to the template (R110, N1)."""

    rett = Rett.SVARE_SOM_LEDER
    modell = Forespoersel

    def spoerring(self) -> QuerySet[Forespoersel]:
        return Forespoersel.objects.med_folk()

    def tegn(self, status: int = 200, **mer: Any) -> HttpResponse:
        felles = {"i_dag": self.i_dag, "naa": self.naa, "grunnlag": hent_grunnlag(self.objekt, self.konto, self.i_dag)}
        return render(self.request, self.mal, felles | self.innhold() | mer, status=status)

    def lenke(self, side: str) -> str:
        return reverse(f"koordinator:{side}", args=[self.objekt.pk])

    @property
    def er_aapen(self) -> bool:
        return bool(self.objekt.tilstand == Forespoersel.Tilstand.SENDT)


class Svarside(Lederside, Kladdside):
    """What the two steps of the answer share: who may be offered, and what happens when it is answered already."""

    kladd_type = "svar_som_leder"

    def argumenter(self) -> dict[str, Any]:
        utelatt = {self.objekt.foreslaatt_id, self.konto.pk}
        egne = [en for en in kandidater(self.i_dag, self.objekt.enhet, ser=self.konto) if en.konto.pk not in utelatt]
        return {"kandidater": egne, "anslag": timer_i_maaneden(self.objekt.anslag_timer)}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        svar = super().get(request, *args, **kwargs)
        return svar if self.er_aapen else HttpResponseRedirect(self.lenke("svar_kvittering"))

    def feil(self, skjema: Any) -> HttpResponseBase:
        self.objekt = self.spoerring().get(pk=self.objekt.pk)
        if self.er_aapen:
            return super().feil(skjema)
        messages.error(self.request, allerede_besvart(self.objekt))
        return HttpResponseRedirect(self.lenke("svar_kvittering"))


class Svar(Svarside):
    """Read and answer."""

    skjema = Svarskjema
    mal = "koordinator/svar.html"

    def skjemaargumenter(self) -> dict[str, Any]:
        return self.argumenter()

    def start(self) -> dict[str, Any]:
        kladd = self.kladd()
        return kladd.innhold if kladd else {}

    def innhold(self) -> dict[str, Any]:
        kladd = self.kladd()
        return {"lagret_tid": kladd.lagret_tid if kladd else None}

    def utfoer(self, data: dict[str, Any]) -> None:
        if not self.er_aapen:
            raise Avslag(allerede_besvart(self.objekt))
        annen = self.brukt.valgt_annen if data["svar"] == ANNEN else None
        if data["svar"] != AVSLAG:
            krev_habil(
                annen.konto if annen else self.objekt.foreslaatt,
                self.objekt.sak.person_id,
                felt="annen" if annen else "svar",
            )
        self.lagre_kladd()

    def videre(self, resultat: None) -> str:
        return self.lenke("svar_se_over")


class SvarSeOver(SeOverSide, Svarside):
    """The answer as it will be sent, and the button that sends it."""

    innskjema = Svarskjema
    mal = "koordinator/svar_se_over.html"

    def innargumenter(self) -> dict[str, Any]:
        return self.argumenter()

    def tilbake(self) -> str:
        return self.lenke("svar")

    def innhold(self) -> dict[str, Any]:
        data = self.inn.cleaned_data
        annen = self.inn.valgt_annen if data["svar"] == ANNEN else None
        valgt_navn = annen.konto.navn if annen else self.objekt.foreslaatt.navn
        return {
            "data": data,
            "svar": self.svarene(data, valgt_navn),
            "valgt_navn": valgt_navn,
            "tilbake": self.tilbake(),
        }

    def svarene(self, data: dict[str, Any], valgt_navn: str) -> list[Oppsummert]:
        """The answer line by line, each with its way back to the form."""
        felt = FELT[data["svar"]]
        setninger = {
            GODKJENN: _("Ja, %(navn)s kan være koordinator"),
            ANNEN: _("Jeg foreslår %(navn)s"),
            AVSLAG: _("Nei, %(navn)s kan ikke være koordinator"),
        }
        linjer = [(_("Svar"), setninger[data["svar"]] % {"navn": valgt_navn}, "svaret")]
        if data["svar"] == AVSLAG:
            grunn = str(Forespoersel.Avslagsgrunn(data["grunn"]).label)
            linjer.append((_("Grunn"), capfirst(grunn), "id_grunn"))
        else:
            samtale = _("Holdt") if data[felt["samtale"]] else _("Ikke holdt ennå")
            linjer.append((_("Tid som settes av"), timer_i_maaneden(data[felt["timer"]]), f"id_{felt['timer']}"))
            linjer.append((_("Samtale om rollen"), samtale, f"id_{felt['samtale']}"))
        melding = data[felt["melding"]]
        linjer.append((_("Melding"), f"«{melding}»" if melding else _("Ingen melding"), f"id_{felt['melding']}"))
        return [Oppsummert(hva, [tekst], f"{self.tilbake()}#{maal}") for hva, tekst, maal in linjer]

    def send(self, data: dict[str, Any]) -> Forespoersel:
        felles: dict[str, Any] = {"forespoersel": self.objekt, "av": self.konto, "naa": self.naa}
        if data["svar"] == GODKJENN:
            svar = {"timer": data["timer"], "melding": data["melding"], "samtale_holdt": data["samtale"]}
            return godkjenn(**felles, **svar)
        if data["svar"] == ANNEN:
            return godkjenn_annen(
                **felles,
                annen=self.inn.valgt_annen.konto,
                timer=data["timer_annen"],
                melding=data["melding_annen"],
                samtale_holdt=data["samtale_annen"],
            )
        return avslaa(**felles, grunn=data["grunn"], melding=data["melding_avslag"])

    def videre(self, resultat: Forespoersel) -> str:
        return self.lenke("svar_kvittering")


class SvarKvittering(Lederside, VisSide):
    """What was answered and when, and what happens next."""

    mal = "koordinator/svar_kvittering.html"

    def svar(self) -> HttpResponseBase:
        return HttpResponseRedirect(self.lenke("svar")) if self.er_aapen else self.tegn()


class MineForesporsler(ListeSide):
    """The leader's own requests: those that wait first."""

    rett = Rett.SVARE_SOM_LEDER
    mal = "koordinator/foresporsler.html"

    def innhold(self) -> dict[str, Any]:
        rader = list(foresporsler_til(self.konto, self.i_dag))
        self.antall = len(rader)
        return {
            "venter": [rad for rad in rader if rad.er_aapen],
            "besvart": [rad for rad in rader if not rad.er_aapen],
        }
