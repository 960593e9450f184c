"""The house with the demo's addresses mounted, as in the demo."""

from django.urls import include, path

urlpatterns = [path("demo/", include("tok.demo.urls")), path("", include("tok.urls"))]
