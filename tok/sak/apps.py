"""The ground floor as a Django app."""

from django.apps import AppConfig


class SakConfig(AppConfig):
    """What all floors share."""

    name = "tok.sak"
    label = "sak"
    verbose_name = "Sak"

    def ready(self) -> None:
        from tok.sak import checks  # noqa: F401  (registers the system checks)
