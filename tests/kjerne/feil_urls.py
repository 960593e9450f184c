"""The house with one page that fails, for the tests of what is shown then."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tok.urls import handler400, handler404, handler500


def smell(request: HttpRequest) -> HttpResponse:
    """A bug."""
    raise ValueError("Ola Nordmann 01010112345")


urlpatterns = [path("smell/", smell), path("", include("tok.urls"))]

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]
