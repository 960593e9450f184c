"""The case's documents, its checklist ticks and its logs."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from tok.kjerne.dokumenter import hent_pdf
from tok.sak import handlinger
from tok.sak.dagbok import setninger
from tok.sak.models import Hendelse, Innsyn, Sak, Saksdokument, Sjekkpunkt
from tok.sak.sider import KnappSide, VisSide
from tok.sak.tilgang import Rett

VIST = 100


def som_vedlegg(svar: HttpResponse, navn: str) -> HttpResponse:
    """Send as a download that a browser may not run (ASVS 3.2.1, 5.4.1)."""
    svar["Content-Disposition"] = f'attachment; filename="{navn}"'
    svar["Content-Security-Policy"] = "default-src 'none'; sandbox"
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


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
        return {"dokumenter": rader.order_by("-dato", "tittel")[:VIST]}


class Dokumentfil(VisSide):
    """One document as PDF. The minutes have a door of their own, which asks for consent."""

    rett = Rett.SE_DOKUMENTER
    modell = Saksdokument
    referat = False

    def spoerring(self) -> Any:
        alle = Saksdokument.objects.select_related("dokument")
        referat = Saksdokument.Type.REFERAT
        return alle.filter(type=referat) if self.referat else alle.exclude(type=referat)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The reading is logged and committed first; a document no worker has come to is then made on the spot."""
        with transaction.atomic():
            self.objekt = self.hent()
        pdf = hent_pdf(self.objekt.dokument, naa=self.naa)
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
        hendelser = Hendelse.objects.filter(sak=self.objekt).order_by("-tid")[:VIST]
        innsyn = Innsyn.objects.filter(sak=self.objekt).order_by("-tid")[:VIST]
        return {"dagbok": setninger(hendelser), "innsyn": innsyn}
