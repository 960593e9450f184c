"""The foundation as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KjerneConfig(AppConfig):
    """Gives the database role its grants after every migration, ends sessions when a log-in is changed, seals a log."""

    name = "tok.kjerne"
    label = "kjerne"
    verbose_name = "Kjerne"

    def ready(self) -> None:
        from tok.kjerne.databaseroller import gi_rettigheter

        post_migrate.connect(gi_rettigheter, dispatch_uid="kjerne.gi_rettigheter")

        from allauth.account.signals import password_changed, password_reset, password_set
        from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset

        from tok.kjerne.oekter import ved_endret_innlogging

        for endring in (password_changed, password_reset, password_set):
            endring.connect(ved_endret_innlogging, dispatch_uid="kjerne.ved_endret_innlogging")
        for endring in (authenticator_added, authenticator_removed, authenticator_reset):
            endring.connect(ved_endret_innlogging, dispatch_uid="kjerne.ved_endret_innlogging")

        from tok.kjerne.models import Sikkerhetslogg
        from tok.kjerne.segl import forsegl_ogsaa

        forsegl_ogsaa(Sikkerhetslogg)
