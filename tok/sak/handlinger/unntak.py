"""A timed way in to read one case, opened with a written reason and told to the leader; and closed early (N10)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tok.kjerne.datotekst import dato
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import varsler
from tok.sak.models import Person, Sak, Unntakstilgang
from tok.sak.models.habilitet import DAGER_UNNTAK, GRUNN_KORTEST, GRUNN_LENGST
from tok.sak.protokoll import noter
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.innsyn import Avvist
from tok.sak.tilgang.unntak import aapnes_med_unntak, faar_beskjed


class FeilLengde(Avslag):
    """Between one and seven days."""

    melding = gettext_lazy("Velg mellom 1 og 7 dager.")
    felt = "dager"


class FeilGrunn(Avslag):
    """Long enough to say something, short enough to be read."""

    melding = gettext_lazy("Skriv hvorfor, med mellom 10 og 255 tegn.")
    felt = "grunn"


class IngenSlikSak(Avslag):
    """Unknown, protected or too near: one answer, and a line in the security log."""

    melding = gettext_lazy("Det er ingen sak med dette nummeret som kan åpnes slik.")
    felt = "saksnummer"


class NevnerPersonen(Avslag):
    """The leader reads the reason, and is never told who the person is (domene.md §2)."""

    felt = "grunn"


class IngenFaarBeskjed(Avslag):
    """No leader and no privacy officer: nothing is opened that nobody hears of."""

    melding = gettext_lazy(
        "Vi finner verken leder eller personvernombud som kan få beskjed, så tilgangen kan ikke åpnes."
        " Be systemansvarlig registrere en leder for enheten din."
    )


class ErAlleredeInne(Avslag):
    """One at a time for each case."""

    felt = "saksnummer"


class AlleredeAvsluttet(Avslag):
    """It has ended."""

    melding = gettext_lazy("Tilgangen er allerede avsluttet.")


@krever(Rett.AAPNE_UNNTAK)
def aapne_unntak(
    *,
    unntak: Unntakstilgang | None = None,
    saksnummer: str,
    grunn: str,
    dager: int,
    av: Konto,
    naa: datetime,
) -> Unntakstilgang:
    """Open one case for reading, from now and to the end of the last of so many days, counted with today (N10).

    The leader hears of it, the privacy officer where there is no leader. It never opens a protected address or a case
    of somebody one has a relation to.

    Raises:
        FeilLengde, FeilGrunn.
        IngenSlikSak: for a number that is unknown, protected or too near; which of them is not told.
        ErAlleredeInne: it is open.
        NevnerPersonen: the reason names the person.
        IngenFaarBeskjed: there is nobody to tell.
    """
    grunn = grunn.strip()
    if not 1 <= dager <= DAGER_UNNTAK:
        raise FeilLengde
    if not GRUNN_KORTEST <= len(grunn) <= GRUNN_LENGST:
        raise FeilGrunn
    i_dag = lokal_dato(naa)
    sak = aapnes_med_unntak(av, saksnummer.strip()).select_for_update(of=("self",)).select_related("person").first()
    if sak is None:
        raise IngenSlikSak(avvist=_avvist(av, naa, Sak.objects.filter(nummer=saksnummer.strip()).first()))
    _krev_ikke_inne(av, sak, i_dag)
    navn = _nevner(sak.person, grunn)
    if navn:
        melding = _("Skriv uten navn. Lederen din leser grunnen, og «%(ord)s» kan fortelle hvem personen er.")
        raise NevnerPersonen(melding % {"ord": navn}, avvist=_avvist(av, naa, sak))
    leder = faar_beskjed(av, sak, i_dag)
    if leder is None:
        raise IngenFaarBeskjed(avvist=_avvist(av, naa, sak))
    unntak = Unntakstilgang.objects.create(
        konto=av,
        konto_navn=av.navn,
        sak=sak,
        grunn=grunn,
        leder=leder,
        aapnet_tid=naa,
        fra_dato=i_dag,
        til_dato=i_dag + timedelta(days=dager),
    )
    varsler.unntak_er_aapnet(unntak, naa=naa)
    noter(sak=sak, til_og_med=dato(unntak.siste_dag))
    return unntak


@krever(Rett.SE_EGNE_UNNTAK)
def avslutt_unntak(*, unntak: Unntakstilgang, av: Konto, naa: datetime) -> Unntakstilgang:
    """Close one's own exception before its time: the next request is refused (N2, N10).

    Raises:
        AlleredeAvsluttet: it has ended, by itself or by hand.
    """
    rad = Unntakstilgang.objects.select_for_update(of=("self",)).get(pk=unntak.pk)
    if rad.avsluttet_tid is not None or rad.til_dato <= lokal_dato(naa):
        raise AlleredeAvsluttet
    rad.avsluttet_tid = naa
    rad.save(update_fields=["avsluttet_tid"])
    return rad


def _avvist(av: Konto, naa: datetime, sak: Sak | None) -> Avvist:
    """For the security log: what is said here tells something of a case one is not in."""
    return Avvist(av, Rett.AAPNE_UNNTAK.name, Sak.__name__, str(sak.pk) if sak else "", naa)


def _krev_ikke_inne(av: Konto, sak: Sak, i_dag: date) -> None:
    inne = Unntakstilgang.objects.aapne(i_dag).filter(konto=av, sak=sak).first()
    if inne is not None:
        melding = _("Du har allerede unntakstilgang til denne saken, til og med %(dato)s.")
        raise ErAlleredeInne(melding % {"dato": dato(inne.siste_dag)})


def _nevner(person: Person, tekst: str) -> str:
    """The first word that is part of the person's name, or nothing."""
    navn = set(re.findall(r"\w+", f"{person.fornavn} {person.etternavn}".casefold()))
    return next((ord_ for ord_ in re.findall(r"\w+", tekst) if ord_.casefold() in navn), "")
