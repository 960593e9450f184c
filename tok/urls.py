"""All addresses of the house: each floor's own list, mounted here; /livez and /readyz are in tok/kjerne/helse.py."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tok.oversikt.urls")),
    path("", include("tok.sak.urls")),
    path("", include("koordinator.urls")),
    path("", include("ansvarsgruppe.urls")),
    path("", include("tok.kjerne.urls")),
    path("konto/", include("tok.kjerne.kontourls")),  # before allauth's own
    path("konto/", include("allauth.urls")),
]
handler400 = "tok.kjerne.feilsider.ugyldig"
handler404 = "tok.kjerne.feilsider.finnes_ikke"
handler500 = "tok.kjerne.feilsider.tjenerfeil"

if settings.TOK_DEMO:
    urlpatterns.append(path("demo/", include("tok.demo.urls")))
