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
        from tok.kjerne.segl import forsegl_ogsaa
        from tok.sak import bidrag, checks, fristord  # noqa: F401 -- importing checks registers them
        from tok.sak.models import Hendelse, Innsyn, Sak
        from tok.sak.sporringer.henvendelsekort import henvendelsekort
        from tok.sak.tilgang import Rett
        from tok.sak.tilgang.doer import LEDER_SAK
        from tok.sak.tilgang.kilder import roller_i_sak
        from tok.sak.tilgang.nedlastet import nedlastet
        from tok.sak.tilgang.notater import notatene

        def sagt(sak: Sak, konto: Konto, i_dag: date) -> dict[str, object] | None:
            """The newest notes, for those who lead the case (R80)."""
            leder = LEDER_SAK & roller_i_sak(konto, sak, i_dag)
            return {"sak": sak, "notater": notatene(sak, konto, i_dag, antall=3)} if leder else None

        def kort(sak: Sak, konto: Konto, i_dag: date) -> dict[str, object] | None:
            """For the office alone, which has the requests (R231)."""
            ser = Rett.SE_HENVENDELSE.roller & roller_i_sak(konto, sak, i_dag)
            return henvendelsekort(sak) if ser else None

        forsegl_ogsaa(Innsyn, Hendelse)
        bidrag.faner += [
            bidrag.Fane(_("Gruppe"), "sak:deltakere", 10, Rett.SE_SAK),
            bidrag.Fane(_("Foresatte og verge"), "sak:representanter", 15, Rett.SE_REPRESENTANTER),
            bidrag.Fane(_("Notater"), "sak:notater", 20, Rett.SE_NOTAT),
            bidrag.Fane(_("Samtykker"), "sak:samtykker", 60, Rett.SE_SAMTYKKE),
            bidrag.Fane(_("Dokumenter"), "sak:dokumenter", 70, Rett.SE_DOKUMENTER),
            bidrag.Fane(_("Vern"), "sak:vern", 75, Rett.VERNE),
            bidrag.Fane(_("Logg"), "sak:logg", 80, Rett.SE_LOGG),
        ]
        fristord.registrer()
        bidrag.oppslag.append(bidrag.Oppslag("sak/_notatkort.html", 20, sagt))
        bidrag.oppslag.append(bidrag.Oppslag("sak/_henvendelsekort.html", 90, kort))
        bidrag.utsendt.append(nedlastet)
        bidrag.varselretter["Vern"] = Rett.BEKREFTE_VERN
        bidrag.registrer_meny(_("Henvendelser"), "sak:henvendelser", Rett.SE_HENVENDELSE, rekkefoelge=10)
        bidrag.registrer_meny(_("Kontoer"), "sak:kontoer", Rett.FORVALTE_KONTOER, rekkefoelge=5)
        bidrag.registrer_meny(_("Loggkontroll"), "sak:loggkontroll", Rett.KONTROLLERE_LOGG, rekkefoelge=5)
        bidrag.registrer_meny(_("Ansattes oppslag"), "sak:loggfunn", Rett.VURDERE_LOGGFUNN, rekkefoelge=70)
        bidrag.varselretter["Loggfunn"] = Rett.VURDERE_LOGGFUNN
        bidrag.registrer_meny(_("Unntakstilgang"), "sak:unntak", Rett.SE_EGNE_UNNTAK, rekkefoelge=80)
        uten = "sak:vern_uten_saksbehandler"
        bidrag.registrer_meny(_("Vern uten saksbehandler"), uten, Rett.GJENOPPRETTE_VERN, rekkefoelge=90)
        bidrag.registrer_meny(_("Ansattes unntak"), "sak:unntak_ansatte", Rett.SE_ANSATTES_UNNTAK, rekkefoelge=85)
        bidrag.varselretter["Unntakstilgang"] = Rett.SE_ANSATTES_UNNTAK
