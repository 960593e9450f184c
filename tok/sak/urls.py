"""The ground floor's addresses; only keys stand in them."""

from django.urls import path

from tok.sak.views import deltakere, dokumenter, henvendelse, person, post, samtykke

app_name = "sak"
urlpatterns = [
    path("henvendelser/", henvendelse.Henvendelser.as_view(), name="henvendelser"),
    path("henvendelser/ny/", henvendelse.NyHenvendelse.as_view(), name="henvendelse_ny"),
    path("henvendelser/<uuid:pk>/", henvendelse.VisHenvendelse.as_view(), name="henvendelse"),
    path("henvendelser/<uuid:pk>/ja/", henvendelse.RegistrerJa.as_view(), name="henvendelse_ja"),
    path("henvendelser/<uuid:pk>/bli-sak/", henvendelse.BliSak.as_view(), name="bli_sak"),
    path("henvendelser/<uuid:pk>/avslutt/", henvendelse.AvsluttHenvendelse.as_view(), name="henvendelse_avslutt"),
    path("saker/<uuid:sak_id>/person/", person.EndrePerson.as_view(), name="person"),
    path("saker/<uuid:sak_id>/deltakere/", deltakere.Deltakere.as_view(), name="deltakere"),
    path("saker/<uuid:sak_id>/deltakere/ny/", deltakere.NyDeltaker.as_view(), name="deltaker_ny"),
    path("deltakere/<uuid:pk>/endre/", deltakere.EndreDeltaker.as_view(), name="deltaker_endre"),
    path("deltakere/<uuid:pk>/avslutt/", deltakere.AvsluttDeltakelse.as_view(), name="deltaker_avslutt"),
    path("saker/<uuid:sak_id>/samtykker/", samtykke.Samtykker.as_view(), name="samtykker"),
    path("saker/<uuid:sak_id>/samtykker/skjema/", samtykke.SkrivUtSkjema.as_view(), name="samtykkeskjema"),
    path("saker/<uuid:sak_id>/samtykker/nytt/", samtykke.NyttSamtykke.as_view(), name="samtykke_nytt"),
    path("saker/<uuid:sak_id>/samtykker/muntlig/", samtykke.MuntligJa.as_view(), name="samtykke_muntlig"),
    path("samtykker/<uuid:pk>/trekk/", samtykke.TrekkSamtykke.as_view(), name="samtykke_trekk"),
    path("samtykker/<uuid:pk>/skjema/", samtykke.Skann.as_view(), name="samtykke_skann"),
    path("saker/<uuid:sak_id>/dokumenter/", dokumenter.Dokumenter.as_view(), name="dokumenter"),
    path("dokumenter/<uuid:pk>/", dokumenter.Dokumentfil.as_view(), name="dokument"),
    path("dokumenter/<uuid:pk>/referat/", dokumenter.Referatfil.as_view(), name="referatdokument"),
    path("saker/<uuid:sak_id>/sjekkliste/<int:punkt_id>/", dokumenter.Kryss.as_view(), name="kryss"),
    path("post/", post.Post.as_view(), name="post"),
    path("post/<uuid:pk>/send/", post.SendPaaNytt.as_view(), name="post_send"),
    path("post/<uuid:pk>/kom-fram/", post.KomFram.as_view(), name="post_kom_fram"),
    path("post/dokumenter/<uuid:pk>/lag/", post.LagPaaNytt.as_view(), name="post_lag"),
    path("saker/<uuid:sak_id>/logg/", dokumenter.Logg.as_view(), name="logg"),
]
