"""An office with a leader, and accounts that are in a case by exception."""

from __future__ import annotations

from datetime import date, timedelta

from tests.fabrikker import I_DAG, NAA, EnhetFabrikk, KontoFabrikk, ansatt
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.models import Sak, Unntakstilgang

GRUNN = "Koordinatoren er syk, og møtet er i morgen."


def unntak_i(
    sak: Sak, konto: Konto, *, fra: date = I_DAG, dager: int = 7, grunn: str = GRUNN, leder: Konto | None = None
) -> Unntakstilgang:
    """A row as the handling makes it."""
    with som_system("test data"):
        return Unntakstilgang.objects.create(
            konto=konto,
            konto_navn=konto.navn,
            sak=sak,
            grunn=grunn,
            leder=leder or KontoFabrikk(),
            aapnet_tid=NAA,
            fra_dato=fra,
            til_dato=fra + timedelta(days=dager),
        )


def aapen_for(sak: Sak) -> Konto:
    """One who works elsewhere and is in the case by exception only."""
    konto = ansatt("systemansvarlig")
    unntak_i(sak, konto)
    return konto


def kontor_med_leder() -> tuple[Konto, Konto]:
    """One who may open exceptions, and the leader who hears of it."""
    kontor = EnhetFabrikk(er_kontor=True)
    return ansatt("tok", kontor), ansatt("leder", kontor)
