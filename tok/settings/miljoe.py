"""Every environment variable the application reads, in one table, and what is said when one is missing or wrong."""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from tok.settings import tolkning

# Milliseconds. The owner migrates: no statement limit, but it never queues long for a lock (P13).
APP_LIMITS = {"statement_timeout": 30_000, "lock_timeout": 5_000, "idle_in_transaction_session_timeout": 60_000}
OWNER_LIMITS = {"statement_timeout": 0, "lock_timeout": 3_000, "idle_in_transaction_session_timeout": 60_000}
CONNECT_TIMEOUT = 5  # seconds (P16, P17)


class MiljoeFeil(ImproperlyConfigured):
    """The environment cannot be used; the text, in Norwegian, is for the operator and holds no value (ASVS 16.2.5)."""


@dataclass(frozen=True)
class Variabel:
    """One environment variable: how it is read, whether production demands it, else its value when it is not set."""

    navn: str
    les: Callable[[str], Any]
    hva: str
    paakrevd: bool = False
    standard: Any = None

    def fra(self, miljoe: Mapping[str, str]) -> Any:
        """Return the value in an environment; blank counts as not set. Raises MiljoeFeil."""
        verdi = miljoe.get(self.navn, "").strip()
        if not verdi:
            if self.paakrevd:
                raise MiljoeFeil(f"Miljøvariabelen {self.navn} mangler. Den må være satt i drift; se docs/drift.md.")
            return self.standard
        try:
            return self.les(verdi)
        except tolkning.Ugyldig as feil:
            raise MiljoeFeil(f"Miljøvariabelen {self.navn} {feil}") from None


V, t = Variabel, tolkning
# The words are read by operators in docs/drift.md, whose table a test holds equal to this one.
VARIABLER = (
    V("DJANGO_SETTINGS_MODULE", t.tekst, "hvilke innstillinger; i drift alltid denne", standard="tok.settings.prod"),
    V("SECRET_KEY", t.signeringsnoekkel, "signerer økter og lenker; minst 50 tilfeldige tegn", True),
    V("SECRET_KEY_FALLBACKS", t.ordliste, "gamle SECRET_KEY som fortsatt leses, med komma mellom", standard=[]),
    V("ALLOWED_HOSTS", t.vertsnavn, "vertsnavnene løsningen svarer på, med komma mellom", True),
    V("TOK_NETTADRESSE", t.nettadresse, "adressen lenker i e-post begynner med: https://vertsnavn", True),
    V("TOK_FNR_NOEKLER", t.noekkelring, "nøkkelring for fødselsnummer; den første skriver, alle leser", True),
    V("TOK_UTKAST_NOEKLER", t.noekkelring, "nøkkelring for utkast", True),
    V("TOK_FIL_NOEKLER", t.noekkelring, "nøkkelring for opplastede filer", True),
    V("TOK_BLINDINDEKS_NOEKKEL", t.noekkel, "nøkkelen et fødselsnummer finnes igjen med", True),
    V("TOK_BLINDINDEKS_NOEKKEL_NY", t.noekkel, "den som skal overta, så lenge nøkkelen byttes", standard=""),
    V("DATABASE_URL", t.postgres, "databasen, med rollen tok_app", True),
    V("DATABASE_URL_EIER", t.postgres, "databasen, med rollen tok_eier; bare når TOK_DB_ROLLE er eier"),
    V("TOK_DB_ROLLE", t.en_av("app", "eier"), "eier bare for migrering og kopiering, ellers app", standard="app"),
    V("CELERY_BROKER_URL", t.koe, "køen: Redis, database 0", True),
    V("TOK_CACHE_URL", t.mellomlager, "felles mellomlager for nettprosessene: Redis, database 1", True),
    V("EMAIL_HOST", t.tekst, "e-posttjeneren", True),
    V("EMAIL_PORT", t.heltall(1, 65535), "porten til e-posttjeneren", standard=587),
    V("EMAIL_HOST_USER", t.tekst, "brukernavn hos e-posttjeneren, om den krever det", standard=""),
    V("EMAIL_HOST_PASSWORD", t.tekst, "passord hos e-posttjeneren, om den krever det", standard=""),
    V("EMAIL_USE_TLS", t.ja_nei, "1 krypterer e-posten med STARTTLS, 0 gjør det ikke", standard=True),
    V("DEFAULT_FROM_EMAIL", t.avsender, "avsenderen, en adresse ingen kan svare på", True),
    V(
        "TOK_MOTTAKSLOGG",
        t.absolutt_sti,
        "fil der e-posttjeneren skriver Message-ID den har tatt imot",
    ),
    V("TOK_SEGL_MAPPE", t.absolutt_sti, "mappe utenfor databasen der seglene over loggene skrives", True),
    V("TOK_LOGG_AAR", t.heltall(5, 100), "hvor mange år loggene skal oppbevares; tom er så lenge journalen"),
    V("TOK_STATIC_ROOT", t.absolutt_sti, "mappen med de samlede statiske filene"),
    V("TOK_ANTALL_PROXYER", t.heltall(0, 5), "hvor mange omvendte proxyer som står foran", standard=1),
    V("TOK_BIND", t.lytteadresse, "hvor gunicorn lytter", standard="127.0.0.1:8000"),
    V("TOK_PULSMAPPE", t.absolutt_sti, "mappe der arbeider og klokke viser at de lever"),
    V("TOK_NETTPROSESSER", t.heltall(1, 64), "antall nettprosesser", standard=2),
    V("FORWARDED_ALLOW_IPS", t.proxyer, "IP-adressene til proxyene det stoles på", standard="127.0.0.1,::1"),
)
TABELL = {variabel.navn: variabel for variabel in VARIABLER}
# Read by verktoey/ and the tests alone. They may stand in a developer's environment, and mean nothing in production.
BARE_UTVIKLING = frozenset(
    {"TOK_VAR", "TOK_PG_KILDE", "TOK_PG_ADMIN_URL", "TOK_TESTBASE", "TOK_TESTNAVN", "TOK_TESTREDIS", "TOK_CHROMIUM"}
)


