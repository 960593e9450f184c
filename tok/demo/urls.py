"""Addresses of the demo; mounted by tok.urls where TOK_DEMO is on, and nowhere else."""

from django.urls import path

from tok.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.start, name="start"),
    path("logg-inn/<slug:noekkel>/", views.logg_inn, name="logg_inn"),
    path("epost/", views.epostliste, name="epost"),
    path("epost/<int:nummer>/", views.brev, name="brev"),
]
