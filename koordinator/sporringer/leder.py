"""Who the nearest leader of an employee is: the leader of the unit where the employee works (R110)."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Value, When

from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Enhet

# A post comes before an assignment, and a permanent post before a temporary one.
_REKKEFOELGE = Case(When(rolle="ansatt", then=Value(0)), When(rolle="tok", then=Value(1)), default=Value(2))


def enheter_med_leder(konto: Konto, i_dag: date) -> list[tuple[Enhet, Konto | None]]:
    """Each unit where the employee works today with its leader today, the main place of work first."""
    ansettelser = list(
        Ansettelse.objects.gjeldende(i_dag)
        .som("ansatt", "tok", "leder")
        .filter(konto=konto, konto__is_active=True)
        .select_related("enhet")
        .order_by(_REKKEFOELGE, "-er_fast", "fra_dato", "pk")
    )
    enheter = {ansettelse.enhet_id: ansettelse.enhet for ansettelse in ansettelser}
    ledere = {
        rad.enhet_id: rad.konto
        for rad in Ansettelse.objects.gjeldende(i_dag)
        .som("leder")
        .filter(enhet__in=enheter, konto__is_active=True)
        .select_related("konto")
    }
    return [(enhet, ledere.get(noekkel)) for noekkel, enhet in enheter.items()]
