"""Addresses of this floor; keys in them are UUIDs, and no name or number stands there (ASVS 14.2.1)."""

from django.urls import path

from ansvarsgruppe.urls_referat import urlpatterns as referat
from ansvarsgruppe.views import gruppe, innkalling, moete, skjult

app_name = "ansvarsgruppe"

urlpatterns = [
    path("moeter/", moete.MineMoeter.as_view(), name="mine_moeter"),
    path("saker/<uuid:sak>/moeter/", moete.Moeter.as_view(), name="moeter"),
    path("saker/<uuid:sak>/moeter/nytt/", moete.PlanleggMoete.as_view(), name="planlegg_moete"),
    path("saker/<uuid:sak>/gruppe/opprett/", gruppe.OpprettGruppe.as_view(), name="opprett_gruppe"),
    path("moeter/<uuid:moete>/", moete.MoeteSide.as_view(), name="moete"),
    path("moeter/<uuid:moete>/endre/", moete.EndreMoete.as_view(), name="endre_moete"),
    path("moeter/<uuid:moete>/avlys/", moete.AvlysMoete.as_view(), name="avlys_moete"),
    path("moeter/<uuid:moete>/skjul/", skjult.SkjulMoete.as_view(), name="skjul_moete"),
    path("moeter/<uuid:moete>/vis/", skjult.VisMoete.as_view(), name="vis_moete"),
    path("moeter/<uuid:moete>/saksliste/", moete.Saksliste.as_view(), name="saksliste"),
    path("moeter/<uuid:moete>/innkalling/", innkalling.VelgMottakere.as_view(), name="innkalling"),
    path("moeter/<uuid:moete>/innkalling/se-over/", innkalling.SendInnkalling.as_view(), name="send_innkalling"),
    path("moeter/<uuid:moete>/kalender/", innkalling.EgenKalenderfil.as_view(), name="egen_kalenderfil"),
    path("innkallinger/<uuid:innkalling>/kalender/", innkalling.Kalenderfil.as_view(), name="kalenderfil"),
    *referat,
]
