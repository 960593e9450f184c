"""Who can be asked for: employees of today with their load, sorted as Norwegian is sorted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from koordinator.sporringer.belastning import Belastning, hent_belastning
from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Enhet

# æ, ø and å after z, without asking the database for a collation it may lack (stack.md).
_NORSK = str.maketrans("æøå", "{|}")


@dataclass(frozen=True)
class Kandidat:
    """One employee in one unit."""

    konto: Konto
    enhet: Enhet
    er_fast: bool
    belastning: Belastning

    @property
    def noekkel(self) -> str:
        """The value of one option: an employee in one unit."""
        return f"{self.konto.pk}.{self.enhet.pk}"

    @property
    def tekst(self) -> str:
        """`Jonas Berg – 1 sak, 2 timer i måneden, kurs tatt`."""
        midlertidig = "" if self.er_fast else _(", ikke fast stilling")
        return f"{self.konto.navn} – {self.belastning.kort}{midlertidig}"


def sortert_navn(navn: str) -> str:
    """The key to sort a name by."""
    return navn.lower().translate(_NORSK)


def kandidater(
    i_dag: date, enhet: Enhet | None = None, *, uten: Collection[UUID] = (), ser: Konto | None = None
) -> list[Kandidat]:
    """Every employee of today, or those of one unit, with a fixed number of queries (R102–R105, R112).

    `uten` are the accounts that cannot have the role because of a relation (N12); `ser` is who reads their load.
    """
    ansettelser = (
        Ansettelse.objects.gjeldende(i_dag)
        .som("ansatt", "tok")
        .filter(konto__is_active=True, konto__er_system=False)
        .exclude(konto__in=uten)
        .select_related("konto", "enhet")
    )
    if enhet is not None:
        ansettelser = ansettelser.filter(enhet=enhet)
    rader = {(rad.konto_id, rad.enhet_id): rad for rad in ansettelser}.values()
    belastning = hent_belastning((rad.konto_id for rad in rader), i_dag, ser)
    alle = [Kandidat(rad.konto, rad.enhet, rad.er_fast, belastning[rad.konto_id]) for rad in rader]
    return sorted(alle, key=lambda en: (sortert_navn(en.enhet.navn), sortert_navn(en.konto.navn)))
