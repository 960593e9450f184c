"""Addresses of the foundation that everybody may open: help, privacy, accessibility, the municipality's colour."""

from django.urls import path, re_path

from tok.kjerne import views

app_name = "kjerne"

urlpatterns = [
    path("hjelp/", views.Hjelp.as_view(), name="hjelp"),
    path("personvern/", views.Personvern.as_view(), name="personvern"),
    path("tilgjengelighet/", views.Tilgjengelighet.as_view(), name="tilgjengelighet"),
    re_path(r"^profilfarge/(?P<farge>[0-9a-fA-F]{6})\.css$", views.profilfarge, name="profilfarge"),
]
