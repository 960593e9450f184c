"""The house with the demo's addresses mounted, as in the demo."""

from django.urls import include, path

urlpatterns = [path("demo/", include("tok.demo.urls")), path("", include("tok.urls"))]

handler400 = "tok.kjerne.feilsider.ugyldig"
handler404 = "tok.kjerne.feilsider.finnes_ikke"
handler500 = "tok.kjerne.feilsider.tjenerfeil"
