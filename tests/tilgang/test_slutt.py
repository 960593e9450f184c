"""What has ended is ended at the next request: each end × every address the account could reach (N2, L12)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.fabrikker import I_DAG, RepresentasjonFabrikk, samtykke_for
from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.tabell import Adresse, celler, les_forventet
from tests.tilgang.verden import EGEN, Verden
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Deltakelse, Person, Representasjon, Samtykke

INNE = {200, 302, 409, 422}


def _innlogging(svar: Any) -> bool:
    return bool(svar.status_code == 302 and svar["Location"].startswith(reverse(settings.LOGIN_URL)))


def _slapp_inn(klient: Client, metode: str, url: str) -> Any:
    """The answer, rolled back; None when the account was not let in."""
    with rulles_tilbake():
        svar = klient.get(url) if metode == "GET" else klient.post(url)
        return svar if svar.status_code in INNE and not _innlogging(svar) else None


@dataclass(frozen=True)
class Slutt:
    """One way for a relation to end: whose, what happens, what is set up first, and what it closes when not all."""

    hvem: str
    slutt: Callable[[Verden, Konto], None]
    foer: Callable[[Verden, Konto], None] = lambda verden, konto: None
    stenger: frozenset[str] = frozenset()


def _deltakelse(verden: Verden, konto: Konto) -> Any:
    return Deltakelse.objects.filter(sak=verden.rom[EGEN].sak, konto=konto)


def _tatt_ut(verden: Verden, konto: Konto) -> None:
    _deltakelse(verden, konto).update(til_dato=I_DAG)


def _konto_stengt(verden: Verden, konto: Konto) -> None:
    Konto.objects.filter(pk=konto.pk).update(is_active=False)


def _sluttet_i_jobben(verden: Verden, konto: Konto) -> None:
    Ansettelse.objects.filter(konto=konto).update(til_dato=I_DAG)


def _verge(verden: Verden, konto: Konto) -> None:
    _deltakelse(verden, konto).update(egenskap="verge")
    RepresentasjonFabrikk(deltakelse=_deltakelse(verden, konto).get(), til_dato=I_DAG + timedelta(days=30))


def _mandatet_sluttet_i_gaar(verden: Verden, konto: Konto) -> None:
    Representasjon.objects.filter(deltakelse__konto=konto).update(til_dato=I_DAG)


def _er(verden: Verden, aar: int) -> None:
    foedt = I_DAG.replace(year=I_DAG.year - aar)
    Person.objects.filter(pk=verden.rom[EGEN].sak.person_id).update(foedselsdato=foedt)


def _navngitt(verden: Verden, konto: Konto) -> None:
    """The young person's own consent names the father."""
    _er(verden, 16)
    felt = {"egenskap": "selv", "underskrevet_dato": I_DAG, "gyldig_fra": I_DAG, "gyldig_tom": I_DAG}
    samtykke_for(verden.rom[EGEN].sak, _deltakelse(verden, konto).get(), **felt)


def _samtykket_trukket(verden: Verden, konto: Konto) -> None:
    fra = Samtykke.objects.filter(omfatter__deltakelse__konto=konto, trukket_tid=None)
    for samtykke in fra:
        samtykke.trukket_tid, samtykke.trukket_registrert_av = samtykke.registrert_tid, samtykke.registrert_av
        samtykke.save()


REFERATER = frozenset({"ansvarsgruppe:referat", "sak:referatdokument"})
SLUTT = {
    "far er tatt ut": Slutt("representant", _tatt_ut),
    "fars konto er stengt": Slutt("representant", _konto_stengt),
    "barnet fyller 16": Slutt("representant", lambda verden, konto: _er(verden, 16)),
    "barnet fyller 18": Slutt("representant", lambda verden, konto: _er(verden, 18), foer=_navngitt),
    "ungdommen trekker samtykket": Slutt("representant", _samtykket_trukket, foer=_navngitt),
    "mandatet sluttet i går": Slutt("representant", _mandatet_sluttet_i_gaar, foer=_verge),
    "personens konto er stengt": Slutt("person", _konto_stengt),
    "fast er tatt ut": Slutt("fast", _tatt_ut),
    "samtykket for fast er trukket": Slutt("fast", _samtykket_trukket, stenger=REFERATER),
    "kalt inn og tatt ut": Slutt("ved_behov_innkalt", _tatt_ut),
    "støttepersonen er tatt ut": Slutt("stoetteperson_innkalt", _tatt_ut),
    "koordinator er avløst": Slutt("koordinator", _tatt_ut),
    "koordinator sluttet i jobben": Slutt("koordinator", _sluttet_i_jobben),
    "vara er ferdig": Slutt("vara", _tatt_ut),
    "saksbehandler sluttet i jobben": Slutt("tok", _sluttet_i_jobben),
}


FORVENTET = les_forventet()
FOERST = ("sak:deltakere", "ansvarsgruppe:moete")  # one that was open, asked before the end


def _naar(metode: str, adresse: Adresse, hvem: str) -> bool:
    """Whether the reviewed table lets the account in to its own case."""
    rad = FORVENTET.get((metode, adresse.navn), "").split(" | ")
    return adresse.har_objekt and len(rad) > 3 and hvem in rad[3].split()


@pytest.mark.parametrize("navn", SLUTT)
def test_alt_kontoen_naadde_er_stengt_med_neste_forespoersel(
    verden: Verden, klienter: dict[str, Client], navn: str
) -> None:
    """Pages, fragments, files, calendar files, buttons: 404 in all, and no list, count or search tells of the case."""
    slutt, rom = SLUTT[navn], verden.rom[EGEN]
    konto, klient = verden.kontoer[slutt.hvem], Client()
    klient.cookies.load(klienter[slutt.hvem].cookies.output(header=""))  # a closed account loses its cookie
    with rulles_tilbake():
        with som_system("test data"):
            slutt.foer(verden, konto)
        naadde = [(metode, adresse) for metode, adresse in celler() if _naar(metode, adresse, slutt.hvem)]
        foerst = next(adresse for metode, adresse in naadde if metode == "GET" and adresse.navn in FOERST)
        assert _slapp_inn(klient, "GET", foerst.url(verden, EGEN)) is not None
        with som_system("test data"):
            slutt.slutt(verden, konto)
        skal_stenges = [ett for ett in naadde if not slutt.stenger or ett[1].navn in slutt.stenger]
        assert skal_stenges
        aapne = [
            f"{metode} {adresse.navn}"
            for metode, adresse in skal_stenges
            if _slapp_inn(klient, metode, adresse.url(verden, EGEN)) is not None
        ]
        assert not aapne, f"{navn}: still open: {aapne}"
        if not slutt.stenger:
            assert not _spor(verden, klient, rom.sak.person.navn)


def _spor(verden: Verden, klient: Client, navn: str) -> list[str]:
    """The addresses without a case that the account still reaches, and that name the person or point to the case."""
    sak = verden.rom[EGEN].sak
    merker = re.compile("|".join(map(re.escape, (navn, str(sak.pk), sak.nummer))))

    def sier_noe(adresse: Adresse) -> bool:
        svar = _slapp_inn(klient, "GET", adresse.url(verden, EGEN))
        return svar is not None and not svar.streaming and bool(merker.search(svar.content.decode(errors="ignore")))

    return [
        adresse.navn for metode, adresse in celler() if metode == "GET" if not adresse.har_objekt if sier_noe(adresse)
    ]
