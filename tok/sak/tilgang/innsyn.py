"""Writes the reading log and the security log (N3, N4, N6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DatabaseError, OperationalError, models
from django.db.models import QuerySet, Value
from django.http import Http404

from tok.kjerne.forberedt import Forberedt, sett_inn
from tok.kjerne.forespoersel import gjeldende
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Kommune, Konto, Sikkerhetslogg
from tok.sak.models import Innsyn, Nivaa, Person, Sak
from tok.sak.tilgang import kilder
from tok.sak.tilgang.roller import Rolle

if TYPE_CHECKING:
    from tok.sak.tilgang.doer import Rett


LES, LISTE, LAST_NED = Innsyn.Handling.LES, Innsyn.Handling.LISTE, Innsyn.Handling.LAST_NED
ENDRE, EKSPORT, UNNTAK = Innsyn.Handling.ENDRE, Innsyn.Handling.EKSPORT, Innsyn.Handling.UNNTAK
BUNKE = 500

# What one is in the case, or in the office, says what one looks for (N3: purpose code).
FORMAAL = {
    Rolle.PERSON: Innsyn.Formaal.EGEN_SAK,
    Rolle.REPRESENTANT: Innsyn.Formaal.EGEN_SAK,
    Rolle.TOK: Innsyn.Formaal.SAKSBEHANDLING,
    Rolle.LEDER: Innsyn.Formaal.LEDELSE,
    Rolle.PERSONVERNOMBUD: Innsyn.Formaal.KONTROLL,
    Rolle.UNNTAK: Innsyn.Formaal.UNNTAK,
    Rolle.KOORDINATOR: Innsyn.Formaal.OPPFOELGING,
    Rolle.VARA: Innsyn.Formaal.OPPFOELGING,
    Rolle.MEDKOORDINATOR: Innsyn.Formaal.OPPFOELGING,
    Rolle.FAST: Innsyn.Formaal.OPPFOELGING,
    Rolle.VED_BEHOV: Innsyn.Formaal.OPPFOELGING,
    Rolle.STOETTEPERSON: Innsyn.Formaal.OPPFOELGING,
}


class LoggenTarIkkeImot(OperationalError):
    """The reading log cannot be written, so nothing is shown: the answer is 503 (N6, tok.kjerne.feilsider)."""


@contextmanager
def _maa_skrives() -> Iterator[None]:
    """Whatever PostgreSQL says of the row, it is the log that is away."""
    try:
        yield
    except DatabaseError as feil:
        raise LoggenTarIkkeImot from feil


class Avvist(Http404):
    """A closed or missing row. Carries what the security log needs, so that the line survives the rollback."""

    def __init__(self, konto: Konto, rett: str, objekt_type: str, objekt_id: str, naa: datetime) -> None:
        super().__init__("")
        self.rad = Sikkerhetslogg(
            tid=naa, konto_id=konto.pk, hva="avvist", rett=rett, objekt_type=objekt_type, objekt_id=objekt_id[:40]
        )

    def loggfoer(self) -> None:
        """Write the line once, by whoever comes first; call it outside the transaction that was rolled back."""
        if self.rad.pk is None:
            self.rad.save(force_insert=True)


@dataclass(frozen=True)
class Grunnlag:
    """The relation that gave access: what kind of row, which one, as what, from where and for whom."""

    type: str
    id: UUID | None
    rolle: str
    enhet: str
    arbeidsgiver: str


def sak_til(rad: models.Model) -> Sak | None:
    """The case a row hangs on, by the path its table declares; None for rows that stand outside cases."""
    sti = getattr(rad, "SAK_STI", None)
    if isinstance(rad, Sak):
        return rad
    if sti is None or sti == "pk":
        return None
    return Sak.objects.select_related("person").filter(pk=_foelg(rad, sti)).first()


def _foelg(rad: Any, sti: str) -> Any:
    return type(rad)._base_manager.filter(pk=rad.pk).values_list(sti, flat=True).first()


def _i_saken(konto_id: UUID, sak_id: UUID, roller: Sequence[str], i_dag: date) -> QuerySet[Any]:
    """The timed exception if there is one, else the membership."""
    konto = Konto(pk=konto_id)
    egne = kilder.deltakelser(konto, i_dag).filter(sak=sak_id, rolle__in=roller)
    deltar = egne.annotate(nr=Value(1)).values_list("nr", "pk", "rolle", "enhet__navn")
    unntak = kilder.unntakene(konto, i_dag).filter(sak=sak_id)
    inne = unntak.annotate(nr=Value(0), r=Value(str(Rolle.UNNTAK)), e=Value("")).values_list("nr", "pk", "r", "e")
    return inne.union(deltar, all=True).order_by("nr", "pk")[:2]


I_SAKEN = Forberedt(_i_saken)


def _arbeidssted(konto: Konto, i_dag: date) -> str:
    """Where one who is in by exception comes from."""
    return next((ett.enhet for ett in kilder.stilling(konto, i_dag).arbeid if ett.rolle in kilder.KAN_AAPNE_UNNTAK), "")


def _grunnlag(konto: Konto, rett: Rett, sak: Sak | None, naa: datetime) -> Grunnlag:
    i_dag = lokal_dato(naa)
    roller = sorted(str(rolle) for rolle in rett.roller)
    kommune = Kommune.hent().navn
    if sak is not None:
        for _nr, pk, rolle, enhet in I_SAKEN.rader(konto_id=konto.pk, sak_id=sak.pk, roller=roller, i_dag=i_dag):
            if rolle in roller:
                if rolle == Rolle.UNNTAK:
                    return Grunnlag("unntakstilgang", pk, rolle, _arbeidssted(konto, i_dag), kommune)
                return Grunnlag("deltakelse", pk, rolle, enhet or "", kommune)
    arbeid = [ett for ett in kilder.stilling(konto, i_dag).arbeid if ett.rolle in roller]
    if arbeid:
        ett = min(arbeid, key=lambda ett: ett.id.int)
        return Grunnlag("ansettelse", ett.id, ett.rolle, ett.enhet, kommune)
    return Grunnlag("", None, "", "", kommune)


def noter_lesing(konto: Konto, rett: Rett, rad: models.Model, *, naa: datetime, handling: str = LES) -> None:
    """One row for one display of one person's data, before anything leaves (N6)."""
    sak = sak_til(rad)
    egen = rad if isinstance(rad, Person) else getattr(rad, "person", None)
    person = sak.person if sak else egen
    _skriv(konto, rett, naa=naa, handling=handling, sak=sak, person=person, type_=type(rad).__name__, id_=rad.pk)


