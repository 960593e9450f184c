"""A case with an office of three and a group of seven, for the tests of protection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.fabrikker import (
    NAA,
    DeltakelseFabrikk,
    KontaktFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tok.kjerne.models import Konto
from tok.sak.handlinger import bekreft_vern, sett_vern
from tok.sak.models import Deltakelse, Nivaa, Sak, Vern
from tok.sak.opplysninger import NyttVern
from tok.sak.sporringer.vern import Vernet


@dataclass
class Rom:
    """The case, and the accounts by what they are."""

    sak: Sak
    kontoer: dict[str, Konto] = field(default_factory=dict)

    def __getitem__(self, navn: str) -> Konto:
        return self.kontoer[navn]

    @property
    def faste(self) -> list[Konto]:
        return [konto for navn, konto in self.kontoer.items() if navn.startswith("fast")]


def lag_rom(**person: Any) -> Rom:
    """Three in the office, coordinator, deputy, three fixed members, a mother with an account; a father has none."""
    sak = SakFabrikk(person=PersonFabrikk(**person))
    rom = Rom(sak)
    for navn in ("tok", "kollega", "tredje"):
        rom.kontoer[navn] = tok_ansatt(sak, navn=f"{navn.title()} Kontor")
    rom.kontoer["koordinator"] = koordinator_i(sak, navn="Koordinator Prøve")
    for navn, rolle in (("vara", "vara"), ("fast1", "fast"), ("fast2", "fast"), ("fast3", "fast")):
        rom.kontoer[navn] = ansatt(navn=f"{navn.title()} Prøve")
        DeltakelseFabrikk(sak=sak, konto=rom[navn], rolle=rolle)
    rom.kontoer["mor"] = KontoFabrikk(navn="Mor Prøve")
    DeltakelseFabrikk(sak=sak, konto=rom["mor"], rolle="representant", egenskap="forelder")
    far = KontaktFabrikk(navn="Far Prøve")
    DeltakelseFabrikk(sak=sak, konto=None, kontakt=far, rolle="representant", egenskap="forelder")
    return rom


def far_i(rom: Rom) -> Deltakelse:
    """The participant without an account."""
    return Deltakelse.objects.select_related("kontakt").get(sak=rom.sak, kontakt__navn="Far Prøve")


def sett(
    rom: Rom,
    *slipper_inn: Konto,
    hvem: Vernet | None = None,
    nivaa: Nivaa = Nivaa.STRENGT,
    av: Konto | None = None,
    annen: Konto | None = None,
) -> Vern:
    """One sets, and names the other."""
    nytt = NyttVern(nivaa=nivaa, grunn="Meldt av politiet", bekreftes_av=annen or rom["kollega"])
    rom.sak.refresh_from_db()
    return sett_vern(
        sak=rom.sak, hvem=hvem or rom.sak.person, nytt=nytt, slipper_inn=slipper_inn, av=av or rom["tok"], naa=NAA
    )


def sett_og_bekreft(rom: Rom, *slipper_inn: Konto, **mer: Any) -> Vern:
    """Both have done their part."""
    vern = sett(rom, *slipper_inn, **mer)
    return bekreft_vern(vern=vern, av=vern.bekreftes_av, naa=NAA)
