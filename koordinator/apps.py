"""The floor as a Django app; fills the ground floor's ports at start-up."""

from django.apps import AppConfig


class KoordinatorConfig(AppConfig):
    """Registers deadlines, tabs and cards with the case."""

    name = "koordinator"
    verbose_name = "Koordinator"

    def ready(self) -> None:
        from koordinator import bidrag

        bidrag.registrer()
