"""The pages of the meetings: lists, one meeting, planning, changing, calling off, the agenda."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe import sporringer
from ansvarsgruppe.forms.moete import Avlysning, Moeteskjema, Sakslisteskjema
from ansvarsgruppe.handlinger.moete import avlys_moete, endre_moete, planlegg_moete
from ansvarsgruppe.handlinger.moeteplan import GruppaMangler, Moeteplan
from ansvarsgruppe.handlinger.saksliste import lagre_saksliste
from ansvarsgruppe.models import Ansvarsgruppe, Innkalling, Moete, Referat
from ansvarsgruppe.sporringer import lister
from ansvarsgruppe.sporringer.fastepunkter import faste_punkter
from ansvarsgruppe.sporringer.skjult import hinder_for_skjuling
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Kommune
from tok.sak import bidrag
from tok.sak.models import Sak
from tok.sak.sider import HandlingSide, ListeSide, Side, VisSide
from tok.sak.sporringer.skjult import kan_skjule
from tok.sak.tilgang import Rett

FANE = "ansvarsgruppe:moeter"


class Moeter(VisSide):
    """All meetings of one case."""

    rett = Rett.SE_MOETE
    modell = Sak
    noekkel = "sak"
    mal = "ansvarsgruppe/moeter.html"
    fane = FANE

    def innhold(self) -> dict[str, Any]:
        gruppe = Ansvarsgruppe.objects.filter(sak=self.objekt).first()
        return {"gruppe": gruppe, "liste": lister.i_saken(self.objekt, self.konto, self.naa)}


class MineMoeter(ListeSide):
    """The coming and recent meetings across the cases one coordinates."""

    rett = Rett.PLANLEGGE_MOETE
    modell = Moete
    mal = "ansvarsgruppe/mine_moeter.html"

    def innhold(self) -> dict[str, Any]:
        liste = lister.egne(self.konto, self.naa)
        self.antall = liste.antall
        return {"liste": liste}


class PaaMoetet(Side):
    """What all pages about one meeting share."""

    modell = Moete
    noekkel = "moete"
    fane = FANE

    def spoerring(self) -> QuerySet[Any]:
        return Moete.objects.select_related("gruppe__sak__person")

    def videre(self, resultat: Any) -> str:
        return reverse("ansvarsgruppe:moete", args=[self.kwargs["moete"]])


class MoeteSide(PaaMoetet, VisSide):
    """One meeting: when, where, who, the agenda, and the next step (R56–R66).

    Who is called to just this meeting sees it without the head of the case.
    """

    rett = Rett.SE_MOETE
    mal_innkalt: ClassVar[str] = "ansvarsgruppe/moete_innkalt.html"

    @cached_property
    def kan(self) -> frozenset[str]:
        return sporringer.rettigheter(self.konto, self.objekt.gruppe.sak, self.i_dag)

    @property
    def mal(self) -> str:  # type: ignore[override]
        return "ansvarsgruppe/moete.html" if Rett.SE_SAK.name in self.kan else self.mal_innkalt

    def innhold(self) -> dict[str, Any]:
        moete: Moete = self.objekt
        begynt = self.naa >= moete.start_tid
        referater = Rett.LESE_REFERAT.synlige(self.konto, Referat.objects.all(), i_dag=self.i_dag)
        innkalte = sporringer.siste_innkallinger(moete)
        return {
            "moete": moete,
            "loep": sporringer.finn_loep(moete, self.kan, self.i_dag, begynt=begynt),
            "punkter": sporringer.punkttekster(moete),
            "innkalte": innkalte,
            "uten_konto": [rad for rad in innkalte if rad.kanal != Innkalling.Kanal.KONTO],
            "egen_innkalling": sporringer.egen_innkalling(moete, self.konto.pk).exists(),
            "kan_endres": moete.tilstand in (Moete.Tilstand.PLANLAGT, Moete.Tilstand.INNKALT),
            "begynt": begynt,
            "kan_avlyses": not begynt and not moete.referater.exists(),
            "kan": self.kan,
            **self._skjuling(),
            "referat": referater.filter(moete=moete, tilstand=Referat.Tilstand.FERDIG).order_by("-versjon").first(),
        }

    def _skjuling(self) -> dict[str, bool]:
        """For those who may hide and show: whether it is hidden, and whether it can be."""
        if Rett.SKJULE_FOR_FORESATTE.name not in self.kan:
            return {}
        er_skjult = self.objekt.er_skjult
        kan = kan_skjule(self.objekt.gruppe.sak, self.i_dag) and not hinder_for_skjuling(self.objekt)
        return {"er_skjult": er_skjult, "kan_skjules": er_skjult or kan}


class MoeteplanSide(HandlingSide):
    """What planning and changing share: the form, and the plan it makes."""

    rett = Rett.PLANLEGGE_MOETE
    skjema = Moeteskjema
    fane = FANE

    def skjemaargumenter(self) -> dict[str, Any]:
        kommune = Kommune.hent()
        return {"minutter": kommune.moetelengde_minutter, "tolketillegg": kommune.tolketillegg_minutter}

    def plan(self, data: dict[str, Any]) -> Moeteplan:
        felter = ("start_tid", "slutt_tid", "sted", "videolenke", "tolk_spraak", "er_aarlig_gjennomgang")
        return Moeteplan(**{felt: data[felt] for felt in felter})


class PlanleggMoete(MoeteplanSide):
    """Plan a meeting in a case (R56); an interpreter is proposed where the person needs one (L26)."""

    modell = Sak
    noekkel = "sak"
    mal = "ansvarsgruppe/planlegg_moete.html"
    kvittering = _("Møtet er planlagt.")

    @cached_property
    def gruppe(self) -> Ansvarsgruppe | None:
        return Ansvarsgruppe.objects.filter(sak=self.objekt).first()

    def start(self) -> dict[str, Any]:
        person = self.objekt.person
        return {"tolk": person.trenger_tolk, "tolk_spraak": person.tolkespraak}

    def innhold(self) -> dict[str, Any]:
        har_samtykke = sporringer.har_samtykke_til_innkalling(self.objekt, self.i_dag)
        hinder = [linje for spoer in bidrag.hinder for linje in spoer(self.objekt, self.i_dag)]
        return {"gruppe": self.gruppe, "har_samtykke": har_samtykke, "hinder": hinder}

    def utfoer(self, data: dict[str, Any]) -> Moete:
        if self.gruppe is None:
            raise GruppaMangler
        return planlegg_moete(gruppe=self.gruppe, plan=self.plan(data), av=self.konto, naa=self.naa)

    def videre(self, resultat: Moete) -> str:
        return reverse("ansvarsgruppe:moete", args=[resultat.pk])


class EndreMoete(PaaMoetet, MoeteplanSide):
    """Change time, place or interpreter."""

    mal = "ansvarsgruppe/endre_moete.html"
    kvittering = _("Møtet er endret.")

    def skjemaargumenter(self) -> dict[str, Any]:
        moete: Moete = self.objekt
        return super().skjemaargumenter() | {"foer": (moete.start_tid, moete.slutt_tid, moete.tolk_spraak)}

    def start(self) -> dict[str, Any]:
        moete: Moete = self.objekt
        felter = ("start_tid", "sted", "videolenke", "tolk_spraak", "er_aarlig_gjennomgang")
        slutt = moete.slutt_tid.astimezone(OSLO).time()
        return {felt: getattr(moete, felt) for felt in felter} | {"tolk": moete.har_tolk, "slutt": slutt}

    def innhold(self) -> dict[str, Any]:
        # After a refusal the page shows the mark of the meeting as it is now, so that the next try is made knowingly.
        self.objekt.refresh_from_db()
        return {"sett": sporringer.planmerke(self.objekt)}

    def utfoer(self, data: dict[str, Any]) -> Moete:
        sett = self.request.POST.get("sett", "")
        return endre_moete(moete=self.objekt, plan=self.plan(data), sett=sett, av=self.konto, naa=self.naa)


class AvlysMoete(PaaMoetet, HandlingSide):
    """Call the meeting off, after a look at what that does."""

    rett = Rett.PLANLEGGE_MOETE
    mal = "ansvarsgruppe/avlys_moete.html"
    skjema = Avlysning
    kvittering = _("Møtet er avlyst.")

    def innhold(self) -> dict[str, Any]:
        moete: Moete = self.objekt
        return {
            "innkalte": sporringer.siste_innkallinger(moete),
            "begynt": self.naa >= moete.start_tid,
            "kan_avlyses": self.naa < moete.start_tid and not moete.referater.exists(),
        }

    def utfoer(self, data: dict[str, Any]) -> Moete:
        return avlys_moete(moete=self.objekt, grunn=data["grunn"], av=self.konto, naa=self.naa)


class Saksliste(PaaMoetet, HandlingSide):
    """Set up the agenda with the person; the standing points are offered for an empty one (R60, R73–R77)."""

    rett = Rett.PLANLEGGE_MOETE
    mal = "ansvarsgruppe/saksliste.html"
    skjema = Sakslisteskjema
    kvittering = _("Sakslista er lagret.")

    @cached_property
    def lagret(self) -> list[str]:
        return sporringer.punkttekster(self.objekt)

    def skjemaargumenter(self) -> dict[str, Any]:
        return {"punkter": self.lagret or faste_punkter(self.objekt)}

    def start(self) -> dict[str, Any]:
        return {"satt_opp_med_personen": self.objekt.satt_opp_med_personen}

    def tegn(self, status: int = 200, **mer: Any) -> HttpResponse:
        # After a refusal the page shows the agenda as it is now, so that the next try is a choice made knowingly.
        self.__dict__.pop("lagret", None)
        return super().tegn(status, **mer, skjemaer=[mer["skjema"].punkter], lagret=self.lagret)

    def utfoer(self, data: dict[str, Any]) -> Moete:
        felter = {navn: data[navn] for navn in ("punkter", "satt_opp_med_personen", "grunnlag")}
        return lagre_saksliste(moete=self.objekt, **felter, av=self.konto, naa=self.naa)
