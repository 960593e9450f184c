"""The yearly register per 31 December, made from period rows so that an old year comes out the same (L24, R232)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Collate, ExtractYear
from django.utils.translation import gettext as _

from ansvarsgruppe import frister
from ansvarsgruppe.models import Moete, Referat
from koordinator.models import Oppnevning
from tok.oversikt.sporringer.celler import BOM, LINJESLUTT, SKILLE, Desimal, Lokaldato, midnatt, tekst, ufarlig
from tok.oversikt.sporringer.kontor import koordinator_i
from tok.sak.models import Ansettelse, Deltakelse, Enhet, Frist, Hendelse, Person, Sak, Samtykke

BLOKK = 64 * 1024  # bytes
LENGST = "10min"  # a slow receiver must not stop a large file
FOEDT = "person__foedselsdato"
MOETT = (Moete.Tilstand.INNKALT, Moete.Tilstand.HOLDT)


@dataclass(frozen=True)
class Aar:
    """The year asked for, and the day its state is taken: 31 December, or today in a year that is not over."""

    aar: int
    per: date

    @classmethod
    def lag(cls, aar: int, i_dag: date) -> Aar:
        return cls(aar, min(date(aar, 12, 31), i_dag))

    @property
    def foerste(self) -> date:
        return date(self.aar, 1, 1)

    @property
    def moete_tid(self) -> dict[str, Any]:
        return {"start_tid__gte": midnatt(self.foerste), "start_tid__lt": self.slutt}

    @property
    def slutt(self) -> Any:
        """The first moment after the day."""
        return midnatt(self.per + timedelta(days=1))


@dataclass(frozen=True)
class Kolonne:
    """One column: its head, what it means, and the expression over Sak that gives it."""

    navn: str
    forklaring: str
    uttrykk: Combinable | str


def _antall(qs: QuerySet[Any], sti: str) -> Coalesce:
    telt = qs.order_by().values(sti).annotate(antall=Count("pk")).values("antall")
    return Coalesce(Subquery(telt, output_field=IntegerField()), 0)


def _skjermet(uttrykk: Combinable | str) -> Case:
    """Coordinator and unit tell where somebody is, so they are held back for those with a protected address (N11)."""
    aapen = Q(person__adressebeskyttelse=Person.Adressebeskyttelse.INGEN)
    return Case(When(aapen, then=uttrykk), default=Value(_("skjermet")), output_field=CharField())


def _navn(felt: str, valg: Iterable[tuple[str, Any]]) -> Case:
    return Case(*(When(**{felt: kode}, then=Value(str(navn))) for kode, navn in valg), output_field=CharField())


def _sektorer(per: date) -> Func:
    deltar = Deltakelse.objects.gjeldende(per).filter(sak=OuterRef("pk"), enhet__isnull=False)
    navn = deltar.annotate(sektor=_navn("enhet__sektor", Enhet.Sektor.choices)).order_by("sektor").values("sektor")
    return Func(ArraySubquery(navn.distinct()), Value(", "), function="array_to_string", output_field=CharField())


def _enhet(per: date) -> Coalesce:
    """The unit written on the participation, or else where the coordinator worked on the day."""
    arbeid = Ansettelse.objects.gjeldende(per).filter(konto=OuterRef("koordinator__konto")).order_by("fra_dato", "id")
    return Coalesce("koordinator__enhet__navn", Subquery(arbeid.values("enhet__navn")[:1]))


def _begynner_senere(aar: Aar) -> Subquery:
    """The first day of one who was appointed by the day and had not begun; what is called off later changes nothing."""
    avlyst = Hendelse.objects.filter(
        sak=OuterRef("sak"), objekt_id=OuterRef("pk"), handling="koordinator.avslutt_oppnevning", tid__lt=aar.slutt
    )
    uten_dager = Q(deltakelse__til_dato=F("deltakelse__fra_dato"))
    kommer = Oppnevning.objects.filter(
        sak=OuterRef("pk"), oppnevnt_dato__lte=aar.per, deltakelse__fra_dato__gt=aar.per
    ).exclude(uten_dager & Exists(avlyst))
    return Subquery(kommer.order_by("deltakelse__fra_dato").values("deltakelse__fra_dato")[:1])


def _referat(aar: Aar) -> QuerySet[Referat]:
    return Referat.objects.filter(
        moete__gruppe__sak=OuterRef("pk"),
        versjon=1,
        ferdig_tid__gte=midnatt(aar.foerste),
        ferdig_tid__lt=aar.slutt,
    )


def _gjennomgang(aar: Aar) -> Subquery:
    holdt = Moete.objects.filter(
        gruppe__sak=OuterRef("pk"), er_aarlig_gjennomgang=True, tilstand__in=MOETT, **aar.moete_tid
    )
    siste = holdt.order_by().values("gruppe__sak").annotate(siste=Max("start_tid")).values(dag=Lokaldato("siste"))
    return Subquery(siste, output_field=DateField())


def _samtykke(aar: Aar) -> Subquery:
    """What was known and valid on the day: later withdrawals and later registrations change nothing."""
    gjaldt = Samtykke.objects.filter(
        Q(trukket_tid__isnull=True) | Q(trukket_tid__gte=aar.slutt),
        sak=OuterRef("pk"),
        gyldig_fra__lte=aar.per,
        gyldig_tom__gte=aar.per,
        registrert_tid__lt=aar.slutt,
    )
    return Subquery(gjaldt.order_by().values("sak").annotate(til=Max("gyldig_tom")).values("til"))


def kolonner(aar: Aar) -> list[Kolonne]:
    """The columns in order, each with its line in the code book."""
    moeter = Moete.objects.filter(gruppe__sak=OuterRef("pk"), tilstand__in=MOETT, **aar.moete_tid)
    i_tide = Frist.objects.filter(
        sak=OuterRef(OuterRef("pk")), regel=frister.REFERAT.kode, objekt_id=OuterRef("moete_id"), ble_for_sen=False
    )
    avsluttet = Q(avsluttet_dato__lte=aar.per)
    return [
        Kolonne(_("saksnummer"), _("Sakens nummer."), "nummer"),
        Kolonne(
            _("fødselsår"), _("Året personen er født, eller året for termin."), ExtractYear("person__foedselsdato")
        ),
        Kolonne(
            _("sektorer"), _("Sektorene til tjenestene som deltok 31. desember, med komma imellom."), _sektorer(aar.per)
        ),
        Kolonne(_("åpnet"), _("Dagen saken ble åpnet."), "aapnet_dato"),
        Kolonne(
            _("koordinator"),
            _("Koordinatoren 31. desember. «skjermet» når personen har beskyttet adresse."),
            _skjermet("koordinator__konto__navn"),
        ),
        Kolonne(
            _("enhet"),
            _("Der koordinatoren arbeidet. «skjermet» når personen har beskyttet adresse."),
            _skjermet(_enhet(aar.per)),
        ),
        Kolonne(
            _("type"),
            _("Koordinator eller barnekoordinator."),
            _navn("koordinator__oppnevning__type", Oppnevning.Type.choices),
        ),
        Kolonne(_("oppnevnt fra"), _("Første dag i oppnevningen som gjaldt 31. desember."), "koordinator__fra_dato"),
        Kolonne(
            _("ny koordinator fra"),
            _("Første dag for en koordinator som var oppnevnt 31. desember, og som ikke hadde begynt."),
            _begynner_senere(aar),
        ),
        Kolonne(
            _("timer i måneden"),
            _("Timene lederen satte av, med desimalkomma."),
            Desimal("koordinator__oppnevning__timer"),
        ),
        Kolonne(
            _("gruppe opprettet"),
            _("Dagen ansvarsgruppa ble opprettet."),
            Case(When(gruppe__opprettet_dato__lte=aar.per, then="gruppe__opprettet_dato")),
        ),
        Kolonne(
            _("møter"),
            _("Møter i året det ble kalt inn til, uten de avlyste."),
            _antall(moeter, "gruppe__sak"),
        ),
        Kolonne(
            _("saksliste i tide"),
            _("Møtene der sakslista ble sendt innen fristen."),
            _antall(moeter.filter(saksliste_for_sent=False), "gruppe__sak"),
        ),
        Kolonne(
            _("referater"),
            _("Referater ferdigstilt i året. Rettede referater telles én gang."),
            _antall(_referat(aar), "moete__gruppe__sak"),
        ),
        Kolonne(
            _("referater i tide"),
            _("Referatene som ble ferdige innen fristen."),
            _antall(_referat(aar).filter(Exists(i_tide)), "moete__gruppe__sak"),
        ),
        Kolonne(_("årlig gjennomgang"), _("Dagen for årets siste gjennomgang."), _gjennomgang(aar)),
        Kolonne(_("samtykke til"), _("Siste dag for samtykket som gjaldt 31. desember."), _samtykke(aar)),
        Kolonne(
            _("tilstand"),
            _("Åpen eller avsluttet 31. desember."),
            Case(When(avsluttet, then=Value(_("avsluttet"))), default=Value(_("åpen"))),
        ),
        Kolonne(_("avsluttet"), _("Dagen saken ble avsluttet."), Case(When(avsluttet, then=F("avsluttet_dato")))),
    ]


def saker(aar: Aar, kontorer: Iterable[UUID] | None) -> QuerySet[Sak]:
    """The cases that were open at some time of the year; `None` is every office, for the command."""
    alle = Sak.objects.filter(
        Q(avsluttet_dato__isnull=True) | Q(avsluttet_dato__gte=aar.foerste), aapnet_dato__lte=aar.per
    )
    return alle if kontorer is None else alle.filter(kontor__in=list(kontorer))


def csv(aar: Aar, kontorer: Iterable[UUID] | None) -> Iterator[bytes]:
    """The file in pieces, straight from PostgreSQL's COPY: no row is held in memory (ytelse.md goal 7).

    UTF-8 with BOM, semicolons, CRLF. Call it inside a read-only transaction.
    """
    felt = kolonner(aar)
    yield (BOM + SKILLE.join(ufarlig(kolonne.navn) for kolonne in felt) + LINJESLUTT).encode()
    rader = (
        saker(aar, kontorer)
        .annotate(koordinator=koordinator_i("", aar.per))
        .order_by(Collate("nummer", "C"))
        .values_list(*(tekst(kolonne.uttrykk) for kolonne in felt))
    )
    sql, parametre = rader.query.sql_with_params()
    kopier = f"COPY ({sql}) TO STDOUT WITH (FORMAT csv, DELIMITER '{SKILLE}')"
    blokk = bytearray()
    # No cell holds a line break, so each one in the stream is the end of a row.
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{LENGST}'")
        with cursor.copy(cursor.mogrify(kopier, parametre)) as strom:
            for bit in strom:
                blokk += bytes(bit).replace(b"\n", b"\r\n")
                if len(blokk) >= BLOKK:
                    yield bytes(blokk)
                    blokk.clear()
    yield bytes(blokk)
