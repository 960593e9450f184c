"""The period of an appointment: dates in order, at most one responsible on a date, 18 years (L3, L4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koordinator import frister
from koordinator.models import Forespoersel, Oppnevning
from tok.kjerne.datotekst import dato
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Sak
from tok.sak.tilgang import Avslag

LENGST_FRAM = timedelta(days=366)
EN_DAG = timedelta(days=1)


class AnnenErKoordinator(Avslag):
    """At most one responsible coordinator on any date (L3)."""

    felt = "fra_dato"


class FeilPeriode(Avslag):
    """The dates are not in order."""

    felt = "fra_dato"


class IkkeBarn(Avslag):
    """Barnekoordinator is for children, and ends on the 18th birthday (L4)."""

    felt = "type_"


class ManglerSluttgrunn(Avslag):
    """No end without a successor or a recorded reason (L3)."""

    melding = gettext_lazy("Skriv hvorfor oppnevningen slutter.")
    felt = "slutt_grunn"


@dataclass(frozen=True)
class Periode:
    """What TOK decides: type, first day, first day after the last, and why it ends when it does."""

    type: str
    fra_dato: date
    til_dato: date | None
    slutt_grunn: str


def krev_periode(sak: Sak, forespoersel: Forespoersel, periode: Periode, i_dag: date) -> Periode:
    """Check the dates, and let a barnekoordinator end on the 18th birthday (L4)."""
    svart = lokal_dato(forespoersel.svart_tid) if forespoersel.svart_tid else i_dag
    if periode.fra_dato < svart:
        raise FeilPeriode(_("Oppnevningen kan ikke begynne før lederen svarte, %(dato)s.") % {"dato": dato(svart)})
    if periode.fra_dato > i_dag + LENGST_FRAM:
        raise FeilPeriode(_("Oppnevningen kan ikke begynne mer enn ett år fram i tid."))
    if periode.til_dato is not None and periode.til_dato <= periode.fra_dato:
        raise FeilPeriode(_("Siste dag kan ikke være før første dag."), felt="siste_dag")
    if periode.type == Oppnevning.Type.BARNEKOORDINATOR:
        return _til_18(sak, periode)
    if periode.til_dato is not None and not periode.slutt_grunn.strip():
        raise ManglerSluttgrunn
    return periode


def _til_18(sak: Sak, periode: Periode) -> Periode:
    slutter = frister.barnekoordinator_slutter(sak.person.foedselsdato)
    if periode.fra_dato >= slutter:
        raise IkkeBarn(
            _("Barnekoordinator er for barn under 18 år. Personen fylte 18 år %(dato)s.") % {"dato": dato(slutter)}
        )
    if periode.til_dato is not None and periode.til_dato > slutter:
        melding = _("Barnekoordinator kan vare til personen fyller 18 år, %(dato)s.") % {"dato": dato(slutter)}
        raise FeilPeriode(melding, felt="siste_dag")
    grunn = periode.slutt_grunn.strip()
    if periode.til_dato is None or periode.til_dato == slutter:
        return Periode(periode.type, periode.fra_dato, slutter, grunn or _("Personen fyller 18 år."))
    if not grunn:
        raise ManglerSluttgrunn
    return periode


def ny_deltakelse(sak: Sak, forespoersel: Forespoersel, konto: Konto, periode: Periode) -> Deltakelse:
    """Refuse with who and until when; the exclusion constraint stands behind (L3)."""
    koordinatorer = Deltakelse.objects.koordinatorer().filter(sak=sak).select_related("konto")
    for annen in koordinatorer.order_by("fra_dato"):
        slutter_foer = annen.til_dato is not None and annen.til_dato <= periode.fra_dato
        begynner_etter = periode.til_dato is not None and periode.til_dato <= annen.fra_dato
        if not slutter_foer and not begynner_etter and annen.fra_dato != annen.til_dato:
            raise AnnenErKoordinator(_hvem_og_til(annen))
    try:
        with transaction.atomic():
            return Deltakelse.objects.create(
                sak=sak,
                rolle=Deltakelse.Rolle.KOORDINATOR,
                konto=konto,
                enhet=forespoersel.enhet,
                fra_dato=periode.fra_dato,
                til_dato=periode.til_dato,
            )
    except IntegrityError as feil:
        if "en_koordinator_per_sak_og_dato" in str(feil):
            raise AnnenErKoordinator(_("En annen er koordinator i denne perioden."))
        raise


def _hvem_og_til(annen: Deltakelse) -> str:
    ord_ = {"navn": annen.konto, "fra": dato(annen.fra_dato)}
    if annen.til_dato is None:
        return _("%(navn)s er koordinator fra %(fra)s uten sluttdato. Bytt koordinator, eller avslutt først.") % ord_
    ord_["til"] = dato(annen.til_dato - EN_DAG)
    return _("%(navn)s er koordinator fra %(fra)s til og med %(til)s. Velg en dato etter det.") % ord_
