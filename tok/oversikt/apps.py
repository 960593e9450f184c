"""The roof as a Django app: pages that look across apps; owns no table but what the database derives for them."""

from django.apps import AppConfig


class OversiktConfig(AppConfig):
    """Registers the menu and the first tab of the case."""

    name = "tok.oversikt"
    label = "oversikt"
    verbose_name = "Oversikt"

    def ready(self) -> None:
        from tok.oversikt import bidrag

        bidrag.registrer()
