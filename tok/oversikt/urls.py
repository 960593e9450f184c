"""Addresses of the roof."""

from django.urls import path

from tok.oversikt import views

app_name = "oversikt"

urlpatterns = [
    path("", views.MinDag.as_view(), name="min_dag"),
    path("min-side/", views.MinSide.as_view(), name="min_side"),
    path("min-side/<uuid:pk>/", views.MinSak.as_view(), name="min_sak"),
    path("min-side/<uuid:pk>/sett/", views.HvemHarSett.as_view(), name="hvem_har_sett"),
    path("saker/", views.Register.as_view(), name="register"),
    path("saker/soek/", views.Soek.as_view(), name="soek"),
    path("saker/eksport/", views.Eksport.as_view(), name="eksport"),
    path("saker/<uuid:pk>/", views.SakSide.as_view(), name="sak"),
]
