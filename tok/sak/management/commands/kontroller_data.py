"""`manage.py kontroller_data`: rows of each table, and whether what is encrypted can be read, for comparing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Model

from tok.kjerne import filer
from tok.kjerne.kryptering import KanIkkeLeses, skrevet_med
from tok.kjerne.models import Fil
from tok.sak import utkast
from tok.sak.models import Person, Utkast

# table.column → every row that has something there, its encrypted bytes, and what reads it
Kryptert = tuple[str, Iterator[tuple[bytes, Callable[[], object]]]]


def krypterte() -> Iterator[Kryptert]:
    """Every encrypted value of the database."""
    personer = Person.objects.exclude(nummer_kryptert=None).iterator(200)
    yield "sak_person.nummer", ((bytes(p.nummer_kryptert or b""), p.les_nummer) for p in personer)
    utkastene = Utkast.objects.select_related("konto").iterator(200)
    yield "sak_utkast.innhold", ((bytes(u.innhold), partial(utkast.les_rad, u)) for u in utkastene)
    yield "kjerne_fil.innhold", ((bytes(f.innhold), partial(filer.les, f)) for f in Fil.objects.iterator(20))


def egne_tabeller() -> list[type[Model]]:
    """Every model with a table of its own; a proxy has another's, and pghistory has one that is only a query."""
    return [modell for modell in apps.get_models() if modell._meta.managed and not modell._meta.proxy]


class Command(BaseCommand):
    """For backups: the same text before and after says that nothing was lost, and that the keys fit (P14).

    It shows no person's data: counts and key ids.
    """

    help = "Teller radene i hver tabell og prøver å lese alt som er kryptert."
    requires_system_checks: list[Any] = []

    def handle(self, *args: Any, **valg: Any) -> None:
        uleselige = 0
        with transaction.atomic():
            for modell in sorted(egne_tabeller(), key=lambda m: m._meta.db_table):
                self.stdout.write(f"{modell._meta.db_table} {modell._base_manager.count()}")
            for navn, verdier in krypterte():
                antall: Counter[str] = Counter()
                for kryptert, les in verdier:
                    try:
                        les()
                        antall[f"nøkkel {skrevet_med(kryptert)}"] += 1
                    except KanIkkeLeses:
                        antall["kan ikke leses"] += 1
                uleselige += antall["kan ikke leses"]
                for noekkelen, n in sorted(antall.items()):
                    self.stdout.write(f"{navn} {noekkelen}: {n}")
        if uleselige:
            raise CommandError(f"{uleselige} verdier kan ikke leses med nøklene i miljøet.")
