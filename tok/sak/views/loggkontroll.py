"""The privacy officer's pages: the week, one finding, and the search in the log (N9). Never what a case holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Konto
from tok.sak.forms.loggkontroll import GiLederSkjema, LoggsoekSkjema
from tok.sak.handlinger.loggfunn import gi_funn_til
from tok.sak.models import Ansettelse, Innsyn, Loggfunn
from tok.sak.sider import HandlingSide, ListeSide, Side, VisSide
from tok.sak.sporringer import loggkontroll
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import noter_lesing
from tok.sak.tilgang.sperrer import uhildet


class Loggside(Side):
    """What the officer's pages share: nothing of a person the officer has a relation to (N12)."""

    rett = Rett.KONTROLLERE_LOGG

    def uhildet(self, person: str) -> Q:
        """Rows whose person, by the path, is no relation of the officer."""
        return uhildet(self.konto, person=person)


class Funnside(Loggside):
    """One finding."""

    modell = Loggfunn

    def spoerring(self) -> QuerySet[Any]:
        return Loggfunn.objects.filter(self.uhildet("person_id")).select_related("konto", "leder", "lukket_av")


class Loggkontroll(Loggside, ListeSide):
    """Week by week: findings, the seals, exceptions, refused attempts, lookups of protected persons."""

    mal = "sak/loggkontroll/uke.html"

    def innhold(self) -> dict[str, Any]:
        uke = loggkontroll.les_uke(self._mandag(), self.uhildet, naa=self.naa, i_dag=self.i_dag)
        self.antall = len(uke.funn) + len(uke.eldre) + len(uke.unntak) + len(uke.vernede)
        return {"uke": uke}

    def _mandag(self) -> date:
        """The week in the address; last week, which was controlled on Monday, where there is none."""
        denne = loggkontroll.mandag(self.i_dag)
        try:
            valgt = loggkontroll.mandag(date.fromisoformat(self.request.GET.get("uke", "")))
        except (ValueError, OverflowError):
            return denne - loggkontroll.EN_UKE
        return min(max(valgt, date(2000, 1, 3)), denne)


class LoggkontrollFunn(Funnside, VisSide):
    """One finding: who, when, as what, why and in which case, and what the leader wrote."""

    mal = "sak/loggkontroll/funn.html"

    def innhold(self) -> dict[str, Any]:
        [linje] = loggkontroll.linjene([self.objekt], naa=self.naa)
        return {"linje": linje, "rader": loggkontroll.radene(self.objekt, self.uhildet)}


class GiFunnTil(Funnside, HandlingSide):
    """Who is to look into it, when the account has no leader or is one."""

    mal = "sak/loggkontroll/gi_til.html"
    skjema = GiLederSkjema
    kvittering = _("Lederen får beskjed om at noe venter.")

    def skjemaargumenter(self) -> dict[str, Any]:
        ledere = Ansettelse.objects.gjeldende(self.i_dag).som(Ansettelse.Rolle.LEDER)
        kontoer = Konto.objects.filter(pk__in=ledere.values("konto"), is_active=True)
        return {"ledere": kontoer.exclude(pk=self.objekt.konto_id).order_by("navn")}

    def utfoer(self, data: dict[str, Any]) -> Loggfunn:
        return gi_funn_til(funn=self.objekt, leder=data["leder"], av=self.konto, naa=self.naa)

    def videre(self, resultat: Loggfunn) -> str:
        return reverse("sak:loggkontroll_funn", args=[resultat.pk])


class Loggsoek(Loggside, ListeSide):
    """By account or case number; by POST, so that no name ends in an address (ASVS 14.2.1)."""

    mal = "sak/loggkontroll/soek.html"
    treff: loggkontroll.Treff | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.get(request, *args, **kwargs)

    def svar(self) -> HttpResponseBase:
        self.antall = 0
        if self.request.method != "POST":
            return self.tegn(skjema=LoggsoekSkjema(initial=LoggsoekSkjema.vanlig(self.i_dag)), treff=None)
        skjema = LoggsoekSkjema(self.request.POST)
        if not skjema.is_valid():
            return self.tegn(status=422, skjema=skjema, treff=None)
        data = skjema.cleaned_data
        self.treff = loggkontroll.soek(data["q"], data["fra"], data["til"], self.uhildet)
        self.antall = len(self.treff.rader)
        return self.tegn(skjema=skjema, treff=self.treff)

    def noter(self) -> None:
        """A search in the log of one case stands in that case's own log."""
        if self.treff is not None and self.treff.sak is not None:
            oppslag = Innsyn.Handling.OPPSLAG
            noter_lesing(self.konto, self.rett, self.treff.sak, naa=self.naa, handling=oppslag)
        else:
            super().noter()
