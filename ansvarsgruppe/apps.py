"""The floor as a Django app; fills the ground floor's ports at start-up."""

from django.apps import AppConfig


class AnsvarsgruppeConfig(AppConfig):
    """Registers deadlines, tabs and cards with the case."""

    name = "ansvarsgruppe"
    verbose_name = "Ansvarsgruppe"

    def ready(self) -> None:
        from ansvarsgruppe import bidrag

        bidrag.registrer()
