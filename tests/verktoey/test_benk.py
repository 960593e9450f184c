"""The benchmark runs over a small database and prints a line for every page; the figures themselves are not judged."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fabrikker import DeltakelseFabrikk, HenvendelseFabrikk, SakFabrikk, koordinator_i, tok_ansatt
from tests.oversikt.rader import gruppe, moete
from tests.testbase import TESTNAVN, Testbase
from tok.kjerne import klokke
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Kommune
from verktoey import postgres
from verktoey.benk import base, sider, tabell
from verktoey.benk.base import OURS, Base
from verktoey.benk.sider import Maal, Sidemaal


def fyll() -> None:
    """An office with a case that has a coordinator and a group."""
    with som_system("test data"):
        Kommune.objects.get_or_create(pk=1, defaults={"navn": "Prøve", "kontor_navn": "Kontoret", "kontor_kort": "K"})
    sak = SakFabrikk()
    tok_ansatt(sak)
    koordinator_i(sak)
    DeltakelseFabrikk(sak=sak)
    HenvendelseFabrikk(kontor=sak.kontor)
    moete(gruppe(sak), klokke.naa() + timedelta(days=5), tilstand="planlagt", saksliste_sendt_tid=None)


def test_alle_sider_maales_ved_siden_av_gulvet(ekte_db: Testbase, monkeypatch: pytest.MonkeyPatch) -> None:
    fyll()
    monkeypatch.setattr(sider, "BLOKK", 1)
    monkeypatch.setattr(sider, "OPPVARMING", 1)
    liten = Base(ekte_db.navn, OURS, ekte_db.roller, 1)
    liten.kjoer("manage.py", "collectstatic", "--noinput", "-v0")
    alle = sider.maal(base.lag_gulv(f"{TESTNAVN}_mal_gulv", postgres.testserver(), 30), [liten, liten], 1)
    assert [side.navn for side in alle] == [
        side.navn for _slag, side in sider.liste({"tok": "", "koordinator": "", "sak": "", "merke": ""} | SOEK)
    ]
    assert all(maal.sporringer > 3 and maal.median > 0 for side in alle for maal in side.maal)
    assert all(side.like_mange for side in alle)
    linjer = tabell.som_tekst(tabell.sidetabell(alle)).splitlines()
    assert all(any(linje.startswith(side.navn) for linje in linjer) for side in alle)


SOEK = {"hele_navnet": "", "vanlig": "", "to_bokstaver": ""}


def test_det_som_ikke_holder_staar_der() -> None:
    side = Sidemaal("Registeret", "liste", [Maal(1000, 9, 5, 6, 1.9, 3), Maal(20000, 10, 7, 8, 2.3, 3)], vekst=1.21)
    foerste, andre, vekst = tabell.sidetabell([side]).rader
    assert foerste[5:] == ("1,90", "≤ 2,0 ✓", "≤ 1,3", "–")
    assert andre[6] == "≤ 2,0 –"
    assert vekst[1:] == ("ULIKT ANTALL SPØRRINGER", "", "", "", "1,21 × egen tid", "≤ 1,1 –", "", "")


def test_tallene_skrives_mellom_merkene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fil = tmp_path / "ytelse.md"
    fil.write_text(f"Metode\n{tabell.FRA}\ngammelt\n{tabell.TIL}\nSlutt\n")
    monkeypatch.setattr(tabell, "FIL", fil)
    tabell.skriv([tabell.jobbtabell("Eksport", [tabell.Rad("CSV", "5 ms", "1,0 ×", "≤ 1,5 ×", True)])], "Maskinen")
    tekst = fil.read_text()
    assert tekst.startswith("Metode")
    assert tekst.endswith("Slutt\n")
    assert "gammelt" not in tekst
    assert "| CSV | 5 ms | 1,0 × | ≤ 1,5 × | ✓ |" in tekst
