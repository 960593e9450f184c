"""Min dag: what waits, by when, and for whom — sets, not rows (sider.md no. 1, ytelse.md goal 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from koordinator.models import Forespoersel
from tok.kjerne.models import Konto
from tok.oversikt.sporringer.kontor import Plass, koordinator_i
from tok.sak.bidrag import fristregler
from tok.sak.models import Frist
from tok.sak.models.folk import kallenavn
from tok.sak.tilgang import Rett

HOEYST = 26  # one more than is shown: row 26 says that there are more
VISES = HOEYST - 1
VENTER_DAGER = 7
EGEN, VENTER, LEDER = "egen", "venter", "leder"
KONTORETS = Q(mottaker=Frist.Mottaker.TOK)


@dataclass(frozen=True)
class MinDagRad:
    """One piece of work in the row grammar of `deler/_rad.html`."""

    frist: date | None
    setning: str
    hvem: str
    url: str
    handling: str
    saksnummer: str = ""
    sak_url: str = ""
    kontakt: str = ""
    telefon: str = ""
    siden: date | None = None  # for work without a date: since when it has waited
    lovfrist: bool = False
    sak_id: UUID | None = None


@dataclass
class Bunke:
    """A group of rows, cut to what a person can read."""

    navn: str
    anker: str
    rader: list[MinDagRad] = field(default_factory=list)
    har_flere: bool = False

    def ta(self, rad: MinDagRad) -> None:
        if self.er_full:
            self.har_flere = True
        else:
            self.rader.append(rad)

    @property
    def er_full(self) -> bool:
        return len(self.rader) >= VISES

    @property
    def antall(self) -> str:
        return f"{len(self.rader)}+" if self.har_flere else str(len(self.rader))


def _del(qs: QuerySet[Frist], merke: str, hoeyst: int = HOEYST) -> QuerySet[Any]:
    merket = qs.annotate(merke=Value(merke, output_field=CharField()))
    return merket.order_by("forfall", "id").values_list("id", "merke")[:hoeyst]


def _paa_kontoret(kontorer: Iterable[UUID], i_dag: date, uke_slutt: date) -> Iterator[QuerySet[Any]]:
    """The office's own, and what it waits for; what others let pass their deadline comes back to the office."""
    frister = Frist.objects.aapne().filter(sak__kontor__in=list(kontorer))
    kommer_tilbake = [kode for kode, bidrag in fristregler.items() if bidrag.regel.til_kontoret_naar_over]
    yield _del(frister.filter(KONTORETS | Q(regel__in=kommer_tilbake), forfall__lt=i_dag), EGEN)
    if any(bidrag.regel.mottaker == Frist.Mottaker.TOK for bidrag in fristregler.values()):
        yield _del(frister.filter(KONTORETS, forfall__range=(i_dag, uke_slutt)), EGEN, 2 * HOEYST)
        yield _del(frister.filter(KONTORETS, forfall__gt=uke_slutt), EGEN)
    snart = (i_dag, i_dag + timedelta(days=VENTER_DAGER))
    yield _del(frister.filter(~KONTORETS, forfall__range=snart), VENTER, 2 * HOEYST)


def _deler(konto: Konto, plass: Plass, i_dag: date, uke_slutt: date) -> Iterator[QuerySet[Any]]:
    if plass.kontorer:
        yield from _paa_kontoret(plass.kontorer, i_dag, uke_slutt)
    mine = Frist.objects.aapne().filter(mottaker=Frist.Mottaker.KOORDINATOR, sak__in=plass.ledede_saker)
    yield _del(mine, EGEN, 4 * HOEYST)
    if plass.er_leder:
        egne = Rett.SVARE_SOM_LEDER.synlige(konto, Forespoersel.objects.venter(), i_dag=i_dag).values("pk")
        lederfrister = Frist.objects.aapne().filter(mottaker=Frist.Mottaker.LEDER, mottaker_konto=konto)
        yield _del(lederfrister.filter(objekt_id__in=egne), LEDER)


def _plukk(konto: Konto, plass: Plass, i_dag: date, uke_slutt: date) -> dict[UUID, str]:
    """The keys of the deadlines to show; one's own wins over what one only waits for."""
    deler = list(_deler(konto, plass, i_dag, uke_slutt))
    alle = deler[0].union(*deler[1:], all=True) if len(deler) > 1 else deler[0]
    merker: dict[UUID, str] = {}
    for noekkel, merke in alle:
        if merker.get(noekkel) != LEDER and not (noekkel in merker and merke == VENTER):
            merker[noekkel] = merke
    return merker


