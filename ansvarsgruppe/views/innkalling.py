"""Choosing who is called, looking over exactly what goes to whom, sending; and the calendar files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansvarsgruppe import sporringer
from ansvarsgruppe.dokumenter import innkalling as brevet
from ansvarsgruppe.forms.moete import Mottakervalg
from ansvarsgruppe.handlinger.innkalling import send_innkalling
from ansvarsgruppe.models import Innkalling, Moete, kanal_til
from ansvarsgruppe.varsler import moete as post
from ansvarsgruppe.views.moete import PaaMoetet
from tok.kjerne.fristregning import alder
from tok.sak.models import Deltakelse
from tok.sak.sider import HandlingSide, VisSide
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import LAST_NED

FAAR_EGET_BREV = 16


def etikett(deltakelse: Deltakelse, *, er_barnet: bool = False) -> str:
    """`Hodan Warsame, foresatt eller verge, forelder med foreldreansvar. Får brev i posten`."""
    linje = _hvordan(deltakelse)
    return _("%(linje)s. Barnet får vanligvis beskjed av foresatte") % {"linje": linje} if er_barnet else linje


def _hvordan(deltakelse: Deltakelse) -> str:
    deler = [deltakelse.navn, str(deltakelse.get_rolle_display()), deltakelse.tilhoerighet]
    hvem = ", ".join(del_ for del_ in deler if del_)
    kanal = kanal_til(deltakelse)
    if kanal == Innkalling.Kanal.PAPIR:
        return _("%(hvem)s. Får brev i posten") % {"hvem": hvem}
    if kanal == Innkalling.Kanal.ANNEN:
        return _("%(hvem)s. Innkallingen må leveres på annen måte") % {"hvem": hvem}
    return _("%(hvem)s. Får melding og kalenderfil") % {"hvem": hvem}


class Innkallingsside(PaaMoetet):
    """What choosing and sending share."""

    rett = Rett.SENDE_SAKSLISTE
    kandidater: list[Deltakelse]

    def hent(self) -> Any:
        moete = super().hent()
        self.kandidater = sporringer.kan_innkalles(moete, self.i_dag)
        return moete

    def valg(self) -> list[tuple[str, str]]:
        barnet = self.barnet()
        return [(str(d.pk), etikett(d, er_barnet=d == barnet)) for d in self.kandidater]

    def barnet(self) -> Deltakelse | None:
        """The one the meeting is about when under 16: the guardians are called, and tell the child (R6, R11)."""
        person = self.objekt.gruppe.sak.person
        har_foresatt = any(d.rolle == Deltakelse.Rolle.REPRESENTANT for d in self.kandidater)
        if not har_foresatt or alder(person.foedselsdato, self.i_dag) >= FAAR_EGET_BREV:
            return None
        return next((d for d in self.kandidater if d.rolle == Deltakelse.Rolle.PERSON), None)

    def forvalgte(self) -> list[str]:
        """Those who were called last time, otherwise the fixed ones and the family without a child (R5, R11)."""
        foer = [innkalling.deltakelse for innkalling in sporringer.siste_innkallinger(self.objekt)]
        if foer:
            return [str(d.pk) for d in self.kandidater if sporringer.er_kalt(d, foer)]
        barnet = self.barnet()
        return [str(d.pk) for d in self.kandidater if d.rolle in sporringer.VANLIG_INNKALT and d != barnet]


class VelgMottakere(Innkallingsside, VisSide):
    """Who is to be called to just this meeting (R9–R11, R56)."""

    mal = "ansvarsgruppe/velg_mottakere.html"

    def innhold(self) -> dict[str, Any]:
        skjema = Mottakervalg(initial={"til": self.forvalgte()}, valg=self.valg())
        return {
            "moete": self.objekt,
            "skjema": skjema,
            "punkter": sporringer.punkttekster(self.objekt),
            "har_samtykke": sporringer.har_samtykke_til_innkalling(self.objekt.gruppe.sak, self.i_dag),
        }


class SendInnkalling(Innkallingsside, HandlingSide):
    """Look over exactly what goes to whom; the button sends it."""

    mal = "ansvarsgruppe/se_over_innkalling.html"
    skjema = Mottakervalg
    kvittering = gettext_lazy("Saksliste og innkalling er sendt.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.GET.getlist("til"):
            with transaction.atomic():
                self.hent()  # the closed door first, then what is missing
            messages.error(request, _("Velg minst én som skal kalles inn."))
            return HttpResponseRedirect(reverse("ansvarsgruppe:innkalling", args=[kwargs["moete"]]))
        return super().get(request, *args, **kwargs)

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"valg": self.valg()}

    def valgte(self) -> list[Deltakelse]:
        kilde = self.request.POST if self.request.method == "POST" else self.request.GET
        noekler = set(kilde.getlist("til"))
        return [deltakelse for deltakelse in self.kandidater if str(deltakelse.pk) in noekler]

    def innhold(self) -> dict[str, Any]:
        moete: Moete = self.objekt
        moete.refresh_from_db()
        punkter = sporringer.punkttekster(moete)
        loep = sporringer.finn_loep(moete, frozenset({self.rett.name}), self.i_dag, begynt=False)
        valgte = self.valgte()
        emne, tekst = post.innkallingstekst(moete)
        kanaler = {d.pk: kanal_til(d) for d in valgte}
        papir = [d for d in valgte if kanaler[d.pk] == Innkalling.Kanal.PAPIR]
        return {
            "moete": moete,
            "punkter": punkter,
            "valgte": valgte,
            "med_konto": [d for d in valgte if kanaler[d.pk] == Innkalling.Kanal.KONTO],
            "annen_maate": [d for d in valgte if kanaler[d.pk] == Innkalling.Kanal.ANNEN],
            "brev": [
                {
                    "deltakelse": d,
                    "adresse": brevet.adresselinjer(d),
                    "skjult": not self._kan_se_adressen(d),
                    "merknad": brevet.merknad(d, for_sent=False),
                }
                for d in papir
            ],
            "utelatt": self._utelatt(valgte),
            "stengt_ute": sporringer.stengt_ute(valgte, self.i_dag),
            "emne": emne,
            "tekst": tekst,
            "tid": brevet.tid(moete),
            "tolk": brevet.tolk(moete),
            "skjermet": moete.gruppe.sak.skjuler_sted,
            "sett": sporringer.avtrykk(moete, punkter),
            "advarsel": loep.for_sent,
        }

    def _utelatt(self, valgte: list[Deltakelse]) -> list[Innkalling]:
        siste = sporringer.siste_innkallinger(self.objekt)
        return [rad for rad in siste if not sporringer.er_kalt(rad.deltakelse, valgte)]

    @cached_property
    def kan(self) -> frozenset[str]:
        return sporringer.rettigheter(self.konto, self.objekt.gruppe.sak, self.i_dag)

    def _kan_se_adressen(self, deltakelse: Deltakelse) -> bool:
        """Where anyone is protected, homes are shown to those who may open the letters and to nobody else (N11)."""
        beskyttet = deltakelse.sak.skjuler_sted and deltakelse.er_privat
        return not beskyttet or Rett.SE_BREV.name in self.kan

    def utfoer(self, data: dict[str, Any]) -> Moete:
        til = [UUID(noekkel) for noekkel in data["til"]]
        return send_innkalling(moete=self.objekt, til=til, sett=data["sett"], av=self.konto, naa=self.naa)


def kalendersvar(innkalling: Innkalling) -> HttpResponse:
    """The stored calendar file, with a name that says nothing."""
    svar = HttpResponse(innkalling.kalender, content_type="text/calendar; charset=utf-8; method=REQUEST")
    svar["Content-Disposition"] = 'attachment; filename="moete.ics"'
    return svar


class EgenKalenderfil(PaaMoetet, VisSide):
    """The calendar file of one's own invitation."""

    rett = Rett.SE_MOETE
    loggfoeres_som = LAST_NED

    def svar(self) -> HttpResponseBase:
        innkalling = sporringer.egen_innkalling(self.objekt, self.konto.pk).first()
        if innkalling is None or self.objekt.tilstand == Moete.Tilstand.AVLYST:
            raise Http404
        return kalendersvar(innkalling)


class Kalenderfil(VisSide):
    """The calendar file of any recipient, for the coordinator who must help somebody with it."""

    rett = Rett.SENDE_SAKSLISTE
    modell = Innkalling
    noekkel = "innkalling"
    loggfoeres_som = LAST_NED

    def spoerring(self) -> QuerySet[Any]:
        return Innkalling.objects.select_related("moete")

    def svar(self) -> HttpResponseBase:
        return kalendersvar(self.objekt)
