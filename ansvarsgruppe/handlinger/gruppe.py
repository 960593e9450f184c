"""The group is opened round the person when there is somebody to coordinate it (R1, R30)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe import frister
from ansvarsgruppe.models import Ansvarsgruppe
from tok.kjerne.datotekst import dag_og_maaned
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import protokoll
from tok.sak.models import Deltakelse, Sak
from tok.sak.tilgang import Avslag, Rett, krever


class IngenKoordinator(Avslag):
    """Nobody coordinates the case today."""

    melding = _("Saken har ingen koordinator i dag. Oppnevn en koordinator først.")


def koordinator_kommer(kommende: Deltakelse) -> str:
    """Why the group must wait; needs the account loaded."""
    ord_ = {"navn": kommende.konto, "dato": dag_og_maaned(kommende.fra_dato)}
    return gettext("%(navn)s er koordinator fra %(dato)s. Da kan gruppa opprettes.") % ord_


class GruppaFinnes(Avslag):
    """There is one group in a case."""

    melding = _("Gruppa er alt opprettet i denne saken.")


class SakenErAvsluttet(Avslag):
    """A closed case gets no group."""

    melding = _("Saken er avsluttet.")


@krever(Rett.OPPNEVNE)
def opprett_gruppe(*, sak: Sak, formaal: str, av: Konto, naa: datetime) -> Ansvarsgruppe:
    """Open the group, with the person in it, and start the clock of the yearly review (R1, R30, R36).

    Raises:
        SakenErAvsluttet: the case is closed.
        IngenKoordinator: there is nobody to lead it.
        GruppaFinnes: it is there already.
    """
    i_dag = lokal_dato(naa)
    sak = Sak.objects.select_for_update().get(pk=sak.pk)
    if sak.tilstand != Sak.Tilstand.AAPEN:
        raise SakenErAvsluttet
    if Ansvarsgruppe.objects.filter(sak=sak).exists():
        raise GruppaFinnes
    deltakere = Deltakelse.objects.filter(sak=sak).gjeldende(i_dag)
    if not deltakere.koordinatorer().exists():
        kommende = Deltakelse.objects.filter(sak=sak).kommende(i_dag).koordinatorer().select_related("konto").first()
        raise IngenKoordinator(koordinator_kommer(kommende) if kommende else "")
    gruppe = Ansvarsgruppe.objects.create(sak=sak, formaal=formaal, opprettet_dato=i_dag)
    if not deltakere.filter(rolle=Deltakelse.Rolle.PERSON).exists():
        Deltakelse.objects.create(sak=sak, rolle=Deltakelse.Rolle.PERSON, fra_dato=i_dag)
    protokoll.sett_frist(sak=sak, regel=frister.AARLIG_GJENNOMGANG, objekt_id=gruppe.pk, utgangspunkt=i_dag, naa=naa)
    protokoll.noter(sak=sak)
    return gruppe
