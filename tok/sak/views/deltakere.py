"""Who takes part in the case."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.kjerne.skjema import Skjema
from tok.sak import handlinger
from tok.sak.forms import DeltakerSkjema, EndreDeltakerSkjema
from tok.sak.models import Ansettelse, Deltakelse, Nivaa, Sak
from tok.sak.sider import HandlingSide, VisSide
from tok.sak.tilgang import Rett

REKKEFOELGE = list(Deltakelse.Rolle.values)


class Deltakere(VisSide):
    """The participants, those of the household first, then fixed, then called when needed."""

    rett = Rett.SE_SAK
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/deltakere.html"
    fane = "sak:deltakere"

    def innhold(self) -> dict[str, Any]:
        alle = Deltakelse.objects.gjeldende(self.i_dag).filter(sak=self.objekt).med_navn()
        rader = sorted(alle, key=lambda d: (REKKEFOELGE.index(d.rolle), d.navn))
        grupper = (
            (_("Personen og familien"), {"person", "representant", "stoetteperson"}),
            (_("Fast"), {"koordinator", "vara", "medkoordinator", "fast"}),
            (_("Ved behov"), {"ved_behov"}),
        )
        return {"grupper": [(navn, [d for d in rader if d.rolle in roller]) for navn, roller in grupper]}


class NyDeltaker(HandlingSide):
    """Add one."""

    rett = Rett.ENDRE_DELTAKERE
    modell = Sak
    noekkel = "sak_id"
    mal = "sak/deltaker_ny.html"
    fane = "sak:deltakere"
    skjema = DeltakerSkjema
    kvittering = _("Deltakeren er lagt til. Husk at et nytt samtykke må til før deltakeren får referat.")

    def skjemaargumenter(self) -> dict[str, Any]:
        ansatt = Ansettelse.objects.gjeldende(self.i_dag).values("konto")
        return {"kontoer": Konto.objects.filter(pk__in=ansatt, is_active=True).order_by("navn")}

    def utfoer(self, data: dict[str, Any]) -> Deltakelse:
        return handlinger.legg_til_deltaker(
            sak=self.objekt,
            rolle=data["rolle"],
            hvem=self.brukt.hvem(),
            egenskap=data["egenskap"],
            enhet=data["enhet"],
            bidrag=data["bidrag"],
            via_legekontor=data["via_legekontor"],
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Deltakelse) -> str:
        return reverse("sak:deltakere", args=[resultat.sak_id])


class EndreDeltaker(HandlingSide):
    """Mend how to reach one, and what they help with."""

    rett = Rett.ENDRE_DELTAKERE
    modell = Deltakelse
    mal = "sak/deltaker_endre.html"
    fane = "sak:deltakere"
    skjema = EndreDeltakerSkjema
    kvittering = _("Opplysningene er lagret.")

    def spoerring(self) -> Any:
        return Deltakelse.objects.med_navn().exclude(rolle=Deltakelse.Rolle.PERSON)

    def skjemaargumenter(self) -> dict[str, Any]:
        kontakt = self.objekt.kontakt
        strengt = kontakt is not None and kontakt.vern.virksomme().filter(nivaa=Nivaa.STRENGT).exists()
        return {"uten_konto": not self.objekt.har_konto, "uten_adresse": strengt}

    def start(self) -> dict[str, Any]:
        felt = ("navn", "virksomhet", "postadresse", "telefon", "epost")
        kontakt = {navn: getattr(self.objekt.kontakt, navn, "") for navn in felt}
        return kontakt | {navn: getattr(self.objekt, navn) for navn in ("enhet", "bidrag", "via_legekontor")}

    def utfoer(self, data: dict[str, Any]) -> Deltakelse:
        return handlinger.endre_deltaker(
            deltakelse=self.objekt,
            kontakt=self.brukt.kontakt(),
            enhet=data["enhet"],
            bidrag=data["bidrag"],
            via_legekontor=data["via_legekontor"],
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Deltakelse) -> str:
        return reverse("sak:deltakere", args=[resultat.sak_id])


class AvsluttDeltakelse(HandlingSide):
    """Take one out, at once, after saying what it means."""

    rett = Rett.ENDRE_DELTAKERE
    modell = Deltakelse
    mal = "sak/deltaker_avslutt.html"
    fane = "sak:deltakere"
    skjema = Skjema
    kvittering = _("Deltakeren er tatt ut og har ikke lenger tilgang.")

    def spoerring(self) -> Any:
        return Deltakelse.objects.med_navn()

    def utfoer(self, data: dict[str, Any]) -> Deltakelse:
        return handlinger.avslutt_deltakelse(deltakelse=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Deltakelse) -> str:
        return reverse("sak:deltakere", args=[resultat.sak_id])
