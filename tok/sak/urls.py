"""The ground floor's addresses; only keys stand in them."""

from django.urls import path

from tok.sak.views import deltakere, dokumenter, henvendelse, samtykke

app_name = "sak"
urlpatterns = [
    path("henvendelser/", henvendelse.Henvendelser.as_view(), name="henvendelser"),
    path("henvendelser/ny/", henvendelse.NyHenvendelse.as_view(), name="henvendelse_ny"),
    path("henvendelser/<uuid:pk>/", henvendelse.VisHenvendelse.as_view(), name="henvendelse"),
    path("henvendelser/<uuid:pk>/bli-sak/", henvendelse.BliSak.as_view(), name="bli_sak"),
    path("henvendelser/<uuid:pk>/avslutt/", henvendelse.AvsluttHenvendelse.as_view(), name="henvendelse_avslutt"),
    path("saker/<uuid:sak_id>/deltakere/", deltakere.Deltakere.as_view(), name="deltakere"),
    path("saker/<uuid:sak_id>/deltakere/ny/", deltakere.NyDeltaker.as_view(), name="deltaker_ny"),
    path("deltakere/<uuid:pk>/avslutt/", deltakere.AvsluttDeltakelse.as_view(), name="deltaker_avslutt"),
    path("saker/<uuid:sak_id>/samtykker/", samtykke.Samtykker.as_view(), name="samtykker"),
    path("saker/<uuid:sak_id>/samtykker/skjema/", samtykke.SkrivUtSkjema.as_view(), name="samtykkeskjema"),
    path("saker/<uuid:sak_id>/samtykker/nytt/", samtykke.NyttSamtykke.as_view(), name="samtykke_nytt"),
    path("samtykker/<uuid:pk>/trekk/", samtykke.TrekkSamtykke.as_view(), name="samtykke_trekk"),
    path("samtykker/<uuid:pk>/skjema/", samtykke.Skann.as_view(), name="samtykke_skann"),
    path("saker/<uuid:sak_id>/dokumenter/", dokumenter.Dokumenter.as_view(), name="dokumenter"),
    path("dokumenter/<uuid:pk>/", dokumenter.Dokumentfil.as_view(), name="dokument"),
    path("dokumenter/<uuid:pk>/referat/", dokumenter.Referatfil.as_view(), name="referatdokument"),
    path("saker/<uuid:sak_id>/sjekkliste/<int:punkt_id>/", dokumenter.Kryss.as_view(), name="kryss"),
    path("saker/<uuid:sak_id>/logg/", dokumenter.Logg.as_view(), name="logg"),
]
