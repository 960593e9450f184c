"""A neutral first text about what is asked, made from the request, for TOK to mend before it is sent (R28, R110)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from koordinator.models import Forespoersel
from koordinator.tilstand import TRUKKET
from tok.kjerne.fristregning import alder
from tok.sak.models import Enhet, Henvendelse, Sak

ENIG = gettext_lazy("Personen er enig i forslaget.")
UNGDOM_FRA, VOKSEN_FRA = 13, 18
_TALL = ("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti")


def alder_i_ord(sak: Sak, i_dag: date) -> str:
    """As much of the age as a leader needs."""
    aar = alder(sak.person.foedselsdato, i_dag)
    if sak.person.er_termin and aar < 0:
        return _("Et barn som snart blir født,")
    if aar < UNGDOM_FRA:
        return _("Et barn")
    return _("En ungdom") if aar < VOKSEN_FRA else _("En voksen")


def forslag_til_omfang(sak: Sak, i_dag: date) -> str:
    """`En ungdom som får hjelp fra tre tjenester: helse og omsorg, PPT og NAV. …`"""
    henvendelse = _siste_henvendelse(sak)
    hvem = alder_i_ord(sak, i_dag)
    moeter = _("Koordinatoren skal lede omtrent tre møter i året.")
    if henvendelse is None or not henvendelse.tjenester:
        return f"{hvem} {_('som får hjelp fra flere tjenester.')} {moeter}"
    navn = [str(Enhet.Sektor(kode).label) for kode in henvendelse.tjenester]
    antall = _TALL[len(navn)] if len(navn) < len(_TALL) else str(len(navn))
    hjelp = ngettext("som får hjelp fra %(antall)s tjeneste:", "som får hjelp fra %(antall)s tjenester:", len(navn))
    return f"{hvem} {hjelp % {'antall': antall}} {_ramse(navn)}. {moeter}"


def forslag_til_koordinator(sak: Sak) -> UUID | None:
    """The account that was proposed in the request, until a leader is asked: after a no the proposal is used up."""
    henvendelse = _siste_henvendelse(sak)
    if henvendelse is None or Forespoersel.objects.filter(sak=sak).exclude(tilstand=TRUKKET).exists():
        return None
    return henvendelse.foreslaatt_koordinator_id


def personen_er_enig_i(sak: Sak) -> UUID | None:
    """The one account that the person has agreed to (R29, R108)."""
    henvendelse = _siste_henvendelse(sak)
    return henvendelse.foreslaatt_koordinator_id if henvendelse and henvendelse.er_enig_i_forslag else None


def forslag_til_begrunnelse(sak: Sak) -> str:
    """The person's wish, when it was recorded (R108)."""
    return str(ENIG) if personen_er_enig_i(sak) else ""


def _siste_henvendelse(sak: Sak) -> Henvendelse | None:
    return Henvendelse.objects.filter(sak=sak).order_by("-mottatt_dato", "-pk").first()


def _ramse(navn: list[str]) -> str:
    return (
        navn[0]
        if len(navn) == 1
        else _("%(foerste)s og %(siste)s")
        % {
            "foerste": ", ".join(navn[:-1]),
            "siste": navn[-1],
        }
    )
