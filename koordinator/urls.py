"""The floor's addresses: TOK's under the case, the leader's outside it."""

from django.urls import path

from koordinator import views

app_name = "koordinator"
urlpatterns = [
    path("saker/<uuid:sak>/koordinator/spoer/", views.Spoer.as_view(), name="spoer"),
    path("saker/<uuid:sak>/koordinator/spoer/se-over/", views.SpoerSeOver.as_view(), name="spoer_se_over"),
    path("koordinatorer/", views.Koordinatorer.as_view(), name="koordinatorer"),
    path("saker/foresporsler/<uuid:pk>/", views.ForespoerselSide.as_view(), name="forespoersel"),
    path("saker/foresporsler/<uuid:pk>/trekk/", views.Trekk.as_view(), name="trekk"),
    path("saker/foresporsler/<uuid:pk>/oppnevn/", views.Oppnevn.as_view(), name="oppnevn"),
    path("saker/oppnevninger/<uuid:pk>/avslutt/", views.Avslutt.as_view(), name="avslutt"),
    path("foresporsler/", views.MineForesporsler.as_view(), name="foresporsler"),
    path("foresporsler/<uuid:pk>/", views.Svar.as_view(), name="svar"),
    path("foresporsler/<uuid:pk>/se-over/", views.SvarSeOver.as_view(), name="svar_se_over"),
    path("foresporsler/<uuid:pk>/kvittering/", views.SvarKvittering.as_view(), name="svar_kvittering"),
]
