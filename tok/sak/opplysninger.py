"""What a form has read and a handling is given: plain values, so that neither needs to know the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tok.kjerne.models import Konto
from tok.sak.models import Enhet


@dataclass(frozen=True)
class Personopplysninger:
    """What is told of a person: at the first request, or when something is mended."""

    fornavn: str
    etternavn: str
    foedselsdato: date
    er_termin: bool
    nummer: str
    telefon: str
    adresse: str
    maalform: str
    tolkespraak: str


@dataclass(frozen=True)
class Henvendelsesfelt:
    """What was asked, by whom and how."""

    mottatt_dato: date
    kanal: str
    avsender_navn: str
    avsender_rolle: str
    avsender_telefon: str
    er_enig: bool
    ja_sagt_av: str
    tjenester: list[str]
    behov: str
    oensker_gruppe: bool
    oensker_koordinator: bool
    oensker_plan: bool
    foreslaatt_koordinator: Konto | None
    er_enig_i_forslag: bool
    ja_sagt_navn: str = ""
    vurdert_av: str = ""


@dataclass(frozen=True)
class Ja:
    """An oral yes to being registered: in what capacity, who by name, when, and who assessed when that is asked."""

    sagt_av: str
    navn: str
    dato: date
    vurdert_av: str


@dataclass(frozen=True)
class NyttVern:
    """A protection as one person sets it: how strict, how it is known, and the colleague who confirms it (N11)."""

    nivaa: int
    grunn: str
    bekreftes_av: Konto


@dataclass(frozen=True)
class UtenKonto:
    """A participant who gets letters instead of messages."""

    navn: str
    virksomhet: str
    telefon: str
    epost: str
    postadresse: str


@dataclass(frozen=True)
class Underskrift:
    """What the signed form says."""

    formaal: Sequence[str]
    underskrevet_av: str
    underskrevet_av_2: str
    egenskap: str
    underskrevet_dato: date
    gyldig_fra: date
    gyldig_tom: date
    omfatter_ikke: str
    barnets_syn: str
    vurdert_av: str


@dataclass(frozen=True)
class Grunnlag:
    """What a representative's standing rests on: about what, who assessed, from when, to and with when."""

    mandat: str
    vurdert_av: str
    fra_dato: date
    tom_dato: date | None


@dataclass(frozen=True)
class Kontoopplysninger:
    """Whose a new account is, and how they are reached."""

    navn: str
    epost: str
    telefon: str
    tittel: str


@dataclass(frozen=True)
class NyAnsettelse:
    """Where somebody is to work, as what, from when, and the first day it no longer holds."""

    enhet: Enhet
    rolle: str
    er_fast: bool
    fra_dato: date
    til_dato: date | None
