"""A 13-year-old with a group, two parents and a verge with accounts; and a note and a meeting hidden from the three."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.test import Client
from django.urls import reverse

from ansvarsgruppe.handlinger.felter import les, maa_krysses_av
from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat
from ansvarsgruppe.handlinger.referat import lagre_referat, start_referat
from ansvarsgruppe.models import Moete, Referat
from tests.ansvarsgruppe import moeterom
from tests.fabrikker import DeltakelseFabrikk, KontoFabrikk, RepresentasjonFabrikk
from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.tabell import Adresse, adresser
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto
from tok.sak.handlinger.notat import skriv_notat
from tok.sak.handlinger.skjult import skjul_for_foresatte
from tok.sak.models import Deltakelse, Notat, Person

TRETTEN = date(2013, 6, 1)
SENERE = datetime(2026, 11, 27, 10, 0, tzinfo=OSLO)
SKJULT_START = datetime(2026, 11, 26, 13, 0, tzinfo=OSLO)
FORESATTE = ("mor", "far", "verge")
KANARI = "Kanarihemmelig"
# The marks a form gets anew each time it is shown.
MERKE = re.compile(rb'(name="(?:csrfmiddlewaretoken|skjema_id|fane)" value=)"[^"]+"')


@dataclass
class Familie:
    """The case, and an account for each of the family."""

    rom: moeterom.Rom
    personen: Konto
    mor: Konto
    far: Konto
    verge: Konto

    def konto(self, navn: str) -> Konto:
        konto: Konto = self.rom.koordinator if navn == "koordinator" else getattr(self, navn)
        return konto


def lag_familie(foedt: date = TRETTEN) -> Familie:
    """The case with a meeting that everybody is called to, and a note that everybody may read.

    The consent is from when the child was young enough for it, whatever the age is now.
    """
    rom = moeterom.lag_rom(foedselsdato=TRETTEN)
    kontoer = {navn: KontoFabrikk(navn=f"Konto {navn}") for navn in ("personen", *FORESATTE)}
    with som_system("test data"):
        Deltakelse.objects.filter(pk=rom.personen.pk).update(konto=kontoer["personen"])
        Person.objects.filter(pk=rom.sak.person_id).update(foedselsdato=foedt)
    for navn in FORESATTE:
        egenskap = "verge" if navn == "verge" else "forelder"
        deltakelse = DeltakelseFabrikk(sak=rom.sak, konto=kontoer[navn], rolle="representant", egenskap=egenskap)
        if navn == "verge":
            RepresentasjonFabrikk(deltakelse=deltakelse)
    familie = Familie(rom, **kontoer)
    moeterom.innkalt(rom)
    notat(familie, "koordinator", "Dette kan alle lese")
    return familie


def notat(familie: Familie, hvem: str, tekst: str, *, skjul: bool = False, naa: datetime = moeterom.NAA) -> Notat:
    return skriv_notat(
        sak=familie.rom.sak, tekst=tekst, skjul=skjul, skjema_id=uuid4(), av=familie.konto(hvem), naa=naa
    )


def skjult_moete(familie: Familie) -> Moete:
    """Planned with an agenda, and hidden before anybody is called."""
    rom = familie.rom
    moete = moeterom.planlegg(rom, start_tid=SKJULT_START, sted=f"{KANARI} sted")
    moeterom.sett_opp(rom, moete, f"{KANARI} sak")
    skjul_for_foresatte(rad=moete, av=familie.personen, naa=moeterom.NAA)
    return moete


def kall_inn(familie: Familie, moete: Moete) -> None:
    moeterom.send(familie.rom, moete)


def hold(familie: Familie, moete: Moete) -> Referat:
    """Minutes with an agreement, finished the day after."""
    koordinator, naa = familie.rom.koordinator, SENERE - timedelta(hours=2)
    moete.refresh_from_db()
    referat = start_referat(moete=moete, av=koordinator, naa=naa)
    person = familie.rom.personen
    felter = les(referat)
    nytt: dict[str, Any] = {
        "oppmoete": {str(pk): "til_stede" for pk in {*maa_krysses_av(moete), person.pk}},
        "naa_situasjon": f"{KANARI} situasjon",
        "personens_stemme": f"{KANARI} stemme",
        "medvirkning_vurdert": "Ja",
        "medvirkning_hvordan": "Samtale",
        "medvirkning_vekt": "stor",
        "avtaler": [[f"{KANARI} tiltak", "", "2026-12-18"]],
    }
    lagret = lagre_referat(
        referat=referat, base_lagring=referat.lagring, base=felter, data=felter | nytt, av=koordinator, naa=naa
    )
    return ferdigstill_referat(referat=lagret, base_lagring=lagret.lagring, av=koordinator, naa=naa)


def _noekler(adresse: Adresse, familie: Familie) -> Iterator[dict[str, Any]]:
    """Every combination of keys of rows in the case that the address can be asked with."""
    navn = [del_.split(">")[0].split(":")[-1] for del_ in adresse.rute.split("<")[1:]]
    tabeller = {modell.__name__: modell for modell in apps.get_models() if hasattr(modell, "SAK_STI")}
    kjente = {"moete": "Moete", "referat": "Referat", "innkalling": "Innkalling"}
    verdier = []
    for ett in navn:
        modell: Any = tabeller.get(kjente.get(ett, "Sak" if ett in ("sak", "sak_id") else ""), adresse.klasse.modell)
        alle = modell._base_manager.all()
        rader = alle.filter(**{modell.SAK_STI: familie.rom.sak.pk}) if hasattr(modell, "SAK_STI") else alle[:2]
        verdier.append([rad.pk for rad in rader])
    return (dict(zip(navn, kombinasjon, strict=True)) for kombinasjon in itertools.product(*verdier))


def alle_adresser(familie: Familie) -> list[str]:
    """Every address of the house that can be read, with every key of the case in it."""
    lesbare = [a for a in adresser() if hasattr(a.klasse, "get") and "get" in a.klasse.http_method_names]
    faste = [a for a in lesbare if "<" not in a.rute]
    med_noekkel = [a for a in lesbare if "<" in a.rute and hasattr(a.klasse, "modell")]
    urler = [reverse(a.navn) for a in faste]
    return urler + [reverse(a.navn, kwargs=n) for a in med_noekkel for n in _noekler(a, familie)]


def se(klient: Client, urler: list[str]) -> dict[str, tuple[int, str, bytes]]:
    """Status, where to, and body of each, less the marks of forms; every reading is rolled back."""
    sett = {}
    for url in urler:
        with rulles_tilbake():
            svar: Any = klient.get(url)
            kropp = b"".join(svar) if svar.streaming else svar.content
            sett[url] = (svar.status_code, svar.get("Location", ""), MERKE.sub(rb"\1", kropp))
    return sett


def ulike(foer: dict[str, tuple[int, str, bytes]], naa: dict[str, tuple[int, str, bytes]]) -> list[str]:
    """The addresses that do not answer the same, each with the lines that are new."""
    linjer = []
    for url in foer.keys() | naa.keys():
        if foer.get(url) != naa.get(url):
            var, er = (set(svar[url][2].splitlines()) if url in svar else set() for svar in (foer, naa))
            linjer.append(f"{url}: {sorted(er ^ var)[:3]}")
    return linjer
