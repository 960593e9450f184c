"""The office's page about post that did not come through."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Dokument, Varsel
from tok.sak import handlinger
from tok.sak.sider import KnappSide, ListeSide
from tok.sak.tilgang import Rett, post


class Post(ListeSide):
    """Who did not get a message, when and why; never what it said."""

    rett = Rett.HAANDTERE_POST
    mal = "sak/post.html"

    def innhold(self) -> dict[str, Any]:
        meldinger = list(post.meldinger(self.konto.pk).select_related("mottaker").order_by("lagt_tid")[: post.VIST])
        dokumenter = list(
            post.dokumenter(self.konto.pk)
            .select_related("saksdokument__sak")
            .defer("innhold", "pdf")
            .order_by("bestilt_tid")[: post.VIST]
        )
        self.antall = len(meldinger) + len(dokumenter)
        return {"meldinger": meldinger, "dokumenter": dokumenter}


class _Postknapp(KnappSide):
    rett = Rett.HAANDTERE_POST

    def videre(self, resultat: Any) -> str:
        return reverse("sak:post")


class SendPaaNytt(_Postknapp):
    """Back in the queue."""

    modell = Varsel
    kvittering = _("Meldingen sendes på nytt om et øyeblikk.")

    def utfoer(self) -> Varsel:
        return handlinger.send_paa_nytt(varsel=self.objekt, av=self.konto, naa=self.naa)


class KomFram(_Postknapp):
    """The receiver has it."""

    modell = Varsel
    kvittering = _("Notert. Meldingen er tatt bort fra lista.")

    def utfoer(self) -> Varsel:
        return handlinger.kom_fram(varsel=self.objekt, av=self.konto, naa=self.naa)


class LagPaaNytt(_Postknapp):
    """Try to make the document again."""

    modell = Dokument
    kvittering = _("Dokumentet lages på nytt om et øyeblikk.")

    def utfoer(self) -> Dokument:
        return handlinger.lag_paa_nytt(dokument=self.objekt, av=self.konto, naa=self.naa)
