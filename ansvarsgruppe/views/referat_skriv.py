"""Pages where minutes are written: the form with autosave and conflict, its draft, and the start (R83, P7–P9)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansvarsgruppe.dokumenter.referat import forrige
from ansvarsgruppe.forms.referat import Referatskjema
from ansvarsgruppe.handlinger.felter import les
from ansvarsgruppe.handlinger.fletting import flett
from ansvarsgruppe.handlinger.referat import ReferatErEndret, lagre_referat, start_referat
from ansvarsgruppe.models import Moete, Referat
from ansvarsgruppe.sporringer import punkttekster
from ansvarsgruppe.views import referatskjema as bygging
from tok.kjerne import datotekst
from tok.sak import utkast
from tok.sak.models import Hendelse
from tok.sak.sider import HandlingSide, KnappSide
from tok.sak.sider.grunn import Side, les_bare
from tok.sak.tilgang import Avslag, Rett
from tok.sak.tilgang.innsyn import Avvist


class StartReferat(KnappSide):
    """The button «Skriv referat» on the meeting's page."""

    rett = Rett.SKRIVE_REFERAT
    modell = Moete
    noekkel = "moete"

    def utfoer(self) -> Referat:
        return start_referat(moete=self.objekt, av=self.konto, naa=self.naa)

    def videre(self, resultat: Referat | None) -> str:
        side = "moete" if resultat is None else "referat_skriv"
        return reverse(f"ansvarsgruppe:{side}", args=[self.kwargs["moete"]])


class Referatarbeid(Side):
    """The newest minutes of a meeting, to those who may write them."""

    rett = Rett.SKRIVE_REFERAT
    modell = Referat
    fane = "ansvarsgruppe:moeter"

    def spoerring(self) -> QuerySet[Referat]:
        """The newest version first."""
        return Referat.objects.select_related("moete__gruppe__sak__person", "referent").order_by("-versjon")

    def hent(self) -> Referat:
        """The newest version through the door, logged as read."""
        return self.rett.hent(self.konto, self.spoerring(), naa=self.naa, moete=self.kwargs["moete"])

    def til_ferdig(self) -> HttpResponseRedirect:
        """Finished minutes are read on their own page."""
        return HttpResponseRedirect(reverse("ansvarsgruppe:referat", args=[self.objekt.pk]))


class SkrivReferat(Referatarbeid, HandlingSide):
    """The minutes as one calm page; saving never writes over what another has saved."""

    mal = "ansvarsgruppe/referat_skriv.html"
    skjema = Referatskjema

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.objekt = self.hent()
            if self.objekt.er_ferdig:
                return self.til_ferdig()
            les_bare()
            hentet = bygging.hentet_utkast(self.objekt, self.konto)
            skjema, hentet_tid = hentet or (bygging.fra_raden(self.objekt), None)
            return self.tegn(skjema=skjema, hentet_tid=hentet_tid)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.objekt = self.hent()
        skjema = bygging.bygg(self.objekt, request.POST)
        if self.objekt.er_ferdig:
            bygging.lagre_utkast(self.objekt, self.konto, request.POST, naa=self.naa)
            messages.error(request, _("Referatet er alt ferdig. Teksten din er ikke med, men den er tatt vare på."))
            return self.til_ferdig()
        if not skjema.is_valid():
            bygging.lagre_utkast(self.objekt, self.konto, request.POST, naa=self.naa)
            return self.feil(skjema)
        grunnlag = bygging.les_grunnlag(self.objekt, skjema.cleaned_data["grunnlag"])
        try:
            referat = lagre_referat(
                referat=self.objekt,
                base_lagring=grunnlag.lagring,
                base=grunnlag.felter,
                data=skjema.felter(),
                av=self.konto,
                naa=self.naa,
            )
        except ReferatErEndret as endret:
            return self.konflikt(skjema, endret)
        except Avslag as avslag:
            bygging.lagre_utkast(self.objekt, self.konto, request.POST, naa=self.naa)
            messages.error(request, avslag.melding)
            return self.til_ferdig()
        bygging.slett_utkast(referat, self.konto, request.POST)
        self._kvitter(referat, grunnlag.lagring)
        side = "referat_ferdigstill" if "ferdigstill" in request.POST else "referat_skriv"
        return HttpResponseRedirect(reverse(f"ansvarsgruppe:{side}", args=[self.kwargs["moete"]]))

    def _kvitter(self, referat: Referat, base_lagring: int) -> None:
        tekst = _("Referatet er lagret.")
        if referat.lagring > base_lagring + 1:
            tekst = _("Referatet er lagret sammen med det andre har skrevet mens du holdt på.")
        messages.success(self.request, tekst)

    def konflikt(self, skjema: Referatskjema, endret: ReferatErEndret) -> HttpResponse:
        """Both texts side by side, and one with both to save; what was typed stays in the draft until it is saved."""
        fra_fane = bygging.lagre_utkast(self.objekt, self.konto, self.request.POST, naa=self.naa)
        sammenligninger = bygging.sammenlign(skjema, skjema.felter(), endret)
        with transaction.atomic():
            self.objekt = self.hent()
            nytt = bygging.fra_raden(self.objekt, endret.fletting.felter, fra_fane=fra_fane)
            siste = (
                Hendelse.objects.filter(objekt_id=self.objekt.pk, handling="ansvarsgruppe.lagre_referat")
                .order_by("-tid", "-pk")
                .first()
            )
            return self.tegn(status=409, skjema=nytt, sammenligninger=sammenligninger, siste=siste)

    def tegn(self, status: int = 200, **mer: Any) -> HttpResponse:
        """Give the template each comparison by its field, and what became of the last meeting's agreements."""
        skjema: Referatskjema = mer["skjema"]
        konflikter = {s.felt: s for s in mer.get("sammenligninger", ())}
        andre = [(felt, konflikter.get(felt.name)) for felt in skjema.oppmoeter(foerst=False)]
        mer |= {
            "moete": self.objekt.moete,
            "referat": self.objekt,
            "skjemaer": [skjema.avtaler],
            "forrige": forrige(self.objekt.moete),
            "konflikter": konflikter,
            "punkter": punkttekster(self.objekt.moete),
            "oppmoeter": [(felt, konflikter.get(felt.name)) for felt in skjema.oppmoeter(foerst=True)],
            "oppmoeter_andre": andre,
            "andre_aapne": any(felt.value() or konflikt for felt, konflikt in andre),
            "andre": utkast.andre_som_skriver(
                konto=self.konto, objekt_type=bygging.UTKAST, objekt_id=self.objekt.pk, naa=self.naa
            ),
        }
        return super().tegn(status=status, **mer)


