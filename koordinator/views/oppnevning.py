"""TOK's pages about the appointment, and the list of all coordinators (R30, R100, R129)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from koordinator.forms import Avsluttskjema, Oppnevnskjema
from koordinator.handlinger import avslutt_oppnevning, bytt_koordinator, oppnevn
from koordinator.models import Forespoersel, Oppnevning
from koordinator.sporringer import koordinatorliste, status
from tok.kjerne.fristregning import fyller_aar
from tok.sak.sider import HandlingSide, ListeSide
from tok.sak.tilgang import Rett

MYNDIG = 18


class Oppnevn(HandlingSide):
    """Appoint the one the leader approved; when somebody coordinates already, change without a gap."""

    rett = Rett.OPPNEVNE
    modell = Forespoersel
    skjema = Oppnevnskjema
    mal = "koordinator/oppnevn.html"
    fane = "oversikt:sak"
    kvittering = _("Koordinatoren er oppnevnt. Brevet ligger i saken, og koordinatoren og lederen har fått beskjed.")

    def spoerring(self) -> QuerySet[Forespoersel]:
        return Forespoersel.objects.med_folk().select_related("sak__person")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A used yes has nothing more to appoint: to the case, with words."""
        svar = super().get(request, *args, **kwargs)
        if not self.objekt.oppnevninger.exists():
            return svar
        messages.info(request, _("%(navn)s er allerede oppnevnt.") % {"navn": self.objekt.godkjent_konto})
        return HttpResponseRedirect(reverse("oversikt:sak", args=[self.objekt.sak_id]))

    def forrige(self) -> Oppnevning | None:
        """The appointment that holds now or later."""
        egne = Oppnevning.objects.filter(sak=self.objekt.sak_id).ikke_slutt(self.i_dag).med_folk()
        return egne.order_by("-deltakelse__fra_dato").first()

    def skjemaargumenter(self) -> dict[str, Any]:
        forrige = self.forrige()
        return {"forrige": str(forrige.deltakelse.konto) if forrige else "", "ny": str(self.objekt.godkjent_konto)}

    def start(self) -> dict[str, Any]:
        er_barn = self.i_dag < fyller_aar(self.objekt.sak.person.foedselsdato, MYNDIG)
        return {"type_": "" if er_barn else Oppnevning.Type.KOORDINATOR, "fra_dato": self.i_dag}

    def innhold(self) -> dict[str, Any]:
        fyller_18 = fyller_aar(self.objekt.sak.person.foedselsdato, MYNDIG)
        return {
            "status": status(self.objekt, self.i_dag),
            "fyller_18": fyller_18 if fyller_18 > self.i_dag else None,
            "forrige": self.forrige(),
        }

    def utfoer(self, data: dict[str, Any]) -> Oppnevning:
        periode = {navn: data[navn] for navn in ("type_", "fra_dato", "til_dato", "slutt_grunn")}
        felles: dict[str, Any] = {"forespoersel": self.objekt, "av": self.konto, "naa": self.naa}
        forrige = self.forrige() if data.get("bytt") else None
        if forrige is not None:
            return bytt_koordinator(oppnevning=forrige, **felles, **periode)
        return oppnevn(**felles, **periode)

    def videre(self, resultat: Oppnevning) -> str:
        return reverse("oversikt:sak", args=[resultat.sak_id])


class Avslutt(HandlingSide):
    """End an appointment without a successor, with the reason (L3)."""

    rett = Rett.OPPNEVNE
    modell = Oppnevning
    skjema = Avsluttskjema
    mal = "koordinator/avslutt.html"
    fane = "oversikt:sak"
    kvittering = _("Oppnevningen er avsluttet. Koordinatoren og lederen har fått beskjed.")

    def spoerring(self) -> QuerySet[Oppnevning]:
        return Oppnevning.objects.med_folk()

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"avlyses_fra": self.begynner_senere}

    def innhold(self) -> dict[str, Any]:
        return {"begynner_senere": self.begynner_senere}

    @property
    def begynner_senere(self) -> date | None:
        fra: date = self.objekt.deltakelse.fra_dato
        return fra if fra > self.i_dag else None

    def utfoer(self, data: dict[str, Any]) -> Oppnevning:
        return avslutt_oppnevning(
            oppnevning=self.objekt,
            slutt_dato=data["slutt_dato"],
            slutt_grunn=data["slutt_grunn"],
            av=self.konto,
            naa=self.naa,
        )

    def videre(self, resultat: Oppnevning) -> str:
        return reverse("oversikt:sak", args=[resultat.sak_id])


class Koordinatorer(ListeSide):
    """All coordinators with cases, hours and training."""

    rett = Rett.SE_KOORDINATORER
    mal = "koordinator/koordinatorer.html"

    def innhold(self) -> dict[str, Any]:
        alle = koordinatorliste(self.konto, self.i_dag)
        uten_kurs = [rad for rad in alle if not rad.belastning.kurs.er_i_orden]
        vis_uten_kurs = self.request.GET.get("kurs") == "mangler"
        rader = uten_kurs if vis_uten_kurs else alle
        self.antall = len(rader)
        return {
            "rader": rader,
            "antall": len(alle),
            "antall_uten_kurs": len(uten_kurs),
            "vis_uten_kurs": vis_uten_kurs,
        }
