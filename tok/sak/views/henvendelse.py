"""Requests: the list, a new one, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.sak import handlinger
from tok.sak.forms import AvsluttSkjema, HenvendelseSkjema, JaSkjema
from tok.sak.models import Ansettelse, Enhet, Henvendelse, Sak, Vern
from tok.sak.sider import HandlingSide, KnappSide, ListeSide, VisSide
from tok.sak.tilgang import Rett, kilder
from tok.sak.tilgang.innsyn import noter_lesing

VIST = 50


class Henvendelser(ListeSide):
    """What has come in, the new first."""

    rett = Rett.SE_HENVENDELSE
    mal = "sak/henvendelser.html"

    def innhold(self) -> dict[str, Any]:
        synlige = self.rett.synlige(self.konto, Henvendelse.objects.all(), i_dag=self.i_dag)
        rader = synlige.select_related("person", "sak").order_by("-mottatt_dato", "-id")
        nye = list(rader.filter(tilstand=Henvendelse.Tilstand.NY)[:VIST])
        ferdige = list(rader.exclude(tilstand=Henvendelse.Tilstand.NY)[:VIST])
        self.antall = len(nye) + len(ferdige)
        return {"nye": nye, "ferdige": ferdige}


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
        return {
            "konto": self.konto,
            "ansatte": Konto.objects.filter(pk__in=ansatt, is_active=True).order_by("navn"),
            "kontorer": kilder.kontorer(self.konto, self.rett.roller, self.i_dag).values_list("enhet", flat=True),
            "i_dag": self.i_dag,
        }

    def start(self) -> dict[str, Any]:
        return {"mottatt_dato": self.i_dag}

    def utfoer(self, data: dict[str, Any]) -> Henvendelse:
        return handlinger.registrer_henvendelse(
            henvendelse=None,
            skjema_id=data["skjema_id"],
            felt=self.brukt.felt(),
            person=self.brukt.person(),
            oppdater=self.brukt.oppdatering(),
            vern=self.brukt.vern(),
            av=self.konto,
            naa=self.naa,
        )

    def feil(self, skjema: Any) -> HttpResponseBase:
        """The form again; that it shows people we know is written in their logs first, one row for each (N3, N6)."""
        with transaction.atomic():
            for kjent in skjema.kjente:
                noter_lesing(self.konto, self.rett, kjent.person, naa=self.naa, handling="oppslag")
        return super().feil(skjema)

    def videre(self, resultat: Henvendelse) -> str:
        """The request, or the list where it is about somebody this account may not know of (N11)."""
        if not Rett.SE_HENVENDELSE.krev(self.konto, resultat, i_dag=self.i_dag):
            return reverse("sak:henvendelser")
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
        kort = {"tjenester": self._tjenester(), "vernene": self._vernene()}
        return {"henvendelse": self.objekt, "aapen_sak": aapen} | kort

    def _vernene(self) -> list[Vern]:
        vernene = Vern.objects.virksomme().filter(person=self.objekt.person)
        return list(vernene.select_related("satt_av", "bekreftes_av", "slutt_foreslaatt_av", "opphevet_av"))

    def _tjenester(self) -> list[str]:
        return [str(Enhet.Sektor(kode).label) for kode in self.objekt.tjenester]


class RegistrerJa(HandlingSide):
    """Note that somebody has said yes."""

    rett = Rett.BEHANDLE_HENVENDELSE
    modell = Henvendelse
    mal = "sak/henvendelse_ja.html"
    skjema = JaSkjema
    kvittering = _("Det er registrert at det er sagt ja.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"i_dag": self.i_dag}

    def start(self) -> dict[str, Any]:
        return {"ja_sagt_dato": self.i_dag}

    def utfoer(self, data: dict[str, Any]) -> Henvendelse:
        return handlinger.registrer_ja(henvendelse=self.objekt, ja=self.brukt.ja(), av=self.konto, naa=self.naa)

    def videre(self, resultat: Henvendelse) -> str:
        return reverse("sak:henvendelse", args=[resultat.pk])


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
