"""Addresses of the component pages, under the demo's."""

from django.urls import path

from tok.demo.komponenter import views

urlpatterns = [
    path("", views.oversikt, name="komponenter"),
    path("kladd/", views.kladd, name="komponentkladd"),
    path("<slug:navn>/", views.side, name="komponentside"),
]
