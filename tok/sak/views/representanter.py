"""Who stands for the person, what each sees today, and what the next birthday changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne import filer
from tok.kjerne.fristregning import fyller_aar
from tok.kjerne.skjema import Skjema
from tok.sak import handlinger, samtykkekrav
from tok.sak.forms import GrunnlagSkjema, KobleSkjema, RepresentantSkjema
from tok.sak.frister import ALDERSREGLER
from tok.sak.fristord import ENDRINGER
from tok.sak.models import Deltakelse, Frist, Representasjon, Sak, Samtykke
from tok.sak.sider import HandlingSide, KnappSide, VisSide
from tok.sak.tilgang import Rett
from tok.sak.tilgang.representanter import Representant, i_saken
from tok.sak.views.dokumenter import som_vedlegg

FANE = "sak:representanter"
KODER = {regel.kode: aar for aar, regel in ALDERSREGLER.items()}


class Representanter(VisSide):
    """The representatives with ground, period and what each may see and sign today."""

    rett = Rett.SE_REPRESENTANTER
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/representanter.html"
    fane = FANE

    def innhold(self) -> dict[str, Any]:
        rader = i_saken(self.objekt, self.i_dag)
        tidligere = Deltakelse.objects.filter(sak=self.objekt, rolle="representant", til_dato__lte=self.i_dag)
        return {
            "representanter": rader,
            "tidligere": tidligere.med_navn().order_by("-til_dato"),
            "uenighet": self._uenighet(rader),
            **self._alder(),
        }

    def _uenighet(self, rader: list[Representant]) -> dict[str, Any] | None:
        """Two parents decide together while they decide: who of them took the last consent back, if one did."""
        dato, foedt = self.i_dag, self.objekt.person.foedselsdato
        regler = samtykkekrav.gjeldende_regler(dato)
        krav = samtykkekrav.finn_krav(regler, foedt=foedt, egenskap=Deltakelse.Egenskap.FORELDER, dato=dato)
        if krav is None or krav.vurdering:
            return None
        foreldre = [rad.deltakelse.navn for rad in rader if rad.deltakelse.egenskap == Deltakelse.Egenskap.FORELDER]
        if len(foreldre) < 2:
            return None
        siste = Samtykke.objects.filter(sak=self.objekt, maate=Samtykke.Maate.PAPIR).order_by("-registrert_tid").first()
        er_trukket = siste is not None and siste.trukket_tid is not None and siste.trukket_av in foreldre
        return {"trukket": siste if er_trukket else None}

    def _alder(self) -> dict[str, Any]:
        """The birthdays that are open to follow up, and the next one after today."""
        person = self.objekt.person
        aapne = Frist.objects.aapne().filter(sak=self.objekt, regel__in=KODER).order_by("forfall")
        frister = [(rad, KODER[rad.regel], ENDRINGER[KODER[rad.regel]]) for rad in aapne]
        dager = ((aar, fyller_aar(person.foedselsdato, aar)) for aar in ALDERSREGLER)
        neste = next(((aar, dag, ENDRINGER[aar]) for aar, dag in dager if dag > self.i_dag), None)
        return {"aldersfrister": frister, "neste_alder": None if frister else neste}


class NyRepresentant(HandlingSide):
    """Register one, with the ground."""

    rett = Rett.ENDRE_REPRESENTANTER
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/representant_ny.html"
    fane = FANE
    skjema = RepresentantSkjema
    kvittering = _("Representanten er registrert.")

    def start(self) -> dict[str, Any]:
        return {"fra_dato": self.i_dag}

    def feil(self, skjema: Any) -> HttpResponseBase:
        """A browser never keeps a chosen file: say so where it is chosen."""
        return super().feil(_velg_paa_nytt(skjema))

    def utfoer(self, data: dict[str, Any]) -> Deltakelse:
        return handlinger.registrer_representant(
            sak=self.objekt,
            hvem=self.brukt.hvem(),
            egenskap=data["egenskap"],
            grunnlag=self.brukt.grunnlag(),
            skannet=data["skannet"],
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Deltakelse) -> str:
        return reverse(FANE, args=[resultat.sak_id])


def _velg_paa_nytt(skjema: Any) -> Any:
    if skjema.files:
        skjema.fields["skannet"].help_text = _("Velg fila på nytt. Den ble ikke tatt vare på.")
    return skjema


class NyttGrunnlag(HandlingSide):
    """A new mandate, power of attorney or assessment."""

    rett = Rett.ENDRE_REPRESENTANTER
    modell = Deltakelse
    mal = "sak/representant_grunnlag.html"
    fane = FANE
    skjema = GrunnlagSkjema
    kvittering = _("Grunnlaget er registrert.")

    def spoerring(self) -> Any:
        return Deltakelse.objects.filter(rolle=Deltakelse.Rolle.REPRESENTANT).med_navn()

    def start(self) -> dict[str, Any]:
        return {"fra_dato": self.i_dag}

    def feil(self, skjema: Any) -> HttpResponseBase:
        return super().feil(_velg_paa_nytt(skjema))

    def utfoer(self, data: dict[str, Any]) -> Representasjon:
        return handlinger.registrer_grunnlag(
            deltakelse=self.objekt,
            grunnlag=self.brukt.grunnlag(),
            skannet=data["skannet"],
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Representasjon) -> str:
        return reverse(FANE, args=[self.objekt.sak_id])


class AvsluttGrunnlag(HandlingSide):
    """End one at once, after saying what it means."""

    rett = Rett.ENDRE_REPRESENTANTER
    modell = Representasjon
    mal = "sak/representant_avslutt.html"
    fane = FANE
    skjema = Skjema
    kvittering = _("Grunnlaget er avsluttet. Det som hvilte på det, er stengt fra nå.")

    def spoerring(self) -> Any:
        return Representasjon.objects.select_related("deltakelse__konto", "deltakelse__kontakt")

    def utfoer(self, data: dict[str, Any]) -> Representasjon:
        return handlinger.avslutt_grunnlag(representasjon=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Representasjon) -> str:
        return reverse(FANE, args=[self.objekt.deltakelse.sak_id])


class KobleKonto(HandlingSide):
    """Link the account of somebody who has been a name and an address only."""

    rett = Rett.ENDRE_REPRESENTANTER
    modell = Deltakelse
    mal = "sak/representant_koble.html"
    fane = FANE
    skjema = KobleSkjema
    kvittering = _("Kontoen er koblet til. Tilgangen gjelder fra nå.")

    def spoerring(self) -> Any:
        return Deltakelse.objects.filter(rolle__in=["representant", "person"]).med_navn()

    def utfoer(self, data: dict[str, Any]) -> Deltakelse:
        return handlinger.koble_konto(deltakelse=self.objekt, konto=self.brukt.konto, av=self.konto, naa=self.naa)

    def videre(self, resultat: Deltakelse) -> str:
        return reverse(FANE, args=[resultat.sak_id])


class FulgtOppAlder(KnappSide):
    """The coordinator has told and done what a birthday asks for."""

    rett = Rett.ENDRE_REPRESENTANTER
    modell = Frist
    kvittering = _("Det står nå at dette er fulgt opp.")

    def spoerring(self) -> Any:
        return Frist.objects.filter(sak=self.kwargs["sak_id"], regel__in=KODER)

    def utfoer(self) -> Frist:
        return handlinger.foelg_opp_alder(frist=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Frist | None) -> str:
        return reverse(FANE, args=[self.kwargs["sak_id"]])


class Grunnlagsdokument(VisSide):
    """The document a ground rests on, as a download."""

    rett = Rett.SE_REPRESENTANTER
    modell = Representasjon

    def spoerring(self) -> Any:
        return Representasjon.objects.filter(fil__isnull=False).select_related("fil")

    def svar(self) -> HttpResponseBase:
        fil = self.objekt.fil
        return som_vedlegg(HttpResponse(filer.les(fil), content_type=fil.type), fil.navn)
