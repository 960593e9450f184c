"""Lists of meetings: those of a case, and those of a coordinator's own cases, with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from ansvarsgruppe.models import Moete
from ansvarsgruppe.sporringer.skjult import merket
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak.models import Sak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.skjulte import uten_skjulte

NYLIG = timedelta(days=60)
HASTER = timedelta(days=10)  # the agenda is due in three days or less
HOEYST = 100


@dataclass(frozen=True)
class Moeterad:
    """One meeting in a list, with its state as a sentence (sider.md no. 6)."""

    moete: Moete
    setning: str
    maa_gjoeres: bool


@dataclass(frozen=True)
class Moeteliste:
    """What is coming, what waits for something, and what has been."""

    kommende: list[Moeterad]
    venter: list[Moeterad]
    tidligere: list[Moeterad]

    @property
    def er_tom(self) -> bool:
        return not self.antall

    @property
    def antall(self) -> int:
        return len(self.kommende) + len(self.venter) + len(self.tidligere)


def i_saken(sak: Sak, konto: Konto, naa: datetime) -> Moeteliste:
    """All meetings of the case that are not hidden from the account, the newest first among those that have been."""
    moeter = uten_skjulte(konto, Moete.objects.filter(gruppe__sak=sak), lokal_dato(naa))
    return _del_opp(list(merket(moeter).order_by("start_tid")), naa)


def egne(konto: Konto, naa: datetime) -> Moeteliste:
    """The coming and recent meetings of the cases one plans meetings in, and all that wait for minutes."""
    synlige = Rett.PLANLEGGE_MOETE.synlige(konto, Moete.objects.all(), i_dag=lokal_dato(naa))
    nye = synlige.filter(start_tid__gte=naa - NYLIG) | synlige.filter(tilstand__in=["planlagt", "innkalt"])
    rader = merket(nye).select_related("gruppe__sak__person").order_by("-start_tid")[:HOEYST]
    return _del_opp(sorted(rader, key=lambda moete: moete.start_tid), naa)


def _del_opp(moeter: list[Moete], naa: datetime) -> Moeteliste:
    rader = [Moeterad(moete, *_setning(moete, naa)) for moete in moeter]
    aapne = {Moete.Tilstand.PLANLAGT, Moete.Tilstand.INNKALT}
    return Moeteliste(
        kommende=[rad for rad in rader if rad.moete.tilstand in aapne and rad.moete.start_tid > naa],
        venter=[rad for rad in rader if rad.moete.tilstand in aapne and rad.moete.start_tid <= naa],
        tidligere=[rad for rad in reversed(rader) if rad.moete.tilstand not in aapne],
    )


def _setning(moete: Moete, naa: datetime) -> tuple[str, bool]:
    if moete.tilstand == Moete.Tilstand.AVLYST:
        return _("Avlyst"), False
    if moete.tilstand == Moete.Tilstand.HOLDT:
        return _("Holdt. Referatet er ferdig"), False
    if moete.start_tid <= naa:
        return _("Møtet har vært. Venter på referat"), True
    if moete.tilstand == Moete.Tilstand.INNKALT:
        return _("Innkallingen er sendt"), False
    if moete.sekvens:
        return _("Endret. Innkallingen må sendes på nytt"), True
    return _("Innkallingen er ikke sendt"), moete.start_tid - naa <= HASTER
