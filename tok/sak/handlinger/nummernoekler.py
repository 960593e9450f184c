"""Move every identity number to the keys of today, a few at a time, while people work (N24, ASVS 11.3)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from tok.kjerne.historikk import som_system
from tok.kjerne.kryptering import Noekkel, blindindeks, maa_krypteres_paa_nytt, ny_blindindeks
from tok.sak.models import Person

FELT = ("nummer_kryptert", "nummer_indeks", "nummer_indeks_ny")
BUNKE = 200


def bytt_nummernoekler() -> Iterator[int]:
    """Give how many of each batch were written anew; a batch is one transaction, and holds its rows alone.

    A number is read by whichever key wrote it, so people find and change persons all the while. Run again, it does
    nothing more.

    Raises:
        KanIkkeLeses: a number was written with a key that is not in the ring; that batch is left as it was.
    """
    siste = UUID(int=0)
    while True:
        with som_system("identity numbers moved to the keys of today"):
            med_nummer = Person.objects.filter(nummer_kryptert__isnull=False, pk__gt=siste)
            bunke = list(med_nummer.select_for_update().order_by("pk")[:BUNKE])
            if not bunke:
                return
            endret = [person for person in bunke if _skriv_om(person)]
            for person in endret:
                person.save(update_fields=FELT)
        siste = bunke[-1].pk
        yield len(endret)


def _skriv_om(person: Person) -> bool:
    """Whether the row was not as the settings ask; then it is made so."""
    nummer = person.les_nummer()
    oensket = tuple(indeks for indeks in (blindindeks(nummer), ny_blindindeks(nummer)) if indeks is not None)
    kryptert = person.nummer_kryptert or b""
    if person.indekser == oensket and not maa_krypteres_paa_nytt(kryptert, noekkel=Noekkel.FNR):
        return False
    person.sett_nummer(nummer)
    return True
