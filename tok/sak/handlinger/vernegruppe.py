"""What follows when a case becomes protected: who keeps access, and what must be called back (N11, L20).

These run inside a handling; what they write stands or falls with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto, Varsel
from tok.sak import bidrag, frister
from tok.sak.models import Deltakelse, Nivaa, Person, Sak, Vernetilgang, Vernoppgave
from tok.sak.protokoll import sett_frist
from tok.sak.tilgang.innsyn import sak_til
from tok.sak.tilgang.vernegruppe import forvalgte
from tok.sak.varseltilgang import rad_til


def hold(*kontoer: UUID) -> None:
    """Hold the accounts to the end of the transaction: one that comes into a case, or becomes protected.

    So neither overlooks the other, and no case is left open with a protected account in it (N11).
    """
    list(Konto.objects.select_for_update(no_key=True).filter(pk__in=kontoer).order_by("pk"))


def slipp_inn(person: Person, kontoer: Iterable[Konto], *, av: Konto, naa: datetime) -> None:
    """Name the accounts among those who may see the person; who is there already stays as before."""
    inne = set(Vernetilgang.objects.virksomme().filter(person=person).values_list("konto", flat=True))
    for konto in {konto.pk: konto for konto in kontoer if konto.pk not in inne}.values():
        Vernetilgang.objects.create(person=person, konto=konto, gitt_av=av, gitt_tid=naa)


def sett_gruppe(person: Person, kontoer: Iterable[Konto], *, av: Konto, naa: datetime) -> None:
    """Let these accounts in and no others; an empty group is that of a person nobody protects any more."""
    skal_inn = {konto.pk: konto for konto in kontoer}
    for tilgang in Vernetilgang.objects.virksomme().filter(person=person).exclude(konto__in=skal_inn):
        tilgang.opphevet_av, tilgang.opphevet_tid = av, naa
        tilgang.save()
    slipp_inn(person, skal_inn.values(), av=av, naa=naa)


def etter_ny_deltaker(deltakelse: Deltakelse, foer: int, *, av: Konto, naa: datetime) -> None:
    """A protected participant came to an old group: the case closes round it. `foer` is its level before."""
    lukk_de_hevede({deltakelse.sak_id: foer}, av=av, naa=naa)


def lukk_de_hevede(foer: Mapping[UUID, int], *, av: Konto, naa: datetime) -> None:
    """Name a group for each case that has become protected, and list what is out; `foer` is the levels before.

    A case that is only shielded has no group to name (L28).
    """
    hevet = Sak.objects.filter(pk__in=foer, vernenivaa__gte=Nivaa.FORTROLIG).select_related("person")
    for sak in hevet:
        if sak.vernenivaa > foer[sak.pk]:
            valgt = forvalgte(sak.person, lokal_dato(naa), foer=foer[sak.pk], ogsaa=[av])
            slipp_inn(sak.person, valgt, av=av, naa=naa)
            kall_tilbake(sak, naa=naa)


def kall_tilbake(sak: Sak, *, naa: datetime) -> None:
    """List what has left the house about a case whose level has risen, once for each thing (N11).

    What lies with somebody of the access group stays there, but for a place in a calendar.
    """
    _uten_kalender_i_koeen(sak)
    inne = set(Vernetilgang.objects.virksomme().filter(person=sak.person_id).values_list("konto", flat=True))
    ute = [ting for finn in bidrag.utsendt for ting in finn(sak) if ting.uansett or ting.konto_id not in inne]
    Vernoppgave.objects.bulk_create(
        (
            Vernoppgave(
                sak=sak,
                slag=Vernoppgave.Slag.TILBAKEKALLE,
                hva=ting.hva,
                mottaker=ting.mottaker,
                objekt_type=ting.objekt_type,
                objekt_id=ting.objekt_id,
                sendt_tid=ting.sendt_tid,
                laget_tid=naa,
            )
            for ting in ute
        ),
        ignore_conflicts=True,
    )
    if Vernoppgave.objects.filter(sak=sak, gjort_tid__isnull=True).exists():
        regel = frister.VERNOPPGAVER
        sett_frist(sak=sak, regel=regel, objekt_id=sak.pk, utgangspunkt=lokal_dato(naa), naa=naa)


def _uten_kalender_i_koeen(sak: Sak) -> None:
    """Messages that are not sent yet go without the calendar file they were given while the place could be told."""
    usendt = (Varsel.Tilstand.KLAR, Varsel.Tilstand.SENDES, Varsel.Tilstand.I_TVIL, Varsel.Tilstand.OPPGITT)
    med_kalender = Varsel.objects.exclude(kalender="").filter(tilstand__in=usendt, gjelder_id__isnull=False)
    for varsel in med_kalender:
        rad = rad_til(varsel)
        if rad is not None and sak_til(rad) == sak:
            varsel.kalender = ""
            varsel.save(update_fields=["kalender"])
