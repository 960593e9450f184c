"""What any handling may note in the case: a deadline set or closed, a document filed, words for the diary."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tok.kjerne.fristregning import Fristregel, forfall, neste_paaminnelse
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Dokument, Fristverdi, Konto, UuidTabell
from tok.sak import diktafon
from tok.sak.models import Frist, Sak, Saksdokument, Vernoppgave


def noter(*, sak: Sak | None = None, **data: Any) -> None:
    """Words for the sentence of the running handling, and its case where the object does not tell it."""
    notat = diktafon.gjeldende()
    if notat is None:
        raise RuntimeError("noter belongs inside a handling")
    notat.data.update(data)
    notat.sak = sak or notat.sak


def lengde_for(regel: Fristregel, dato: date) -> int | None:
    """The municipality's own length on the date, or None for the rule's own; law has no other (C9)."""
    if regel.lovfestet:
        return None
    verdi = (
        Fristverdi.objects.filter(regel=regel.kode, gjelder_fra__lte=dato)
        .exclude(gjelder_til__lte=dato)
        .values_list("lengde", flat=True)
        .first()
    )
    return verdi


def sett_frist(
    *, sak: Sak, regel: Fristregel, objekt_id: UUID, utgangspunkt: date, naa: datetime, konto: Konto | None = None
) -> Frist:
    """Open a deadline, or move the open one of the same rule and object to a new base date."""
    i_dag = lokal_dato(naa)
    dato = forfall(regel, utgangspunkt, lengde_for(regel, i_dag))
    frist = Frist.objects.select_for_update().filter(regel=regel.kode, objekt_id=objekt_id).aapne().first()
    frist = frist or Frist(sak=sak, regel=regel.kode, objekt_id=objekt_id, mottaker=regel.mottaker)
    frist.utgangspunkt = utgangspunkt
    frist.forfall = dato
    frist.mottaker_konto = konto
    frist.neste_paaminnelse = neste_paaminnelse(regel, dato, i_dag)
    frist.save()
    return frist


def lukk_frist(*, regel: Fristregel, objekt_id: UUID, hvordan: str, naa: datetime) -> Frist | None:
    """Close the open deadline of the rule and object, and record whether it was late; None when none is open."""
    frist = Frist.objects.select_for_update().filter(regel=regel.kode, objekt_id=objekt_id).aapne().first()
    if frist is None:
        return None
    frist.lukket_tid = naa
    frist.lukket_hvordan = hvordan
    frist.ble_for_sen = lokal_dato(naa) > frist.forfall
    frist.neste_paaminnelse = None
    frist.save()
    return frist


def arkiver_i_saken(*, sak: Sak, dokument: Dokument, type_: str, naa: datetime) -> Saksdokument:
    """File a frozen document in the case."""
    return Saksdokument.objects.create(
        sak=sak, dokument=dokument, type=type_, tittel=dokument.tittel, dato=lokal_dato(naa)
    )


def maa_leveres(*, sak: Sak, hva: str, mottaker: str, objekt: UuidTabell, naa: datetime) -> Vernoppgave:
    """What no post may carry: somebody of the office delivers it by hand (N11). The same object twice is one task."""
    oppgave, _ny = Vernoppgave.objects.get_or_create(
        slag=Vernoppgave.Slag.LEVERE,
        objekt_id=objekt.pk,
        defaults={
            "sak": sak,
            "hva": hva,
            "mottaker": mottaker,
            "objekt_type": type(objekt).__name__,
            "laget_tid": naa,
        },
    )
    return oppgave