def noter_liste(
    konto: Konto, rett: Rett, *, naa: datetime, liste: str, antall: int, handling: str = LISTE, formaal: str = ""
) -> None:
    """One row for a list or search, not one per hit (N4)."""
    _skriv(konto, rett, naa=naa, handling=handling, type_=liste, antall=antall, formaal=formaal)


@dataclass(frozen=True)
class Eksport:
    """What was logged: how many cases, and the cases themselves, found in the log; the file is made of these."""

    antall: int
    saker: QuerySet[Sak]


def noter_eksport(
    konto: Konto, rett: Rett, saker: QuerySet[Sak], *, naa: datetime, liste: str, formaal: str
) -> Eksport:
    """One row for the file, and one in each person's own log, for the file leaves the house (N4, N7, L24).

    Rows are written as they are read, so that a large register takes no memory.
    """
    grunnlag = _grunnlag(konto, rett, None, naa)
    felt: dict[str, Any] = {"naa": naa, "handling": EKSPORT, "formaal": formaal}
    rader = (
        _rad(konto, rett, grunnlag, type_=Sak.__name__, id_=sak.pk, sak=sak, person=sak.person, **felt)
        for sak in saker.select_related("person")
        .only("pk", "vernenivaa", "person__vernenivaa")
        .order_by("pk")
        .iterator(chunk_size=BUNKE)
    )
    antall = 0
    with _maa_skrives():
        while bunke := list(islice(rader, BUNKE)):
            Innsyn.objects.bulk_create(bunke)
            antall += len(bunke)
        _rad(konto, rett, grunnlag, type_=liste, antall=antall, **felt).save(force_insert=True)
    logget = Innsyn.objects.filter(konto=konto, tid=naa, handling=EKSPORT, sak__isnull=False)
    return Eksport(antall, Sak.objects.filter(pk__in=logget.values("sak")))


def _skriv(konto: Konto, rett: Rett, *, naa: datetime, sak: Sak | None = None, **felt: Any) -> None:
    rad = _rad(konto, rett, _grunnlag(konto, rett, sak, naa), naa=naa, sak=sak, **felt)
    with _maa_skrives():
        sett_inn(rad)


def _rad(
    konto: Konto,
    rett: Rett,
    grunnlag: Grunnlag,
    *,
    naa: datetime,
    handling: str,
    type_: str,
    id_: UUID | None = None,
    sak: Sak | None = None,
    person: Person | None = None,
    antall: int = 1,
    formaal: str = "",
) -> Innsyn:
    forespoersel = gjeldende()
    return Innsyn(
        tid=naa,
        konto=konto,
        konto_navn=konto.navn,
        rolle=grunnlag.rolle,
        enhet=grunnlag.enhet,
        arbeidsgiver=grunnlag.arbeidsgiver,
        person_id=person.pk if person else None,
        sak=sak,
        objekt_type=type_,
        objekt_id=id_,
        kategori=str(rett.omraade or rett.omfang),
        handling=UNNTAK if handling == LES and grunnlag.rolle == Rolle.UNNTAK else handling,
        grunnlag_type=grunnlag.type,
        grunnlag_id=grunnlag.id,
        formaal=formaal or rett.tekst,
        formaal_kode=_formaal_kode(grunnlag.rolle, handling),
        rett=rett.name,
        innlogging=forespoersel.innlogging,
        forespoersel_id=forespoersel.id,
        er_beskyttet=_er_beskyttet(sak, person),
        antall=antall,
    )


def _formaal_kode(rolle: str, handling: str) -> str:
    """A file of many is for reporting, whoever takes it out; all else follows from what one is."""
    kode = Innsyn.Formaal.STATISTIKK if handling == EKSPORT else FORMAAL.get(Rolle(rolle)) if rolle else None
    return str(kode or Innsyn.Formaal.ANNET)


def _er_beskyttet(sak: Sak | None, person: Person | None) -> bool:
    """By the person's own level, or by that of anybody who takes part in the case (N11)."""
    return bool(person and person.er_skjermet) or bool(sak and sak.vernenivaa != Nivaa.INGEN)
