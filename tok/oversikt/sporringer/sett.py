"""Who has seen the case, in words for the person and the family: never a number, an address or free text (N7, L21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy

from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Deltakelse, Innsyn, Sak
from tok.sak.sporringer import logg
from tok.sak.tilgang import Rett, Rolle
from tok.sak.tilgang.skjulte import uten_spor

ROLLER = {
    **dict(Ansettelse.Rolle.choices),
    **dict(Deltakelse.Rolle.choices),
    Rolle.UNNTAK: gettext_lazy("unntakstilgang"),
}
GJORDE = {
    "les": gettext_lazy("Så %(hva)s"),
    "last_ned": gettext_lazy("Lastet ned %(hva)s"),
    "eksport": gettext_lazy("Hentet ut %(hva)s i en fil"),
    "oppslag": gettext_lazy("Slo opp %(hva)s"),
}
HVA = {
    "Sak": gettext_lazy("saken"),
    "Person": gettext_lazy("opplysningene om personen"),
    "Henvendelse": gettext_lazy("henvendelsen"),
    "Deltakelse": gettext_lazy("en deltaker"),
    "Moete": gettext_lazy("et møte"),
    "Innkalling": gettext_lazy("en innkalling"),
    "Referat": gettext_lazy("et referat"),
    "Saksdokument": gettext_lazy("et dokument"),
    "Samtykke": gettext_lazy("et samtykke"),
    "Notat": gettext_lazy("et notat"),
}
ANNET = gettext_lazy("opplysninger i saken")


@dataclass(frozen=True)
class Sett:
    """One reading as the family is told of it."""

    tid: datetime
    navn: str
    rolle: str
    enhet: str
    hva: str
    hvorfor: str


@dataclass(frozen=True)
class Settside:
    """One page of readings, newest first, and the mark the next one begins after."""

    rader: list[Sett]
    neste: logg.Merke | None


def _i_ord(rad: Innsyn) -> Sett:
    gjorde = str(GJORDE.get(rad.handling, GJORDE["les"]))
    return Sett(
        tid=rad.tid,
        navn=rad.konto_navn,
        rolle=str(ROLLER.get(rad.rolle, rad.rolle)),
        enhet=rad.enhet,
        hva=gjorde % {"hva": HVA.get(rad.objekt_type, ANNET)},
        hvorfor=Rett[rad.rett].tekst if rad.rett in Rett.__members__ else "",
    )


def hvem_har_sett(
    sak: Sak, konto: Konto, i_dag: date, *, etter: logg.Merke | None = None, antall: int = 0, andre: bool = False
) -> Settside:
    """The readings of the case and of the person, without what is hidden from the account; two queries.

    `andre` leaves out the account's own, which would fill a short list.
    """
    kilder = [uten_spor(konto, kilde, i_dag) for kilde in logg.innsyn(sak)]
    if andre:
        kilder = [kilde.exclude(konto=konto) for kilde in kilder]
    side = logg.side(kilder, etter, antall)
    return Settside([_i_ord(rad) for rad in side.rader], side.neste)
