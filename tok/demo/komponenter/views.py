"""The component pages: a table of contents, and five pages that show the states and can be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tok.demo.komponenter import eksempler, skjemaer, tilstander
from tok.demo.views import bare_i_demo
from tok.kjerne import datotekst, klokke
from tok.kjerne.aapent import aapen
from tok.kjerne.skrevet import Skrevet
from tok.kjerne.svaroversikt import svaroversikt

KLADD = "komponenter_kladd"


@dataclass(frozen=True)
class Kapittel:
    """One page of components: what it is about, its template, and its content from a request."""

    navn: str
    tittel: Any
    om: Any
    innhold: Callable[[HttpRequest], dict[str, Any]]

    @property
    def mal(self) -> str:
        return f"demo/komponenter/{self.navn}.html"

    @property
    def url(self) -> str:
        return reverse("demo:komponentside", args=[self.navn])


def _sendt(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _skjemafelt(request: HttpRequest) -> dict[str, Any]:
    skjema = skjemaer.AlleFelt(*_sendt(request))
    er_gyldig = skjema.is_bound and skjema.is_valid()
    svar = svaroversikt(skjema, tilbake=request.path) if er_gyldig else None
    return {
        "skjema": skjema,
        "svar": svar,
        "komponenter": tilstander.FELT,
        "paa_linje": tilstander.PAA_LINJE,
        "finn": skjemaer.Finn(request.GET or None, prefix="finn"),
    }


def _datoer(request: HttpRequest) -> dict[str, Any]:
    skjema = skjemaer.Datoer(*_sendt(request))
    er_gyldig = skjema.is_bound and skjema.is_valid()
    svar = svaroversikt(skjema, tilbake=request.path) if er_gyldig else None
    return {"skjema": skjema, "svar": svar, "komponenter": tilstander.DATOER, "skrevne": eksempler.skrevne_datoer()}


def _lister(request: HttpRequest) -> dict[str, Any]:
    er_faner = "faner" in request.POST
    sett: Any = skjemaer.Avtaler(None if er_faner else request.POST or None, prefix="avtaler")
    faner = skjemaer.Faner(*(_sendt(request) if er_faner else ()))
    brukt: Any = faner if er_faner else sett
    if brukt.is_bound and brukt.is_valid():
        messages.success(request, _("Alt var i orden. I demoen blir det ikke lagret."))
    return {"skjemaer": [sett, faner], "sett": sett, "faner": faner, "innhold": eksempler.FANER}


def _meldinger(request: HttpRequest) -> dict[str, Any]:
    i_dag = klokke.i_dag()
    kladd = request.session.get(KLADD, {})
    return {
        "i_dag": i_dag,
        "rader": eksempler.rader(i_dag),
        "sti": [(_("Saker"), "#menyer"), (_("Amalie Dahl, 11 år"), "#menyer")],
        "kladd": skjemaer.Kladd(initial={"kladd": kladd.get("tekst", "")}),
        "kladd_lagret": kladd.get("tid", ""),
    }


def _svar(request: HttpRequest) -> dict[str, Any]:
    skjema = skjemaer.AlleFelt(EKSEMPELSVAR)
    skjema.is_valid()
    return {
        "svar": svaroversikt(skjema, tilbake=reverse("demo:komponentside", args=["skjemafelt"])),
        "konflikt": eksempler.konflikt(),
        "flettet": skjemaer.Flettet(initial={"naa_situasjon": f"{eksempler.ANDRES_TEKST}\n{eksempler.MIN_TEKST}"}),
        "folger": [_("Per Aas ser ikke saken lenger."), _("Per Aas får beskjed om at noe venter, uten navn.")],
        "skrevet": [Skrevet(_("Hva ønskes det hjelp til?"), str(eksempler.MIN_TEKST))],
    }


EKSEMPELSVAR = {
    "navn": "Amalie Dahl",
    "telefon": "12345040",
    "hva": "Noen som ser helheten.\nÉn å ringe til.",
    "tjeneste": "skole",
    "kanal": "oppmoete",
    "dato_0": "3",
    "dato_1": "mars",
    "dato_2": "2026",
    "enig": "on",
}
KAPITLER = (
    Kapittel("skjemafelt", gettext_lazy("Skjemafelt"), gettext_lazy("Tekst, valg, kryss og fil."), _skjemafelt),
    Kapittel(
        "datoer",
        gettext_lazy("Datoer"),
        gettext_lazy("Dato, dato med klokkeslett, og hvordan de kan skrives."),
        _datoer,
    ),
    Kapittel(
        "lister",
        gettext_lazy("Lister og faner"),
        gettext_lazy("Rader som legges til og fjernes, og skjema i faner."),
        _lister,
    ),
    Kapittel(
        "meldinger",
        gettext_lazy("Meldinger og tilstander"),
        gettext_lazy("Knapper, meldinger, frister, rader, tomme sider og lagring underveis."),
        _meldinger,
    ),
    Kapittel(
        "svar",
        gettext_lazy("Sjekk svarene og konflikt"),
        gettext_lazy("Se over før du sender, og når to har skrevet i det samme feltet."),
        _svar,
    ),
)


@aapen
@bare_i_demo
@require_safe
def oversikt(request: HttpRequest) -> HttpResponse:
    """The table of contents."""
    return render(request, "demo/komponenter/oversikt.html", {"kapitler": KAPITLER})


@aapen
@bare_i_demo
@require_http_methods(["GET", "HEAD", "POST"])
def side(request: HttpRequest, navn: str) -> HttpResponse:
    """One page; what is sent is checked and shown, and never kept."""
    kapittel = next((kapittel for kapittel in KAPITLER if kapittel.navn == navn), None)
    if kapittel is None:
        raise Http404
    innhold = {"kapittel": kapittel, "kapitler": KAPITLER, **kapittel.innhold(request)}
    return render(request, kapittel.mal, innhold, status=422 if _har_feil(innhold) else 200)


def _har_feil(innhold: dict[str, Any]) -> bool:
    alle = [innhold.get("skjema"), *innhold.get("skjemaer", ())]
    return any(skjema is not None and skjema.is_bound and not skjema.is_valid() for skjema in alle)


@aapen
@bare_i_demo
@require_POST
def kladd(request: HttpRequest) -> HttpResponse:
    """Keep the draft of the example in the visitor's session, by script or by the button."""
    tid = datotekst.kl(klokke.naa())
    request.session[KLADD] = {"tekst": request.POST.get("kladd", "")[:500], "tid": tid}
    if "X-Autolagring" in request.headers:
        return JsonResponse({"lagret": tid})
    messages.success(request, _("Kladden er lagret."))
    return HttpResponseRedirect(reverse("demo:komponentside", args=["meldinger"]) + "#lagring")
