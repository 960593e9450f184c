"""The form of the minutes from the row, a draft or a conflict; the text it began from comes along (P7, P9)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from ansvarsgruppe.forms.referat import OPPMOETE, Referatskjema, start_fra_felter, start_fra_raa
from ansvarsgruppe.handlinger.felter import deltakere, krever_medvirkning, les, maa_krysses_av
from ansvarsgruppe.handlinger.fletting import TEKSTER, Felter, Ord, er_flettet_inn, ulikheter
from ansvarsgruppe.handlinger.referat import ReferatErEndret
from ansvarsgruppe.models import Oppmoete, Referat
from tok.kjerne import datotekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.kjerne.skjema import LEGG_TIL
from tok.sak import utkast

UTKAST = "referat"


@dataclass(frozen=True)
class Grunnlag:
    """What the typing began from: the number of the saving, and its content (None when it cannot be known)."""

    lagring: int
    felter: Felter | None


@dataclass(frozen=True)
class Sammenligning:
    """Both texts of one field, with what is different marked."""

    felt: str
    navn: str
    mine: list[Ord]
    andres: list[Ord]


@dataclass(frozen=True)
class Felttekst:
    """One text that its author never got saved."""

    navn: str
    tekst: str


@dataclass(frozen=True)
class IkkeMed:
    """What the author had typed when the minutes were finished by another."""

    tekster: list[Felttekst]
    tid: datetime


def _salt(referat: Referat) -> str:
    return f"referat-grunnlag:{referat.pk}"


def pakk_grunnlag(referat: Referat, felter: Felter) -> str:
    """The base as the page carries it, so that a save knows what it began from, also without script and in two tabs."""
    return signing.dumps({"lagring": referat.lagring, "felter": felter}, salt=_salt(referat), compress=True)


def les_grunnlag(referat: Referat, tekst: str) -> Grunnlag:
    """The base the page came with; one that cannot be read makes every difference a conflict."""
    try:
        data = signing.loads(tekst, salt=_salt(referat))
    except signing.BadSignature:
        return Grunnlag(-1, None)
    return Grunnlag(data["lagring"], data["felter"])


def bygg(
    referat: Referat,
    data: Any = None,
    *,
    start: dict[str, Any] | None = None,
    avtaler: list[dict[str, Any]] | None = None,
) -> Referatskjema:
    """The form of these minutes, empty, from what was posted, or from start values."""
    moete = referat.moete
    return Referatskjema(
        data,
        deltakere=deltakere(referat),
        maa_krysses_av=maa_krysses_av(moete),
        moetedato=lokal_dato(moete.start_tid),
        fornavn=moete.gruppe.sak.person.tiltale,
        er_barn=krever_medvirkning(moete),
        felter=les(referat),
        initial=start,
        avtaler=avtaler,
    )


def fra_raden(referat: Referat, felter: Felter | None = None, *, fra_fane: str = "") -> Referatskjema:
    """The form over the saved row, or over other content that is to be saved on top of it."""
    lagret = les(referat)
    start, avtaler = start_fra_felter(felter or lagret)
    start |= {"grunnlag": pakk_grunnlag(referat, lagret), "fane": ny_fane(), "fra_fane": fra_fane}
    return bygg(referat, start=start, avtaler=avtaler)


def ny_fane() -> str:
    """A mark of one opened page, so that two tabs of one author keep a draft each."""
    return secrets.token_hex(6)


def fane(data: Any) -> str:
    """The mark the page came with."""
    return str(data.get("fane", "")) if re.fullmatch(r"[0-9a-f]{12}", str(data.get("fane", ""))) else ""


def lagre_utkast(referat: Referat, konto: Konto, data: Any, *, naa: datetime) -> str:
    """Keep what is typed in the page, just as it stands, in place of the draft the page was opened from."""
    knapper = ("csrfmiddlewaretoken", f"avtaler-{LEGG_TIL}")
    raa = {navn: data.getlist(navn) for navn in data if navn not in knapper}
    denne = fane(data)
    utkast.lagre(
        konto=konto,
        objekt_type=UTKAST,
        objekt_id=referat.pk,
        innhold={"felter": raa},
        base_versjon=max(les_grunnlag(referat, data.get("grunnlag", "")).lagring, 0),
        naa=naa,
        fane=denne,
    )
    slett_forgjenger(referat, konto, data)
    return f"{denne}|{naa.isoformat()}"


def slett_utkast(referat: Referat, konto: Konto, data: Any) -> None:
    """Throw away the page's draft and the one it was opened from; drafts of other tabs stay."""
    utkast.slett(konto=konto, objekt_type=UTKAST, objekt_id=referat.pk, fane=fane(data))
    slett_forgjenger(referat, konto, data)


def slett_forgjenger(referat: Referat, konto: Konto, data: Any) -> None:
    """Throw away the draft the page was opened from, unless another tab has typed in it since."""
    foer, _skille, tid = str(data.get("fra_fane", "")).partition("|")
    if not tid or foer == fane(data):
        return
    try:
        siden = datetime.fromisoformat(tid)
    except ValueError:
        return
    utkast.slett(konto=konto, objekt_type=UTKAST, objekt_id=referat.pk, fane=foer, uendret_siden=siden)


def _utkastene(referat: Referat, konto: Konto) -> Iterator[tuple[utkast.Lagret, Referatskjema]]:
    """The author's drafts from all open pages, the newest first, each with its form."""
    for lagret in utkast.hent_alle(konto=konto, objekt_type=UTKAST, objekt_id=referat.pk):
        raa = QueryDict(mutable=True)
        for navn, verdier in lagret.innhold["felter"].items():
            raa.setlist(navn, verdier)
        yield lagret, bygg(referat, raa)


