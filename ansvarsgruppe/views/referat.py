"""Pages of finished minutes: preview and sending, reading, PDF, and a mended version (L18, L19)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.dokumenter.referat import innhold
from ansvarsgruppe.forms.referat import Rettskjema
from ansvarsgruppe.handlinger.felter import krever_medvirkning
from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat, hinder_for_neste, mangler
from ansvarsgruppe.handlinger.referat import ReferatErEndret, rett_referat
from ansvarsgruppe.models import Levering, Referat
from ansvarsgruppe.varsler.referat import mottakere
from ansvarsgruppe.views.referat_skriv import Referatarbeid
from ansvarsgruppe.views.referatskjema import UTKAST, ikke_med, rydd_utkast, ulagrede
from tok.kjerne.dokumenter import DokumentetLagesIkke, hent_pdf
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.skjema import Skjema
from tok.sak import utkast
from tok.sak.sider import HandlingSide, VisSide
from tok.sak.sider.grunn import les_bare
from tok.sak.tilgang import Rett


class Ferdigskjema(Skjema):
    """The saving that was looked over."""

    lagring = forms.IntegerField(widget=forms.HiddenInput)


class FerdigstillReferat(Referatarbeid, HandlingSide):
    """Exactly what is sent and to whom, and the button that sends it (R85, L19)."""

    rett = Rett.FERDIGSTILLE_REFERAT
    mal = "ansvarsgruppe/referat_ferdigstill.html"
    skjema = Ferdigskjema

    def start(self) -> dict[str, Any]:
        return {"lagring": self.objekt.lagring}

    def innhold(self) -> dict[str, Any]:
        referat: Referat = self.objekt
        til = mottakere(referat, self.i_dag)
        mangel = mangler(referat)
        # A new version sets up no meeting again, and what is wrong with the place is said among what is missing.
        neste_er_mangel = referat.versjon > 1 or any(en.felt == "neste_sted" for en in mangel)
        navn = [mottaker.deltakelse.navn for mottaker in til if mottaker.kanal]
        innholdet = innhold(referat, navn, er_barn=krever_medvirkning(referat.moete), naa=self.naa)
        return {
            "moete": referat.moete,
            "referat": referat,
            "mangler": mangel,
            "neste_hinder": "" if neste_er_mangel else hinder_for_neste(referat, naa=self.naa),
            "uten_frist": [nr for nr, rad in enumerate(innholdet["avtaler"], start=1) if not rad["frist"]],
            "faar": [mottaker for mottaker in til if mottaker.kanal],
            "faar_ikke": [mottaker for mottaker in til if not mottaker.kanal],
            "innhold": innholdet,
            "har_begynt": self.naa >= referat.moete.start_tid,
            "egne": ulagrede(referat, self.konto),
            "andre": utkast.andre_med_utkast(konto=self.konto, objekt_type=UTKAST, objekt_id=referat.pk),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.objekt = self.hent()
            if self.objekt.er_ferdig:
                return self.til_ferdig()
            les_bare()
            return self.tegn(skjema=self.skjema(initial=self.start()))

    def utfoer(self, data: dict[str, Any]) -> Referat | None:
        try:
            referat = ferdigstill_referat(
                referat=self.objekt, base_lagring=data["lagring"], av=self.konto, naa=self.naa
            )
        except ReferatErEndret:
            messages.error(self.request, _("Noen har lagret i referatet siden du åpnet siden. Se gjennom det på nytt."))
            return None
        rydd_utkast(referat, self.konto)
        messages.success(self.request, _("Referatet er ferdig og sendt."))
        return referat

    def videre(self, resultat: Referat | None) -> str:
        if resultat is None:
            return self.request.path
        return reverse("ansvarsgruppe:referat", args=[resultat.pk])


class LesReferat(VisSide):
    """Finished minutes as they were frozen, the same words as in the PDF (R90–R99)."""

    rett = Rett.LESE_REFERAT
    modell = Referat
    noekkel = "referat"
    mal = "ansvarsgruppe/referat.html"
    fane: ClassVar[str] = "ansvarsgruppe:moeter"

    def spoerring(self) -> QuerySet[Referat]:
        return Referat.objects.filter(tilstand=Referat.Tilstand.FERDIG).select_related(
            "dokument", "ferdig_av", "moete__gruppe__sak__person"
        )

    def innhold(self) -> dict[str, Any]:
        referat: Referat = self.objekt
        nyere = Referat.objects.filter(moete=referat.moete_id, versjon__gt=referat.versjon).order_by("-versjon").first()
        eldre = Referat.objects.filter(moete=referat.moete_id, versjon__lt=referat.versjon).order_by("-versjon")
        return {
            "moete": referat.moete,
            "referat": referat,
            "innhold": referat.dokument.innhold if referat.dokument else {},
            "erstattet_av": nyere if nyere and nyere.er_ferdig else None,
            "under_arbeid": nyere if nyere and not nyere.er_ferdig else None,
            "eldre": eldre,
            "leveringer": sorted(
                Levering.objects.filter(referat=referat).select_related(
                    "deltakelse__konto", "deltakelse__kontakt", "deltakelse__sak__person"
                ),
                key=lambda levering: (levering.kanal, levering.deltakelse.navn),
            ),
            "ikke_med": ikke_med(referat, self.konto) if self._kan_skrive() else [],
        }

    def _kan_skrive(self) -> bool:
        return Rett.SKRIVE_REFERAT.krev(self.konto, self.objekt, i_dag=self.i_dag)


class ReferatPdf(LesReferat):
    """The stored bytes, as a file to keep; the name says nothing of whom it is about (N19)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.objekt = self.rett.hent(
                self.konto, self.spoerring(), naa=self.naa, handling="last_ned", pk=self.kwargs[self.noekkel]
            )
        try:
            innhold = hent_pdf(self.objekt.dokument, naa=self.naa)
        except DokumentetLagesIkke as feil:
            messages.error(request, feil.melding)
            return HttpResponseRedirect(reverse("ansvarsgruppe:referat", args=[self.objekt.pk]))
        svar = HttpResponse(innhold, content_type="application/pdf")
        dato = lokal_dato(self.objekt.moete.start_tid)
        svar["Content-Disposition"] = f'attachment; filename="referat-{dato.isoformat()}.pdf"'
        svar["Content-Security-Policy"] = "sandbox; default-src 'none'"
        svar["X-Content-Type-Options"] = "nosniff"
        return svar


class RettReferat(HandlingSide):
    """A new version of finished minutes, with the reason (L18)."""

    rett = Rett.SKRIVE_REFERAT
    modell = Referat
    noekkel = "referat"
    mal = "ansvarsgruppe/referat_rett.html"
    skjema = Rettskjema
    fane: ClassVar[str] = "ansvarsgruppe:moeter"

    def spoerring(self) -> QuerySet[Referat]:
        return Referat.objects.filter(tilstand=Referat.Tilstand.FERDIG).select_related("moete")

    def innhold(self) -> dict[str, Any]:
        return {"moete": self.objekt.moete, "referat": self.objekt}

    def utfoer(self, data: dict[str, Any]) -> Referat:
        return rett_referat(referat=self.objekt, grunn=data["grunn"], av=self.konto, naa=self.naa)

    def videre(self, resultat: Referat) -> str:
        return reverse("ansvarsgruppe:referat_skriv", args=[resultat.moete_id])
