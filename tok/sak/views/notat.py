"""Notes: what the person, a guardian or the coordinator wants to have said, and hiding them (R7, R80, N20)."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne import datotekst
from tok.sak import utkast
from tok.sak.forms.notat import NotatSkjema
from tok.sak.handlinger.notat import skriv_notat
from tok.sak.handlinger.skjult import skjul_for_foresatte, vis_igjen
from tok.sak.models import Notat, Sak, Skjult
from tok.sak.sider import HandlingSide, KnappSide, Side, VisSide
from tok.sak.sporringer.skjult import kan_skjule
from tok.sak.tilgang import Rett, Rolle
from tok.sak.tilgang.doer import EIER
from tok.sak.tilgang.innsyn import Avvist
from tok.sak.tilgang.kilder import roller_i_sak
from tok.sak.tilgang.notater import notatene

UTKAST = "notat"


class ISaken(Side):
    """What the pages about notes share: who one is in the case, and where one came from."""

    modell: ClassVar[type[Model]] = Sak
    noekkel = "sak_id"
    fane = "sak:notater"

    def spoerring(self) -> Any:
        return Sak.objects.select_related("person", "kontor", "saksbehandler")

    def sak(self) -> Sak:
        """The case of the page."""
        rad = self.objekt
        return rad if isinstance(rad, Sak) else rad.sak

    def roller(self) -> frozenset[Rolle]:
        """What the account is in the case."""
        return roller_i_sak(self.konto, self.sak(), self.i_dag)

    def kan_skjule(self) -> bool:
        """Whether the account may hide things here, at the person's age."""
        return bool(Rett.SKJULE_FOR_FORESATTE.roller & self.roller()) and kan_skjule(self.sak(), self.i_dag)

    def tilbake(self) -> str:
        """The family's own page, or the notes of the case."""
        if self.roller() & EIER:
            return f"{reverse('oversikt:min_sak', args=[self.sak().pk])}#notater"
        return reverse("sak:notater", args=[self.sak().pk])


class Notater(ISaken, VisSide):
    """All that the account may read of what has been said."""

    rett = Rett.SE_NOTAT
    mal = "sak/notater.html"

    def innhold(self) -> dict[str, Any]:
        notater = notatene(self.sak(), self.konto, self.i_dag)
        maa_vises_igjen = any(notat.er_skjult for notat in notater)
        return {"notater": notater, "kan_skjule": maa_vises_igjen or self.kan_skjule()}


class NyttNotat(ISaken, HandlingSide):
    """Write what one wants to have said; the text is kept while one writes (P9)."""

    rett = Rett.SKRIVE_NOTAT
    mal = "sak/notat_nytt.html"
    skjema = NotatSkjema
    kvittering = _("Det du skrev, er lagret.")

    def skjemaargumenter(self) -> dict[str, Any]:
        return {
            "fornavn": self.sak().person.tiltale,
            "er_selv": Rolle.PERSON in self.roller(),
            "kan_skjule": self.kan_skjule(),
        }

    def start(self) -> dict[str, Any]:
        kladd = utkast.hent(konto=self.konto, objekt_type=UTKAST, objekt_id=self.sak().pk)
        lagret = kladd.innhold | {"fra_fane": kladd.fane} if kladd else {}
        return lagret | {"fane": secrets.token_hex(6)}

    def innhold(self) -> dict[str, Any]:
        return {"er_familie": bool(self.roller() & EIER), "tilbake": self.tilbake()}

    def utfoer(self, data: dict[str, Any]) -> Notat:
        notat = skriv_notat(
            sak=self.sak(),
            tekst=data["tekst"],
            skjul=data.get("skjul", False),
            skjema_id=data["skjema_id"],
            av=self.konto,
            naa=self.naa,
        )
        for fane in {data["fane"], data["fra_fane"]} - {""}:
            utkast.slett(konto=self.konto, objekt_type=UTKAST, objekt_id=self.sak().pk, fane=fane)
        return notat

    def videre(self, resultat: Notat) -> str:
        return self.tilbake()


class Notatkladd(ISaken):
    """Autosave of the open page: the draft is its author's alone, and nothing is changed in the case (P9)."""

    rett = Rett.SKRIVE_NOTAT
    http_method_names = ["post"]

    def handle_no_permission(self) -> HttpResponse:  # type: ignore[override]
        """Logged out: said in JSON, so that the page can ask for a new log-in without losing the text."""
        return JsonResponse({"innlogging": reverse("account_login")}, status=401)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        noekkel = self.kwargs[self.noekkel]
        sak = self.rett.synlige(self.konto, self.spoerring(), i_dag=self.i_dag).filter(pk=noekkel).first()
        if sak is None:
            raise Avvist(self.konto, self.rett.name, "Sak", str(noekkel), self.naa)
        self.objekt = sak
        skjema = NotatSkjema(request.POST, fornavn="", er_selv=False, kan_skjule=True)
        skjema.is_valid()
        innhold = {"tekst": request.POST.get("tekst", ""), "skjul": skjema.cleaned_data.get("skjul", False)}
        hvilket: dict[str, Any] = {"konto": self.konto, "objekt_type": UTKAST, "objekt_id": sak.pk}
        hvilket["fane"] = skjema.cleaned_data.get("fane", "")
        if innhold["tekst"].strip():
            utkast.lagre(**hvilket, innhold=innhold, base_versjon=0, naa=self.naa)
        else:
            utkast.slett(**hvilket)
        return JsonResponse({"lagret": datotekst.kl(self.naa)})


class Notatknapp(ISaken, KnappSide):
    """A button on one note."""

    rett = Rett.SKJULE_FOR_FORESATTE
    modell = Notat
    noekkel = "pk"

    def spoerring(self) -> Any:
        return Notat.objects.filter(sak=self.kwargs["sak_id"]).select_related("sak__person")

    def videre(self, resultat: Skjult | None) -> str:
        return self.tilbake()


class SkjulNotat(Notatknapp):
    """Keep it from the guardians."""

    kvittering = _("Foresatte ser det ikke lenger. De ser heller ikke at noe er skjult.")

    def utfoer(self) -> Skjult:
        return skjul_for_foresatte(rad=self.objekt, av=self.konto, naa=self.naa)


class VisNotat(Notatknapp):
    """Show it to the guardians again."""

    kvittering = _("Foresatte kan lese det fra nå.")

    def utfoer(self) -> Skjult:
        return vis_igjen(rad=self.objekt, av=self.konto, naa=self.naa)
