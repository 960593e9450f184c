"""The outbox: a row in the caller's transaction first, the post after it, each message once (P1, P2; sikkerhet.md §3).

A worker leases one row at a time, by a commit before it talks to the mail server. The lease outlasts the longest a
task may live, so whoever held a lease that has run out is dead, and the mail server's log knows what it had sent.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from tok.kjerne import epost as post
from tok.kjerne.models import Konto, Varsel

logger = logging.getLogger(__name__)

Tilstand = Varsel.Tilstand
KanSe = Callable[[Varsel], bool]

STOERSTE_FORSOEK = 8
VENTETIDER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 4 * 60, 12 * 60, 12 * 60))
LENGSTE_RUNDE = 60.0  # seconds before the rest is left to the next tick
MARGIN = timedelta(minutes=1)
INNLOGGING = "innlogging"  # messages with a key to an account: their text is wiped when they leave


def leietid() -> timedelta:
    """Longer than a task may live, so that a live worker never loses one; TOK_POST_LEIETID, in seconds, overrides."""
    sekunder = getattr(settings, "TOK_POST_LEIETID", None)
    return timedelta(seconds=sekunder) if sekunder else timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT) + MARGIN


def nytt_varsel(
    *,
    noekkel: str,
    mottaker: Konto | None,
    epost: str,
    emne: str,
    tekst: str,
    naa: datetime,
    kalender: str = "",
    gjelder_type: str = "",
    gjelder_id: UUID | None = None,
) -> Varsel:
    """Return a message that is not in the outbox yet, for who puts many there at once (`legg_i_alle`).

    Raises:
        UgyldigHode: an empty or broken address or subject (ASVS 1.3.11).
    """
    return Varsel(
        noekkel=post.sjekk_hode("key", noekkel),
        meldings_id=post.meldings_id(noekkel),
        mottaker=mottaker,
        epost=post.sjekk_adresse(epost),
        emne=post.sjekk_hode("Subject", emne),
        tekst=tekst,
        kalender=kalender,
        gjelder_type=gjelder_type,
        gjelder_id=gjelder_id,
        lagt_tid=naa,
        neste_forsoek_tid=naa,
    )


def legg_i_alle(varsler: Iterable[Varsel]) -> None:
    """Put messages in the outbox by one statement, in the caller's transaction; known keys change nothing (P2)."""
    Varsel.objects.bulk_create(varsler, ignore_conflicts=True)


def legg_i(
    *,
    noekkel: str,
    mottaker: Konto | None,
    epost: str,
    emne: str,
    tekst: str,
    naa: datetime,
    kalender: str = "",
    gjelder_type: str = "",
    gjelder_id: UUID | None = None,
) -> Varsel:
    """Put a message in the outbox, in the caller's transaction; the same key again changes nothing (P2).

    `gjelder_type` is the class name of the row the message is about; with it, the right to see the row is asked again
    when the message is sent.

    Raises:
        UgyldigHode: an empty or broken address or subject (ASVS 1.3.11).
    """
    varsel = nytt_varsel(
        noekkel=noekkel,
        mottaker=mottaker,
        epost=epost,
        emne=emne,
        tekst=tekst,
        naa=naa,
        kalender=kalender,
        gjelder_type=gjelder_type,
        gjelder_id=gjelder_id,
    )
    legg_i_alle([varsel])
    return Varsel.objects.get(noekkel=noekkel)


def send_neste(*, naa: datetime, antall: int = 50, kan_se: KanSe) -> int:
    """Send up to `antall` messages that wait, over one connection, and return how many went out.

    Any number of workers may run it at once; call it outside a transaction. `kan_se` says whether the receiver still
    may see what the message is about. While the mail server is away no message uses up an attempt.
    """
    start = time.monotonic()
    sendt = 0
    runde = _Runde(kan_se)
    try:
        while sendt < antall and (gaatt := time.monotonic() - start) < LENGSTE_RUNDE:
            utfall = runde.neste(naa + timedelta(seconds=gaatt))
            if utfall is None:
                break
            sendt += utfall is Tilstand.SENDT
    finally:
        runde.lukk()
    return sendt


def ta_leie(naa: datetime, av: UUID) -> tuple[Varsel, bool] | None:
    """Lease the message that has waited longest; tell too whether somebody held it before us and never came back."""
    with transaction.atomic(durable=True):
        varsel = (
            Varsel.objects.select_for_update(skip_locked=True)
            .filter(tilstand__in=[Tilstand.KLAR, Tilstand.SENDES], neste_forsoek_tid__lte=naa)
            .order_by("neste_forsoek_tid", "pk")
            .first()
        )
        if varsel is None:
            return None
        i_tvil = varsel.tilstand == Tilstand.SENDES
        varsel.tilstand = Tilstand.SENDES
        varsel.laast_av = av
        varsel.laast_til_tid = varsel.neste_forsoek_tid = naa + leietid()
        varsel.forsoek += 1
        varsel.save(update_fields=["tilstand", "laast_av", "laast_til_tid", "neste_forsoek_tid", "forsoek"])
        return varsel, i_tvil


