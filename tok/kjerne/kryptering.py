"""Encryption of what must not be read in the database, and the blind index that makes a number searchable (ASVS 11.3).

AES-256-GCM. A ciphertext is: version (1 byte), length of key id (1 byte), key id, nonce (12 bytes), text and tag.
The header is bound to the text together with the caller's additional data, so a value moved to another row, or given
another key id, cannot be read. The keys live in settings, outside the database and its backups.
"""

import base64
import hashlib
import hmac
import os
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSJON = 1
NONCE_LENGDE = 12
NOEKKEL_LENGDE = 32


class Noekkel(StrEnum):
    """The key rings: "fnr" is the setting TOK_FNR_NOEKLER, key id → base64 of 32 bytes, the writing key first."""

    FNR = "fnr"
    UTKAST = "utkast"
    FIL = "fil"


class KanIkkeLeses(Exception):
    """The bytes are broken, belong to another row, or were written with a key we do not have."""


def rad_aad(tabell: str, kolonne: str, rad_id: object) -> bytes:
    """Return the additional data that binds a ciphertext to its place: table, column and row (ASVS 11.3.3)."""
    return f"{tabell}.{kolonne}:{rad_id}".encode()


def krypter(klartekst: bytes, *, noekkel: Noekkel | str, aad: bytes) -> bytes:
    """Encrypt with the ring's first key; ``aad`` must be given again to read it."""
    noekkel_id, hemmelighet = next(iter(_ring(noekkel).items()))
    hode = _hode(noekkel_id)
    nonce = os.urandom(NONCE_LENGDE)
    return hode + nonce + AESGCM(hemmelighet).encrypt(nonce, klartekst, hode + aad)


def dekrypter(kryptert: bytes | memoryview, *, noekkel: Noekkel | str, aad: bytes) -> bytes:
    """Read what `krypter` wrote, with any key of the ring. Raises KanIkkeLeses."""
    data = bytes(kryptert)
    noekkel_id = skrevet_med(data)
    hemmelighet = _ring(noekkel).get(noekkel_id)
    if hemmelighet is None:
        raise KanIkkeLeses("unknown key id")
    hode = _hode(noekkel_id)
    nonce, tekst = data[len(hode) : len(hode) + NONCE_LENGDE], data[len(hode) + NONCE_LENGDE :]
    try:
        return AESGCM(hemmelighet).decrypt(nonce, tekst, hode + aad)
    except (InvalidTag, ValueError):
        raise KanIkkeLeses("wrong place, wrong key or broken bytes") from None


def maa_krypteres_paa_nytt(kryptert: bytes | memoryview, *, noekkel: Noekkel | str) -> bool:
    """Tell whether the value was written with an older key than the ring's first, for rotation in batches."""
    return skrevet_med(bytes(kryptert)) != next(iter(_ring(noekkel)))


def blindindeks(verdi: str) -> bytes:
    """Return the 32 bytes by which an encrypted value is found again: HMAC-SHA-256 with a key of its own."""
    return _indeks(verdi, settings.TOK_BLINDINDEKS_NOEKKEL)


def ny_blindindeks(verdi: str) -> bytes | None:
    """Return the same by the key that is to take over, while there is one (docs/drift.md, «Bytt nøkler»)."""
    return _indeks(verdi, settings.TOK_BLINDINDEKS_NOEKKEL_NY) if settings.TOK_BLINDINDEKS_NOEKKEL_NY else None


def blindindekser(verdi: str) -> tuple[bytes, ...]:
    """Return all the indexes a value may stand under just now: one, or two while the key is changed."""
    return tuple(indeks for indeks in (blindindeks(verdi), ny_blindindeks(verdi)) if indeks is not None)


def _indeks(verdi: str, noekkel: str) -> bytes:
    return hmac.digest(_noekkel_bytes(noekkel), verdi.encode(), hashlib.sha256)


def _ring(navn: Noekkel | str) -> dict[str, bytes]:
    innstilling = f"TOK_{navn.upper()}_NOEKLER"
    ring: dict[str, str] = getattr(settings, innstilling, {})
    if not ring:
        raise ImproperlyConfigured(f"{innstilling} is missing.")
    return {noekkel_id: _noekkel_bytes(verdi) for noekkel_id, verdi in ring.items()}


def _noekkel_bytes(verdi: str) -> bytes:
    # b64decode's own error repeats nothing of the key, and neither do we.
    hemmelighet = base64.b64decode(verdi, validate=True)
    if len(hemmelighet) != NOEKKEL_LENGDE:
        raise ImproperlyConfigured("An encryption key must be base64 of 32 bytes.")
    return hemmelighet


def _hode(noekkel_id: str) -> bytes:
    navn = noekkel_id.encode()
    return bytes([VERSJON, len(navn)]) + navn


def skrevet_med(data: bytes) -> str:
    """Return the id of the key that wrote the value. Raises KanIkkeLeses."""
    if len(data) < 2 or data[0] != VERSJON:
        raise KanIkkeLeses("not written by this program")
    try:
        return data[2 : 2 + data[1]].decode()
    except UnicodeDecodeError:
        raise KanIkkeLeses("broken header") from None
