"""The foundation as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KjerneConfig(AppConfig):
    """Gives the application's database role its grants after every migration."""

    name = "tok.kjerne"
    label = "kjerne"
    verbose_name = "Kjerne"

    def ready(self) -> None:
        from tok.kjerne.databaseroller import gi_rettigheter

        post_migrate.connect(gi_rettigheter, dispatch_uid="kjerne.gi_rettigheter")
