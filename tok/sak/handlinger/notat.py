"""What the person, a guardian or the coordinator wants to have said, outside any meeting (R7, R80, L15)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak.handlinger.skjult import skriv_skjult
from tok.sak.models import Notat, Sak
from tok.sak.tilgang import Avslag, Rett, krever


class BareDenDetGjelder(Avslag):
    """A guardian hides nothing from the guardians (N20)."""

    felt = "skjul"


@krever(Rett.SKRIVE_NOTAT)
def skriv_notat(*, sak: Sak, tekst: str, skjul: bool, skjema_id: UUID, av: Konto, naa: datetime) -> Notat:
    """Keep what somebody wants to have said; the same form sent twice is one note (R7, R80).

    `skjul` keeps it from the guardians from the first moment: no line of it is ever theirs (N20).

    Raises:
        BareDenDetGjelder: somebody without that right asks to hide it.
        IkkeIDenAlderen: the rules of age do not let it be hidden.
    """
    sak = Sak.objects.select_for_update(of=("self",)).select_related("person").get(pk=sak.pk)
    finnes = Notat.objects.filter(skjema_id=skjema_id, sak=sak, skrevet_av=av).first()
    if finnes is not None:
        return finnes
    notat = Notat.objects.create(
        sak=sak, tekst=tekst, skrevet_av=av, skrevet_av_navn=av.navn, skrevet_tid=naa, skjema_id=skjema_id
    )
    if skjul:
        if not Rett.SKJULE_FOR_FORESATTE.krev(av, notat, i_dag=lokal_dato(naa)):
            raise BareDenDetGjelder
        skriv_skjult(sak, notat, av=av, naa=naa)
    return notat
