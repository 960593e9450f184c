"""Finished texts: the content is frozen when ordered, rendered once, and the bytes kept (arkitektur.md §5, N18, P2).

A worker takes a document by a lease that is committed before it renders, so no row is locked meanwhile and a worker
that is killed leaves the document to the next one. ``forsoek`` numbers the leases: who has lost the lease cannot store.
"""

import hashlib
import json
import logging
import traceback
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tok.kjerne import pdf
from tok.kjerne.models import Dokument

logger = logging.getLogger(__name__)

LEIETID = timedelta(minutes=2)
STOERSTE_FORSOEK = 5
# How long to wait after the first, second … failure.
VENTETIDER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


class AnnetInnhold(Exception):
    """A document with this key was ordered before, with another content: a bug in how the key is made."""


class DokumentetLagesIkke(Exception):
    """The document could not be made now; ``melding`` is what the user is told."""

    melding = _("Dokumentet kunne ikke lages akkurat nå. Prøv igjen om litt. Innholdet er trygt lagret.")


def bestill(
    *, noekkel: str, mal: str, tittel: str, innhold: dict[str, Any], naa: datetime, maalform: str = "nb"
) -> Dokument:
    """Freeze the content under a key decided by the data, in the caller's transaction.

    The same order again gives the same document (P2). Raises AnnetInnhold if the content is another.
    """
    felt = {"mal": mal, "tittel": tittel, "innhold": json.loads(json.dumps(innhold)), "maalform": maalform}
    dokument, ny = Dokument.objects.get_or_create(
        noekkel=noekkel, defaults={**felt, "bestilt_tid": naa, "neste_forsoek_tid": naa}
    )
    if not ny and any(getattr(dokument, navn) != verdi for navn, verdi in felt.items()):
        raise AnnetInnhold("the key is taken by a document with another content")
    return dokument


def lag_neste(*, naa: datetime, antall: int = 10) -> int:
    """Render up to ``antall`` documents that wait, and return how many were made.

    Any number of workers may run it at once. Call it outside a transaction.
    """
    laget = 0
    for _nummer in range(antall):
        dokument = _lei_neste(naa)
        if dokument is None:
            break
        laget += lag(dokument, naa=naa)
    return laget


def hent_pdf(dokument: Dokument, *, naa: datetime) -> bytes:
    """Return the stored bytes, making the document first if no worker has come to it, so that nobody waits for one.

    A document that is made is only read, also in a read-only transaction; otherwise call it outside one. Two who ask
    at once get the same bytes, because the second waits for the first. Raises DokumentetLagesIkke.
    """
    dokument.refresh_from_db()
    if dokument.pdf is None:
        with transaction.atomic():
            dokument = Dokument.objects.select_for_update().get(pk=dokument.pk)
            if dokument.pdf is None:
                lag(_ta_leie(dokument, naa), naa=naa)
        dokument.refresh_from_db()
    if dokument.pdf is None:
        raise DokumentetLagesIkke
    return bytes(dokument.pdf)


def _lei_neste(naa: datetime) -> Dokument | None:
    """Lease the document that has waited longest, or whose worker has been gone longer than its lease."""
    ledig = Q(tilstand=Dokument.Tilstand.BESTILT) | Q(tilstand=Dokument.Tilstand.LAGES, laas_til__lte=naa)
    with transaction.atomic():
        # A document that kills its worker each time ends here, and does not go round for ever.
        Dokument.objects.filter(
            tilstand=Dokument.Tilstand.LAGES, laas_til__lte=naa, forsoek__gte=STOERSTE_FORSOEK
        ).update(tilstand=Dokument.Tilstand.FEILET, laas_til=None, feil="Avbrutt")
        dokument = (
            Dokument.objects.select_for_update(skip_locked=True)
            .filter(ledig, neste_forsoek_tid__lte=naa)
            .order_by("neste_forsoek_tid", "pk")
            .first()
        )
        return dokument and _ta_leie(dokument, naa)


def _ta_leie(dokument: Dokument, naa: datetime) -> Dokument:
    dokument.tilstand = Dokument.Tilstand.LAGES
    dokument.laas_til = naa + LEIETID
    dokument.forsoek += 1
    dokument.save(update_fields=["tilstand", "laas_til", "forsoek"])
    return dokument


def lag(dokument: Dokument, *, naa: datetime) -> bool:
    """Render a leased document and store it if the lease still is ours; tell whether it was stored."""
    vaart = Dokument.objects.filter(pk=dokument.pk, tilstand=Dokument.Tilstand.LAGES, forsoek=dokument.forsoek)
    try:
        data = pdf.render(dokument.mal, dokument.innhold, tittel=dokument.tittel, maalform=dokument.maalform)
    except Exception as feil:
        # The message of an error may quote the content: only its class and where it arose are kept, also in the log.
        navn, sted = _navn_og_sted(feil)
        logger.error("Document %s was not made: %s at %s", dokument.pk, navn, sted)
        vaart.update(**_etter_feil(dokument, naa), laas_til=None, feil=navn[:100])
        return False
    return bool(
        vaart.update(
            tilstand=Dokument.Tilstand.LAGET,
            pdf=data,
            sha256=hashlib.sha256(data).hexdigest(),
            laget_tid=naa,
            laas_til=None,
            feil="",
        )
    )


def _navn_og_sted(feil: Exception) -> tuple[str, str]:
    if isinstance(feil, pdf.Tegnefeil):
        return feil.navn, feil.sted
    sted = traceback.extract_tb(feil.__traceback__)[-1]
    return type(feil).__name__, f"{sted.filename}:{sted.lineno}"


def _etter_feil(dokument: Dokument, naa: datetime) -> dict[str, Any]:
    if dokument.forsoek >= STOERSTE_FORSOEK:
        return {"tilstand": Dokument.Tilstand.FEILET}
    return {
        "tilstand": Dokument.Tilstand.BESTILT,
        "neste_forsoek_tid": naa + VENTETIDER[dokument.forsoek - 1],
    }
