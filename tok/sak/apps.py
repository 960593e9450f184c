"""The ground floor as a Django app."""

from django.apps import AppConfig


class SakConfig(AppConfig):
    """What all floors share."""

    name = "tok.sak"
    label = "sak"
    verbose_name = "Sak"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from tok.sak import bidrag, checks  # noqa: F401 -- importing checks registers them
        from tok.sak.tilgang import Rett

        bidrag.faner += [
            bidrag.Fane(_("Gruppe"), "sak:deltakere", 10, Rett.SE_SAK),
            bidrag.Fane(_("Samtykker"), "sak:samtykker", 60, Rett.SE_SAMTYKKE),
            bidrag.Fane(_("Dokumenter"), "sak:dokumenter", 70, Rett.SE_DOKUMENTER),
            bidrag.Fane(_("Logg"), "sak:logg", 80, Rett.SE_LOGG),
        ]
        bidrag.registrer_meny(_("Henvendelser"), "sak:henvendelser", Rett.SE_HENVENDELSE, rekkefoelge=10)
