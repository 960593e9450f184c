"""The roof's pages: Min dag, the case, the register, the search and the yearly export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse

from tok.oversikt.forms import Eksportskjema, Registerfilter, Soekeskjema
from tok.oversikt.sporringer import aarstall, mindag, mine, nestesteg, register, saken, soek, tall
from tok.oversikt.sporringer.kontor import Plass, plass
from tok.sak.models import Sak
from tok.sak.sider import HandlingSide, ListeSide, VisSide
from tok.sak.sider.grunn import les_bare
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import noter_eksport


class MinDag(ListeSide):
    """What must I do now, by when, and for whom (sider.md no. 1)."""

    rett = Rett.SE_MIN_DAG
    mal = "oversikt/min_dag.html"

    def innhold(self) -> dict[str, Any]:
        sted = plass(self.konto, self.i_dag)
        frister = mindag.frister(self.konto, sted, self.i_dag)
        kontorets = self._kontorets(sted) if sted.kontorer else []
        moeter = mine.egne_moeter(self.konto, self.naa)
        bunker = [frister[0], *kontorets, *frister[1:], moeter, mine.egne_tiltak(self.konto, self.i_dag)]
        egne_saker = mine.egne_saker(self.konto, self.i_dag)
        self.antall = sum(len(bunke.rader) for bunke in bunker) + len(egne_saker)
        return {
            "bunker": [bunke for bunke in bunker if bunke.rader],
            "uke": self.i_dag.isocalendar().week,
            "er_kontor": bool(sted.kontorer),
            "tall": tall.kontoret_naa(sted.kontorer, self.i_dag) if sted.kontorer else None,
            "egne_saker": egne_saker,
        }

    def _kontorets(self, sted: Plass) -> list[mindag.Bunke]:
        """What only those who work in the office are shown."""
        return [mine.nye_henvendelser(sted), nestesteg.neste_steg(sted, self.i_dag), mine.post_som_ikke_kom_fram()]


class SakSide(VisSide):
    """The case page: the floors' cards, who takes part, what is agreed, what has happened."""

    rett = Rett.SE_SAK
    modell = Sak
    mal = "oversikt/sak.html"
    fane = "oversikt:sak"

    def spoerring(self) -> QuerySet[Any]:
        return Sak.objects.select_related("person", "kontor", "saksbehandler")

    def innhold(self) -> dict[str, Any]:
        return {"oversikt": saken.les_sak(self.objekt, self.konto, self.i_dag)}


class Register(ListeSide):
    """All cases, groups and coordinators of the own office (R232)."""

    rett = Rett.SE_REGISTER
    mal = "oversikt/register.html"

    def innhold(self) -> dict[str, Any]:
        sted = plass(self.konto, self.i_dag)
        skjema = Registerfilter(
            self.request.GET,
            koordinatorer=register.koordinatorer(sted.kontorer, self.i_dag),
            enheter=register.enheter(),
        )
        etter = register.Merke.les(self.request.GET.get("etter", ""))
        side = register.side(sted.kontorer, skjema.utvalg(), etter, self.i_dag)
        self.antall = len(side.rader)
        return {
            "filter": skjema,
            "side": side,
            "filtrert": any(skjema.cleaned_data.values()),
            "neste_url": self._lenke(skjema, side.neste) if side.neste else "",
            "forste_url": self._lenke(skjema, None) if etter else "",
        }

    def _lenke(self, skjema: Registerfilter, etter: register.Merke | None) -> str:
        valgt = {felt: verdi for felt, verdi in skjema.cleaned_data.items() if verdi}
        return f"{self.request.path}?{urlencode(valgt | ({'etter': str(etter)} if etter else {}))}"


class Soek(ListeSide):
    """Search by POST, so that no name ends in an address or an access log (ASVS 14.2.1)."""

    rett = Rett.SE_REGISTER
    mal = "oversikt/soek.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.get(request, *args, **kwargs)

    def svar(self) -> HttpResponseBase:
        self.antall = 0
        if self.request.method != "POST":
            return self.tegn(skjema=Soekeskjema(), treff=None)
        skjema = Soekeskjema(self.request.POST)
        if not skjema.is_valid():
            return self.tegn(status=422, skjema=skjema, treff=None)
        tekst = skjema.cleaned_data["q"]
        treff = soek.soek(plass(self.konto, self.i_dag).kontorer, tekst, self.i_dag)
        self.antall = len(treff.rader)
        if treff.noeyaktig:
            return HttpResponseRedirect(reverse("oversikt:sak", args=[treff.noeyaktig]))
        return self.tegn(skjema=skjema, treff=treff, tekst=tekst)


class Eksport(HandlingSide):
    """The yearly export with its reason; it writes the reading log and nothing else (L24, N3)."""

    rett = Rett.EKSPORTERE_REGISTER
    skjema = Eksportskjema
    mal = "oversikt/eksport.html"
    ny = True

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"i_dag": self.i_dag}

    def start(self) -> dict[str, Any]:
        return {"aar": self.i_dag.year}

    def innhold(self) -> dict[str, Any]:
        return {"kolonner": aarstall.kolonner(aarstall.Aar.lag(self.i_dag.year, self.i_dag))}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        skjema = self.skjema(request.POST, **self.skjemaargumenter())
        with transaction.atomic():
            self.objekt = self.hent()
            if not skjema.is_valid():
                return self.feil(skjema)
            aar = aarstall.Aar.lag(skjema.cleaned_data["aar"], self.i_dag)
            sted = self._noter(aar, skjema.cleaned_data["formaal"])
        return self._fil(aar, sted.kontorer, self.i_dag)

    def _noter(self, aar: aarstall.Aar, formaal: str) -> Plass:
        """The log rows stand before the first byte leaves (N6)."""
        sted = plass(self.konto, self.i_dag)
        saker = aarstall.saker(aar, sted.kontorer)
        noter_eksport(self.konto, self.rett, saker, naa=self.naa, liste=f"Register {aar.aar}", formaal=formaal)
        return sted

    def _fil(self, aar: aarstall.Aar, kontorer: tuple[UUID, ...], i_dag: date) -> StreamingHttpResponse:
        svar = StreamingHttpResponse(les(aar, kontorer), content_type="text/csv; charset=utf-8")
        navn = f"register-{aar.aar}-per-{aar.per.isoformat()}.csv"
        svar["Content-Disposition"] = f'attachment; filename="{navn}"'
        svar["Cache-Control"] = "no-store"
        return svar


def les(aar: aarstall.Aar, kontorer: tuple[UUID, ...]) -> Iterator[bytes]:
    """The file, read in one read-only transaction while it is sent."""
    with transaction.atomic():
        les_bare()
        yield from aarstall.csv(aar, kontorer)
