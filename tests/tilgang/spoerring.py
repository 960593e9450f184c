"""One request against the world of the permission table, and what it did to the logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.tabell import SMALERE, Adresse
from tok.sak.models import Innsyn

SLIPPER_INN = {200, 302, 409, 422}
# A reading may write these and no other table.
LESING_SKRIVER = {"kjerne_oekt", "sak_innsyn"}
# A relation without a workplace behind it: the person and the family.
UTEN_ENHET = {"person", "representant", "stoetteperson", "stoetteperson_innkalt"}
# What is of no case, and of no person: a finding tells of an account.
UTENFOR_SAK = {
    "Henvendelse": {"sak"},
    "Vern": {"sak"},
    "Loggfunn": {"sak", "person_id"},
    "Konto": {"sak", "person_id"},
    "Ansettelse": {"sak", "person_id"},
}


@dataclass
class Svar:
    """What one request did."""

    status: int
    til: str
    innsyn: list[Innsyn]
    avvist: int
    skrev: set[str]

    @property
    def slapp_inn(self) -> bool:
        return self.status in SLIPPER_INN and not self.til.startswith(reverse(settings.LOGIN_URL))


# Counts for one request: what was logged, and the rows written so far in this transaction by table, for PostgreSQL
# counts there what is rolled back too.
LOGGENE = "SELECT (SELECT count(*) FROM sak_innsyn), (SELECT count(*) FROM kjerne_sikkerhetslogg)"
SKREVET = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""


def _sql(setning: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(setning)
        return list(cursor.fetchall())


def spoer(klient: Client, metode: str, url: str, data: Any = None) -> Svar:
    """Ask, and roll back all that it did."""
    with rulles_tilbake():
        [(innsyn_foer, logg_foer)] = _sql(LOGGENE)
        skrevet_foer = dict(_sql(SKREVET)) if metode == "GET" else {}
        svar: Any = klient.get(url) if metode == "GET" else klient.post(url, data)
        skrevet = dict(_sql(SKREVET)) if metode == "GET" else {}
        [(innsyn_naa, logg_naa)] = _sql(LOGGENE)
        return Svar(
            status=svar.status_code,
            til=svar.get("Location", ""),
            innsyn=list(Innsyn.objects.order_by("pk")[innsyn_foer:]) if innsyn_naa > innsyn_foer else [],
            avvist=logg_naa - logg_foer,
            skrev={tabell for tabell, antall in skrevet.items() if antall != skrevet_foer.get(tabell, 0)},
        )


def feil_ved_lukket(adresse: Adresse, svar: Svar) -> list[str]:
    """What is wrong with a refusal: nothing is shown, and the attempt stands in the security log (N4)."""
    feil = []
    if svar.innsyn:
        feil.append("closed, yet a reading was logged: something of the row was shown")
    if svar.avvist != 1 and adresse.navn not in SMALERE:
        feil.append(f"{svar.avvist} lines in the security log for one refused attempt: raise Avvist, through hent")
    return feil


def feil_ved_lesing(adresse: Adresse, navn: str, svar: Svar) -> list[str]:
    """What is wrong with a page that was shown: its reading is logged whole, and nothing else was written (N3)."""
    feil = []
    if not svar.innsyn and not getattr(adresse.klasse, "ny", False):
        feil.append("shown without a line in the reading log: use VisSide, ListeSide or rett.hent")
    if svar.skrev - LESING_SKRIVER:
        feil.append(f"a GET wrote to {sorted(svar.skrev - LESING_SKRIVER)}: change things in a handling, by POST")
    for rad in svar.innsyn if adresse.har_objekt else []:
        kan_mangle = {"enhet"} if navn in UTEN_ENHET else set()
        kan_mangle |= UTENFOR_SAK.get(rad.objekt_type, set())
        tomme = {f.name for f in rad._meta.fields if getattr(rad, f.attname) in ("", None)} - kan_mangle
        if tomme:
            feil.append(f"the line in the reading log lacks {sorted(tomme)}")
    return feil
