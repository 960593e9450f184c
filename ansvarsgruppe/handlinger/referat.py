"""Minutes being written: begin, save without ever writing over another's text, and begin a mended version."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ansvarsgruppe.handlinger import steg
from ansvarsgruppe.handlinger.felter import les, skriv
from ansvarsgruppe.handlinger.fletting import Felter, Fletting, flett
from ansvarsgruppe.models import Avtale, Moete, Oppmoete, Referat
from ansvarsgruppe.tilstand import REFERAT_STEG
from tok.kjerne import datotekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.kjerne.tilstand import UlovligSteg, neste
from tok.sak import protokoll
from tok.sak.tilgang import Avslag, Rett, krever

KOPIERES = (
    "andre_til_stede",
    "naa_situasjon",
    "maal",
    "personens_stemme",
    "fikk_ordet_foerst",
    "medvirkning_vurdert",
    "medvirkning_hvordan",
    "medvirkning_sa",
    "medvirkning_vekt",
    "neste_hvem",
    "neste_start_tid",
    "neste_slutt_tid",
    "neste_sted",
)


class MoetetErIkkeInnkalt(Avslag):
    """Minutes belong to a meeting that people are called to, or that has been held all the same."""

    melding = _("Du kan skrive referat når saksliste og innkalling er sendt.")


class MoetetErAvlyst(Avslag):
    """Nothing is told of a meeting that was not."""

    melding = _("Møtet er avlyst, så det skrives ikke referat fra det.")


class ReferatErLaast(Avslag):
    """Finished minutes are mended by a new version (L18)."""

    melding = _("Referatet er ferdig og kan ikke endres. Lag en ny versjon hvis noe er feil.")


class ReferatErAlleredeRettet(Avslag):
    """Only the newest version can be mended, and one at a time."""

    melding = _("Det finnes alt en nyere versjon av dette referatet.")


class ManglerGrunn(Avslag):
    """A new version says why (L18)."""

    melding = _("Skriv hvorfor referatet rettes.")
    felt = "grunn"


class ReferatErEndret(Avslag):
    """Somebody has saved in the same fields meanwhile; carries both texts, so that nothing is written over (P7)."""

    melding = _("Noen har lagret i de samme feltene mens du skrev. Se begge tekstene, og lagre dem samlet.")

    def __init__(self, fletting: Fletting, andres: Felter, lagring: int) -> None:
        super().__init__()
        self.fletting, self.andres, self.lagring = fletting, andres, lagring


def laas(referat: Referat) -> Referat:
    """The minutes' row, locked until the transaction ends."""
    return (
        Referat.objects.select_for_update(of=("self",)).select_related("moete__gruppe__sak__person").get(pk=referat.pk)
    )


@krever(Rett.SKRIVE_REFERAT)
def start_referat(*, moete: Moete, av: Konto, naa: datetime) -> Referat:
    """Begin the minutes of a meeting; again gives the same minutes (R83). Who came is ticked by people (R94).

    Raises:
        MoetetErIkkeInnkalt: nobody has been called to it and it has not begun.
        MoetetErAvlyst: it is called off.
    """
    moete = steg.laas(moete)
    protokoll.noter(dato=datotekst.dato(moete.start_tid))
    finnes = Referat.objects.filter(moete=moete).order_by("-versjon").first()
    if finnes is not None:
        return finnes
    if moete.tilstand == Moete.Tilstand.AVLYST:
        raise MoetetErAvlyst
    if moete.tilstand == Moete.Tilstand.PLANLAGT and naa < moete.start_tid:
        raise MoetetErIkkeInnkalt
    return Referat.objects.create(moete=moete, referent=av, neste_hvem=_faste_navn(moete))


def _faste_navn(moete: Moete) -> str:
    """The names of those who usually meet, to begin the next meeting from (R98)."""
    faste = moete.gruppe.sak.deltakelser.gjeldende(lokal_dato(moete.start_tid)).med_navn()
    roller = ("person", "representant", "koordinator", "medkoordinator", "fast")
    valgt = sorted((d for d in faste if d.rolle in roller), key=lambda d: (roller.index(d.rolle), d.navn))
    return ", ".join(d.navn for d in valgt)


@krever(Rett.SKRIVE_REFERAT)
def lagre_referat(
    *, referat: Referat, base_lagring: int, base: Felter | None, data: Felter, av: Konto, naa: datetime
) -> Referat:
    """Save what was typed, merged with what others have saved since `base_lagring` (P7, R83).

    `base` is the content the typing began from; without it every difference counts as a conflict.

    Raises:
        ReferatErLaast: they are finished.
        ReferatErEndret: both have written in the same field; nothing is saved.
    """
    referat = laas(referat)
    _sjekk_steg("lagre_referat", referat)
    naa_i_raden = les(referat)
    if referat.lagring == base_lagring:
        nytt = data
    else:
        fletting = flett(base, data, naa_i_raden)
        if fletting.konflikter:
            raise ReferatErEndret(fletting, naa_i_raden, referat.lagring)
        nytt = fletting.felter
    if nytt != naa_i_raden:
        skriv(referat, nytt)
    protokoll.noter(dato=datotekst.dato(referat.moete.start_tid))
    return referat


def _sjekk_steg(handling: str, referat: Referat) -> None:
    try:
        neste(REFERAT_STEG, handling, referat.tilstand)
    except UlovligSteg as ulovlig:
        raise ReferatErLaast from ulovlig


@krever(Rett.SKRIVE_REFERAT)
def rett_referat(*, referat: Referat, grunn: str, av: Konto, naa: datetime) -> Referat:
    """Begin a new version of finished minutes, with the reason; the old one stays readable (L18).

    Raises:
        ManglerGrunn: no reason is given.
        ReferatErAlleredeRettet: a newer version exists, finished or begun.
        ReferatErLaast: the minutes are still a draft, which is mended by writing in it.
    """
    Moete.objects.select_for_update().get(pk=referat.moete_id)
    gammelt = laas(referat)
    try:
        neste(REFERAT_STEG, "rett_referat", gammelt.tilstand)
    except UlovligSteg:
        raise ReferatErLaast(str(_("Referatet er ikke ferdig ennå. Rett det der du skriver det."))) from None
    if not grunn.strip():
        raise ManglerGrunn
    if Referat.objects.filter(moete=gammelt.moete_id, versjon__gt=gammelt.versjon).exists():
        raise ReferatErAlleredeRettet
    nytt = Referat.objects.create(
        moete=gammelt.moete,
        versjon=gammelt.versjon + 1,
        referent=gammelt.referent,
        erstatter=gammelt,
        endring_grunn=grunn.strip(),
        **{navn: getattr(gammelt, navn) for navn in KOPIERES},
    )
    for oppmoete in gammelt.oppmoeter.all():
        Oppmoete.objects.create(referat=nytt, deltakelse_id=oppmoete.deltakelse_id, status=oppmoete.status)
    for avtale in gammelt.avtaler.all():
        Avtale.objects.create(
            referat=nytt,
            nr=avtale.nr,
            tiltak=avtale.tiltak,
            ansvar_id=avtale.ansvar_id,
            frist_dato=avtale.frist_dato,
        )
    protokoll.noter(dato=datotekst.dato(gammelt.moete.start_tid), versjon=nytt.versjon)
    return nytt
