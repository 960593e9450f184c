"""The permission table: every address of the house, who is let in by its right, and what the reviewed file says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from ansvarsgruppe.models import Moete
from tests.tilgang.verden import AKTOERER, ANNEN, EGEN, Aktoer, Verden
from tok.sak.checks import alle_url
from tok.sak.tilgang import Omfang, Rett, Rolle, Vilkaar
from tok.sak.tilgang.roller import ANSETTELSESROLLER

FORVENTET = Path(__file__).with_name("forventet.txt")
SIDER = (EGEN, ANNEN)
METODER = ("GET", "POST")

# Which of several rows of a table the address is asked with; the default is the row named by the table alone.
RADER = {
    "sak:referatdokument": "referatdokument",
    "sak:grunnlag_nytt": "representant",
    "sak:koble_konto": "representant",
    "koordinator:oppnevn": "Forespoersel.godkjent",
    "koordinator:svar_kvittering": "Forespoersel.godkjent",
    "ansvarsgruppe:endre_moete": "Moete.planlagt",
    "ansvarsgruppe:avlys_moete": "Moete.planlagt",
    "ansvarsgruppe:saksliste": "Moete.planlagt",
    "ansvarsgruppe:innkalling": "Moete.planlagt",
    "ansvarsgruppe:send_innkalling": "Moete.planlagt",
}
# Addresses that take more than the key, or show their page only with it.
SPOERRING = {"ansvarsgruppe:send_innkalling": "?til=ingen"}
# Addresses where the right is needed and is not enough; the reviewed file says who is left.
SMALERE = {
    "sak:unntak_avslutt": "only who opened an exception ends it before its time",
    "ansvarsgruppe:egen_kalenderfil": "only those who were called to the meeting have a calendar file of it",
}


@dataclass(frozen=True)
class Adresse:
    """One address of the house that asks for a right."""

    navn: str
    rute: str
    klasse: Any

    @property
    def rett(self) -> Rett:
        rett: Rett = self.klasse.rett
        return rett

    @property
    def har_objekt(self) -> bool:
        return "<" in self.rute

    @property
    def kan_kalles_inn(self) -> bool:
        return self.har_objekt and getattr(self.klasse, "modell", None) is Moete and "planlagt" not in self._rad()

    def url(self, verden: Verden, side: str) -> str:
        """The address with the keys of the rows in one of the two cases."""
        return reverse(self.navn, kwargs=self.noekler(verden, side)) + SPOERRING.get(self.navn, "")

    def noekler(self, verden: Verden, side: str) -> dict[str, UUID | int]:
        """The keys of the rows the address names, by their names in it."""
        rader = verden.rom[side].rader
        return {navn: self._noekkel(navn, rader) for navn in self._navn()}

    def _navn(self) -> list[str]:
        return [del_.split(">")[0].split(":")[-1] for del_ in self.rute.split("<")[1:]]

    def _rad(self) -> str:
        return RADER.get(self.navn, "")

    def _noekkel(self, navn: str, rader: dict[str, Model]) -> UUID | int:
        tabeller = {
            "habilitet": "Habilitet",
            "sak": "Sak",
            "sak_id": "Sak",
            "moete": "Moete",
            "referat": "Referat",
            "innkalling": "Innkalling",
        }
        tabell = {**tabeller, "punkt_id": "Sjekkpunkt"}.get(navn) or self.klasse.modell.__name__
        pk: UUID | int = rader[self._rad() or tabell].pk
        return pk


def adresser() -> list[Adresse]:
    """Every address with a right, from the URL configuration."""
    alle = [Adresse(navn, rute, getattr(view, "view_class", view)) for rute, navn, view in alle_url()]
    return [adresse for adresse in alle if hasattr(adresse.klasse, "rett")]


def uten_rett() -> list[str]:
    """Every address that asks for no right: allauth's own pages and those marked @aapen."""
    return [navn for _rute, navn, view in alle_url() if not hasattr(getattr(view, "view_class", view), "rett")]


def slipper_inn(adresse: Adresse, aktoer: Aktoer, side: str) -> bool:
    """Whether the line of the right lets the account in, read without a database."""
    rett = adresse.rett
    er_her = aktoer.sak == side or not adresse.har_objekt
    roller = {Rolle.ANSATT} if aktoer.er_ansatt and aktoer.rolle not in ANSETTELSESROLLER else set()
    roller = {aktoer.arbeid} if aktoer.arbeid else roller
    roller |= {aktoer.rolle} if aktoer.rolle else set()
    if rett.omfang is Omfang.SYSTEM:
        return bool(rett.roller & roller)
    oppfylt = {Vilkaar.INGEN} | (aktoer.vilkaar - ({Vilkaar.INNKALT} if not adresse.kan_kalles_inn else set()))
    return er_her and any(adgang.rolle in roller and adgang.vilkaar in oppfylt for adgang in rett.adganger)


def linje(adresse: Adresse, metode: str, slapp_inn: dict[str, list[str]]) -> str:
    """One line as the reviewed file has it."""
    kolonner = [" ".join(slapp_inn[side]) or "ingen" for side in (SIDER if adresse.har_objekt else (EGEN,))]
    return " | ".join([metode, adresse.navn, adresse.rett.name, *kolonner])


def les_forventet() -> dict[tuple[str, str], str]:
    """The reviewed file, by method and address."""
    linjer = [rad for rad in FORVENTET.read_text().splitlines() if rad and not rad.startswith("#")]
    return {(metode, navn): rad for rad in linjer for metode, navn in [rad.split(" | ")[:2]]}


def celler() -> Iterator[Any]:
    """Every method of every address."""
    return ((metode, adresse) for adresse in adresser() for metode in METODER)


__all__ = ["AKTOERER", "SMALERE", "Adresse", "adresser", "celler", "les_forventet", "linje", "slipper_inn", "uten_rett"]
