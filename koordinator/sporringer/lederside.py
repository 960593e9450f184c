"""What a leader is shown, and no more: never the person's name, birth date or case number (R110, domene.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koordinator import frister
from koordinator.models import Forespoersel, Oppnevning, timer_i_maaneden
from koordinator.sporringer.belastning import Belastning, hent_belastning
from koordinator.sporringer.boks import Boks, bildebredde, bokser
from koordinator.sporringer.setninger import svar_med_ord
from tok.kjerne.models import Konto
from tok.sak.models import Frist
from tok.sak.tilgang import Rett


@dataclass(frozen=True)
class Grunnlag:
    """One request as its leader reads it. Plain words: no row of the case hangs on it."""

    id: UUID
    navn: str
    fornavn: str
    enhet: str
    sektor: str
    omfang: str
    anslag: str
    begrunnelse: str
    belastning: Belastning
    bokser: list[Boks]
    er_ny_koordinator: bool
    sendt_tid: datetime
    frist_dato: date | None
    spoerrer: str
    spoerrer_telefon: str
    tilstand: str
    svart_tid: datetime | None
    svar: str
    er_oppnevnt: bool
    godkjent_navn: str
    samtale_holdt: bool

    @property
    def bildebredde(self) -> int:
        return bildebredde(len(self.bokser))

    @property
    def saker_med_ny(self) -> int:
        return self.belastning.saker + 1

    @property
    def er_aapen(self) -> bool:
        return self.tilstand == Forespoersel.Tilstand.SENDT


@dataclass(frozen=True)
class Foresporselsrad:
    """One line of the leader's own list."""

    id: UUID
    navn: str
    sendt_tid: datetime
    frist_dato: date | None
    er_aapen: bool
    svar: str


def hent_grunnlag(forespoersel: Forespoersel, ser: Konto, i_dag: date) -> Grunnlag:
    """Gather what the leader decides by; needs the people loaded. `ser` is who reads it."""
    return grunnlag_for(forespoersel, ser, i_dag, frist_dato=_frister([forespoersel.pk]).get(forespoersel.pk))


def grunnlag_for(forespoersel: Forespoersel, ser: Konto, i_dag: date, *, frist_dato: date | None) -> Grunnlag:
    """The same from a request that need not be sent yet, so that TOK looks over just what the leader will see."""
    belastning = hent_belastning([forespoersel.foreslaatt_id], i_dag, ser)[forespoersel.foreslaatt_id]
    aapen = forespoersel.tilstand == Forespoersel.Tilstand.SENDT
    return Grunnlag(
        id=forespoersel.pk,
        navn=forespoersel.foreslaatt.navn,
        fornavn=forespoersel.foreslaatt.navn.split()[0],
        enhet=forespoersel.enhet.navn,
        sektor=forespoersel.enhet.get_sektor_display(),
        omfang=forespoersel.omfang,
        anslag=timer_i_maaneden(forespoersel.anslag_timer),
        begrunnelse=forespoersel.begrunnelse,
        belastning=belastning,
        bokser=bokser(belastning.saker, med_ny=aapen),
        er_ny_koordinator=not Oppnevning.objects.filter(deltakelse__konto=forespoersel.foreslaatt).exists(),
        sendt_tid=forespoersel.sendt_tid,
        frist_dato=frist_dato,
        spoerrer=forespoersel.sendt_av.navn,
        spoerrer_telefon=forespoersel.sendt_av.telefon,
        tilstand=forespoersel.tilstand,
        svart_tid=forespoersel.svart_tid,
        svar=svar_med_ord(forespoersel),
        er_oppnevnt=forespoersel.oppnevninger.exists(),
        godkjent_navn=forespoersel.godkjent_konto.navn if forespoersel.godkjent_konto else "",
        samtale_holdt=forespoersel.samtale_holdt,
    )


def foresporsler_til(leder: Konto, i_dag: date) -> list[Foresporselsrad]:
    """The leader's requests, those that wait first, then the latest; withdrawn ones are not shown. Two queries."""
    alle = Forespoersel.objects.exclude(tilstand=Forespoersel.Tilstand.TRUKKET).med_folk().order_by("-sendt_tid")
    rader = list(Rett.SVARE_SOM_LEDER.synlige(leder, alle, i_dag=i_dag)[:100])
    frister_ = _frister([rad.pk for rad in rader])
    linjer = [
        Foresporselsrad(
            id=rad.pk,
            navn=rad.foreslaatt.navn,
            sendt_tid=rad.sendt_tid,
            frist_dato=frister_.get(rad.pk),
            er_aapen=rad.tilstand == Forespoersel.Tilstand.SENDT,
            svar=svar_med_ord(rad),
        )
        for rad in rader
    ]
    return sorted(linjer, key=lambda linje: (not linje.er_aapen, (linje.er_aapen and linje.frist_dato) or date.max))


def _frister(ider: list[UUID]) -> dict[UUID, date]:
    """Due date by request, of the open deadlines."""
    rader = Frist.objects.aapne().filter(regel=frister.SVAR_FRA_LEDER.kode, objekt_id__in=ider)
    return dict(rader.values_list("objekt_id", "forfall"))
