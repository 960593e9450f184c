"""All addresses of the house: each floor's own list, mounted here and nowhere else."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tok.kjerne.totp import AktiverTotp

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tok.oversikt.urls")),
    path("", include("tok.sak.urls")),
    path("", include("koordinator.urls")),
    path("", include("ansvarsgruppe.urls")),
    path("", include("tok.kjerne.urls")),
    path("konto/2fa/totp/activate/", AktiverTotp.as_view(), name="mfa_activate_totp"),  # before allauth's own
    path("konto/", include("allauth.urls")),
]
if settings.TOK_DEMO:
    urlpatterns.append(path("demo/", include("tok.demo.urls")))