def ulagrede(referat: Referat, konto: Konto) -> list[datetime]:
    """When the author typed what no saving holds yet, one for each open page."""
    alle = _utkastene(referat, konto)
    return [lagret.lagret_tid for lagret, skjema in alle if not har_ikke_noe_nytt(referat, skjema)]


def rydd_utkast(referat: Referat, konto: Konto) -> None:
    """Throw away those of the author's drafts that the row holds all of; text that is nowhere else stays (P9)."""
    for lagret, skjema in list(_utkastene(referat, konto)):
        if har_ikke_noe_nytt(referat, skjema):
            utkast.slett(
                konto=konto,
                objekt_type=UTKAST,
                objekt_id=referat.pk,
                fane=lagret.fane,
                uendret_siden=lagret.lagret_tid,
            )


def hentet_utkast(referat: Referat, konto: Konto) -> tuple[Referatskjema, datetime] | None:
    """The form with the author's own unsaved text and when it was typed; None when the row already holds it all."""
    for lagret, skjema in _utkastene(referat, konto):
        if not har_ikke_noe_nytt(referat, skjema):
            start, avtaler = start_fra_raa(skjema)
            start |= {"fane": ny_fane(), "fra_fane": f"{lagret.fane}|{lagret.lagret_tid.isoformat()}"}
            return bygg(referat, start=start, avtaler=avtaler), lagret.lagret_tid
    return None


def ikke_med(referat: Referat, konto: Konto) -> list[IkkeMed]:
    """The author's own text that finished minutes do not hold; nobody else sees it, and it goes after 30 days (P9)."""
    alle = [(lagret, _ikke_lagret(referat, skjema)) for lagret, skjema in _utkastene(referat, konto)]
    return [IkkeMed(tekster, lagret.lagret_tid) for lagret, tekster in alle if tekster]


def _ikke_lagret(referat: Referat, skjema: Referatskjema) -> list[Felttekst]:
    """What was typed in the page, and is neither in the row nor what the page began from."""
    lagret, (start, avtaler) = les(referat), start_fra_raa(skjema)
    base = les_grunnlag(referat, start["grunnlag"] or "").felter or {}
    tekster = []
    for navn in TEKSTER:
        tekst = str(start.get(navn) or "").replace("\r\n", "\n").strip()
        kjent = {str(felter.get(navn) or "").strip() for felter in (lagret, base)}
        if navn in skjema.fields and tekst and tekst not in kjent:
            tekster.append(Felttekst(str(skjema[navn].label), tekst))
    kjente = {rad[0] for felter in (lagret, base) for rad in felter.get("avtaler", [])}
    nye = [rad["tiltak"] for rad in avtaler if rad["tiltak"] and rad["tiltak"].strip() not in kjente]
    return tekster + [Felttekst(_("Avtale"), tiltak) for tiltak in nye]


def har_ikke_noe_nytt(referat: Referat, skjema: Referatskjema) -> bool:
    """Whether the saved row already holds all that was typed; half-done values count as new."""
    if not skjema.is_valid():
        return False
    grunnlag = les_grunnlag(referat, skjema.cleaned_data["grunnlag"])
    return er_flettet_inn(grunnlag.felter, skjema.felter(), les(referat))


def sammenlign(skjema: Referatskjema, mine: Felter, endret: ReferatErEndret) -> list[Sammenligning]:
    """Both texts of each field in conflict, by the name of the form field they belong to."""
    navn_paa = {str(d.pk): d.navn for d in skjema.deltakere}
    funnet = []
    for noekkel in endret.fletting.konflikter:
        felt, _punktum, hvem = noekkel.partition(".")
        min_tekst, andres_tekst = _tekst(noekkel, mine, navn_paa), _tekst(noekkel, endret.andres, navn_paa)
        feltnavn = {"oppmoete": f"{OPPMOETE}{hvem}", "neste_tid": "neste_dato"}.get(felt, felt)
        navn = _("Avtaler") if felt == "avtaler" else str(skjema[feltnavn].label)
        funnet.append(
            Sammenligning(feltnavn, navn, ulikheter(min_tekst, andres_tekst), ulikheter(andres_tekst, min_tekst))
        )
    return funnet


def _tekst(noekkel: str, felter: Felter, navn_paa: dict[str, str]) -> str:
    felt, _punktum, hvem = noekkel.partition(".")
    verdi = felter[felt].get(hvem, "") if hvem else felter[felt]
    if felt == "avtaler":
        return "\n".join(f"{nr}. {_rad(rad, navn_paa)}" for nr, rad in enumerate(verdi, start=1)) or _("Ingen avtaler")
    if felt == "neste_tid":
        fra, til = (datetime.fromisoformat(tid) for tid in verdi) if verdi else (None, None)
        return f"{datotekst.dato_tid(fra)}–{datotekst.kl(til)}" if fra and til else _("Ikke avtalt")
    if felt == "fikk_ordet_foerst":
        return _("Ja") if verdi else _("Nei")
    if felt == "oppmoete":
        return str(Oppmoete.Status(verdi).label) if verdi else _("Ikke krysset av")
    if felt == "medvirkning_vekt":
        return str(Referat.Vekt(verdi).label) if verdi else _("Ikke valgt")
    return str(verdi)


def _rad(rad: list[str], navn_paa: dict[str, str]) -> str:
    tiltak, ansvar, frist = rad
    deler = [tiltak, navn_paa.get(ansvar, ""), datotekst.dato(date.fromisoformat(frist)) if frist else ""]
    return ", ".join(del_ for del_ in deler if del_)