KOLONNER = (
    "id",
    "regel",
    "utgangspunkt",
    "forfall",
    "objekt_id",
    "mottaker",
    "sak_id",
    "sak__nummer",
    "sak__person__fornavn",
    "sak__person__etternavn",
    "mottaker_konto__navn",
    "mottaker_konto__telefon",
    "koordinator__konto_id",
    "koordinator__konto__navn",
    "koordinator__konto__telefon",
)


def _kontakt(rad: dict[str, Any], konto: Konto) -> tuple[str, str]:
    """Whom to ring about it: the one who should have done it, never oneself."""
    if rad["mottaker"] == Frist.Mottaker.LEDER:
        return _("leder %(navn)s") % {"navn": rad["mottaker_konto__navn"]}, rad["mottaker_konto__telefon"]
    if rad["koordinator__konto_id"] in (None, konto.pk):
        return "", ""
    return _("koordinator %(navn)s") % {"navn": rad["koordinator__konto__navn"]}, rad["koordinator__konto__telefon"]


def _rad(rad: dict[str, Any], konto: Konto) -> MinDagRad:
    bidrag = fristregler[rad["regel"]]
    tekst = bidrag.tekst(rad["utgangspunkt"], rad["objekt_id"], rad["sak_id"])
    kontakt, telefon = _kontakt(rad, konto)
    return MinDagRad(
        frist=rad["forfall"],
        setning=tekst.setning,
        hvem=kallenavn(rad["sak__person__fornavn"], rad["sak__person__etternavn"]),
        url=tekst.url,
        handling=tekst.knapp,
        saksnummer=rad["sak__nummer"],
        sak_url=reverse("oversikt:sak", args=[rad["sak_id"]]),
        kontakt=kontakt,
        telefon=telefon,
        lovfrist=bidrag.regel.lovfestet,
        sak_id=rad["sak_id"],
    )


def _lederrad(rad: dict[str, Any], foreslaatt: str) -> MinDagRad:
    """A leader sees the employee and the date, and nothing of the person (R110)."""
    bidrag = fristregler[rad["regel"]]
    egen_side, grunnlag = bidrag.mottakers_url, (rad["utgangspunkt"], rad["objekt_id"], rad["sak_id"])
    return MinDagRad(
        frist=rad["forfall"],
        setning=_("Du er spurt om en av dine ansatte kan være koordinator."),
        hvem=foreslaatt,
        url=egen_side(rad["objekt_id"]) if egen_side else bidrag.tekst(*grunnlag).url,
        handling=_("Svar"),
    )


def frister(konto: Konto, plass: Plass, i_dag: date) -> list[Bunke]:
    """The open deadlines of the account in groups by date, at most 25 in each; two queries, three for a leader."""
    uke_slutt = i_dag + timedelta(days=6 - i_dag.weekday())
    merker = _plukk(konto, plass, i_dag, uke_slutt)
    over, idag, uka, senere, venter = (
        Bunke(_("Over fristen"), "over"),
        Bunke(_("I dag"), "i-dag"),
        Bunke(_("Denne uka"), "uka"),
        Bunke(_("Senere"), "senere"),
        Bunke(_("Venter på andre"), "venter"),
    )
    rader = (
        Frist.objects.filter(pk__in=merker)
        .annotate(koordinator=koordinator_i("sak__", i_dag))
        .order_by("forfall", "id")
        .values(*KOLONNER)
    )
    funnet = list(rader)
    spurt = [rad["objekt_id"] for rad in funnet if merker[rad["id"]] == LEDER]
    navn = dict(Forespoersel.objects.filter(pk__in=spurt).values_list("id", "foreslaatt__navn")) if spurt else {}
    for rad in funnet:
        merke, forfall = merker[rad["id"]], rad["forfall"]
        if rad["mottaker"] == Frist.Mottaker.KOORDINATOR and rad["koordinator__konto_id"] is None:
            merke = EGEN  # a case without a coordinator is the office's own
        if forfall < i_dag:
            bunke = over
        elif merke == VENTER:
            bunke = venter
        else:
            bunke = idag if forfall == i_dag else uka if forfall <= uke_slutt else senere
        if bunke.er_full:
            bunke.har_flere = True
        else:
            bunke.ta(_lederrad(rad, navn.get(rad["objekt_id"], "")) if merke == LEDER else _rad(rad, konto))
    return [over, idag, uka, senere, venter]