class _Runde:
    """One worker's round: its name on the leases, and its connection to the mail server."""

    def __init__(self, kan_se: KanSe) -> None:
        self.id = uuid4()
        self.kan_se = kan_se
        self.forbindelse: BaseEmailBackend | None = None

    def neste(self, naa: datetime) -> Tilstand | None:
        """Deal with one message; None when none waits or the mail server is away."""
        if not self._koblet_til(naa):
            return None
        leie = ta_leie(naa, self.id)
        if leie is None:
            return None
        varsel, i_tvil = leie
        if i_tvil:
            utfall = self._etter_tvil(varsel, naa)
            if utfall is not None:
                return utfall
        try:
            skal_ha_den = self.kan_se(varsel)
        except Exception as feil:
            logger.error("Message %s: could not ask who may see it: %s", varsel.pk, type(feil).__name__)
            return self._vent(varsel, naa, type(feil).__name__[:100])
        if not skal_ha_den:
            return self._stempl(varsel, naa, Tilstand.STANSET)
        return self._send(varsel, naa)

    def _koblet_til(self, naa: datetime) -> bool:
        """Connect before the first lease, and only when something waits."""
        if self.forbindelse is not None:
            return True
        venter = Varsel.objects.filter(tilstand__in=[Tilstand.KLAR, Tilstand.SENDES], neste_forsoek_tid__lte=naa)
        if not venter.exists():
            return False
        forbindelse = get_connection()
        try:
            forbindelse.open()
        except OSError as feil:
            logger.error("The mail server is away: %s", post.feilnavn(feil))
            return False
        self.forbindelse = forbindelse
        return True

    def _send(self, varsel: Varsel, naa: datetime) -> Tilstand:
        assert self.forbindelse is not None  # noqa: S101 -- neste() has connected
        try:
            self.forbindelse.send_messages([post.bygg(varsel)])
        except Exception as feil:
            # The text of the error may quote the message: only its class and code are kept.
            logger.error("Message %s was not sent: %s", varsel.pk, post.feilnavn(feil))
            self.lukk()
            if post.er_klart_avslag(feil):
                return self._vent(varsel, naa, post.feilnavn(feil))
            return self._etter_tvil(varsel, naa, post.feilnavn(feil)) or self._vent(varsel, naa, post.feilnavn(feil))
        return self._stempl(varsel, naa, Tilstand.SENDT)

    def _etter_tvil(self, varsel: Varsel, naa: datetime, feil: str = "Avbrutt") -> Tilstand | None:
        """Ask the mail server's log about a message that may have gone; None says it did not and may be sent."""
        mottatt = post.er_mottatt(varsel.meldings_id)
        if mottatt is None:
            return self._stempl(varsel, naa, Tilstand.I_TVIL, feil)
        if mottatt:
            return self._stempl(varsel, naa, Tilstand.SENDT)
        return self._vent(varsel, naa, feil) if varsel.forsoek > STOERSTE_FORSOEK else None

    def _vent(self, varsel: Varsel, naa: datetime, feil: str) -> Tilstand:
        """Try again later, or give up where a person can see it."""
        if varsel.forsoek >= STOERSTE_FORSOEK:
            return self._stempl(varsel, naa, Tilstand.OPPGITT, feil)
        varsel.neste_forsoek_tid = naa + VENTETIDER[varsel.forsoek - 1]
        return self._stempl(varsel, naa, Tilstand.KLAR, feil)

    def _stempl(self, varsel: Varsel, naa: datetime, tilstand: Tilstand, feil: str = "") -> Tilstand:
        """Write the outcome where the lease still is ours; a worker that has lost it may not say."""
        sendes_ikke_mer = tilstand is not Tilstand.KLAR
        vaart = Varsel.objects.filter(pk=varsel.pk, laast_av=self.id, tilstand=Tilstand.SENDES)
        skrevet = vaart.update(
            tilstand=tilstand,
            sendt_tid=naa if tilstand is Tilstand.SENDT else None,
            laast_av=None,
            laast_til_tid=None,
            neste_forsoek_tid=varsel.neste_forsoek_tid,
            feil=feil,
            tekst="" if sendes_ikke_mer and varsel.gjelder_type == INNLOGGING else varsel.tekst,
        )
        if not skrevet:
            logger.warning("Message %s: the lease was lost before the outcome was written", varsel.pk)
        return tilstand

    def lukk(self) -> None:
        """Close the connection; a server that has gone away already is no matter."""
        forbindelse, self.forbindelse = self.forbindelse, None
        if forbindelse is not None:
            try:
                forbindelse.close()
            except OSError as feil:
                logger.info("The connection was gone already: %s", type(feil).__name__)
