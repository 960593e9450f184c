"""A person decides about post that did not come through: send again, it came, make the document again (P1, P2)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Dokument, Konto, Varsel
from tok.sak.models import Saksdokument
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever, post


class ErIOrden(Avslag):
    """Somebody else was quicker, it has come through since, or it is about what this account may not know of."""

    melding = _("Dette er alt ordnet.")


@krever(Rett.HAANDTERE_POST)
def send_paa_nytt(*, varsel: Varsel, av: Konto, naa: datetime) -> Varsel:
    """Put a message in doubt or given up back in the queue; the right to see is asked again when it is sent (N2).

    Raises:
        ErIOrden: it waits for nobody.
    """
    varsel = _laast(varsel, av)
    varsel.tilstand = Varsel.Tilstand.KLAR
    varsel.forsoek = 0
    varsel.neste_forsoek_tid = naa
    varsel.feil = ""
    varsel.save(update_fields=["tilstand", "forsoek", "neste_forsoek_tid", "feil"])
    _noter_mottaker(varsel)
    return varsel


@krever(Rett.HAANDTERE_POST)
def kom_fram(*, varsel: Varsel, av: Konto, naa: datetime) -> Varsel:
    """Record that the receiver has the message, or knows what it said: nothing is sent again.

    Raises:
        ErIOrden: it waits for nobody.
    """
    varsel = _laast(varsel, av)
    varsel.tilstand = Varsel.Tilstand.SENDT
    varsel.sendt_tid = naa
    varsel.save(update_fields=["tilstand", "sendt_tid"])
    _noter_mottaker(varsel)
    return varsel


@krever(Rett.HAANDTERE_POST)
def lag_paa_nytt(*, dokument: Dokument, av: Konto, naa: datetime) -> Dokument:
    """Let the workers try to make a document again; its content is as it was frozen.

    Raises:
        ErIOrden: it is made, or waits to be.
    """
    funnet = post.dokumenter(av.pk).select_for_update(of=("self",)).filter(pk=dokument.pk).first()
    if funnet is None:
        raise ErIOrden
    funnet.tilstand = Dokument.Tilstand.BESTILT
    funnet.forsoek = 0
    funnet.neste_forsoek_tid = naa
    funnet.feil = ""
    funnet.save(update_fields=["tilstand", "forsoek", "neste_forsoek_tid", "feil"])
    arkivert = Saksdokument.objects.filter(dokument=funnet).select_related("sak").first()
    noter(sak=arkivert.sak if arkivert else None, mal=funnet.mal)
    return funnet


def _laast(varsel: Varsel, av: Konto) -> Varsel:
    stoppet = post.meldinger(av.pk).select_related("mottaker")
    funnet = stoppet.select_for_update(of=("self",)).filter(pk=varsel.pk).first()
    if funnet is None:
        raise ErIOrden
    return funnet


def _noter_mottaker(varsel: Varsel) -> None:
    noter(mottaker=varsel.mottaker.navn if varsel.mottaker else "")
