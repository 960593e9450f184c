"""Fills the ground floor's ports: the deadline's words, the card on the case page, menu lines, obstacles."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koordinator import frister, sporringer
from koordinator.models import Forespoersel, Oppnevning
from tok.kjerne.models import Konto
from tok.sak import bidrag
from tok.sak.models import Deltakelse, Sak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.kilder import roller_i_sak


def _svar_fra_leder(utgangspunkt: date, objekt_id: UUID, sak_id: UUID) -> bidrag.Fristtekst:
    return bidrag.Fristtekst(
        setning=_("Leder skal svare på spørsmål om koordinator"),
        url=reverse("oversikt:sak", args=[sak_id]),
        knapp=_("Se saken"),
    )


def _er_lederens(konto: Konto, objekt_id: UUID, i_dag: date) -> bool:
    return Rett.SVARE_SOM_LEDER.synlige(konto, Forespoersel.objects.filter(pk=objekt_id), i_dag=i_dag).exists()


def _kort(sak: Sak, konto: Konto, i_dag: date) -> dict[str, object] | None:
    roller = roller_i_sak(konto, sak, i_dag)
    aapen = sak.tilstand == Sak.Tilstand.AAPEN
    kort = sporringer.hent_kort(
        sak,
        i_dag,
        kan_oppnevne=aapen and bool(Rett.OPPNEVNE.roller & roller),
        kan_se_brev=bool(Rett.SE_DOKUMENTER.roller & roller),
    )
    return {"koordinatorkort": kort}


def kurs_mangler(sak: Sak, i_dag: date) -> list[str]:
    """What stands in the way of the first meeting: the coordinator's course is not taken (R125–R126)."""
    deltakelse = Deltakelse.objects.gjeldende(i_dag).koordinatorer().filter(sak=sak).select_related("konto").first()
    if deltakelse is None or deltakelse.konto is None:
        return []
    kurs = sporringer.hent_belastning([deltakelse.konto.pk], i_dag)[deltakelse.konto.pk].kurs
    mangler = _("%(navn)s har ikke tatt kurset «%(kurs)s».")
    return [mangler % {"navn": deltakelse.konto.navn, "kurs": ett} for ett in kurs.mangler]


def _leder_har_svart(sak: Sak, i_dag: date) -> bool:
    return Forespoersel.objects.filter(sak=sak, svart_tid__isnull=False).exists()


def _er_oppnevnt(sak: Sak, i_dag: date) -> bool:
    return Oppnevning.objects.filter(sak=sak).ikke_slutt(i_dag).exists()


def _har_tatt_kurset(sak: Sak, i_dag: date) -> bool:
    leder = Deltakelse.objects.ikke_slutt(i_dag).koordinatorer().filter(sak=sak).order_by("fra_dato").first()
    if leder is None or leder.konto_id is None:
        return False
    kurs = sporringer.hent_belastning([leder.konto_id], i_dag)[leder.konto_id].kurs
    return kurs.tatt_dato is not None and not kurs.mangler


def registrer() -> None:
    """Called once at start-up."""
    bidrag.registrer_frist(
        bidrag.Fristbidrag(
            regel=frister.SVAR_FRA_LEDER,
            tekst=_svar_fra_leder,
            mottakers_url=lambda objekt_id: reverse("koordinator:svar", args=[objekt_id]),
            er_mottakers=_er_lederens,
        )
    )
    bidrag.oppslag.append(bidrag.Oppslag("koordinator/_kort.html", 20, _kort))
    bidrag.hinder.append(kurs_mangler)
    bidrag.kjente_kryss["R110–R112"].append(_leder_har_svart)
    bidrag.kjente_kryss["R30"].append(_er_oppnevnt)
    bidrag.kjente_kryss["R125–R126"].append(_har_tatt_kurset)
    bidrag.registrer_meny(
        gettext_lazy("Koordinatorer"), "koordinator:koordinatorer", Rett.SE_KOORDINATORER, rekkefoelge=40
    )
    bidrag.registrer_meny(
        gettext_lazy("Forespørsler"), "koordinator:foresporsler", Rett.SVARE_SOM_LEDER, rekkefoelge=50
    )
