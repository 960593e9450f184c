"""The invitation on paper as a plain dict for `templates/pdf/innkalling.html` (R56–R64)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ansvarsgruppe.models import DEN_DET_GJELDER, Innkalling, Moete
from tok.kjerne import datotekst
from tok.kjerne.kommuneord import kommuneord
from tok.kjerne.models import Kommune, Maalform
from tok.sak.dokumenter import felles
from tok.sak.models import Deltakelse, Sak


def maalform_for(deltakelse: Deltakelse, sak: Sak) -> str:
    """The written Norwegian of the receiver; a family gets the person's (R231, L26)."""
    if deltakelse.konto is not None:
        return deltakelse.konto.maalform
    return sak.person.maalform if deltakelse.rolle in DEN_DET_GJELDER else Maalform.BOKMAAL


def tittel(moete: Moete, deltakelse: Deltakelse, *, endret: bool = False) -> str:
    """How the letter is called in the case's list of documents; one that replaces another says so."""
    mal = _("Innkalling til møte %(dato)s, til %(navn)s")
    if endret:
        mal = _("Innkalling (endret) til møte %(dato)s, til %(navn)s")
    return mal % {"dato": datotekst.dato(moete.start_tid), "navn": deltakelse.navn}


def innhold(
    *,
    moete: Moete,
    sak: Sak,
    deltakelse: Deltakelse,
    punkter: Sequence[str],
    inviterte: Iterable[Deltakelse],
    koordinator: Deltakelse | None,
    for_sent: bool,
    kommune: Kommune,
    dato: date,
    forrige: Innkalling | None = None,
) -> dict[str, Any]:
    """Everything the letter says, as plain strings, so that it never changes afterwards.

    `forrige` is the invitation to the same receiver that this one replaces.
    """
    foer = _foer(forrige)
    return {
        **felles(sak, dato),
        "mottaker": {"navn": deltakelse.navn, "adresse": adresselinjer(deltakelse)},
        "overskrift": _overskrift(moete, kommune, forrige, foer),
        "erstatter": _erstatter(moete, sak, forrige, foer),
        "bruker": sak.person.navn,
        "moete": {
            "tid": tid(moete),
            "sted": sted(moete, sak),
            "lenke": moete.videolenke,
        },
        "tolk": tolk(moete),
        "saker": [{"tittel": punkt, "beskrivelse": ""} for punkt in punkter],
        "satt_opp_sammen": moete.satt_opp_med_personen,
        "inviterte": [{"navn": d.navn, "rolle": rolle(d)} for d in inviterte],
        "koordinator": koordinatorkort(koordinator, sak),
        "svarfrist": "",
        "merknad": merknad(deltakelse, for_sent=for_sent),
    }


def _foer(forrige: Innkalling | None) -> dict[str, str]:
    """When and where the meeting was, in the words of the letter that is replaced; empty where there was no letter."""
    brev = forrige.brev if forrige else None
    return dict(brev.innhold["moete"]) if brev else {}


def _overskrift(moete: Moete, kommune: Kommune, forrige: Innkalling | None, foer: dict[str, str]) -> str:
    if forrige is None:
        return _("Innkalling til %(moete)s") % {"moete": kommuneord(kommune, "moete")}
    if foer and foer["tid"] != tid(moete):
        return _("Ny tid for møtet")
    return _("Endret innkalling")


def _erstatter(moete: Moete, sak: Sak, forrige: Innkalling | None, foer: dict[str, str]) -> str:
    """What the letter replaces, and what the old one said where that is no longer so."""
    if forrige is None:
        return ""
    setninger = [_("Erstatter innkallingen sendt %(dato)s.") % {"dato": datotekst.dato(forrige.sendt_tid)}]
    if foer and foer["tid"] != tid(moete):
        gammel = foer["tid"]
        setninger.append(_("Møtet var %(tid)s.") % {"tid": gammel[:1].lower() + gammel[1:]})
    if foer and foer["sted"] and foer["sted"] != moete.sted and not sak.skjuler_sted:
        setninger.append(_("Stedet var %(sted)s.") % {"sted": foer["sted"]})
    return " ".join(setninger)


def sted(moete: Moete, sak: Sak) -> str:
    """Where, in a letter; the place of a protected group stands behind the log-in and nowhere else (N11, L20)."""
    if moete.sted and sak.skjuler_sted:
        return _("Stedet får du vite av koordinator.")
    return moete.sted


def tid(moete: Moete) -> str:
    """When, in one line."""
    return datotekst.tidsrom(moete.start_tid, moete.slutt_tid)


def tolk(moete: Moete) -> str:
    """Always stated (R63)."""
    if not moete.har_tolk:
        return _("Det blir ikke brukt tolk.")
    return _("Det blir brukt tolk. Språk: %(spraak)s.") % {"spraak": moete.tolk_spraak}


def merknad(deltakelse: Deltakelse, *, for_sent: bool) -> str:
    """The doctor's office is asked for a double appointment (R57, R58); a late agenda is said (R59)."""
    deler = []
    if deltakelse.via_legekontor:
        deler.append(_("Til legekontoret: Sett av dobbelttime til legen til dette møtet."))
    if for_sent:
        deler.append(_("Sakslista er sendt mindre enn en uke før møtet."))
    return " ".join(deler)


def adresselinjer(deltakelse: Deltakelse) -> list[str]:
    """The lines under the name on the envelope; empty where no address may be kept or none is known (N11)."""
    if deltakelse.kontakt is not None:
        deler = [deltakelse.kontakt.virksomhet, *deltakelse.kontakt.postadresse.split(",")]
    elif deltakelse.konto is not None:
        deler = [deltakelse.enhet.navn if deltakelse.enhet else ""]
    else:
        deler = deltakelse.sak.person.adresse.split(",")
    return [del_.strip() for del_ in deler if del_.strip()]


def rolle(deltakelse: Deltakelse) -> str:
    """What the participant is, as the letter's table shows it."""
    if deltakelse.rolle == Deltakelse.Rolle.PERSON:
        return _("Den møtet gjelder")
    if deltakelse.rolle == Deltakelse.Rolle.KOORDINATOR:
        return ", ".join(del_ for del_ in [_("Koordinator"), deltakelse.tilhoerighet_utad] if del_)
    return deltakelse.tilhoerighet_utad or str(deltakelse.get_rolle_display())


def koordinatorkort(deltakelse: Deltakelse | None, sak: Sak) -> dict[str, str] | None:
    """Whom to ask; in a strictly protected group the office alone is told as the one to ring (N11)."""
    if deltakelse is None or deltakelse.konto is None:
        return None
    konto = deltakelse.konto
    telefon, epost = ("", "") if sak.er_uten_post else (konto.telefon, konto.epost)
    return {"navn": konto.navn, "rolle": deltakelse.tilhoerighet_utad, "telefon": telefon, "epost": epost}
