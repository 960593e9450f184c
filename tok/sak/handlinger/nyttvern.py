"""A protection is written: it holds at once, the case closes round those who are named, and the second is told (N11).

`skriv_vern` runs inside a handling: of a case, of a request, or of the registration of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import frister, varsler
from tok.sak.handlinger.vernegruppe import hold, kall_tilbake, sett_gruppe, slipp_inn
from tok.sak.models import Person, Sak, Vern
from tok.sak.opplysninger import NyttVern
from tok.sak.protokoll import sett_frist
from tok.sak.sporringer.vern import Vernet, kontoer_til, lukkes_av
from tok.sak.tilgang import Avslag
from tok.sak.tilgang.vernegruppe import forvalgte, kan_bekrefte


class EnAlene(Avslag):
    """Two persons set a protection, and the second works in the office."""

    melding = _("Velg en kollega på kontoret som bekrefter. Det må to personer til for å sette et vern.")
    felt = "bekreftes_av"


class HarSammeVern(Avslag):
    """The same protection is there."""

    melding = _("Dette vernet er allerede satt.")
    felt = "nivaa"


def skriv_vern(
    *,
    hvem: Vernet,
    nytt: NyttVern,
    person: Person,
    kontor_id: UUID,
    slipper_inn: Sequence[Konto] | None,
    av: Konto,
    naa: datetime,
) -> Vern:
    """Protect somebody within the running handling.

    `person` is the one whose case or request it is done from, and `slipper_inn` who keeps access there; None keeps
    coordinator, deputy and case worker, as for the other cases a protected contact takes part in. The two who set it
    are let in too.

    Raises:
        EnAlene: the second is the first, or is no case worker of the office without a relation to the person.
        HarSammeVern: it is there already.
    """
    i_dag = lokal_dato(naa)
    if not kan_bekrefte(av, [kontor_id], i_dag, person).filter(pk=nytt.bekreftes_av.pk).exists():
        raise EnAlene
    felt = {str(hvem._meta.model_name): hvem}
    Person.objects.select_for_update().get(pk=person.pk)
    hold(*kontoer_til(hvem))
    if Vern.objects.virksomme().filter(**felt, nivaa=nytt.nivaa).exists():
        raise HarSammeVern
    foer = {sak.pk: sak.vernenivaa for sak in lukkes_av(hvem)}
    to = (av, nytt.bekreftes_av)
    if slipper_inn is None:
        foer_her = max([person.vernenivaa, *(sak.vernenivaa for sak in Sak.objects.filter(person=person))])
        slipper_inn = forvalgte(person, i_dag, foer=foer_her, ogsaa=to)
    vern = Vern.objects.create(
        **felt, nivaa=nytt.nivaa, grunn=nytt.grunn, satt_av=av, satt_tid=naa, bekreftes_av=nytt.bekreftes_av
    )
    sett_gruppe(person, [*slipper_inn, *to], av=av, naa=naa)
    for sak in lukkes_av(hvem).select_related("person"):
        if sak.person != person:
            slipp_inn(sak.person, forvalgte(sak.person, i_dag, foer=foer[sak.pk], ogsaa=to), av=av, naa=naa)
        if sak.vernenivaa > foer[sak.pk]:
            kall_tilbake(sak, naa=naa)
    _be_om_bekreftelse(vern, person, naa)
    return vern


def _be_om_bekreftelse(vern: Vern, person: Person, naa: datetime) -> None:
    """The colleague gets the house's one e-mail; where there is a case the office has a deadline too."""
    varsler.vern_venter(vern, naa=naa)
    sak = Sak.objects.aapne().filter(person=person).first()
    if sak is not None:
        i_dag = lokal_dato(naa)
        sett_frist(sak=sak, regel=frister.BEKREFT_VERN, objekt_id=vern.pk, utgangspunkt=i_dag, naa=naa)