class LagreUtkast(Referatarbeid):
    """Autosave of the open page: the draft is kept, and nothing is changed in the case (P9)."""

    http_method_names = ["post"]

    def handle_no_permission(self) -> HttpResponse:  # type: ignore[override]
        """Logged out: said in JSON, so that the page can ask for a new log-in without losing the text."""
        return JsonResponse({"innlogging": reverse("account_login")}, status=401)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        qs = self.rett.synlige(self.konto, self.spoerring(), i_dag=self.i_dag)
        referat = qs.filter(moete=self.kwargs["moete"]).first()
        if referat is None:
            raise Avvist(self.konto, self.rett.name, "Referat", str(self.kwargs["moete"]), self.naa)
        skjema = bygging.bygg(referat, request.POST)
        if bygging.har_ikke_noe_nytt(referat, skjema):
            bygging.slett_utkast(referat, self.konto, request.POST)
        else:
            bygging.lagre_utkast(referat, self.konto, request.POST, naa=self.naa)
        andre = utkast.andre_som_skriver(
            konto=self.konto, objekt_type=bygging.UTKAST, objekt_id=referat.pk, naa=self.naa
        )
        svar = {"lagret": datotekst.kl(self.naa), "andre": andre}
        return JsonResponse(svar | _konflikt(referat, skjema))


def _konflikt(referat: Referat, skjema: Referatskjema) -> dict[str, Any]:
    """What the open page should know: somebody has saved in the same fields, or the minutes are finished."""
    if referat.er_ferdig:
        melding = _("Referatet er ferdig og sendt. Det du skriver her, kommer ikke med, men teksten er tatt vare på.")
        return {"konflikt": True, "melding": melding}
    if not skjema.is_valid():
        return {}
    grunnlag = bygging.les_grunnlag(referat, skjema.cleaned_data["grunnlag"])
    if grunnlag.lagring == referat.lagring or not flett(grunnlag.felter, skjema.felter(), les(referat)).konflikter:
        return {}
    melding = _("Teksten din er tatt vare på, men noen har lagret i det samme feltet. Trykk «Lagre» for å se begge.")
    return {"konflikt": True, "melding": melding}


class ForkastUtkast(Referatarbeid, KnappSide):
    """Throw away one's own restored draft and see the saved version."""

    kvittering = gettext_lazy("Kladden din er forkastet. Her er den lagrede teksten.")

    def utfoer(self) -> None:
        bygging.slett_utkast(self.objekt, self.konto, self.request.POST)

    def videre(self, resultat: None) -> str:
        return reverse("ansvarsgruppe:referat_skriv", args=[self.kwargs["moete"]])
