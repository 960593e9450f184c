"""What is decided when a meeting is set up, the rules it must keep, and the row with its clocks (R56–R64)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ansvarsgruppe import frister
from ansvarsgruppe.handlinger.sted import sjekk_sted
from ansvarsgruppe.models import Ansvarsgruppe, Moete
from ansvarsgruppe.sporringer import har_samtykke_til_innkalling
from tok.kjerne import datotekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Kommune
from tok.sak import bidrag, protokoll
from tok.sak.models import Deltakelse, Sak
from tok.sak.tilgang import Avslag

LENGST_FRAM = timedelta(days=2 * 366)


@dataclass(frozen=True, kw_only=True)
class Moeteplan:
    """When, where and how. No end means the municipality's usual length, longer with an interpreter (R64)."""

    start_tid: datetime
    slutt_tid: datetime | None = None
    sted: str = ""
    videolenke: str = ""
    tolk_spraak: str = ""
    er_aarlig_gjennomgang: bool = False


class GruppaMangler(Avslag):
    """Meetings are a group's."""

    melding = _("Gruppa er ikke opprettet ennå. Kontoret oppretter den når koordinator er på plass.")


class MoetetErIFortiden(Avslag):
    """A meeting is planned ahead."""

    melding = _("Møtet må være fram i tid.")
    felt = "start_tid"


class MoetetErForLangtFram(Avslag):
    """More likely a slip in the year than a plan."""

    melding = _("Møtet er mer enn to år fram i tid. Sjekk årstallet.")
    felt = "start_tid"


class SlutterFoerStart(Avslag):
    """The end comes after the beginning."""

    melding = _("Møtet må slutte etter at det begynner.")
    felt = "slutt"


class ManglerSted(Avslag):
    """People must know where to go."""

    melding = _("Skriv hvor møtet er, eller legg inn en videolenke.")
    felt = "sted"


class UtryggLenke(Avslag):
    """Only https is followed (ASVS 1.2.2)."""

    melding = _("Videolenka må begynne med https://")
    felt = "videolenke"


class GruppaErAvsluttet(Avslag):
    """A closed group or case holds no more meetings."""

    melding = _("Gruppa eller saken er avsluttet. Det kan ikke planlegges flere møter.")


class IngenKoordinatorDenDagen(Avslag):
    """A meeting lies within a coordinator's period."""

    felt = "start_tid"


class MoetetFinnes(Avslag):
    """Pressed twice, or two who plan at once: the group has one meeting at a time."""

    melding = _("Det er alt planlagt et møte da.")
    felt = "start_tid"


class ManglerSamtykke(Avslag):
    """Nobody is called in without a yes (R31, domene.md §3)."""

    melding = _(
        "Det mangler samtykke til å kalle inn til møte. Registrer et muntlig ja eller et underskrevet samtykke først."
    )


class OpplaeringMangler(Avslag):
    """The municipality has chosen that the course comes before the first meeting (R125)."""


def slutt_for(plan: Moeteplan, kommune: Kommune) -> datetime:
    """The end that was given, or the usual length with the municipality's addition for an interpreter (R64)."""
    if plan.slutt_tid is not None:
        return plan.slutt_tid
    minutter = kommune.moetelengde_minutter + (kommune.tolketillegg_minutter if plan.tolk_spraak else 0)
    return plan.start_tid + timedelta(minutes=minutter)


def planen(moete: Moete) -> Moeteplan:
    """The plan a meeting stands with now."""
    return Moeteplan(
        start_tid=moete.start_tid,
        slutt_tid=moete.slutt_tid,
        sted=moete.sted,
        videolenke=moete.videolenke,
        tolk_spraak=moete.tolk_spraak,
        er_aarlig_gjennomgang=moete.er_aarlig_gjennomgang,
    )


def i_ord(plan: Moeteplan) -> str:
    """The plan in one line, for whoever must choose between two."""
    tolk = gettext("tolk i %(spraak)s") % {"spraak": plan.tolk_spraak} if plan.tolk_spraak else gettext("uten tolk")
    deler = [
        datotekst.tidsrom(plan.start_tid, slutt_for(plan, Kommune.hent())),
        plan.sted,
        plan.videolenke,
        tolk,
        gettext("årlig gjennomgang") if plan.er_aarlig_gjennomgang else "",
    ]
    return ", ".join(del_ for del_ in deler if del_)


