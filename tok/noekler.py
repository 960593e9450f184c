"""`python -m tok.noekler --mappe M`: the three environment files of a new installation, with fresh secrets.

tok.env is for the application, eier.env for whoever migrates and copies, tjenere.env for PostgreSQL and Redis. Nothing
is written over. `--eksempel` prints tok.env without secrets, `--ny` one key to put first in a key ring.
"""

import argparse
import base64
import json
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from tok.settings.miljoe import VARIABLER, Variabel

RINGER = ("TOK_FNR_NOEKLER", "TOK_UTKAST_NOEKLER", "TOK_FIL_NOEKLER")
BARE_EIER = {"DATABASE_URL_EIER", "TOK_DB_ROLLE"}  # they stand in eier.env, which only that job reads


def ny_noekkel() -> str:
    """Return 32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def hemmeligheter() -> dict[str, str]:
    """Return fresh values for what the application keeps secret by itself."""
    ringer = {navn: json.dumps({"k1": ny_noekkel()}) for navn in RINGER}
    egne = {"DJANGO_SETTINGS_MODULE": "tok.settings.prod", "SECRET_KEY": secrets.token_urlsafe(50)}
    return {**egne, **ringer, "TOK_BLINDINDEKS_NOEKKEL": ny_noekkel()}


def tok_env(verdier: Mapping[str, str]) -> str:
    """Return tok.env: every variable with what it is; one without a value is demanded, or stands with its default.

    Values are in single quotes, so that a shell, systemd and `env_file` of a compose file read them alike.
    """
    return "\n".join(
        f"# {v.navn}: {v.hva}{' (må fylles ut)' if v.paakrevd and v.navn not in verdier else ''}\n{_linje(v, verdier)}"
        for v in VARIABLER
        if v.navn not in BARE_EIER
    )


def _linje(variabel: Variabel, verdier: Mapping[str, str]) -> str:
    if variabel.navn in verdier:
        return f"{variabel.navn}='{verdier[variabel.navn]}'\n"
    if variabel.paakrevd:
        return f"{variabel.navn}=\n"
    standard = "" if variabel.standard in (None, []) else variabel.standard
    return f"#{variabel.navn}={int(standard) if isinstance(standard, bool) else standard}\n"


def filer(database: str, redis: str, segl: str) -> dict[str, str]:
    """Return the three files by name; `database` and `redis` are host:port, `segl` is a folder."""
    eier, app, koe = (secrets.token_hex(24) for _ in range(3))
    adresser = {
        "DATABASE_URL": f"postgresql://tok_app:{app}@{database}/tok",
        "CELERY_BROKER_URL": f"redis://:{koe}@{redis}/0",
        "TOK_CACHE_URL": f"redis://:{koe}@{redis}/1",
        "TOK_SEGL_MAPPE": segl,
    }
    som_eier = f"TOK_DB_ROLLE='eier'\nDATABASE_URL_EIER='postgresql://tok_eier:{eier}@{database}/tok'\n"
    tjenere = f"POSTGRES_PASSWORD='{secrets.token_hex(24)}'\nEIER_PASSORD='{eier}'\nAPP_PASSORD='{app}'\n"
    return {
        "tok.env": tok_env({**hemmeligheter(), **adresser}),
        "eier.env": som_eier,
        "tjenere.env": f"{tjenere}REDIS_PASSORD='{koe}'\n",
    }


def skriv(mappe: Path, innhold: Mapping[str, str]) -> None:
    """Write the files, readable by their owner alone; refuse when one of them is there already."""
    mappe.mkdir(parents=True, exist_ok=True)
    finnes = [navn for navn in innhold if (mappe / navn).exists()]
    if finnes:
        sys.exit(
            f"{', '.join(finnes)} finnes alt i {mappe}. Ingenting er endret: nøkler som er i bruk, må ikke mistes."
        )
    for navn, tekst in innhold.items():
        with os.fdopen(os.open(mappe / navn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fil:
            fil.write(tekst)


def main(argv: list[str]) -> None:
    """Do what the flag says."""
    valg = argparse.ArgumentParser(prog="python -m tok.noekler", description="Lager miljøfiler med nye hemmeligheter.")
    hva = valg.add_mutually_exclusive_group(required=True)
    hva.add_argument("--mappe", type=Path, help="mappen filene skrives i")
    hva.add_argument("--eksempel", action="store_true", help="skriv ut tok.env uten hemmeligheter")
    hva.add_argument("--ny", action="store_true", help="skriv ut én ny nøkkel")
    valg.add_argument("--database", default="database:5432", help="vert:port for PostgreSQL")
    valg.add_argument("--redis", default="redis:6379", help="vert:port for Redis")
    valg.add_argument("--segl", default="/var/lib/tok/segl", help="mappen seglene over loggene skrives i")
    valgt = valg.parse_args(argv)
    if valgt.mappe:
        skriv(valgt.mappe, filer(valgt.database, valgt.redis, valgt.segl))
        sys.stdout.write(f"Skrev tok.env, eier.env og tjenere.env i {valgt.mappe}. Fyll ut linjene uten verdi.\n")
    else:
        sys.stdout.write(tok_env({}) if valgt.eksempel else f"{ny_noekkel()}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
