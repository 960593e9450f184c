"""`manage.py bytt_nummernoekler`: fødselsnumrene til nøklene som gjelder nå (docs/drift.md, «Bytt nøkler»)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tok.kjerne.kryptering import KanIkkeLeses
from tok.sak.handlinger.nummernoekler import bytt_nummernoekler


class Command(BaseCommand):
    """Shows counts only."""

    help = "Skriver fødselsnumrene om til nøklene som gjelder nå, mens folk arbeider."

    def handle(self, *args: Any, **valg: Any) -> None:
        antall = 0
        try:
            for i_bunken in bytt_nummernoekler():
                antall += i_bunken
        except KanIkkeLeses:
            raise CommandError(
                f"Stoppet etter {antall}: et nummer er skrevet med en nøkkel som ikke står i TOK_FNR_NOEKLER. "
                "Sett den gamle nøkkelen tilbake, og kjør på nytt."
            ) from None
        self.stdout.write(f"{antall} numre er skrevet om.")