def sjekk_samtykke(sak: Sak, naa: datetime) -> None:
    """Raises ManglerSamtykke when nobody may be called in today."""
    if not har_samtykke_til_innkalling(sak, lokal_dato(naa)):
        raise ManglerSamtykke


def sjekk_plan(plan: Moeteplan, gruppe: Ansvarsgruppe, naa: datetime) -> None:
    """Refuse a plan that cannot be carried out, at the field it concerns (see the classes above)."""
    sak, dato = gruppe.sak, lokal_dato(plan.start_tid)
    if plan.start_tid <= naa:
        raise MoetetErIFortiden
    if plan.start_tid > naa + LENGST_FRAM:
        raise MoetetErForLangtFram
    if plan.slutt_tid is not None and plan.slutt_tid <= plan.start_tid:
        raise SlutterFoerStart
    if not plan.sted and not plan.videolenke:
        raise ManglerSted
    sjekk_sted(plan.sted, sak.person)
    if plan.videolenke and not plan.videolenke.startswith("https://"):
        raise UtryggLenke
    if gruppe.avsluttet_dato is not None or sak.tilstand != Sak.Tilstand.AAPEN:
        raise GruppaErAvsluttet
    if not Deltakelse.objects.filter(sak=sak).gjeldende(dato).koordinatorer().exists():
        raise IngenKoordinatorDenDagen(
            _("Ingen er koordinator %(dato)s. Velg en dag innenfor koordinators periode.")
            % {"dato": datotekst.dato(dato)}
        )


def laas_gruppe(gruppe: Ansvarsgruppe) -> Ansvarsgruppe:
    """The group with its case, locked: one at a time sets up its meetings."""
    return Ansvarsgruppe.objects.select_for_update(of=("self",)).select_related("sak__person").get(pk=gruppe.pk)


def sjekk_ledig(gruppe: Ansvarsgruppe, start_tid: datetime, *, unntatt: Moete | None = None) -> None:
    """Refuse a second meeting at the same time; the group is locked. Raises MoetetFinnes."""
    samtidig = gruppe.moeter.filter(start_tid=start_tid).exclude(tilstand=Moete.Tilstand.AVLYST)
    if any(moete != unntatt for moete in samtidig):
        raise MoetetFinnes


def sjekk_opplaering(gruppe: Ansvarsgruppe, kommune: Kommune, naa: datetime) -> None:
    """Where the municipality blocks, the floors' obstacles stop the first meeting (R125).

    Raises:
        OpplaeringMangler: with the first obstacle in words.
    """
    if kommune.opplaeringskrav != Kommune.Opplaeringskrav.HINDRE:
        return
    if gruppe.moeter.filter(tilstand=Moete.Tilstand.HOLDT).exists():
        return
    linjer = [linje for spoer in bidrag.hinder for linje in spoer(gruppe.sak, lokal_dato(naa))]
    if linjer:
        raise OpplaeringMangler(linjer[0])


def nytt_moete(gruppe: Ansvarsgruppe, plan: Moeteplan, naa: datetime) -> Moete:
    """Make the row and its clocks; called inside a handling that vouches for the plan."""
    moete = Moete.objects.create(
        gruppe=gruppe,
        start_tid=plan.start_tid,
        slutt_tid=slutt_for(plan, Kommune.hent()),
        sted=plan.sted,
        videolenke=plan.videolenke,
        tolk_spraak=plan.tolk_spraak,
        er_aarlig_gjennomgang=plan.er_aarlig_gjennomgang,
    )
    sett_frister(moete, naa)
    return moete


def sett_frister(moete: Moete, naa: datetime) -> None:
    """Open or move the clocks of agenda and minutes (R59, R87)."""
    for regel in (frister.SAKSLISTE, frister.REFERAT):
        protokoll.sett_frist(
            sak=moete.gruppe.sak,
            regel=regel,
            objekt_id=moete.pk,
            utgangspunkt=lokal_dato(moete.start_tid),
            naa=naa,
        )
