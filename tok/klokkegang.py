"""How beat keeps time: in memory, so it needs no file, and with one line instead of a wall when the broker is away."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from celery.beat import ScheduleEntry, Scheduler

from tok import puls

logger = logging.getLogger("tok.klokke")


class Klokkegang(Scheduler):
    """The schedule is one tick; a tick that cannot be sent is dropped, for the next one looks at the same rows."""

    max_interval = puls.SLAG

    def setup_schedule(self) -> None:
        """Let the first tick go at once: what fell due while the clock stood still waits no longer."""
        super().setup_schedule()
        for innslag in self.schedule.values():
            innslag.last_run_at = innslag.default_now() - timedelta(days=1)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Go round once, and show it."""
        puls.slaa("klokke")
        return float(super().tick(*args, **kwargs))

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        """Send the tick; whatever stands in the way is one line, where Celery would print sixty, and never stops us."""
        try:
            self.app.send_task(entry.task, producer=producer, **entry.options)
        except Exception as feil:
            logger.error("Tikket ble ikke sendt, køen svarer ikke (%s). Prøver igjen ved neste.", type(feil).__name__)
