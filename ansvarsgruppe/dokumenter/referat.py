"""The content of the minutes as a plain dict, for page and PDF alike, in the template's order (R80, R90–R99)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from ansvarsgruppe.models import Moete, Oppmoete, Referat
from tok.kjerne import datotekst, dokumenter
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.kommuneord import kommuneord
from tok.kjerne.models import Dokument, Kommune, Konto
from tok.sak.dokumenter import felles
from tok.sak.models import Deltakelse, Sak, Skjult, Tiltak

KILDE = "avtale"
Status = Oppmoete.Status


def innhold(referat: Referat, mottakernavn: list[str], *, er_barn: bool, naa: datetime) -> dict[str, Any]:
    """Everything the minutes say, as strings in the person's own written Norwegian; frozen when they are finished."""
    moete, sak = referat.moete, referat.moete.gruppe.sak
    kommune = Kommune.hent()
    with override(sak.person.maalform):
        return {
            **felles(sak, lokal_dato(naa)),
            "overskrift": _("Referat fra %(moete)s") % {"moete": kommuneord(kommune, "moete")},
            "bruker": sak.person.navn,
            "tid": datotekst.tidsrom(moete.start_tid, moete.slutt_tid),
            "sted": sted(moete, sak),
            "referent": ", ".join(del_ for del_ in (referat.referent.navn, referat.referent.tittel) if del_),
            **deltakere(_oppmoete(referat), referat.andre_til_stede),
            "naasituasjon": referat.naa_situasjon,
            "forrige": forrige(moete),
            "brukers_stemme": stemme(referat, sak.person.tiltale),
            "barnets_medvirkning": medvirkning(referat) if er_barn else None,
            "maal": [],
            "maal_tekst": referat.maal,
            "avtaler": [avtaletekst(rad) for rad in referat.avtaler.select_related(*_DELTAKER)],
            "avslutning": "",
            "neste": _neste(referat, sak),
            "versjon": {
                "nummer": referat.versjon,
                "ferdigstilt": datotekst.dato(naa),
                "grunn": referat.endring_grunn,
            },
            "sluttnote": _sluttnote(mottakernavn, naa),
        }


def bestill(referat: Referat, frosset: dict[str, Any], *, naa: datetime) -> Dokument:
    """Freeze the content under the minutes' own key; the same order again is the same document (P2)."""
    sak = referat.moete.gruppe.sak
    with override(sak.person.maalform):
        tittel = _("Referat %(dato)s") % {"dato": datotekst.dato(referat.moete.start_tid)}
        if referat.versjon > 1:
            tittel = _("%(tittel)s, versjon %(nr)s") % {"tittel": tittel, "nr": referat.versjon}
    return dokumenter.bestill(
        noekkel=f"referat:{referat.pk}",
        mal="referat",
        tittel=tittel,
        innhold=frosset,
        naa=naa,
        maalform=sak.person.maalform,
    )


def forrige(moete: Moete) -> dict[str, Any] | None:
    """What became of the agreements of the last meeting that has finished minutes (R74); None when there are none.

    Guardians read the minutes, so what was agreed in a meeting that is hidden from them stands in none of these (N20).
    """
    siste = (
        Referat.objects.filter(
            moete__gruppe=moete.gruppe_id,
            moete__start_tid__lt=moete.start_tid,
            tilstand=Referat.Tilstand.FERDIG,
        )
        .exclude(moete__in=Skjult.objects.virksomme().values("objekt_id"))
        .select_related("moete")
        .order_by("-moete__start_tid", "-versjon")
        .first()
    )
    if siste is None:
        return None
    rader = list(siste.avtaler.select_related(*_DELTAKER))
    status = dict(
        Tiltak.objects.filter(kilde_type=KILDE, kilde_id__in=[rad.pk for rad in rader]).values_list(
            "kilde_id", "tilstand"
        )
    )
    tiltak = [
        {**avtaletekst(rad), "status": str(Tiltak.Tilstand(status.get(rad.pk, Tiltak.Tilstand.AAPENT)).label)}
        for rad in rader
    ]
    return {"dato": datotekst.dato(siste.moete.start_tid), "tiltak": tiltak} if tiltak else None


_DELTAKER = ("ansvar__konto", "ansvar__kontakt", "ansvar__enhet", "ansvar__sak__person")


def sted(moete: Moete, sak: Sak) -> str:
    """Where; the minutes leave the house, so the place of a protected group stands on the meeting's page only (N11)."""
    if sak.skjuler_sted:
        return _("Står på møtesiden etter innlogging") if moete.sted else _("Videomøte")
    return moete.sted or _("Videomøte")


