"""Said by oneself, marked by the office, lifted by another: who is too near to help, and at once out (N12, L28)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import varsler
from tok.sak.handlinger.vernegruppe import lukk_de_hevede
from tok.sak.models import Deltakelse, Habilitet, Sak
from tok.sak.protokoll import noter
from tok.sak.sporringer.vern import nivaaer_hos
from tok.sak.tilgang import Avslag, Rett, krever
from tok.sak.tilgang.sperrer import UTEN_HABILITET

FOELGER_AV = {
    Habilitet.Relasjon.SELV: {"rolle": "person"},
    Habilitet.Relasjon.FORELDER: {"rolle": "representant", "egenskap": "forelder"},
    Habilitet.Relasjon.REPRESENTERER: {"rolle": "representant"},
}


class AlleredeMeldt(Avslag):
    """The same account and relation, once."""

    melding = _("Dette er allerede meldt.")
    felt = "relasjon"


class AlleredeOpphevet(Avslag):
    """It is lifted already, or belongs to another person than the case's."""

    melding = _("Dette gjelder ikke lenger. Last siden på nytt for å se hvem som er inhabile nå.")


class FoelgerAvDeltakelsen(Avslag):
    """What follows from a role in the case is mended there."""

    melding = _("Dette følger av at personen er med i saken på egne vegne eller for familien. Rett deltakelsen først.")


@krever(Rett.MELDE_SEG_INHABIL)
def erklaer_inhabilitet(*, sak: Sak, relasjon: str, merknad: str = "", av: Konto, naa: datetime) -> Habilitet:
    """Say that one is too near the person oneself: every helping role ends, and the case closes at once (N12).

    The case worker hears of it; the colleagues in the office do when it is the case worker.

    Raises:
        AlleredeMeldt: the relation stands already.
    """
    return _sett(sak, av, relasjon, Habilitet.Kilde.ERKLAERT, merknad, av, naa)


@krever(Rett.MERKE_INHABIL)
def merk_inhabilitet(
    *, sak: Sak, konto: Konto, relasjon: str, merknad: str = "", av: Konto, naa: datetime
) -> Habilitet:
    """Mark an account as too near the person, before or after it got a role (N12).

    `selv` says that a colleague's account belongs to the person of the case, who is then shielded (L28).

    Raises:
        AlleredeMeldt: the relation stands already.
    """
    return _sett(sak, konto, relasjon, Habilitet.Kilde.MERKET, merknad, av, naa)


@krever(Rett.MERKE_INHABIL)
def opphev_inhabilitet(*, sak: Sak, habilitet: Habilitet, grunn: str, av: Konto, naa: datetime) -> Habilitet:
    """Lift a conflict with a reason. Roles do not come back by themselves; the one concerned cannot reach this (N12).

    Raises:
        AlleredeOpphevet: it does not hold any more.
        FoelgerAvDeltakelsen: the account still takes part as, or for, the person.
    """
    Sak.objects.select_for_update(of=("self",)).get(pk=sak.pk)
    rad = Habilitet.objects.select_for_update(of=("self",)).select_related("konto").filter(pk=habilitet.pk).first()
    if rad is None or rad.opphevet_tid is not None or rad.person_id != sak.person_id:
        raise AlleredeOpphevet
    foelger_av = FOELGER_AV.get(Habilitet.Relasjon(rad.relasjon))
    deltar = Deltakelse.objects.ikke_slutt(lokal_dato(naa)).filter(konto=rad.konto, sak__person=rad.person_id)
    if foelger_av is not None and deltar.filter(**foelger_av).exists():
        raise FoelgerAvDeltakelsen
    rad.opphevet_av, rad.opphevet_tid, rad.slutt_grunn = av, naa, grunn.strip()
    rad.save(update_fields=["opphevet_av", "opphevet_tid", "slutt_grunn"])
    noter(sak=sak, navn=rad.konto.navn)
    return rad


def _sett(
    sak: Sak, konto: Konto, relasjon: str, kilde: Habilitet.Kilde, merknad: str, av: Konto, naa: datetime
) -> Habilitet:
    rad = Sak.objects.select_for_update(of=("self",)).select_related("saksbehandler", "kontor").get(pk=sak.pk)
    if Habilitet.objects.virksomme().filter(konto=konto, person=rad.person_id, relasjon=relasjon).exists():
        raise AlleredeMeldt
    roller = _ta_ut(rad, konto, naa)
    foer = nivaaer_hos(konto)
    habilitet = Habilitet.objects.create(
        konto=konto,
        person_id=rad.person_id,
        relasjon=relasjon,
        kilde=kilde,
        merknad=merknad.strip(),
        satt_av=av,
        satt_tid=naa,
    )
    lukk_de_hevede(foer, av=av, naa=naa)
    varsler.noen_er_inhabil(habilitet, rad, av=av, naa=naa)
    noter(sak=rad, navn=konto.navn, roller=", ".join(roller))
    return habilitet


def _ta_ut(sak: Sak, konto: Konto, naa: datetime) -> list[str]:
    """End the helping roles in all the person's cases, those that have not begun too; the roles in words."""
    i_dag = lokal_dato(naa)
    rader = (
        Deltakelse.objects.select_for_update(of=("self",))
        .ikke_slutt(i_dag)
        .filter(konto=konto, sak__person=sak.person_id)
        .exclude(rolle__in=UTEN_HABILITET)
        .order_by("fra_dato")
    )
    for rad in rader:
        rad.til_dato = max(i_dag, rad.fra_dato)
        rad.save(update_fields=["til_dato"])
    return [str(rad.get_rolle_display()) for rad in rader]
