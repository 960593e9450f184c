"""Addresses of the foundation open to everybody: help, privacy, accessibility, language, the municipality's colour."""

from django.urls import path, re_path

from tok.kjerne import kontosider, views

app_name = "kjerne"

urlpatterns = [
    path("hjelp/", views.Hjelp.as_view(), name="hjelp"),
    path("personvern/", views.Personvern.as_view(), name="personvern"),
    path("tilgjengelighet/", views.Tilgjengelighet.as_view(), name="tilgjengelighet"),
    path("spraak/", views.Spraak.as_view(), name="spraak"),
    path("konto/oekter/", kontosider.Oekter.as_view(), name="oekter"),
    path("konto/oekter/avslutt-andre/", kontosider.AvsluttAndre.as_view(), name="avslutt_andre"),
    path("konto/oekter/<uuid:merke>/avslutt/", kontosider.AvsluttOekt.as_view(), name="avslutt_oekt"),
    re_path(r"^profilfarge/(?P<farge>[0-9a-fA-F]{6})\.css$", views.profilfarge, name="profilfarge"),
]
