"""Consents: the list, the form to print, the signed one, the withdrawal and the scan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne import filer
from tok.kjerne.fristregning import fyller_aar, legg_til_maaneder
from tok.sak import handlinger, samtykkekrav
from tok.sak.forms import MuntligSkjema, SamtykkeSkjema, SkjemaForUtskrift, TrekkSkjema
from tok.sak.models import Deltakelse, Sak, Saksdokument, Samtykke
from tok.sak.sider import HandlingSide, VisSide
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import LAST_NED
from tok.sak.views.dokumenter import som_vedlegg

ETT_AAR = 12  # calendar months


def forslag_tom(sak: Sak, fra: Any) -> Any:
    """A year, but not beyond the day before the person turns 16 (L14)."""
    tom = legg_til_maaneder(fra, ETT_AAR) - timedelta(days=1)
    seksten = fyller_aar(sak.person.foedselsdato, 16)
    return min(tom, seksten - timedelta(days=1)) if fra < seksten else tom


class Samtykker(VisSide):
    """What the person has said yes to, to whom, until when."""

    rett = Rett.SE_SAMTYKKE
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/samtykker.html"
    fane = "sak:samtykker"

    def innhold(self) -> dict[str, Any]:
        alle = list(
            Samtykke.objects.filter(sak=self.objekt)
            .prefetch_related("deltakere__konto", "deltakere__kontakt", "deltakere__sak__person")
            .order_by("-underskrevet_dato", "-registrert_tid")
        )
        gjelder = set(Samtykke.objects.gyldige(self.i_dag).filter(sak=self.objekt).values_list("pk", flat=True))
        return {
            "gyldige": [s for s in alle if s.pk in gjelder],
            "tidligere": [s for s in alle if s.pk not in gjelder],
            "kan_muntlig": all(s.maate != Samtykke.Maate.PAPIR for s in alle),
        }


class SkrivUtSkjema(HandlingSide):
    """The form to sign in the first meeting (R31, R67)."""

    rett = Rett.REGISTRERE_SAMTYKKE
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/samtykke_skjema.html"
    fane = "sak:samtykker"
    skjema = SkjemaForUtskrift

    def start(self) -> dict[str, Any]:
        return {"gyldig_fra": self.i_dag, "gyldig_tom": forslag_tom(self.objekt, self.i_dag)}

    def utfoer(self, data: dict[str, Any]) -> Saksdokument:
        return handlinger.lag_samtykkeskjema(sak=self.objekt, av=self.konto, naa=self.naa, **data)

    def videre(self, resultat: Saksdokument) -> str:
        return reverse("sak:dokument", args=[resultat.pk])


class NyttSamtykke(HandlingSide):
    """Register the signed form with its scan."""

    rett = Rett.REGISTRERE_SAMTYKKE
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/samtykke_nytt.html"
    fane = "sak:samtykker"
    skjema = SamtykkeSkjema
    kvittering = _("Samtykket er registrert.")

    def skjemaargumenter(self) -> dict[str, Any]:
        deltar = Deltakelse.objects.gjeldende(self.i_dag).filter(sak=self.objekt).exclude(rolle="person")
        return {"deltakere": deltar.med_navn().order_by("fra_dato"), "i_dag": self.i_dag}

    def start(self) -> dict[str, Any]:
        return {
            "underskrevet_dato": self.i_dag,
            "gyldig_fra": self.i_dag,
            "gyldig_tom": forslag_tom(self.objekt, self.i_dag),
        }

    def feil(self, skjema: Any) -> HttpResponseBase:
        """A browser never keeps a chosen file: say so where it is chosen."""
        skjema.fields["skannet"].help_text = _("Velg fila på nytt. Den ble ikke tatt vare på.")
        return super().feil(skjema)

    def innhold(self) -> dict[str, Any]:
        regler = samtykkekrav.gjeldende_regler(self.i_dag)
        foedt = self.objekt.person.foedselsdato
        return {"hvem_kan": samtykkekrav.avslag_tekst(regler, foedt=foedt, dato=self.i_dag)}

    def utfoer(self, data: dict[str, Any]) -> Samtykke:
        return handlinger.registrer_samtykke(
            sak=self.objekt,
            underskrift=self.brukt.underskrift(),
            deltakelser=list(data["deltakelser"]),
            skannet=data["skannet"],
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Samtykke) -> str:
        return reverse("sak:samtykker", args=[resultat.sak_id])


class MuntligJa(HandlingSide):
    """Record an oral yes, for the time before the form (L7, R67)."""

    rett = Rett.REGISTRERE_SAMTYKKE
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/samtykke_muntlig.html"
    fane = "sak:samtykker"
    skjema = MuntligSkjema
    kvittering = _("Det muntlige samtykket er registrert.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"i_dag": self.i_dag}

    def start(self) -> dict[str, Any]:
        return {"sagt_dato": self.i_dag}

    def utfoer(self, data: dict[str, Any]) -> Samtykke:
        return handlinger.registrer_muntlig_ja(sak=self.objekt, av=self.konto, naa=self.naa, **data)

    def videre(self, resultat: Samtykke) -> str:
        return reverse("sak:samtykker", args=[resultat.sak_id])


class TrekkSamtykke(HandlingSide):
    """The person takes it back; the page says what that closes before it is done."""

    rett = Rett.TREKKE_SAMTYKKE
    modell = Samtykke
    mal = "sak/samtykke_trekk.html"
    fane = "sak:samtykker"
    skjema = TrekkSkjema
    kvittering = _("Samtykket er trukket. Det som hvilte på det, er stengt fra nå.")

    def utfoer(self, data: dict[str, Any]) -> Samtykke:
        return handlinger.trekk_samtykke(
            samtykke=self.objekt, trukket_av=data["trukket_av"], av=self.konto, naa=self.naa
        )

    def videre(self, resultat: Samtykke) -> str:
        return reverse("sak:samtykker", args=[self.objekt.sak_id])


class Skann(VisSide):
    """The scanned form, as a download."""

    rett = Rett.SE_SAMTYKKE
    modell = Samtykke
    loggfoeres_som = LAST_NED

    def spoerring(self) -> Any:
        return Samtykke.objects.filter(fil__isnull=False).select_related("fil")

    def svar(self) -> HttpResponseBase:
        fil = self.objekt.fil
        return som_vedlegg(HttpResponse(filer.les(fil), content_type=fil.type), fil.navn)
