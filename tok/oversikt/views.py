"""The roof's pages: Min dag, the family's own page, the case, the register, the search and the yearly export."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from tok.oversikt.bidrag import er_bare_egen
from tok.oversikt.eksport import Format, filnavn, skriv
from tok.oversikt.forms import Eksportskjema, Filtervalg, Soekeskjema, uuid_eller_ingen
from tok.oversikt.sporringer import (
    aarstall,
    mindag,
    mine,
    minside,
    nestesteg,
    register,
    registervalg,
    saken,
    sett,
    soek,
    tall,
)
from tok.oversikt.sporringer.bunker import Bunke, Utsnitt
from tok.oversikt.sporringer.kontor import plass
from tok.oversikt.sporringer.lederfunn import lederfunn
from tok.sak.models import Sak
from tok.sak.sider import HandlingSide, ListeSide, VisSide
from tok.sak.sider.grunn import les_bare
from tok.sak.sporringer.logg import Merke
from tok.sak.tilgang import Rett, Rolle
from tok.sak.tilgang.innsyn import noter_eksport
from tok.sak.tilgang.kilder import stilling


class MinDag(ListeSide):
    """What must I do now, by when, and for whom (sider.md no. 1)."""

    rett = Rett.SE_MIN_DAG
    mal = "oversikt/min_dag.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The family, who do not work here, the privacy officer and who manages the accounts have their own page."""
        roller = stilling(self.konto, self.i_dag).roller
        if er_bare_egen(roller):
            return HttpResponseRedirect(reverse("oversikt:min_side"))
        if roller == {Rolle.PERSONVERNOMBUD}:
            return HttpResponseRedirect(reverse("sak:loggkontroll"))
        if roller == {Rolle.SYSTEMANSVARLIG}:
            return HttpResponseRedirect(reverse("sak:kontoer"))
        return super().get(request, *args, **kwargs)

    def svar(self) -> HttpResponseBase:
        ankere = (*mindag.ANKERE, *nestesteg.ANKERE, *mine.ANKERE)
        valgt = self.request.GET.get("bunke", "")
        utsnitt = Utsnitt.les(valgt, self.request.GET.get("etter", ""), ankere, med_klokkeslett=mine.MOETE)
        sted = plass(self.konto, self.i_dag)
        frister = mindag.frister(self.konto, sted, self.i_dag, utsnitt)
        kontorets = nestesteg.kontorets(sted, self.i_dag, utsnitt) if sted.kontorer else []
        egne, egne_saker = mine.egne(self.konto, self.naa, utsnitt)
        bunker = [*frister[:1], *kontorets, *frister[1:], *egne]
        self.antall = sum(len(bunke.rader) for bunke in bunker) + len(egne_saker)
        if utsnitt.bare:
            return self._en_bunke(bunker, utsnitt)
        naa = None
        if sted.kontorer:
            naa, post = tall.kontoret_naa(sted, self.i_dag)
            bunker.insert(1 + len(kontorets), post)
            self.antall += len(post.rader)
        if sted.er_leder:
            funn = lederfunn(self.konto, self.i_dag)
            bunker.insert(1 + len(kontorets), funn)
            self.antall += len(funn.rader)
        return self.tegn(
            bunker=[bunke for bunke in bunker if bunke.rader],
            uke=self.i_dag.isocalendar().week,
            er_kontor=bool(sted.kontorer),
            tall=naa,
            egne_saker=egne_saker,
        )

    def _en_bunke(self, bunker: list[Bunke], utsnitt: Utsnitt) -> HttpResponseBase:
        """One pile alone, with all there is to say of it; the next page begins after the last row."""
        bunke = bunker[0] if bunker else None
        denne = f"{self.request.path}?{urlencode({'bunke': utsnitt.bare})}"
        innhold = {
            "i_dag": self.i_dag,
            "bunke": bunke,
            "videre": bool(utsnitt.etter),
            "neste_url": f"{denne}&{urlencode({'etter': bunke.neste})}" if bunke and bunke.neste else "",
            "forste_url": denne if utsnitt.etter else "",
        }
        return render(self.request, "oversikt/en_bunke.html", innhold)


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


class MinSide(ListeSide):
    """The cases one sees as the person or for it; who has one alone comes straight to it."""

    rett = Rett.SE_MIN_SIDE
    mal = "oversikt/min_side.html"

    def svar(self) -> HttpResponseBase:
        saker = minside.mine_saker(self.konto, self.i_dag)
        self.antall = len(saker)
        if len(saker) == 1:
            return HttpResponseRedirect(reverse("oversikt:min_sak", args=[saker[0].pk]))
        return self.tegn(saker=saker)


