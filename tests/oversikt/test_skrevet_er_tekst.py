"""What people type is shown as they typed it: no name or text becomes markup in rows made in Python (ASVS 1.2.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.fabrikker import I_DAG, NAA, DeltakelseFabrikk, PersonFabrikk, SakFabrikk, koordinator_i, tok_ansatt
from tests.oversikt.rader import flytt, frist, gruppe, moete
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.models import Enhet, Sak, Sjekkpunkt, Tiltak

pytestmark = pytest.mark.django_db

KANARI = """<img src=x onerror='fugl("{0}%(n)s")'>"""
VIST = "&lt;img src=x onerror="


def _skriv_overalt() -> tuple[Sak, Konto, Konto]:
    """A case where every text that the lists and the case page show is markup."""
    sak: Sak = SakFabrikk(person=PersonFabrikk(fornavn=KANARI, etternavn=KANARI))
    koordinator, tok = koordinator_i(sak), tok_ansatt(sak)
    for konto in (koordinator, tok):
        flytt(konto, navn=KANARI)
    for nr, enhet in enumerate(Enhet.objects.all()):  # a unit's name is its own
        flytt(enhet, navn=f"{KANARI}{nr}")
    for punkt in Sjekkpunkt.objects.all():
        flytt(punkt, tekst=KANARI)
    egen = sak.deltakelser.get(konto=koordinator)
    DeltakelseFabrikk(sak=sak)
    gruppa = gruppe(sak)
    moete(gruppa, NAA + timedelta(days=3), tilstand="innkalt", sted=KANARI)
    frist(sak, I_DAG - timedelta(days=2))
    frist(sak, I_DAG + timedelta(days=2))
    with som_system("test data"):
        Tiltak.objects.create(
            sak=sak, tekst=KANARI, ansvarlig_deltakelse=egen, kilde_type="referat", kilde_id=gruppa.pk
        )
    return sak, koordinator, tok


def test_ingenting_skrevet_blir_markering(client: Client) -> None:
    sak, koordinator, tok = _skriv_overalt()
    sider: list[tuple[Konto, str, dict[str, str] | None]] = [
        (tok, "/", None),
        (tok, "/?bunke=over", None),
        (tok, "/saker/", None),
        (tok, "/saker/soek/", {"q": "<img"}),
        (tok, f"/saker/{sak.pk}/", None),
        (koordinator, "/", None),
        (koordinator, "/?bunke=tiltak", None),
        (koordinator, f"/saker/{sak.pk}/", None),
    ]
    for konto, url, skjema in sider:
        client.force_login(konto)
        svar = client.post(url, skjema) if skjema else client.get(url)
        side = svar.content.decode()
        assert svar.status_code == 200, url
        assert VIST in side, url
        assert "<img src=x" not in side, url
