"""What the reading log tells of copies in other people's hands: letters and forms that were downloaded (N3, N11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tok.kjerne.datotekst import dato
from tok.sak.bidrag import Utsendt
from tok.sak.models import Deltakelse, Innsyn, Sak, Saksdokument, Samtykke

# Minutes and invitations are told of by the floor that sent them.
TYPER = (Saksdokument.Type.OPPNEVNING, Saksdokument.Type.SAMTYKKESKJEMA)


def nedlastet(sak: Sak) -> Iterator[Utsendt]:
    """The last copy each account but the person's has taken of each letter and form; paper leaves no such trace."""
    titler = _titler(sak)
    rader = Innsyn.objects.filter(sak=sak, handling=Innsyn.Handling.LAST_NED, objekt_id__in=titler)
    siste: dict[Any, Innsyn] = {}
    for rad in rader.exclude(rolle=Deltakelse.Rolle.PERSON).order_by("tid", "pk"):
        siste[rad.objekt_id, rad.konto_id] = rad
    for rad in siste.values():
        if rad.objekt_id is not None:
            yield Utsendt(
                hva=titler[rad.objekt_id],
                mottaker=rad.konto_navn,
                konto_id=rad.konto_id,
                objekt_type=Innsyn.__name__,
                objekt_id=rad.forespoersel_id,
                sendt_tid=rad.tid,
            )


def _titler(sak: Sak) -> dict[UUID, str]:
    """What each of them is called in the list of what is out."""
    titler = {
        rad.pk: _("Nedlastet %(type)s fra %(dato)s") % {"type": rad.get_type_display(), "dato": dato(rad.dato)}
        for rad in Saksdokument.objects.filter(sak=sak, type__in=TYPER).only("type", "dato")
    }
    skannet = Samtykke.objects.filter(sak=sak, fil__isnull=False).values_list("pk", flat=True)
    return titler | dict.fromkeys(skannet, _("Nedlastet kopi av underskrevet samtykke"))
