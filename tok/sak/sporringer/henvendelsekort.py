"""What the case page shows of the request it came from."""

from __future__ import annotations

from tok.sak.models import Enhet, Henvendelse, Sak


def henvendelsekort(sak: Sak) -> dict[str, object] | None:
    """The request that became the case, and the services it names; one query. None for a case without one."""
    rad = Henvendelse.objects.filter(sak=sak).select_related("foreslaatt_koordinator").order_by("mottatt_dato").first()
    if rad is None:
        return None
    return {"henvendelse": rad, "tjenester": [str(Enhet.Sektor(kode).label) for kode in rad.tjenester]}
