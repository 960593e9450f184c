"""Where sessions are kept: Django's database store, in a table that also says whose they are (SESSION_ENGINE)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Databaselager

from tok.kjerne import klokke
from tok.kjerne.forberedt import Forberedt

MERKE, ENHET, STARTET, SETT = "merke", "enhet", "startet", "sett"


def _tid(verdi: str | None) -> datetime | None:
    return datetime.fromisoformat(verdi) if verdi else None


OEKTEN = Forberedt(
    lambda noekkel, tid: (
        SessionStore.get_model_class().objects.filter(session_key=noekkel, expire_date__gt=tid).order_by()
    )
)


class SessionStore(Databaselager):
    """Copies to columns what the list of own sessions is made from; a new session key takes it along."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table; imported late, for the engine is loaded before the apps."""
        from tok.kjerne.models import Oekt

        return Oekt

    def _get_session_from_db(self) -> Any:
        """The row of a session that still holds, as Django's own finds it, by a question put together once."""
        for oekt in OEKTEN.objekter(noekkel=self.session_key, tid=klokke.naa()):
            return oekt
        self._session_key = None
        return None

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to be saved."""
        oekt: Any = super().create_model_instance(data)
        oekt.konto_id = data.get(SESSION_KEY)
        oekt.merke = data.get(MERKE)
        oekt.enhet = data.get(ENHET, "")
        oekt.startet_tid, oekt.sett_tid = _tid(data.get(STARTET)), _tid(data.get(SETT))
        return oekt
