"""Addresses of the demo; mounted by tok.urls where TOK_DEMO is on, and nowhere else."""

from django.urls import include, path

from tok.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.start, name="start"),
    path("logg-inn/<slug:noekkel>/", views.logg_inn, name="logg_inn"),
    path("omvisning/", views.omvisning, name="omvisning"),
    path("omvisning/skjul/", views.skjul_omvisning, name="skjul_omvisning"),
    path("omvisning/<int:nr>/", views.omvisning_steg, name="omvisning_steg"),
    path("komponenter/", include("tok.demo.komponenter.urls")),
    path("epost/", views.epostliste, name="epost"),
    path("epost/<int:nummer>/", views.brev, name="brev"),
]
