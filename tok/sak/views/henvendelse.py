"""Requests: the list, a new one, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.sak import handlinger
from tok.sak.forms import AvsluttSkjema, HenvendelseSkjema
from tok.sak.models import Ansettelse, Enhet, Henvendelse, Sak
from tok.sak.sider import HandlingSide, KnappSide, ListeSide, VisSide
from tok.sak.tilgang import Rett

VIST = 50


class Henvendelser(ListeSide):
    """What has come in, the new first."""

    rett = Rett.SE_HENVENDELSE
    mal = "sak/henvendelser.html"

    def innhold(self) -> dict[str, Any]:
        synlige = self.rett.synlige(self.konto, Henvendelse.objects.all(), i_dag=self.i_dag)
        rader = synlige.select_related("person", "sak").order_by("-mottatt_dato", "-id")
        return {
            "nye": rader.filter(tilstand=Henvendelse.Tilstand.NY)[:VIST],
            "ferdige": rader.exclude(tilstand=Henvendelse.Tilstand.NY)[:VIST],
        }


class NyHenvendelse(HandlingSide):
    """Register a request."""

    rett = Rett.REGISTRERE_HENVENDELSE
    modell = Henvendelse
    mal = "sak/henvendelse_ny.html"
    skjema = HenvendelseSkjema
    ny = True
    kvittering = _("Henvendelsen er registrert.")

    def skjemaargumenter(self) -> dict[str, Any]:
        ansatt = Ansettelse.objects.gjeldende(self.i_dag).values("konto")
        return {"ansatte": Konto.objects.filter(pk__in=ansatt, is_active=True).order_by("navn"), "i_dag": self.i_dag}

    def start(self) -> dict[str, Any]:
        return {"mottatt_dato": self.i_dag}

    def utfoer(self, data: dict[str, Any]) -> Henvendelse:
        return handlinger.registrer_henvendelse(
            henvendelse=None,
            skjema_id=data["skjema_id"],
            felt=self.brukt.felt(),
            person=self.brukt.person(),
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Henvendelse) -> str:
        return reverse("sak:henvendelse", args=[resultat.pk])


class VisHenvendelse(VisSide):
    """One request, and the choice between a case and an end."""

    rett = Rett.SE_HENVENDELSE
    modell = Henvendelse
    mal = "sak/henvendelse.html"

    def spoerring(self) -> Any:
        return Henvendelse.objects.select_related("person", "sak", "registrert_av", "foreslaatt_koordinator")

    def innhold(self) -> dict[str, Any]:
        aapen = Sak.objects.aapne().filter(person=self.objekt.person).first()
        return {"henvendelse": self.objekt, "aapen_sak": aapen, "tjenester": self._tjenester()}

    def _tjenester(self) -> list[str]:
        return [str(Enhet.Sektor(kode).label) for kode in self.objekt.tjenester]


class BliSak(KnappSide):
    """Make it a case."""

    rett = Rett.BEHANDLE_HENVENDELSE
    modell = Henvendelse
    kvittering = _("Henvendelsen er blitt en sak. Nå kan du spørre koordinators leder.")

    def utfoer(self) -> Sak:
        return handlinger.bli_sak(henvendelse=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Sak | None) -> str:
        if resultat is None:
            return reverse("sak:henvendelse", args=[self.objekt.pk])
        return reverse("oversikt:sak", args=[resultat.pk])


class AvsluttHenvendelse(HandlingSide):
    """Close it with a reason."""

    rett = Rett.BEHANDLE_HENVENDELSE
    modell = Henvendelse
    mal = "sak/henvendelse_avslutt.html"
    skjema = AvsluttSkjema
    kvittering = _("Henvendelsen er avsluttet.")

    def utfoer(self, data: dict[str, Any]) -> Henvendelse:
        return handlinger.avslutt_henvendelse(henvendelse=self.objekt, av=self.konto, naa=self.naa, grunn=data["grunn"])

    def videre(self, resultat: Henvendelse) -> str:
        return reverse("sak:henvendelser")
