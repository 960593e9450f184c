"""Between the rows of the minutes and their content in plain values (R80, R90–R99, L15)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from ansvarsgruppe.handlinger.fletting import ENKLE, TEKSTER, Felter
from ansvarsgruppe.models import Avtale, Innkalling, Moete, Oppmoete, Referat
from ansvarsgruppe.sporringer import siste_innkallinger
from tok.kjerne.fristregning import alder
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.sak.models import Deltakelse

MYNDIG = 18
REKKEFOELGE = ("person", "representant", "koordinator", "vara", "medkoordinator", "fast", "ved_behov", "stoetteperson")
ENKLE_KOLONNER = tuple(navn for navn in ENKLE if navn != "neste_tid")


def krever_medvirkning(moete: Moete) -> bool:
    """Whether the one the meeting is about was a child on its day: under 18, and born (R6, R7, L15)."""
    return 0 <= alder(moete.gruppe.sak.person.foedselsdato, lokal_dato(moete.start_tid)) < MYNDIG


def deltakere(referat: Referat) -> list[Deltakelse]:
    """Whom the minutes may tell of: those called, those already noted, and whoever takes part on the day (R94)."""
    moete = referat.moete
    noekler = Innkalling.objects.filter(moete=moete).values("deltakelse")
    notert = Oppmoete.objects.filter(referat=referat).values("deltakelse")
    i_avtaler = Avtale.objects.filter(referat=referat, ansvar__isnull=False).values("ansvar")
    den_dagen = Deltakelse.objects.gjeldende(lokal_dato(moete.start_tid)).filter(sak=moete.gruppe.sak_id)
    alle = Deltakelse.objects.med_navn().filter(
        Q(pk__in=noekler) | Q(pk__in=notert) | Q(pk__in=den_dagen.values("pk")) | Q(pk__in=i_avtaler),
        sak=moete.gruppe.sak_id,
    )
    return sorted(alle, key=lambda d: (REKKEFOELGE.index(d.rolle), d.navn))


def maa_krysses_av(moete: Moete) -> set[UUID]:
    """Whom the minutes must account for: those the newest sending called, and the coordinator of the day (R94)."""
    kalt = {rad.deltakelse_id for rad in siste_innkallinger(moete)}
    koordinatorer = Deltakelse.objects.filter(sak=moete.gruppe.sak_id).gjeldende(lokal_dato(moete.start_tid))
    return kalt | set(koordinatorer.koordinatorer().values_list("pk", flat=True))


def les(referat: Referat) -> Felter:
    """The content of the minutes as it stands in the rows."""
    tid = [referat.neste_start_tid, referat.neste_slutt_tid]
    return {
        **{navn: getattr(referat, navn) for navn in (*TEKSTER, *ENKLE_KOLONNER)},
        "neste_tid": [t.astimezone(OSLO).isoformat() for t in tid if t],
        "oppmoete": {str(rad.deltakelse_id): rad.status for rad in referat.oppmoeter.all()},
        "avtaler": [
            [rad.tiltak, str(rad.ansvar_id or ""), rad.frist_dato.isoformat() if rad.frist_dato else ""]
            for rad in referat.avtaler.all()
        ],
    }


def skriv(referat: Referat, felter: Felter) -> None:
    """Put the content into the rows of a locked draft and count the saving.

    Raises:
        ValueError: a participant of another case is named.
    """
    _bare_egne(referat, felter)
    for navn in (*TEKSTER, *ENKLE_KOLONNER):
        setattr(referat, navn, felter[navn])
    tid = [datetime.fromisoformat(t) for t in felter["neste_tid"]]
    referat.neste_start_tid, referat.neste_slutt_tid = tid or (None, None)
    referat.lagring += 1
    referat.save()
    _skriv_oppmoete(referat, felter["oppmoete"])
    _skriv_avtaler(referat, felter["avtaler"])


def _bare_egne(referat: Referat, felter: Felter) -> None:
    nevnt = {UUID(noekkel) for noekkel in felter["oppmoete"]}
    nevnt |= {UUID(ansvar) for _tiltak, ansvar, _frist in felter["avtaler"] if ansvar}
    egne = Deltakelse.objects.filter(pk__in=nevnt, sak=referat.moete.gruppe.sak_id).count()
    if egne != len(nevnt):
        raise ValueError("a participant of another case")


def _skriv_oppmoete(referat: Referat, oppmoete: dict[str, str]) -> None:
    finnes = {str(rad.deltakelse_id): rad for rad in referat.oppmoeter.all()}
    for noekkel, status in oppmoete.items():
        rad = finnes.pop(noekkel, None) or Oppmoete(referat=referat, deltakelse_id=UUID(noekkel))
        if rad.status != status:
            rad.status = status
            rad.save()
    for rad in finnes.values():
        rad.delete()


def _skriv_avtaler(referat: Referat, avtaler: list[list[str]]) -> None:
    finnes = {rad.nr: rad for rad in referat.avtaler.all()}
    for nr, (tiltak, ansvar, frist) in enumerate(avtaler, start=1):
        rad = finnes.pop(nr, None) or Avtale(referat=referat, nr=nr)
        nytt = (tiltak, UUID(ansvar) if ansvar else None, date.fromisoformat(frist) if frist else None)
        if (rad.tiltak, rad.ansvar_id, rad.frist_dato) != nytt:
            rad.tiltak, rad.ansvar_id, rad.frist_dato = nytt
            rad.save()
    for rad in finnes.values():
        rad.delete()
