"""The demo's accounts, one per role, and what each does in a minute: for the start page and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tok.demo.kommune import ANSATTE, PASSORD


@dataclass(frozen=True)
class Demorolle:
    """One account to try."""

    noekkel: str
    rolle: Any
    gjoer: tuple[Any, ...]

    @property
    def navn(self) -> str:
        return ANSATTE[self.noekkel].navn

    @property
    def tittel(self) -> str:
        return ANSATTE[self.noekkel].tittel

    @property
    def epost(self) -> str:
        return ANSATTE[self.noekkel].epost


ROLLER = (
    Demorolle(
        "hanne",
        _("Saksbehandler i TOK"),
        (
            _("Se på Min dag hva som haster, og hvem du må ringe."),
            _("Registrer en henvendelse, og gjør den til en sak."),
            _("Oppnevn koordinatoren lederen har sagt ja til."),
            _("Last ned årets register."),
        ),
    ),
    Demorolle(
        "turid",
        _("Leder"),
        (
            _("Du er spurt to ganger om en av dine ansatte kan være koordinator. Den ene fristen er over."),
            _("Se hva som trengs, og svar. Navnet på den det gjelder, får du ikke."),
        ),
    ),
    Demorolle(
        "jonas",
        _("Koordinator"),
        (
            _("Send sakslista som har frist i dag."),
            _("Skriv ferdig referatet du begynte på. Kladden din er tatt vare på."),
            _("Les et referat som er rettet, og last ned PDF-en."),
        ),
    ),
    Demorolle(
        "siri",
        _("Koordinator med tolkemøte"),
        (
            _("Møtet neste uke er innkalt, med tolk på somali."),
            _("En annen av dine saker har strengt fortrolig adresse."),
        ),
    ),
    Demorolle(
        "berit",
        _("Fast deltaker"),
        (_("Les referatene samtykket gir deg, og se hva du har lovet å gjøre."),),
    ),
    Demorolle(
        "hodan",
        _("Forelder"),
        (_("Se møtet du er innkalt til, hvem som deltar, og hvem som har sett i saken."),),
    ),
)


def kontotabell() -> str:
    """The accounts as a table for the terminal."""
    bredde = max(len(rolle.epost) for rolle in ROLLER)
    linjer = [f"  {rolle.epost:<{bredde}}  {rolle.rolle}: {rolle.navn}" for rolle in ROLLER]
    hode = f"Kontoer (alle har passordet {PASSORD}). Du kan også velge rolle på startsiden."
    return "\n".join(["", hode, *linjer, ""])
