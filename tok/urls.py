"""All addresses of the house."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
]
