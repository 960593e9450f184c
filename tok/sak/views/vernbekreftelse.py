"""The second person's page, and protection before there is a case (N11)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.skjema import Skjema
from tok.sak import handlinger
from tok.sak.forms.vern import Vernefelt
from tok.sak.models import Henvendelse, Sak, Vern, Vernetilgang
from tok.sak.sider import HandlingSide
from tok.sak.sporringer.vern import gjelder, saker_til
from tok.sak.tilgang import Rett
from tok.sak.tilgang.sperrer import uhildet
from tok.sak.tilgang.vernegruppe import kan_bekrefte


class BekreftVern(HandlingSide):
    """One protection to the colleague it names, and to nobody else."""

    rett = Rett.BEKREFTE_VERN
    modell = Vern
    mal = "sak/vern_bekreft.html"
    skjema = Skjema
    kvittering = _("Vernet er bekreftet.")

    def spoerring(self) -> Any:
        """What waits; when it is confirmed, only who still is let in to the person reads it again (N2, N12)."""
        venter = Q(bekreftet_tid__isnull=True, opphevet_tid__isnull=True)
        inne = Vernetilgang.objects.virksomme().filter(konto=self.konto, person=OuterRef("person"))
        synlige = Vern.objects.filter(venter | Exists(inne), uhildet(self.konto, person="person"))
        return synlige.select_related("person", "kontakt", "konto", "satt_av", "opphevet_av")

    def _sak(self) -> Sak | None:
        """A case of the protected that the colleague sees."""
        saker = saker_til(gjelder(self.objekt)).filter(tilstand=Sak.Tilstand.AAPEN)
        return Rett.SE_SAK.synlige(self.konto, saker, i_dag=self.i_dag).order_by("aapnet_dato").first()

    def _henvendelse(self) -> Henvendelse | None:
        """What there is to go on with where there is no case yet."""
        nye = Henvendelse.objects.filter(person=self.objekt.person_id, tilstand=Henvendelse.Tilstand.NY)
        return Rett.SE_HENVENDELSE.synlige(self.konto, nye, i_dag=self.i_dag).order_by("mottatt_dato").first()

    def innhold(self) -> dict[str, Any]:
        i_sak = self._sak()
        henvendelse = None if i_sak else self._henvendelse()
        return {"vern": self.objekt, "hvem": gjelder(self.objekt), "i_sak": i_sak, "henvendelse": henvendelse}

    def utfoer(self, data: dict[str, Any]) -> Vern:
        return handlinger.bekreft_vern(vern=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Vern) -> str:
        """The same page for a person; what is about another who takes part is read in the case from now on."""
        if resultat.person_id is not None:
            return reverse("sak:vern_bekreft", args=[resultat.pk])
        sak = self._sak()
        return reverse("sak:vern", args=[sak.pk]) if sak else reverse("oversikt:min_dag")


class VernHenvendelse(HandlingSide):
    """Protect the person of a request that is no case yet."""

    rett = Rett.BEHANDLE_HENVENDELSE
    modell = Henvendelse
    mal = "sak/henvendelse_vern.html"
    skjema = Vernefelt
    kvittering = _("Vernet gjelder fra nå. Kollegaen har fått beskjed om å bekrefte.")

    def spoerring(self) -> Any:
        return Henvendelse.objects.select_related("person")

    def skjemaargumenter(self) -> dict[str, Any]:
        kontor, person = self.objekt.kontor_id, self.objekt.person
        return {"bekreftere": kan_bekrefte(self.konto, [kontor], self.i_dag, person)}

    def utfoer(self, data: dict[str, Any]) -> Vern:
        return handlinger.verne_henvendelse(
            henvendelse=self.objekt, nytt=self.brukt.nytt(), av=self.konto, naa=self.naa
        )

    def videre(self, resultat: Vern) -> str:
        return reverse("sak:henvendelse", args=[self.objekt.pk])
