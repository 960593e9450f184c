"""Fills the ground floor's ports: the deadline's words, the card on the case page, menu lines, obstacles."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from koordinator import frister, sporringer
from koordinator.models import Forespoersel, Gjennomfoering, Kurs, Oppnevning
from tok.kjerne.forberedt import Forberedt
from tok.kjerne.lenker import lenke
from tok.kjerne.models import Konto
from tok.sak import bidrag
from tok.sak.models import Deltakelse, Sak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.kilder import roller_i_sak


def _svar_fra_leder(utgangspunkt: date, objekt_id: UUID, sak_id: UUID) -> bidrag.Fristtekst:
    return bidrag.Fristtekst(
        setning=_("Leder skal svare på spørsmål om koordinator"),
        url=lenke("oversikt:sak", sak_id),
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


SVART = Forberedt(lambda sak_id: Forespoersel.objects.filter(sak=sak_id, svart_tid__isnull=False).values_list("pk")[:1])
OPPNEVNT = Forberedt(
    lambda sak_id, i_dag: Oppnevning.objects.filter(sak=sak_id).ikke_slutt(i_dag).values_list("pk")[:1]
)


def _leder_har_svart(sak: Sak, i_dag: date) -> bool:
    return bool(SVART.rader(sak_id=sak.pk))


def _er_oppnevnt(sak: Sak, i_dag: date) -> bool:
    return bool(OPPNEVNT.rader(sak_id=sak.pk, i_dag=i_dag))


def _kurs(sak_id: UUID, i_dag: date) -> QuerySet[Any]:
    """The courses that come before the first meeting, and when the first who coordinates has taken each."""
    leder = Deltakelse.objects.ikke_slutt(i_dag).koordinatorer().filter(sak=sak_id).order_by("fra_dato")
    tatt = Gjennomfoering.objects.filter(
        kurs=OuterRef("pk"), konto=Subquery(leder.values("konto")[:1]), dato__lte=i_dag
    )
    return Kurs.objects.filter(kreves_foer_foerste_moete=True).values_list(Exists(tatt))


KURS = Forberedt(_kurs)


def _har_tatt_kurset(sak: Sak, i_dag: date) -> bool:
    kurs = KURS.rader(sak_id=sak.pk, i_dag=i_dag)
    return bool(kurs) and all(tatt for (tatt,) in kurs)


def registrer() -> None:
    """Called once at start-up."""
    bidrag.registrer_frist(
        bidrag.Fristbidrag(
            regel=frister.SVAR_FRA_LEDER,
            tekst=_svar_fra_leder,
            mottakers_url=lambda objekt_id: lenke("koordinator:svar", objekt_id),
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
