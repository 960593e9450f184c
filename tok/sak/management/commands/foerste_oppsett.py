"""`manage.py foerste_oppsett …`: the municipality's profile, its office and the first two accounts (docs/drift.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model

from tok.kjerne import klokke
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Kommune, Konto
from tok.sak.models import Ansettelse, Enhet

M = TypeVar("M", bound=Model)

PROFIL = {
    "kommune": ("navn", "kommunens navn, for eksempel «Fjordvik kommune»"),
    "kontor": ("kontor_navn", "kontorets navn"),
    "kontor-kort": ("kontor_kort", "kontorets kortnavn, for eksempel TOK"),
    "telefon": ("telefon", "kontorets telefon"),
    "epost": ("epost", "kontorets e-postadresse"),
    "besoeksadresse": ("besoeksadresse", "der kontoret er"),
    "aapningstid": ("aapningstid", "når kontoret er åpent"),
}
KONTOER = {
    "saksbehandler": (Ansettelse.Rolle.TOK, "den første saksbehandleren i kontoret"),
    "systemansvarlig": (Ansettelse.Rolle.SYSTEMANSVARLIG, "den som har ansvar for systemet"),
}


class Command(BaseCommand):
    """Runs once, as SYSTEM. Nobody is given a password: each asks for a link at the log-in page (ASVS 6.4.1)."""

    help = "Fyller ut kommunens profil, lager kontoret og de to første kontoene. Kjøres én gang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for flagg, (_felt, hjelp) in PROFIL.items():
            parser.add_argument(f"--{flagg}", required=True, help=hjelp)
        for flagg, (_rolle, hjelp) in KONTOER.items():
            parser.add_argument(f"--{flagg}-navn", required=True, help=f"navnet til {hjelp}")
            parser.add_argument(f"--{flagg}-epost", required=True, help=f"e-postadressen til {hjelp}")

    def handle(self, *args: Any, **valg: Any) -> None:
        valg = {navn: verdi.strip() if isinstance(verdi, str) else verdi for navn, verdi in valg.items()}
        with som_system("første oppsett"):
            kommune = Kommune.objects.select_for_update().get(pk=1)
            if Enhet.objects.filter(er_kontor=True).exists():
                raise CommandError("Oppsettet er gjort før: kontoret finnes. Ingenting er endret.")
            for flagg, (felt, _hjelp) in PROFIL.items():
                setattr(kommune, felt, valg[flagg.replace("-", "_")])
            _lagre(kommune)
            kontor = _lagre(
                Enhet(navn=valg["kontor"], sektor=Enhet.Sektor.HELSE, er_kontor=True, telefon=valg["telefon"])
            )
            kontoer = [
                _konto(valg[f"{flagg}_navn"], valg[f"{flagg}_epost"], kontor, rolle)
                for flagg, (rolle, _hjelp) in KONTOER.items()
            ]
        self.stdout.write(f"{kommune.navn}, {kommune.kontor_navn}: klart.")
        for konto in kontoer:
            self.stdout.write(
                f"  {konto.navn} <{konto.epost}> velger passord med «Glemt passordet?» på innloggingssiden."
            )


def _konto(navn: str, epost: str, kontor: Enhet, rolle: str) -> Konto:
    konto = Konto(navn=navn, epost=epost.lower())
    konto.set_unusable_password()
    _lagre(konto)
    EmailAddress.objects.create(user=konto, email=konto.epost, verified=True, primary=True)
    _lagre(Ansettelse(konto=konto, enhet=kontor, rolle=rolle, fra_dato=klokke.i_dag()))
    return konto


def _lagre(rad: M) -> M:
    """Save what the fields' own rules accept; else say which field and why."""
    try:
        rad.full_clean()
    except ValidationError as feil:
        linjer = [f"{felt}: {' '.join(tekster)}" for felt, tekster in feil.message_dict.items()]
        raise CommandError("Ingenting er endret. " + "; ".join(linjer)) from None
    rad.save()
    return rad
