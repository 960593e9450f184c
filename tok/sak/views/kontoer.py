"""The accounts: a list with search, one account, a new one, its work, and the way to close and open it (N13, N14).

Nothing of any case is shown here, and nothing can be done with one's own account.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.kjerne.skjema import Skjema
from tok.kjerne.svaroversikt import svaroversikt
from tok.sak import handlinger
from tok.sak.forms.kontoer import STILLING, KontoSkjema, Kontosoek, Periodeskjema, StillingSkjema
from tok.sak.models import Ansettelse
from tok.sak.sider import HandlingSide, KnappSide, ListeSide, VisSide
from tok.sak.sporringer import kontoer
from tok.sak.tilgang import Rett

LAG, ENDRE = "lag", "endre"


class Kontoer(ListeSide):
    """All by name, a page at a time; search by POST, so that no name ends in an address (ASVS 14.2.1)."""

    rett = Rett.FORVALTE_KONTOER
    mal = "sak/kontoer.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.get(request, *args, **kwargs)

    def svar(self) -> HttpResponseBase:
        self.antall = 0
        if self.request.method != "POST":
            etter = _noekkel(self.request.GET.get("etter", ""))
            return self._vis(kontoer.side(etter, self.i_dag), skjema=Kontosoek(), etter=etter)
        skjema = Kontosoek(self.request.POST)
        if not skjema.is_valid():
            return self.tegn(status=422, skjema=skjema, rader=None)
        treff = kontoer.soek(skjema.cleaned_data["q"], self.i_dag)
        return self._vis(treff, skjema=skjema, er_soek=True)

    def _vis(self, side: kontoer.Side, *, etter: UUID | None = None, er_soek: bool = False, **mer: Any) -> HttpResponse:
        self.antall = len(side.rader)
        return self.tegn(
            rader=side.rader,
            er_soek=er_soek,
            har_flere=side.neste is not None,
            neste_url=f"{self.request.path}?etter={side.neste}" if side.neste and not er_soek else "",
            forste_url=self.request.path if etter or er_soek else "",
            **mer,
        )


def _noekkel(tekst: str) -> UUID | None:
    try:
        return UUID(tekst)
    except ValueError:
        return None


class VisKonto(VisSide):
    """One account: how it is reached, where it works and has worked, and whether it is open."""

    rett = Rett.FORVALTE_KONTOER
    modell = Konto
    mal = "sak/konto.html"

    def spoerring(self) -> QuerySet[Any]:
        return kontoer.til_forvaltning(self.i_dag)

    def innhold(self) -> dict[str, Any]:
        alle = Ansettelse.objects.filter(konto=self.objekt).select_related("enhet").order_by("-fra_dato", "pk")
        naa = {rad.pk for rad in self.objekt.arbeid}
        return {"er_egen": self.objekt == self.konto, "tidligere": [rad for rad in alle if rad.pk not in naa]}


class NyKonto(HandlingSide):
    """The form, then the answers to look over, then the account is there and its owner gets an e-mail."""

    rett = Rett.FORVALTE_KONTOER
    mal = "sak/konto_ny.html"
    skjema = KontoSkjema
    ny = True
    kvittering = _("Kontoen er laget. E-posten med lenke til å velge passord er på vei.")

    def start(self) -> dict[str, Any]:
        return {"er_fast": "ja", "fra_dato": self.i_dag}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        steg = request.POST.get("steg")
        if steg == LAG:
            return super().post(request, *args, **kwargs)
        with transaction.atomic():
            self.objekt = self.hent()
        skjema = self.skjema(request.POST)
        if not skjema.is_valid():
            return self.feil(skjema)
        return self.tegn(skjema=skjema) if steg == ENDRE else self.tegn(skjema=skjema, svar=_svarene(skjema))

    def utfoer(self, data: dict[str, Any]) -> Konto:
        return handlinger.lag_konto(
            opplysninger=self.brukt.opplysninger(), ansettelse=self.brukt.arbeid(), av=self.konto, naa=self.naa
        )

    def videre(self, resultat: Konto) -> str:
        return reverse("sak:konto", args=[resultat.pk])


def _svarene(skjema: Any) -> Any:
    """The way back is a button, so that what was typed goes with it; of work only what was asked for."""
    return [
        {"spoersmaal": ett.spoersmaal, "svar": ett.svar, "er_tomt": ett.er_tomt}
        for ett in svaroversikt(skjema, tilbake="", utelat=() if skjema.har_stilling else STILLING)
    ]


class _Kontohandling(HandlingSide):
    """A form about one account, and back to it."""

    rett = Rett.FORVALTE_KONTOER
    modell = Konto

    def spoerring(self) -> QuerySet[Any]:
        return kontoer.til_forvaltning(self.i_dag)

    def videre(self, resultat: Any) -> str:
        return reverse("sak:konto", args=[self.objekt.pk])


class NyStilling(_Kontohandling):
    """Work in one more unit, or in another role."""

    mal = "sak/konto_stilling.html"
    skjema = StillingSkjema
    kvittering = _("Stillingen er lagt til.")

    def start(self) -> dict[str, Any]:
        return {"er_fast": "ja", "fra_dato": self.i_dag}

    def utfoer(self, data: dict[str, Any]) -> Ansettelse:
        return handlinger.ansett(konto=self.objekt, ansettelse=self.brukt.ansettelse(), av=self.konto, naa=self.naa)


class EndreStilling(HandlingSide):
    """Other dates, or an end."""

    rett = Rett.FORVALTE_KONTOER
    modell = Ansettelse
    mal = "sak/konto_stilling.html"
    skjema = Periodeskjema
    kvittering = _("Stillingen er endret.")

    def spoerring(self) -> QuerySet[Any]:
        return Ansettelse.objects.select_related("konto", "enhet")

    def start(self) -> dict[str, Any]:
        er_fast = "ja" if self.objekt.er_fast else "nei"
        return {"er_fast": er_fast, "fra_dato": self.objekt.fra_dato, "siste_dag": self.objekt.siste_dag}

    def innhold(self) -> dict[str, Any]:
        return {"stilling": self.objekt}

    def utfoer(self, data: dict[str, Any]) -> Ansettelse:
        return handlinger.endre_ansettelse(
            ansettelse=self.objekt,
            ny=self.brukt.periode(self.objekt.enhet, self.objekt.rolle),
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Ansettelse) -> str:
        return reverse("sak:konto", args=[resultat.konto_id])


class StengKonto(_Kontohandling):
    """Close it, after saying what that means."""

    mal = "sak/konto_steng.html"
    skjema = Skjema
    kvittering = _("Kontoen er stengt.")

    def utfoer(self, data: dict[str, Any]) -> Konto:
        return handlinger.steng_konto(konto=self.objekt, av=self.konto, naa=self.naa)


class GjenaapneKonto(KnappSide):
    """Open it again."""

    rett = Rett.FORVALTE_KONTOER
    modell = Konto
    kvittering = _("Kontoen er åpen igjen.")

    def spoerring(self) -> QuerySet[Any]:
        return Konto.objects.filter(er_system=False)

    def utfoer(self) -> Konto:
        return handlinger.gjenaapne_konto(konto=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Any) -> str:
        return reverse("sak:konto", args=[self.objekt.pk])
