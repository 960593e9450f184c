"""The case's documents, its checklist ticks and its logs."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from tok.kjerne.dokumenter import DokumentetLagesIkke, hent_pdf
from tok.kjerne.models import Konto
from tok.sak import handlinger
from tok.sak.dagbok import setninger
from tok.sak.models import Hendelse, Sak, Saksdokument, Sjekkpunkt
from tok.sak.sider import KnappSide, VisSide
from tok.sak.sporringer import logg
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import LAST_NED
from tok.sak.tilgang.skjulte import uten_skjulte, uten_spor

VIST = 100
GJORT, SETT = "gjort", "sett"  # the two lists of the log: their marks in the address, and their place on the page


def som_vedlegg(svar: HttpResponse, navn: str) -> HttpResponse:
    """Send as a download that a browser may not run (ASVS 3.2.1, 5.4.1)."""
    svar["Content-Disposition"] = f'attachment; filename="{navn}"'
    svar["Content-Security-Policy"] = "default-src 'none'; sandbox"
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


def uten_andres_brev(rader: QuerySet[Saksdokument], konto: Konto, i_dag: date) -> QuerySet[Saksdokument]:
    """Without the letters the account may not open: each has the home address of its receiver on it (N11, L20)."""
    brev = Saksdokument.objects.filter(type=Saksdokument.Type.INNKALLING)
    aapne = Rett.SE_BREV.synlige(konto, brev, i_dag=i_dag).values("pk")
    return rader.filter(~Q(type=Saksdokument.Type.INNKALLING) | Q(pk__in=aapne))


class Dokumenter(VisSide):
    """Letters, forms and minutes filed in the case."""

    rett = Rett.SE_DOKUMENTER
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/dokumenter.html"
    fane = "sak:dokumenter"

    def innhold(self) -> dict[str, Any]:
        rader = Saksdokument.objects.filter(sak=self.objekt)
        leser = Rett.LESE_REFERAT.synlige(self.konto, Sak.objects.filter(pk=self.objekt.pk), i_dag=self.i_dag).exists()
        if not leser:
            rader = rader.exclude(type=Saksdokument.Type.REFERAT)
        rader = uten_skjulte(self.konto, uten_andres_brev(rader, self.konto, self.i_dag), self.i_dag)
        return {"dokumenter": rader.order_by("-dato", "tittel")[:VIST]}


class Dokumentfil(VisSide):
    """One document as PDF. The minutes have a door of their own, which asks for consent."""

    rett = Rett.SE_DOKUMENTER
    modell = Saksdokument
    mal = "sak/dokument_mangler.html"
    loggfoeres_som = LAST_NED
    fane = "sak:dokumenter"
    referat = False

    def spoerring(self) -> Any:
        alle = Saksdokument.objects.select_related("dokument")
        referat = Saksdokument.Type.REFERAT
        if self.referat:
            return alle.filter(type=referat)
        return uten_andres_brev(alle.exclude(type=referat), self.konto, self.i_dag)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The reading is logged and committed first; a document no worker has come to is then made on the spot."""
        with transaction.atomic():
            self.objekt = self.hent()
        try:
            pdf = hent_pdf(self.objekt.dokument, naa=self.naa)
        except DokumentetLagesIkke as feil:
            return self.tegn(status=503, melding=feil.melding)
        return som_vedlegg(HttpResponse(pdf, content_type="application/pdf"), f"{self.objekt.type}.pdf")


class Referatfil(Dokumentfil):
    """Finished minutes as PDF, any version (L13, L18)."""

    rett = Rett.LESE_REFERAT
    referat = True


class Kryss(KnappSide):
    """Tick or untick one point of the checklist."""

    rett = Rett.KRYSSE_AV
    modell = Sak
    noekkel = "sak_id"

    @cached_property
    def punkt(self) -> Sjekkpunkt:
        return get_object_or_404(Sjekkpunkt, pk=self.kwargs["punkt_id"])

    def utfoer(self) -> Any:
        if self.request.POST.get("av") == "1":
            return handlinger.fjern_kryss(sak=self.objekt, punkt=self.punkt, av=self.konto, naa=self.naa)
        return handlinger.kryss_av(sak=self.objekt, punkt=self.punkt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Any) -> str:
        return f"{reverse('oversikt:sak', args=[self.objekt.pk])}#sjekkliste"


class Logg(VisSide):
    """What has been done in the case, and who has looked (N7, L21)."""

    rett = Rett.SE_LOGG
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/logg.html"
    fane = "sak:logg"

    def innhold(self) -> dict[str, Any]:
        gjort = logg.side(self._uten_skjulte([Hendelse.objects.filter(sak=self.objekt)]), self._merke(GJORT))
        sett = logg.side(self._uten_skjulte(logg.innsyn(self.objekt)), self._merke(SETT))
        return {
            "dagbok": setninger(gjort.rader),
            "innsyn": sett.rader,
            "bla_gjort": self._lenker(GJORT, gjort),
            "bla_sett": self._lenker(SETT, sett),
        }

    def _uten_skjulte(self, kilder: list[QuerySet[Any]]) -> list[QuerySet[Any]]:
        return [uten_spor(self.konto, kilde, self.i_dag) for kilde in kilder]

    def _merke(self, liste: str) -> logg.Merke | None:
        return logg.Merke.les(self.request.GET.get(liste, ""))

    def _lenker(self, liste: str, side: logg.Side) -> dict[str, str]:
        """The next page of one list, and its first; the other list stays where it is."""
        annen = {navn: str(merke) for navn in {GJORT, SETT} - {liste} if (merke := self._merke(navn))}

        def url(merke: logg.Merke | None) -> str:
            valgt = annen | ({liste: str(merke)} if merke else {})
            return f"{self.request.path}?{urlencode(valgt)}#{liste}"

        return {"neste": url(side.neste) if side.neste else "", "forste": url(None) if self._merke(liste) else ""}
