"""What every program asks before it serves: a whole environment, and a database of this code's own version."""

import os
import sys
from types import TracebackType

from tok.settings.miljoe import MiljoeFeil, er_eier

UTEN_DATABASE = (
    "Får ikke kontakt med databasen. Sjekk at den kjører, og at adressen og passordet i "
    "DATABASE_URL (for migrering DATABASE_URL_EIER) stemmer."
)


class KanIkkeStarte(Exception):
    """The program must not serve; the text is one line in Norwegian for the operator."""


def en_linje() -> None:
    """Show what the operator can mend as one line, without the traceback; all else as before."""
    foer = sys.excepthook

    def vis(type_: type[BaseException], feil: BaseException, spor: TracebackType | None) -> None:
        if isinstance(feil, MiljoeFeil | KanIkkeStarte):
            sys.stderr.write(f"{feil}\n")
        elif _uten_forbindelse(feil):
            sys.stderr.write(f"{UTEN_DATABASE}\n")
        else:
            foer(type_, feil, spor)

    sys.excepthook = vis


def _uten_forbindelse(feil: BaseException) -> bool:
    """Whether Django could not connect at all: the server never came so far as to give the error a code."""
    from django.db import OperationalError

    return isinstance(feil, OperationalError) and getattr(feil.__cause__, "sqlstate", "") is None


def krev_seglmappe() -> None:
    """Refuse to work where the head of the logs' seals cannot be written (N5).

    Raises:
        KanIkkeStarte: with what to do.
    """
    from django.conf import settings

    mappe = settings.TOK_SEGL_MAPPE
    if mappe is not None and not (mappe.is_dir() and os.access(mappe, os.W_OK | os.X_OK)):
        raise KanIkkeStarte(
            "Mappen i TOK_SEGL_MAPPE finnes ikke, eller arbeideren kan ikke skrive i den. "
            "Seglene over loggene skal ligge der, utenfor databasen; se docs/drift.md, steg 18."
        )


def krev_klar_database() -> None:
    """Refuse to serve on a database that is away, behind or ahead; leaves no connection open (a server forks next).

    Raises:
        KanIkkeStarte: with what to do.
        MiljoeFeil: the environment cannot be used.
    """
    import django
    from django.apps import apps

    if not apps.ready:  # again, it would point the log at whatever stands in the place of stderr now
        django.setup()
    from django.db import OperationalError, connections

    from tok.kjerne import databaseversjon

    if er_eier():
        raise KanIkkeStarte("TOK_DB_ROLLE er eier. Den rollen er bare for migrering; ta linjen bort og start på nytt.")
    try:
        avvik = databaseversjon.avvik()
    except OperationalError:
        raise KanIkkeStarte(UTEN_DATABASE) from None
    finally:
        connections.close_all()
    if avvik:
        raise KanIkkeStarte(avvik.melding)
