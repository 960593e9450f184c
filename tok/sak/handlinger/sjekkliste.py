"""Ticks on the case's checklist (C8)."""

from __future__ import annotations

from datetime import datetime

from tok.kjerne.models import Konto
from tok.sak.models import Avkryssing, Sak, Sjekkpunkt
from tok.sak.protokoll import noter
from tok.sak.tilgang import Rett, krever


@krever(Rett.KRYSSE_AV)
def kryss_av(*, sak: Sak, punkt: Sjekkpunkt, av: Konto, naa: datetime) -> Avkryssing:
    """Tick a point; ticking twice keeps the first."""
    kryss, _ny = Avkryssing.objects.get_or_create(sak=sak, punkt=punkt, defaults={"av": av, "tid": naa})
    noter(punkt=punkt.tekst)
    return kryss


@krever(Rett.KRYSSE_AV)
def fjern_kryss(*, sak: Sak, punkt: Sjekkpunkt, av: Konto, naa: datetime) -> Sak:
    """Take a tick away; history keeps who had set it."""
    Avkryssing.objects.filter(sak=sak, punkt=punkt).delete()
    noter(sak=sak, punkt=punkt.tekst)
    return sak
