"""Who hears of what on the ground floor. E-mail says that something waits, and where; nothing else (N19)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tok.kjerne.models import Kommune, Konto, Varsel
from tok.kjerne.utboks import legg_i
from tok.sak.models import Deltakelse

TEKST = _("Noe venter på deg. Logg inn for å se hva det er:\n\n%(lenke)s\n\nDu kan ikke svare på denne e-posten.\n")


def nettadresse(url_navn: str, *args: object) -> str:
    """An absolute link for an e-mail; only keys stand in it."""
    return f"{settings.TOK_NETTADRESSE}{reverse(url_navn, args=args)}"


def noe_venter(
    *,
    noekkel: str,
    mottaker: Konto,
    lenke: str,
    gjelder_type: str,
    gjelder_id: UUID,
    naa: datetime,
    kalender: str = "",
) -> Varsel:
    """The house's one e-mail: you have a message, log in and see (N19)."""
    kontor = Kommune.hent().kontor_kort
    return legg_i(
        noekkel=noekkel,
        mottaker=mottaker,
        epost=mottaker.epost,
        emne=_("Du har en ny melding fra %(kontor)s") % {"kontor": kontor},
        tekst=TEKST % {"lenke": lenke},
        naa=naa,
        kalender=kalender,
        gjelder_type=gjelder_type,
        gjelder_id=gjelder_id,
    )


def deltakere_endret(deltakelse: Deltakelse, *, av: Konto, naa: datetime) -> None:
    """The office hears when somebody else changed who takes part (R33)."""
    saksbehandler = deltakelse.sak.saksbehandler
    if saksbehandler == av:
        return
    noe_venter(
        noekkel=f"deltaker_endret:{deltakelse.pk}:{deltakelse.til_dato or 'inn'}:{saksbehandler.pk}",
        mottaker=saksbehandler,
        lenke=nettadresse("sak:deltakere", deltakelse.sak_id),
        gjelder_type="sak",
        gjelder_id=deltakelse.sak_id,
        naa=naa,
    )