class MinSak(VisSide):
    """One case in plain words, for a parent on a telephone (R7, R17, L21)."""

    rett = Rett.SE_EGEN_SAK
    modell = Sak
    mal = "oversikt/min_sak.html"

    def spoerring(self) -> QuerySet[Any]:
        return Sak.objects.select_related("person", "kontor", "saksbehandler")

    def tegn(self, status: int = 200, **mer: Any) -> HttpResponse:
        """Without the head and the tabs of the case, which are for those who work with it."""
        felles = {"sak": self.objekt, "i_dag": self.i_dag, "naa": self.naa}
        return render(self.request, self.mal, felles | self.innhold() | mer, status=status)

    def innhold(self) -> dict[str, Any]:
        return {"min": minside.les(self.objekt, self.konto, self.naa)}


class HvemHarSett(MinSak):
    """Everybody who has seen the case, a page at a time (N7, L21)."""

    rett = Rett.SE_LOGG
    mal = "oversikt/hvem_har_sett.html"

    def innhold(self) -> dict[str, Any]:
        etter = Merke.les(self.request.GET.get("etter", ""))
        side = sett.hvem_har_sett(self.objekt, self.konto, self.i_dag, etter=etter)
        neste = f"{self.request.path}?{urlencode({'etter': str(side.neste)})}" if side.neste else ""
        return {"rader": side.rader, "neste_url": neste, "forste_url": self.request.path if etter else ""}


class Register(ListeSide):
    """All cases, groups and coordinators of the own office (R232)."""

    rett = Rett.SE_REGISTER
    mal = "oversikt/register.html"

    def innhold(self) -> dict[str, Any]:
        sted = plass(self.konto, self.i_dag)
        valgt = uuid_eller_ingen(self.request.GET.get("koordinator", ""))
        filter_ = Filtervalg(self.request.GET, *registervalg.valg(sted, self.i_dag, valgt))
        etter = register.Merke.les(self.request.GET.get("etter", ""))
        side = register.side(sted, filter_.utvalg, etter, self.i_dag)
        self.antall = len(side.rader)
        return {
            "filter": filter_,
            "side": side,
            "filtrert": bool(filter_.valgt),
            "neste_url": self._lenke(filter_, side.neste) if side.neste else "",
            "forste_url": self._lenke(filter_, None) if etter else "",
        }

    def _lenke(self, filter_: Filtervalg, etter: register.Merke | None) -> str:
        return f"{self.request.path}?{urlencode(filter_.valgt | ({'etter': str(etter)} if etter else {}))}"


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
        treff = soek.soek(plass(self.konto, self.i_dag), tekst, self.i_dag)
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
        return {"aar": self.i_dag.year, "format": Format.XLSX}

    def innhold(self) -> dict[str, Any]:
        return {"kolonner": aarstall.kolonner(aarstall.Aar.lag(self.i_dag.year, self.i_dag))}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        skjema = self.skjema(request.POST, **self.skjemaargumenter())
        with transaction.atomic():
            self.objekt = self.hent()
            if not skjema.is_valid():
                return self.feil(skjema)
            aar = aarstall.Aar.lag(skjema.cleaned_data["aar"], self.i_dag)
            format_ = Format(skjema.cleaned_data["format"])
            fil = self._fil(aar, format_, skjema.cleaned_data["formaal"])
        svar = FileResponse(fil, as_attachment=True, filename=filnavn(format_, aar), content_type=format_.innholdstype)
        svar["Cache-Control"] = "no-store"
        return svar

    def _fil(self, aar: aarstall.Aar, format_: Format, formaal: str) -> IO[bytes]:
        """The file, without a name on the disk: it is gone when it is sent, and when the receiver hangs up.

        Log and file are one transaction: the rows stand before the first byte leaves (N6), and a file that cannot be
        made is nobody's export.
        """
        saker = aarstall.saker(aar, self.konto, plass(self.konto, self.i_dag).kontorer)
        liste = f"Register {aar.aar} {format_.value}"
        eksport = noter_eksport(self.konto, self.rett, saker, naa=self.naa, liste=liste, formaal=formaal)
        les_bare()
        fil = TemporaryFile()  # noqa: SIM115 -- the answer closes it
        try:
            skriv(format_, aar, eksport.saker, fil, laget=self.naa)
        except BaseException:
            fil.close()
            raise
        fil.seek(0)
        return fil
