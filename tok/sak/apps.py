"""The ground floor as a Django app."""

from datetime import date

from django.apps import AppConfig


class SakConfig(AppConfig):
    """What all floors share."""

    name = "tok.sak"
    label = "sak"
    verbose_name = "Sak"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from tok.kjerne.models import Konto
        from tok.sak import bidrag, checks  # noqa: F401 -- importing checks registers them
        from tok.sak.models import Sak
        from tok.sak.sporringer.henvendelsekort import henvendelsekort
        from tok.sak.tilgang import Rett
        from tok.sak.tilgang.kilder import roller_i_sak

        def kort(sak: Sak, konto: Konto, i_dag: date) -> dict[str, object] | None:
            """For the office alone, which has the requests (R231)."""
            ser = Rett.SE_HENVENDELSE.roller & roller_i_sak(konto, sak, i_dag)
            return henvendelsekort(sak) if ser else None

        bidrag.faner += [
            bidrag.Fane(_("Gruppe"), "sak:deltakere", 10, Rett.SE_SAK),
            bidrag.Fane(_("Samtykker"), "sak:samtykker", 60, Rett.SE_SAMTYKKE),
            bidrag.Fane(_("Dokumenter"), "sak:dokumenter", 70, Rett.SE_DOKUMENTER),
            bidrag.Fane(_("Logg"), "sak:logg", 80, Rett.SE_LOGG),
        ]
        bidrag.oppslag.append(bidrag.Oppslag("sak/_henvendelsekort.html", 90, kort))
        bidrag.registrer_meny(_("Henvendelser"), "sak:henvendelser", Rett.SE_HENVENDELSE, rekkefoelge=10)
