"""The tests' databases on a Redis somebody else may use too, or a Redis of our own on its standard port."""

import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import redis

from verktoey.prosess import Prosess

ARBEIDERE = 4  # test processes at most, each with one database for its queue and one for its cache
MERKE = "tok-motorer-"
ELDSTE = 7


class RedisFeil(Exception):
    """The server cannot be used; the text is for the person at the keyboard."""


def baser(url: str, arbeider: str) -> tuple[str, str]:
    """Return the addresses of queue and cache for one test process ("gw0", "gw1", … or ""), counted from `url`.

    Raises:
        RedisFeil: for more processes than there are databases set aside.
    """
    nummer = int(arbeider.removeprefix("gw") or 0)
    if nummer >= ARBEIDERE:
        raise RedisFeil(f"Det er satt av Redis-databaser til {ARBEIDERE} testprosesser. Kjør pytest med færre (-n).")
    foerste = int(urlsplit(url).path.strip("/") or 0) + 2 * nummer
    return med_base(url, foerste), med_base(url, foerste + 1)


def med_base(url: str, base: int) -> str:
    """Return the address of another database on the same server; redis-py lets the path win over `db=`."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{base}"))


@contextmanager
def ledige_baser(url: str) -> Iterator[tuple[str, str]]:
    """Give the version, and the address of the first of a row of empty databases that are ours in the block.

    The databases are emptied afterwards; no other is ever touched. A named connection tells other runs they are taken.

    Raises:
        RedisFeil: when the server lets nobody in, is too old, or has no such row.
    """
    vert = urlsplit(url).netloc.rpartition("@")[2]
    try:
        with redis.Redis.from_url(url) as klient:
            om: dict[str, Any] = klient.info()
            antall = int(klient.config_get("databases")["databases"])
            opptatt = {navn for navn in (k["name"] for k in klient.client_list()) if navn.startswith(MERKE)}
    except redis.RedisError as feil:
        raise RedisFeil(
            f"På {vert} svarer noe som ikke slipper oss inn som Redis ({feil}). "
            "Sett CELERY_BROKER_URL til en Redis testene kan bruke, eller stopp den som svarer."
        ) from feil
    if int(str(om["redis_version"]).partition(".")[0]) < ELDSTE:
        raise RedisFeil(f"Redis på {vert} er versjon {om['redis_version']}. Testene krever {ELDSTE} eller nyere.")
    i_bruk = {int(base.removeprefix("db")) for base in om if base.startswith("db") and base[2:].isdigit()}
    i_bruk |= {int(navn.removeprefix(MERKE)) + steg for navn in opptatt for steg in range(2 * ARBEIDERE)}
    for foerste in range(antall - 2 * ARBEIDERE, -1, -1):
        vaare = range(foerste, foerste + 2 * ARBEIDERE)
        if i_bruk.isdisjoint(vaare):
            break
    else:
        raise RedisFeil(f"Redis på {vert} har ikke {2 * ARBEIDERE} tomme databaser etter hverandre.")
    with redis.Redis.from_url(
        url, db=foerste, client_name=f"{MERKE}{foerste}", single_connection_client=True
    ) as merket:
        merket.ping()
        try:
            yield str(om["redis_version"]), med_base(url, foerste)
        finally:
            for base in vaare:
                with redis.Redis.from_url(med_base(url, base)) as klient:
                    klient.flushdb()


@contextmanager
def egen(mappe: Path, port: int, program: Path | None = None) -> Iterator[str]:
    """Run a server, Debian's redis-server when none is named, on a port of loopback with a password; give its address.

    Raises:
        RedisFeil: when there is none, or it does not start.
    """
    valgt = program or shutil.which("redis-server")
    if valgt is None:
        raise RedisFeil(
            "Fant ingen redis-server. Kjør WITH_ENGINES=1 sh verktoey/oppsett.sh, eller apt-get install redis-server."
        )
    mappe.mkdir(parents=True, exist_ok=True)
    passord = secrets.token_urlsafe(24)
    oppsett = mappe / "redis.conf"
    oppsett.touch(mode=0o600)
    oppsett.write_text(f'bind 127.0.0.1\nport {port}\nrequirepass {passord}\ndir {mappe}\nsave ""\nloglevel warning\n')
    tjener = Prosess("Redis", [valgt, oppsett], mappe / "redis.log", mappe=mappe)
    tjener.start()
    url = f"redis://:{passord}@127.0.0.1:{port}/0"
    try:
        _vent(tjener, url)
        yield url
    finally:
        tjener.stopp()
        shutil.rmtree(mappe, ignore_errors=True)


def _vent(tjener: Prosess, url: str) -> None:
    for _ in range(200):
        try:
            with redis.Redis.from_url(url) as klient:
                klient.ping()
        except redis.RedisError:
            if not tjener.lever():
                break
            time.sleep(0.05)
        else:
            return
    raise RedisFeil(f"Redis startet ikke:\n{tjener.siste_linjer()}")
