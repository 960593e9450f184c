"""The columns of the yearly register, each declared once: the files and the code book are made from this list (L24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koordinator.models import Oppnevning
from tok.oversikt.sporringer.aarstall import uttrykk
from tok.oversikt.sporringer.aarstall.aar import Aar
from tok.oversikt.sporringer.kontor import koordinator_i
from tok.sak.models import Enhet, Sak


class Type(TextChoices):
    """What a cell holds."""

    TEKST = "tekst", gettext_lazy("Tekst")
    KODE = "kode", gettext_lazy("Ord fra en fast liste")
    HELTALL = "heltall", gettext_lazy("Heltall")
    DESIMALTALL = "desimaltall", gettext_lazy("Tall med desimaler")
    DATO = "dato", gettext_lazy("Dato")


@dataclass(frozen=True)
class Verdi:
    """A word that may stand in the column, and what it means."""

    ord: str
    betydning: str


@dataclass(frozen=True, kw_only=True)
class Kolonne:
    """One column: its head, what it means, its type, the expression over Sak, its source, and what empty means.

    ``verdier`` are the whole list of a KODE, and the words with a meaning of their own in other types.
    """

    navn: str
    forklaring: str
    type: Type
    uttrykk: Combinable | str
    kilde: str
    tom: str
    verdier: tuple[Verdi, ...] = ()
    enhet: str = ""
    bredde: int = 0  # signs in the workbook; 0 is the usual of the type


def kolonner(aar: Aar) -> list[Kolonne]:
    """The columns in order; every word of them stands in the code book."""
    return [*_saken(aar), *_koordinatoren(aar), *_arbeidet(aar), *_slutten(aar)]


def rader(aar: Aar, saker: QuerySet[Sak], celler: Iterable[Combinable | str]) -> QuerySet[Sak, tuple[Any, ...]]:
    """The rows in the order of the file."""
    alle = saker.annotate(koordinator=koordinator_i("", aar.per)).order_by(Collate("nummer", "C"))
    return alle.values_list(*celler)


def _saken(aar: Aar) -> list[Kolonne]:
    aldri = _("Finnes ikke.")
    return [
        Kolonne(
            navn=_("saksnummer"),
            forklaring=_("Sakens nummer."),
            type=Type.TEKST,
            uttrykk="nummer",
            kilde="R232",
            tom=aldri,
            bredde=12,
        ),
        Kolonne(
            navn=_("fødselsår"),
            forklaring=_("Året personen er født, eller året for termin."),
            type=Type.HELTALL,
            uttrykk=ExtractYear("person__foedselsdato"),
            kilde="L24, L25",
            tom=aldri,
            enhet=_("årstall"),
        ),
        Kolonne(
            navn=_("sektorer"),
            forklaring=_("Sektorene til tjenestene som deltok 31. desember, med komma imellom."),
            type=Type.KODE,
            uttrykk=uttrykk.sektorer(aar.per),
            kilde="R34, R232",
            tom=_("Ingen tjenester deltok den dagen."),
            verdier=_sektorverdier(),
        ),
        Kolonne(
            navn=_("åpnet"),
            forklaring=_("Dagen saken ble åpnet."),
            type=Type.DATO,
            uttrykk="aapnet_dato",
            kilde="R30, L24",
            tom=aldri,
        ),
    ]


def _koordinatoren(aar: Aar) -> list[Kolonne]:
    skjermet = Verdi(_("skjermet"), _("noen i saken har beskyttet adresse"))
    ingen = _("Saken hadde ingen koordinator den dagen.")
    return [
        Kolonne(
            navn=_("koordinator"),
            forklaring=_("Koordinatoren 31. desember. «skjermet» når noen i saken har beskyttet adresse."),
            type=Type.TEKST,
            uttrykk=uttrykk.skjermet("koordinator__konto__navn"),
            kilde="R232, L3, L20",
            tom=ingen,
            verdier=(skjermet,),
        ),
        Kolonne(
            navn=_("enhet"),
            forklaring=_("Der koordinatoren arbeidet. «skjermet» når noen i saken har beskyttet adresse."),
            type=Type.TEKST,
            uttrykk=uttrykk.skjermet(uttrykk.enhet(aar.per)),
            kilde="R110, L20",
            tom=_("Saken hadde ingen koordinator den dagen, eller arbeidsstedet er ikke registrert."),
            verdier=(skjermet,),
        ),
        Kolonne(
            navn=_("type"),
            forklaring=_("Koordinator eller barnekoordinator."),
            type=Type.KODE,
            uttrykk=uttrykk.ord_for("koordinator__oppnevning__type", Oppnevning.Type.choices),
            kilde="L4",
            tom=ingen,
            verdier=_oppnevningstyper(),
        ),
        Kolonne(
            navn=_("oppnevnt fra"),
            forklaring=_("Første dag i oppnevningen som gjaldt 31. desember."),
            type=Type.DATO,
            uttrykk="koordinator__fra_dato",
            kilde="L3, L24",
            tom=ingen,
        ),
        Kolonne(
            navn=_("ny koordinator fra"),
            forklaring=_("Første dag for en koordinator som var oppnevnt 31. desember, og som ikke hadde begynt."),
            type=Type.DATO,
            uttrykk=uttrykk.begynner_senere(aar),
            kilde="R33, L24",
            tom=_("Ingen var oppnevnt til å begynne senere."),
        ),
        Kolonne(
            navn=_("timer i måneden"),
            forklaring=_("Timene lederen satte av."),
            type=Type.DESIMALTALL,
            uttrykk="koordinator__oppnevning__timer",
            kilde="R110",
            tom=ingen,
            enhet=_("timer i måneden"),
        ),
    ]


def _arbeidet(aar: Aar) -> list[Kolonne]:
    teller = _("Finnes ikke. 0 betyr ingen.")
    return [
        Kolonne(
            navn=_("gruppe opprettet"),
            forklaring=_("Dagen ansvarsgruppa ble opprettet."),
            type=Type.DATO,
            uttrykk=Case(When(gruppe__opprettet_dato__lte=aar.per, then="gruppe__opprettet_dato")),
            kilde="R30",
            tom=_("Saken hadde ingen ansvarsgruppe 31. desember."),
        ),
        Kolonne(
            navn=_("møter"),
            forklaring=_("Møter i året det ble kalt inn til, uten de avlyste."),
            type=Type.HELTALL,
            uttrykk=uttrykk.antall(uttrykk.moeter(aar), "gruppe__sak"),
            kilde="R56",
            tom=teller,
            enhet=_("møter"),
        ),
        Kolonne(
            navn=_("saksliste i tide"),
            forklaring=_("Møtene der sakslista ble sendt innen fristen."),
            type=Type.HELTALL,
            uttrykk=uttrykk.antall(uttrykk.moeter(aar).filter(saksliste_for_sent=False), "gruppe__sak"),
            kilde="R59",
            tom=teller,
            enhet=_("møter"),
        ),
        Kolonne(
            navn=_("referater"),
            forklaring=_("Referater ferdigstilt i året. Rettede referater telles én gang."),
            type=Type.HELTALL,
            uttrykk=uttrykk.antall(uttrykk.referater(aar), "moete__gruppe__sak"),
            kilde="R83",
            tom=teller,
            enhet=_("referater"),
        ),
        Kolonne(
            navn=_("referater i tide"),
            forklaring=_("Referatene som ble ferdige innen fristen."),
            type=Type.HELTALL,
            uttrykk=uttrykk.antall(uttrykk.referater_i_tide(aar), "moete__gruppe__sak"),
            kilde="R87",
            tom=teller,
            enhet=_("referater"),
        ),
        Kolonne(
            navn=_("årlig gjennomgang"),
            forklaring=_("Dagen for årets siste gjennomgang."),
            type=Type.DATO,
            uttrykk=uttrykk.gjennomgang(aar),
            kilde="R36",
            tom=_("Det var ingen gjennomgang i året."),
        ),
    ]


def _slutten(aar: Aar) -> list[Kolonne]:
    avsluttet = Q(avsluttet_dato__lte=aar.per)
    return [
        Kolonne(
            navn=_("samtykke til"),
            forklaring=_("Siste dag for samtykket som gjaldt 31. desember."),
            type=Type.DATO,
            uttrykk=uttrykk.samtykke(aar),
            kilde="R31, L13",
            tom=_("Ingen samtykker gjaldt den dagen."),
        ),
        Kolonne(
            navn=_("tilstand"),
            forklaring=_("Åpen eller avsluttet 31. desember."),
            type=Type.KODE,
            uttrykk=Case(When(avsluttet, then=Value(_("avsluttet"))), default=Value(_("åpen"))),
            kilde="R40, L24",
            tom=_("Finnes ikke."),
            verdier=(
                Verdi(_("åpen"), _("saken var åpen den dagen")),
                Verdi(_("avsluttet"), _("saken ble avsluttet i året")),
            ),
        ),
        Kolonne(
            navn=_("avsluttet"),
            forklaring=_("Dagen saken ble avsluttet."),
            type=Type.DATO,
            uttrykk=Case(When(avsluttet, then=F("avsluttet_dato"))),
            kilde="R45",
            tom=_("Saken var åpen 31. desember."),
        ),
    ]


def _sektorverdier() -> tuple[Verdi, ...]:
    betydning = {
        Enhet.Sektor.HELSE: _("kommunale helse- og omsorgstjenester"),
        Enhet.Sektor.OPPVEKST: _("barnehager, skoler og SFO"),
        Enhet.Sektor.PPT: _("pedagogisk-psykologisk tjeneste"),
        Enhet.Sektor.BARNEVERN: _("barnevernstjenesten"),
        Enhet.Sektor.NAV: _("NAV-kontoret"),
        Enhet.Sektor.SPESIALIST: _("sykehus og andre i spesialisthelsetjenesten"),
        Enhet.Sektor.FASTLEGE: _("fastlegen og legekontoret"),
        Enhet.Sektor.ANNEN: _("tjenester i ingen av de andre sektorene"),
    }
    return tuple(Verdi(str(sektor.label), betydning[sektor]) for sektor in Enhet.Sektor)


def _oppnevningstyper() -> tuple[Verdi, ...]:
    betydning = {
        Oppnevning.Type.KOORDINATOR: _("koordinator for den saken gjelder"),
        Oppnevning.Type.BARNEKOORDINATOR: _("barnekoordinator for et barn og familien"),
    }
    return tuple(Verdi(str(type_.label), betydning[type_]) for type_ in Oppnevning.Type)
