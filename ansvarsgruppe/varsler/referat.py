"""Who gets the minutes, and the neutral message that they wait (R85, R86, L18, L19, N19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.models import Levering, Referat, kanal_til
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Omraade, Samtykke, Samtykkedeltaker
from tok.sak.tilgang.sperrer import faar
from tok.sak.varsler import noe_venter

UTEN_VILKAAR = ("koordinator", "vara", "medkoordinator", "person", "representant")
IKKE_LENGER_MED = _("er ikke lenger med i gruppa")
MANGLER_SAMTYKKE = _("får ikke referatet, mangler samtykke")
UTEN_INNSYN = _("får ikke referatet, har ikke innsyn som representant i dag")
IKKE_FAST = _("får ikke referatet, er ikke fast deltaker")
SKJULT = _("får ikke referatet, møtet er skjult for foresatte")


@dataclass(frozen=True)
class Mottaker:
    """One participant and how the minutes come to them; without a channel they do not, and `grunn` says why."""

    deltakelse: Deltakelse
    kanal: str
    grunn: Any = ""

    @property
    def er_papir(self) -> bool:
        return self.kanal == Levering.Kanal.PAPIR

    @property
    def kanal_tekst(self) -> str:
        return str(Levering.Kanal(self.kanal).label) if self.kanal else ""


def _med_samtykke(sak_id: Any, i_dag: date) -> set[Any]:
    gyldige = Samtykke.objects.gyldige(i_dag, Samtykke.Formaal.REFERAT).filter(sak=sak_id)
    return set(Samtykkedeltaker.objects.filter(samtykke__in=gyldige).values_list("deltakelse_id", flat=True))


def _grunn(deltakelse: Deltakelse, i_dag: date, omfattet: set[Any]) -> Any:
    if deltakelse.fra_dato > i_dag or (deltakelse.til_dato is not None and deltakelse.til_dato <= i_dag):
        return IKKE_LENGER_MED
    if deltakelse.rolle in UTEN_VILKAAR:
        return ""
    if deltakelse.rolle != Deltakelse.Rolle.FAST:
        return IKKE_FAST
    return "" if deltakelse.pk in omfattet else MANGLER_SAMTYKKE


def mottakere(referat: Referat, i_dag: date) -> list[Mottaker]:
    """Everybody the minutes may concern, with channel or the reason why not (R85, R86, L19).

    The fixed members and the person's own are asked about by their role, whoever took part in the meeting is shown
    too, and a new version also goes to all who got the one it replaces, as far as they still may have it (L18).
    """
    sak_id = referat.moete.gruppe.sak_id
    faste = Q(rolle__in=(*UTEN_VILKAAR, Deltakelse.Rolle.FAST), fra_dato__lte=i_dag)
    faste &= Q(til_dato__isnull=True) | Q(til_dato__gt=i_dag)
    moett = Q(pk__in=referat.oppmoeter.values("deltakelse"))
    foer = Q(pk__in=Levering.objects.filter(referat=referat.erstatter_id).values("deltakelse"))
    omfattet, skjult = _med_samtykke(sak_id, i_dag), referat.moete.er_skjult
    faar_lese = set(faar(Deltakelse.objects.filter(sak=sak_id), Omraade.REFERAT, i_dag).values_list("pk", flat=True))
    funnet = []
    for deltakelse in Deltakelse.objects.med_navn().filter(faste | moett | foer, sak=sak_id).order_by("rolle", "pk"):
        grunn = _grunn(deltakelse, i_dag, omfattet)
        if skjult and deltakelse.rolle == Deltakelse.Rolle.REPRESENTANT:
            grunn = SKJULT
        elif deltakelse.pk not in faar_lese:
            grunn = UTEN_INNSYN
        funnet.append(Mottaker(deltakelse, "" if grunn else kanal_til(deltakelse), grunn))
    return sorted(funnet, key=lambda m: (not m.kanal, m.er_papir, m.deltakelse.navn))


def referat_er_ferdig(referat: Referat, mottaker: Konto, *, naa: datetime) -> None:
    """Tell one account that finished minutes wait for it; the e-mail says no more than that (N19)."""
    noe_venter(
        noekkel=f"referat_ferdigstilt:{referat.pk}:{mottaker.pk}",
        mottaker=mottaker,
        sti=reverse("ansvarsgruppe:referat", args=[referat.pk]),
        naa=naa,
        gjelder_type="Referat",
        gjelder_id=referat.pk,
    )


def lever(referat: Referat, til: list[Mottaker], *, av: Konto, naa: datetime) -> list[Levering]:
    """Write one delivery per receiver, and a message to each account but the one that finished the minutes."""
    leveringer = []
    varslet: set[Any] = {av.pk}
    for mottaker in til:
        if not mottaker.kanal:
            continue
        deltakelse = mottaker.deltakelse
        leveringer.append(
            Levering.objects.create(referat=referat, deltakelse=deltakelse, kanal=mottaker.kanal, levert_tid=naa)
        )
        med_konto = mottaker.kanal == Levering.Kanal.KONTO
        if med_konto and deltakelse.konto is not None and deltakelse.konto_id not in varslet:
            varslet.add(deltakelse.konto_id)
            referat_er_ferdig(referat, deltakelse.konto, naa=naa)
    return leveringer
