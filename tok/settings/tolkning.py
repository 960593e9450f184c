"""How the text of an environment variable becomes a value; a refusal never repeats the text."""

import base64
import binascii
import ipaddress
import json
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit


class Ugyldig(Exception):
    """The text is not of the kind; the message, in Norwegian, goes on from «Miljøvariabelen X …»."""


def tekst(verdi: str) -> str:
    """Return the text itself."""
    return verdi


def signeringsnoekkel(verdi: str) -> str:
    """Return Django's SECRET_KEY, which must be long (check --deploy asks the same)."""
    if len(verdi) < 50 or len(set(verdi)) < 5:
        raise Ugyldig("må være minst 50 tilfeldige tegn.")
    return verdi


def ordliste(verdi: str) -> list[str]:
    """Return comma-separated words without blanks."""
    return [del_.strip() for del_ in verdi.split(",") if del_.strip()]


def vertsnavn(verdi: str) -> list[str]:
    """Return the host names the application answers to: exact ones, never all (ASVS 4.1.3)."""
    navn = ordliste(verdi)
    if not navn or any("*" in n or "/" in n or ":" in n or n.startswith(".") for n in navn):
        raise Ugyldig("må være nøyaktige vertsnavn med komma mellom, uten *, https:// og port.")
    return navn


def nettadresse(verdi: str) -> str:
    """Return what links in e-mail begin with: https and a host, nothing after it."""
    try:
        deler = urlsplit(verdi)
        gyldig = deler.scheme == "https" and deler.hostname and not deler.username and deler.port != 0
    except ValueError:
        gyldig = False
    if not gyldig or deler.path not in {"", "/"} or deler.query or deler.fragment:
        raise Ugyldig("må være på formen https://vertsnavn, uten noe etter vertsnavnet.")
    return verdi.rstrip("/")


def noekkel(verdi: str) -> str:
    """Return a key: 32 bytes in base64."""
    try:
        lengde = len(base64.b64decode(verdi, validate=True))
    except (binascii.Error, ValueError):
        lengde = 0
    if lengde != 32:
        raise Ugyldig("må være 32 byte i base64. Lag nøkler med: python -m tok.noekler")
    return verdi


def noekkelring(verdi: str) -> dict[str, str]:
    """Return a key ring {id: key}: the first one writes, all read."""
    try:
        ring = json.loads(verdi, object_pairs_hook=_uten_dubletter)
    except ValueError:
        ring = None
    if not isinstance(ring, dict) or not ring:
        raise Ugyldig('må være JSON på formen {"k1": "<32 byte i base64>"}.')
    for kid, hemmelighet in ring.items():
        if not 1 <= len(kid.encode()) <= 255 or not isinstance(hemmelighet, str):
            raise Ugyldig('må være JSON på formen {"k1": "<32 byte i base64>"}.')
        noekkel(hemmelighet)
    return ring


def _uten_dubletter(par: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a key id that stands twice: the last would win in silence, and the first key be lost."""
    if len({navn for navn, _ in par}) != len(par):
        raise ValueError
    return dict(par)


def _adresse(verdi: str, skjemaer: set[str]) -> bool:
    try:
        deler = urlsplit(verdi)
        return deler.scheme in skjemaer and deler.port != 0
    except ValueError:  # a port that is no number, a broken [::1]
        return False


def postgres(verdi: str) -> str:
    """Return the address of a PostgreSQL database."""
    if not _adresse(verdi, {"postgres", "postgresql"}) or len(urlsplit(verdi).path) < 2:
        raise Ugyldig("må være på formen postgresql://rolle:passord@vert:5432/database.")
    return verdi


def koe(verdi: str) -> str:
    """Return the address of the broker: Redis by TCP, by TLS or by socket."""
    if not _adresse(verdi, {"redis", "rediss", "redis+socket"}):
        raise Ugyldig("må være på formen redis://:passord@vert:6379/0.")
    return verdi


def mellomlager(verdi: str) -> str:
    """Return the address of the cache: Redis by TCP, by TLS or by socket."""
    if not _adresse(verdi, {"redis", "rediss", "unix"}):
        raise Ugyldig("må være på formen redis://:passord@vert:6379/1.")
    return verdi


def heltall(minst: int, hoeyst: int) -> Callable[[str], int]:
    """Return a reader of whole numbers between two limits, both allowed."""

    def les(verdi: str) -> int:
        if not verdi.isascii() or not verdi.isdigit() or not minst <= int(verdi) <= hoeyst:
            raise Ugyldig(f"må være et helt tall fra {minst} til {hoeyst}.")
        return int(verdi)

    return les


def ja_nei(verdi: str) -> bool:
    """Return whether it is 1 (yes) or 0 (no)."""
    if verdi not in {"0", "1"}:
        raise Ugyldig("må være 1 (ja) eller 0 (nei).")
    return verdi == "1"


def en_av(*lovlige: str) -> Callable[[str], str]:
    """Return a reader of one word out of a few."""

    def les(verdi: str) -> str:
        if verdi not in lovlige:
            raise Ugyldig(f"må være {' eller '.join(lovlige)}.")
        return verdi

    return les


def avsender(verdi: str) -> str:
    """Return the sender of mail: an address, with or without a name before it (ASVS 1.3.11)."""
    adresse = parseaddr(verdi)[1]
    lokal, _, domene = adresse.partition("@")
    if not lokal or not domene or " " in adresse or not verdi.isprintable():
        raise Ugyldig("må være en e-postadresse, for eksempel no-reply@kommunen.no.")
    return verdi


def absolutt_sti(verdi: str) -> Path:
    """Return a path from the root."""
    if not verdi.startswith("/"):
        raise Ugyldig("må være en full sti som begynner med /.")
    return Path(verdi)


def lytteadresse(verdi: str) -> str:
    """Return where gunicorn listens: host:port, or a socket."""
    vert, _, port = verdi.rpartition(":")
    if not verdi.startswith("unix:/") and not (vert and port.isdigit() and 0 < int(port) < 65536):
        raise Ugyldig("må være vert:port, for eksempel 127.0.0.1:8000, eller unix:/sti.")
    return verdi


def proxyer(verdi: str) -> str:
    """Return the addresses whose X-Forwarded-Proto is believed: never everybody's (ASVS 4.1.3)."""
    try:
        for adresse in ordliste(verdi):
            ipaddress.ip_network(adresse)
    except ValueError:
        raise Ugyldig("må være IP-adresser med komma mellom; * er ikke tillatt.") from None
    return verdi
