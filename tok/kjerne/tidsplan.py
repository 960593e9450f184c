"""Slots of the schedule: any number of clocks may tick, each slot is worked by one (P4, P5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from django.db import IntegrityError, transaction

from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Tidsluke

KVARTER = timedelta(minutes=15)
LEIETID = timedelta(minutes=10)  # a slot begun and not finished in this time may be taken over
NATTETIME = time(3, 0)  # exists once on every date, also when the clocks change
GJEMMES = timedelta(days=30)
TIKK = "tikk"


def kvarter(naa: datetime) -> datetime:
    """Return the start of the quarter of an hour, in UTC, where no hour is missing or comes twice."""
    utc = naa.astimezone(UTC)
    return utc.replace(minute=utc.minute - utc.minute % 15, second=0, microsecond=0)


def hel_time(naa: datetime) -> datetime:
    """Return the start of the hour, in UTC."""
    return kvarter(naa).replace(minute=0)


def natt(naa: datetime) -> datetime:
    """Return the last 03.00 in Oslo, in UTC: one for each date, and worked later that day by a machine that slept."""
    dato = lokal_dato(naa)
    luke = datetime.combine(dato, NATTETIME, tzinfo=OSLO).astimezone(UTC)
    if luke <= naa.astimezone(UTC):
        return luke
    return datetime.combine(dato - timedelta(days=1), NATTETIME, tzinfo=OSLO).astimezone(UTC)


def mandagsnatt(naa: datetime) -> datetime:
    """Return the last Monday's 03.00 in Oslo, in UTC: one for each week, worked later by a machine that slept."""
    dato = lokal_dato(natt(naa))
    return datetime.combine(dato - timedelta(days=dato.weekday()), NATTETIME, tzinfo=OSLO).astimezone(UTC)


def ta_luke(jobb: str, luke: datetime, *, naa: datetime) -> bool:
    """Take a slot; False when another has it. One that was begun and never finished can be taken over."""
    tatt = Tidsluke.objects.filter(jobb=jobb, luke=luke)
    if not tatt.exists():
        try:
            with transaction.atomic():
                Tidsluke.objects.create(jobb=jobb, luke=luke, startet_tid=naa)
        except IntegrityError:
            return False
        return True
    return bool(tatt.filter(ferdig_tid=None, startet_tid__lte=naa - LEIETID).update(startet_tid=naa))


def i_luke(jobb: str, luke: datetime, *, naa: datetime, arbeid: Callable[[], object]) -> bool:
    """Do the work if the slot is ours, and note that it was finished; tell whether it was done."""
    if not ta_luke(jobb, luke, naa=naa):
        return False
    arbeid()
    Tidsluke.objects.filter(jobb=jobb, luke=luke).update(ferdig_tid=naa)
    return True


def merk_tikk(*, naa: datetime) -> None:
    """Note that the tick was worked: clock, queue, worker and database all did their part (P11)."""
    Tidsluke.objects.update_or_create(jobb=TIKK, luke=kvarter(naa), defaults={"startet_tid": naa, "ferdig_tid": naa})


def sist_tikket(*, siden: datetime) -> bool:
    """Tell whether a tick has been worked since then."""
    return Tidsluke.objects.filter(jobb=TIKK, luke__gte=kvarter(siden), ferdig_tid__gte=siden).exists()


def slett_gamle(*, naa: datetime) -> int:
    """Remove finished slots that nobody will ask about again."""
    return Tidsluke.objects.filter(luke__lt=naa - GJEMMES).delete()[0]