def med_rolle(deltakelse: Deltakelse) -> str:
    """Name and what one is in the case."""
    return ", ".join(del_ for del_ in (deltakelse.navn, deltakelse.tilhoerighet_utad) if del_)


def _fravaer(tekst: str, status: str) -> str:
    if status == Status.TIL_STEDE:
        return tekst
    return f"{tekst} ({Status(status).label})"


def _koordinator(konto: Konto, rad: Oppmoete) -> dict[str, Any]:
    moett, sak = rad.status != Status.IKKE_MOETT, rad.deltakelse.sak
    hva = rad.deltakelse.tilhoerighet_utad
    return {
        "navn": konto.navn,
        "rolle": hva if moett else _fravaer(hva, rad.status).strip(),
        "telefon": "" if sak.er_uten_post else konto.telefon,
        "epost": "" if sak.er_uten_post else konto.epost,
        "forfall": rad.status == Status.FORFALL,
    }


def _oppmoete(referat: Referat) -> QuerySet[Oppmoete]:
    return referat.oppmoeter.select_related(
        "deltakelse__konto", "deltakelse__kontakt", "deltakelse__enhet", "deltakelse__sak__person"
    )


def deltakere(rader: Iterable[Oppmoete], andre_til_stede: str = "") -> dict[str, Any]:
    """The participants in the template's three parts; who did not come is named with that (R94)."""
    foresatte, andre, forfall = [], [], []
    koordinator = None
    for rad in sorted(rader, key=lambda r: (r.deltakelse.rolle != Deltakelse.Rolle.PERSON, r.deltakelse.navn)):
        deltakelse, navn = rad.deltakelse, med_rolle(rad.deltakelse)
        if deltakelse.rolle == Deltakelse.Rolle.KOORDINATOR and deltakelse.konto and koordinator is None:
            koordinator = _koordinator(deltakelse.konto, rad)
        elif deltakelse.rolle == Deltakelse.Rolle.REPRESENTANT:
            foresatte.append(_fravaer(navn, rad.status))
        elif rad.status == Status.FORFALL:
            forfall.append(navn)
        else:
            andre.append(_fravaer(navn, rad.status))
    if andre_til_stede:
        andre.append(andre_til_stede)
    return {"foresatte": foresatte, "koordinator": koordinator, "andre": andre, "forfall": forfall}


def stemme(referat: Referat, fornavn: str) -> dict[str, str]:
    """The first paragraph large, just as it was typed: it is quoted only where the writer set the marks (R80)."""
    ordet = _("%(navn)s fikk tilbud om ordet først.") % {"navn": fornavn} if referat.fikk_ordet_foerst else ""
    sitat, _skille, resten = referat.personens_stemme.strip().partition("\n")
    return {"sitat": sitat, "tekst": "\n\n".join(del_ for del_ in (resten.strip(), ordet) if del_)}


def medvirkning(referat: Referat) -> dict[str, str]:
    """How the child took part, in the four parts of L15."""
    return {
        "vurdert": referat.medvirkning_vurdert,
        "hvordan": referat.medvirkning_hvordan,
        "hva_barnet_sa": _("Se «Brukerens stemme»."),
        "vekt": str(referat.get_medvirkning_vekt_display()).capitalize(),
    }


def avtaletekst(rad: Any) -> dict[str, str]:
    """One agreement as the minutes show it."""
    return {
        "tiltak": rad.tiltak,
        "ansvar": med_rolle(rad.ansvar) if rad.ansvar else "",
        "frist": datotekst.dato(rad.frist_dato) if rad.frist_dato else "",
    }


def _neste(referat: Referat, sak: Sak) -> dict[str, str] | None:
    fra, til = referat.neste_start_tid, referat.neste_slutt_tid
    if not (fra or referat.neste_hvem or referat.neste_sted):
        return None
    dag = datotekst.ukedag_dato(fra) if fra else ""
    return {
        "deltakere": referat.neste_hvem,
        "dato": dag[:1].upper() + dag[1:],
        "fra": datotekst.kl(fra) if fra else "",
        "til": datotekst.kl(til) if til else "",
        "sted": "" if sak.skjuler_sted else referat.neste_sted,
    }


def _sluttnote(mottakernavn: list[str], naa: datetime) -> str:
    if not mottakernavn:
        return ""
    return _("Sendt %(dato)s til %(hvem)s. Er noe feil, eller mangler noe? Si fra til koordinator.") % {
        "dato": datotekst.dato(naa),
        "hvem": ", ".join(mottakernavn),
    }
