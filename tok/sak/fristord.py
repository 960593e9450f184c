"""The ground floor's deadlines in words, and what each birthday changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tok.kjerne.lenker import lenke
from tok.sak import bidrag
from tok.sak.frister import ALDERSREGLER, BEKREFT_VERN, MANDAT_UTLOEPER, VERNOPPGAVER

# What happens by itself, and what the coordinator does (B7, L14).
ENDRINGER = {
    12: (
        gettext_lazy("Personen kan selv lese i saken sin, med egen konto."),
        gettext_lazy("Personen og koordinator kan skjule enkelte ting for foresatte."),
        gettext_lazy("Fortell personen om dette, og spør hva personen selv mener."),
    ),
    15: (
        gettext_lazy("Personen får egne partsrettigheter i barnevern og skole."),
        gettext_lazy("Gi personen informasjon om det, og la tjenestene spørre personen selv."),
    ),
    16: (
        gettext_lazy("Samtykker foreldrene har skrevet under, slutter å gjelde. Personen samtykker selv."),
        gettext_lazy("Foreldrene ser ikke lenger saken, hvis ikke personen selv sier ja til det i et samtykke."),
        gettext_lazy("Kan personen ikke samtykke, må noen vurdere det. Da registreres vurderingen på forelderen."),
        gettext_lazy("Koordinator fortsetter som før, og tar med et nytt samtykkeskjema til personen."),
    ),
    18: (
        gettext_lazy("Foreldre og barneverntjenesten står ikke lenger for personen, og går ut av gruppa."),
        gettext_lazy("Er det en barnekoordinator, slutter oppdraget."),
        gettext_lazy("Trenger personen fortsatt noen, registrerer du verge eller fullmektig med dokument."),
    ),
}


def registrer() -> None:
    """Called once at start-up."""
    for aar, regel in ALDERSREGLER.items():
        bidrag.registrer_frist(bidrag.Fristbidrag(regel=regel, tekst=_fyller(aar)))
    bidrag.registrer_frist(bidrag.Fristbidrag(regel=MANDAT_UTLOEPER, tekst=_mandat))
    bidrag.registrer_frist(bidrag.Fristbidrag(regel=BEKREFT_VERN, tekst=_bekreft_vern))
    bidrag.registrer_frist(bidrag.Fristbidrag(regel=VERNOPPGAVER, tekst=_vernoppgaver))


def _fyller(aar: int) -> Callable[[date, UUID, UUID], bidrag.Fristtekst]:
    def tekst(utgangspunkt: date, objekt_id: UUID, sak_id: UUID) -> bidrag.Fristtekst:
        return bidrag.Fristtekst(
            setning=_("Personen fyller %(aar)s år") % {"aar": aar},
            url=lenke("sak:representanter", sak_id),
            knapp=_("Se hva som endres"),
        )

    return tekst


def _bekreft_vern(satt: date, vern: UUID, sak_id: UUID) -> bidrag.Fristtekst:
    return bidrag.Fristtekst(
        setning=_("Et vern venter på at en kollega bekrefter"), url=lenke("sak:vern", sak_id), knapp=_("Se vernet")
    )


def _vernoppgaver(laget: date, objekt_id: UUID, sak_id: UUID) -> bidrag.Fristtekst:
    return bidrag.Fristtekst(
        setning=_("Gjør det som gjenstår for å verne adressen"), url=lenke("sak:vern", sak_id), knapp=_("Se oppgavene")
    )


def _mandat(utgangspunkt: date, objekt_id: UUID, sak_id: UUID) -> bidrag.Fristtekst:
    return bidrag.Fristtekst(
        setning=_("En fullmakt eller et mandat slutter"),
        url=lenke("sak:representanter", sak_id),
        knapp=_("Se representantene"),
    )
