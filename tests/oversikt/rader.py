"""Rows the roof's tests share: deadlines, groups, meetings and minutes, made as SYSTEM."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from ansvarsgruppe import frister
from ansvarsgruppe.models import Ansvarsgruppe, Moete, Referat
from tests.fabrikker import NAA, KontoFabrikk
from tok.kjerne.fristregning import Fristregel
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Dokument, Konto
from tok.oversikt.sporringer.kontor import Plass
from tok.sak.models import Enhet, Frist, Sak

REGLER = {regel.kode: regel for regel in frister.REGLER}


def frist(
    sak: Sak, forfall: date, regel: Fristregel = frister.REFERAT, konto: Konto | None = None, **felt: Any
) -> Frist:
    """An open deadline on the date."""
    felt = {"objekt_id": uuid4(), "utgangspunkt": forfall - timedelta(days=14), "mottaker": regel.mottaker} | felt
    with som_system("test data"):
        return Frist.objects.create(sak=sak, regel=regel.kode, forfall=forfall, mottaker_konto=konto, **felt)


def gruppe(sak: Sak, opprettet: date = date(2026, 8, 20)) -> Ansvarsgruppe:
    with som_system("test data"):
        return Ansvarsgruppe.objects.create(sak=sak, formaal="Prøve", opprettet_dato=opprettet)


def moete(gruppe: Ansvarsgruppe, start: datetime, **felt: Any) -> Moete:
    """A meeting that was called for and held."""
    felt = {
        "tilstand": Moete.Tilstand.HOLDT,
        "saksliste_sendt_tid": start - timedelta(days=8),
        "saksliste_for_sent": False,
        "sted": "Rådhuset",
    } | felt
    with som_system("test data"):
        return Moete.objects.create(gruppe=gruppe, start_tid=start, slutt_tid=start + timedelta(hours=1), **felt)


def referat(moete: Moete, ferdig: datetime) -> Referat:
    """Finished minutes."""
    konto = KontoFabrikk()
    with som_system("test data"):
        dokument = Dokument.objects.create(
            noekkel=f"referat:{moete.pk}",
            mal="referat",
            tittel="Referat",
            innhold={},
            bestilt_tid=ferdig,
            neste_forsoek_tid=ferdig,
        )
        return Referat.objects.create(
            moete=moete, referent=konto, tilstand="ferdig", ferdig_tid=ferdig, ferdig_av=konto, dokument=dokument
        )


def lukk(frist: Frist, tid: datetime) -> None:
    with som_system("test data"):
        frist.lukket_tid, frist.lukket_hvordan = tid, "gjort"
        frist.ble_for_sen = tid.date() > frist.forfall
        frist.save()


def flytt(rad: Any, **felt: Any) -> None:
    """Change a row as SYSTEM."""
    with som_system("test data"):
        type(rad).objects.filter(pk=rad.pk).update(**felt)


def kl(dag: date, time: int = 12) -> datetime:
    return datetime(dag.year, dag.month, dag.day, time, tzinfo=OSLO)


def i_dag() -> date:
    return NAA.date()


def kontor(navn: str = "Koordinerende enhet") -> Enhet:
    with som_system("test data"):
        return Enhet.objects.create(navn=navn, sektor="helse", er_kontor=True)


def sted(*kontorer: Any) -> Plass:
    """Where an account of the offices stands that is named in nobody's protection."""
    return Plass(konto=KontoFabrikk().pk, kontorer=kontorer, ledede_saker=(), er_leder=False)
