"""Addresses of the minutes."""

from __future__ import annotations

from django.urls import path

from ansvarsgruppe.views import referat, referat_skriv

urlpatterns = [
    path("moeter/<uuid:moete>/referat/start/", referat_skriv.StartReferat.as_view(), name="referat_start"),
    path("moeter/<uuid:moete>/referat/", referat_skriv.SkrivReferat.as_view(), name="referat_skriv"),
    path("moeter/<uuid:moete>/referat/utkast/", referat_skriv.LagreUtkast.as_view(), name="referat_utkast"),
    path("moeter/<uuid:moete>/referat/forkast/", referat_skriv.ForkastUtkast.as_view(), name="referat_forkast"),
    path("moeter/<uuid:moete>/referat/ferdigstill/", referat.FerdigstillReferat.as_view(), name="referat_ferdigstill"),
    path("referater/<uuid:referat>/", referat.LesReferat.as_view(), name="referat"),
    path("referater/<uuid:referat>/pdf/", referat.ReferatPdf.as_view(), name="referat_pdf"),
    path("referater/<uuid:referat>/rett/", referat.RettReferat.as_view(), name="referat_rett"),
]
