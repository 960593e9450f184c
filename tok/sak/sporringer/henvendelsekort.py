"""What the case page shows of the request it came from."""

from __future__ import annotations

from tok.kjerne.forberedt import Forberedt
from tok.sak.models import Enhet, Henvendelse, Sak

FOERSTE = Forberedt(
    lambda sak_id: (
        Henvendelse.objects.filter(sak=sak_id).select_related("foreslaatt_koordinator").order_by("mottatt_dato")[:1]
    )
)


def henvendelsekort(sak: Sak) -> dict[str, object] | None:
    """The request that became the case, and the services it names; one query. None for a case without one."""
    rad = next(iter(FOERSTE.objekter(sak_id=sak.pk)), None)
    if rad is None:
        return None
    return {"henvendelse": rad, "tjenester": [str(Enhet.Sektor(kode).label) for kode in rad.tjenester]}