def en(navn: str, standard: Any = None) -> Any:
    """Return one variable, for the places that need no whole environment; `standard` wins over the table's own."""
    variabel = TABELL[navn]
    if standard is not None and not os.environ.get(navn, "").strip():
        return standard
    return variabel.fra(os.environ)


def alle(miljoe: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every variable of the table, as production wants them.

    Raises:
        MiljoeFeil: with all that is missing, malformed or unknown at once, no values among them.
    """
    verdier: dict[str, Any] = {}
    feil: list[str] = []
    som_eier = miljoe.get("TOK_DB_ROLLE", "").strip() == "eier"
    for variabel in VARIABLER:
        if variabel.navn == ("DATABASE_URL" if som_eier else "DATABASE_URL_EIER"):
            verdier[variabel.navn] = None  # whoever serves need not know the owner's password, nor the other way
            continue
        if variabel.navn == "DATABASE_URL_EIER":
            variabel = Variabel(variabel.navn, variabel.les, variabel.hva, paakrevd=True)
        try:
            verdier[variabel.navn] = variabel.fra(miljoe)
        except MiljoeFeil as en_feil:
            feil.append(str(en_feil))
    feil += ukjente(miljoe)
    if len(feil) == 1:
        raise MiljoeFeil(feil[0])
    if feil:
        raise MiljoeFeil("\n".join([f"{len(feil)} feil i miljøet:", *(f"  {linje}" for linje in feil)]))
    return verdier


def ukjente(miljoe: Mapping[str, str]) -> list[str]:
    """Say which TOK_ variables nobody reads, with the nearest name: a typing error is not left in silence."""
    feil = []
    for navn in sorted(miljoe):
        if navn.startswith("TOK_") and navn not in TABELL and navn not in BARE_UTVIKLING:
            naere = difflib.get_close_matches(navn, TABELL, n=1)
            feil.append(f"Miljøvariabelen {navn} er ukjent." + (f" Mente du {naere[0]}?" if naere else ""))
    return feil


def er_eier() -> bool:
    """Say whether this process acts as the database's owner (migrations), not as the application."""
    return bool(en("TOK_DB_ROLLE") == "eier")


def database(app_url: str, eier_url: str, *, conn_max_age: int = 0) -> dict[str, Any]:
    """Return Django's setting for the role this process acts as, with time limits on the server side (P17)."""
    limits = OWNER_LIMITS if er_eier() else APP_LIMITS
    config: dict[str, Any] = dict(dj_database_url.parse(eier_url if er_eier() else app_url))
    config["ATOMIC_REQUESTS"] = False  # a handling opens its own durable transaction (arkitektur.md §4)
    config["CONN_MAX_AGE"] = conn_max_age
    config["CONN_HEALTH_CHECKS"] = conn_max_age > 0
    options = config.setdefault("OPTIONS", {})
    # What is prepared (tok/kjerne/forberedt.py) keeps its plan: PostgreSQL would plan most of it anew each time.
    server = {**limits, "plan_cache_mode": "force_generic_plan"}
    options["options"] = " ".join(f"-c {navn}={verdi}" for navn, verdi in server.items())
    options.setdefault("connect_timeout", CONNECT_TIMEOUT)
    return config


def database_fra_miljoe(app_url: str, eier_url: str, *, conn_max_age: int = 0) -> dict[str, Any]:
    """Like database(), but what the environment says wins over the embedded server's addresses (stack.md §0)."""
    if os.environ.get("DATABASE_URL", "").strip():
        app_url = en("DATABASE_URL")
        eier_url = en("DATABASE_URL_EIER") or app_url
    return database(app_url, eier_url, conn_max_age=conn_max_age)


def cache(adresse: str) -> dict[str, Any]:
    """Return Django's setting for Redis as cache; one that hangs is given up after two seconds (P16)."""
    venter = {} if adresse.startswith("unix:") else {"socket_connect_timeout": 2, "socket_timeout": 2}
    backend = "django.core.cache.backends.redis.RedisCache"
    return {"default": {"BACKEND": backend, "LOCATION": adresse, "OPTIONS": venter}}
