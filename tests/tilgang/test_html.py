"""Every page of the application is correct HTML by the Nu checker, as each role sees it (issue 3)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.nuhtml import htmlfeil
from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.tabell import adresser
from tests.tilgang.verden import EGEN, Verden

MERKE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
SOM = ("tok", "koordinator", "leder", "person")
AAPNE = ("kjerne:hjelp", "kjerne:personvern", "kjerne:tilgjengelighet", settings.LOGIN_URL, "account_reset_password")


def _side(klient: Client, metode: str, url: str) -> bytes | None:
    """The page, also one with errors in the form; None where there is no page to see."""
    with rulles_tilbake():
        svar: Any = klient.get(url) if metode == "GET" else klient.post(url)
        er_html = svar.get("Content-Type", "").startswith("text/html")
        return bytes(svar.content) if er_html and svar.status_code in {200, 409, 422} else None


def test_all_pages_are_correct_html(verden: Verden, klienter: dict[str, Client], tmp_path: Path) -> None:
    """Also the forms that were sent empty, so that their errors are on the page."""
    sider: dict[str, bytes] = {}
    for navn in AAPNE:
        sider[navn.replace(":", "-")] = _side(Client(), "GET", reverse(navn)) or b""
    sider["finnes-ikke"] = klienter["tok"].get("/finnes-ikke/").content
    sett: set[bytes] = set()
    for adresse in adresser():
        for som in SOM:
            for metode in ("GET", "POST"):
                side = _side(klienter[som], metode, adresse.url(verden, EGEN))
                lik = MERKE.sub(b"", side or b"")
                if side and lik not in sett:
                    sett.add(lik)
                    sider[f"{adresse.navn.replace(':', '-')}-{som}-{metode}"] = side
    assert len(sider) > 60, sorted(sider)
    feil = htmlfeil(sider, tmp_path)
    assert not feil, f"{len(feil)} errors in {len(sider)} pages:\n" + "\n".join(feil)
