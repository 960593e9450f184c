"""The case header: four facts in fixed places on every tab, and the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tok.kjerne.forberedt import Forberedt
from tok.kjerne.fristregning import alder
from tok.kjerne.lenker import lenke
from tok.kjerne.models import Konto
from tok.sak.bidrag import Fane, Fristtekst, faner, fristregler
from tok.sak.models import Deltakelse, Frist, Sak, Samtykke, Unntakstilgang
from tok.sak.tilgang import Rett, Rolle
from tok.sak.tilgang.doer import EIER
from tok.sak.tilgang.kilder import roller_i_sak, unntakene
from tok.sak.tilgang.skjulte import uten_rader_om_skjulte


@dataclass(frozen=True)
class Fanelenke:
    """One tab as drawn."""

    navn: str
    url: str
    url_navn: str


@dataclass(frozen=True)
class Sakshode:
    """What the header shows."""

    alder: int
    koordinator: Deltakelse | None
    vara: Deltakelse | None
    kommende: Deltakelse | None  # is appointed, and begins later
    frist: Frist | None
    fristtekst: Fristtekst | None
    fristnavn: str
    samtykke: Samtykke | None
    muntlig: bool
    omfatter_tok: bool
    unntak: Unntakstilgang | None  # by which the account is in the case
    kan: frozenset[str]
    er_familie: bool  # the person or a representative, who has no work in the case
    faner: list[Fanelenke]


def fristtekst(frist: Frist) -> Fristtekst:
    """The deadline in words, by its floor."""
    return fristregler[frist.regel].tekst(frist.utgangspunkt, frist.objekt_id, frist.sak_id)


def _lenke(fane: Fane, sak: Sak) -> Fanelenke:
    return Fanelenke(str(fane.navn), lenke(fane.url_navn, sak.pk), fane.url_navn)


def _ledere(sak_id: UUID, i_dag: date) -> QuerySet[Deltakelse]:
    ledere = Deltakelse.objects.ikke_slutt(i_dag).filter(sak=sak_id, rolle__in=["koordinator", "vara"])
    return ledere.select_related("konto", "enhet").order_by("fra_dato")


LEDERE = Forberedt(_ledere)


def _neste_frist(sak_id: UUID, konto_id: UUID, i_dag: date) -> QuerySet[Frist]:
    aapne = Frist.objects.aapne().filter(sak=sak_id)
    return uten_rader_om_skjulte(Konto(pk=konto_id), aapne, i_dag).order_by("forfall", "pk")[:1]


FRIST = Forberedt(_neste_frist)
SAMTYKKER = Forberedt(
    lambda sak_id, i_dag: Samtykke.objects.gyldige(i_dag).filter(sak=sak_id).order_by("-maate", "-gyldig_tom")
)


def _unntak(sak: Sak, konto: Konto, i_dag: date) -> Unntakstilgang | None:
    return unntakene(konto, i_dag).filter(sak=sak).order_by("-til_dato").first()


def hent_hode(sak: Sak, konto: Konto, i_dag: date) -> Sakshode:
    """Read the header's facts with a fixed number of queries."""
    ledere = LEDERE.objekter(sak_id=sak.pk, i_dag=i_dag)
    naa = [d for d in ledere if d.fra_dato <= i_dag]
    frist = next(iter(FRIST.objekter(sak_id=sak.pk, konto_id=konto.pk, i_dag=i_dag)), None)
    samtykker = SAMTYKKER.objekter(sak_id=sak.pk, i_dag=i_dag)
    skriftlig = next((s for s in samtykker if s.maate != Samtykke.Maate.MUNTLIG), None)
    roller = roller_i_sak(konto, sak, i_dag)
    return Sakshode(
        alder=alder(sak.person.foedselsdato, i_dag),
        koordinator=next((d for d in naa if d.rolle == Deltakelse.Rolle.KOORDINATOR), None),
        vara=next((d for d in naa if d.rolle == Deltakelse.Rolle.VARA), None),
        kommende=next((d for d in ledere if d not in naa and d.rolle == Deltakelse.Rolle.KOORDINATOR), None),
        frist=frist,
        fristtekst=fristtekst(frist) if frist else None,
        fristnavn=fristregler[frist.regel].regel.navn if frist else "",
        samtykke=skriftlig,
        muntlig=skriftlig is None and bool(samtykker),
        omfatter_tok=any(Samtykke.Formaal.TOK in s.formaal for s in samtykker),
        unntak=_unntak(sak, konto, i_dag) if Rolle.UNNTAK in roller else None,
        er_familie=bool(roller) and roller <= EIER,
        kan=frozenset(rett.name for rett in Rett if rett.roller & roller),
        faner=[_lenke(fane, sak) for fane in sorted(faner, key=lambda f: f.rekkefoelge) if fane.rett.roller & roller],
    )
