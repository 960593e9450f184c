"""Drafts: encrypted, their author's own, one per open page, gone after 30 days (P9)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.fabrikker import ansatt
from tok.kjerne.models import Konto
from tok.sak import utkast
from tok.sak.models import Hendelse, Utkast

pytestmark = pytest.mark.django_db
OBJEKT = uuid4()


def lagre(konto: Konto, tekst: str, naa: datetime, fane: str = "") -> Utkast:
    return utkast.lagre(
        konto=konto,
        objekt_type="referat",
        objekt_id=OBJEKT,
        innhold={"maal": tekst},
        base_versjon=3,
        naa=naa,
        fane=fane,
    )


def hent(konto: Konto, fane: str | None = None) -> utkast.Lagret | None:
    return utkast.hent(konto=konto, objekt_type="referat", objekt_id=OBJEKT, fane=fane)


def tekst_i(konto: Konto, fane: str | None = None) -> Any:
    funnet = hent(konto, fane)
    return funnet and funnet.innhold["maal"]


def test_hentes_av_forfatteren_og_ingen_andre(naa: datetime) -> None:
    kari, tone = ansatt(), ansatt()
    rad = lagre(kari, "KANARI", naa)
    funnet = hent(kari)
    assert funnet is not None
    assert (funnet.innhold, funnet.base_versjon, funnet.lagret_tid) == ({"maal": "KANARI"}, 3, naa)
    assert hent(tone) is None
    assert b"KANARI" not in bytes(rad.innhold)
    assert Hendelse.objects.count() == 0


def test_en_rad_flyttet_til_en_annen_leses_ikke(naa: datetime) -> None:
    kari, tone = ansatt(), ansatt()
    rad = lagre(kari, "KANARI", naa)
    Utkast.objects.filter(pk=rad.pk).update(konto=tone)
    assert hent(tone) is None


def test_lagre_igjen_erstatter(naa: datetime) -> None:
    kari = ansatt()
    lagre(kari, "en", naa)
    lagre(kari, "to", naa + timedelta(minutes=1))
    assert Utkast.objects.count() == 1
    assert tekst_i(kari) == "to"


def test_to_faner_holder_hver_sin(naa: datetime) -> None:
    kari = ansatt()
    lagre(kari, "i den ene", naa, fane="a" * 12)
    lagre(kari, "i den andre", naa + timedelta(seconds=1), fane="b" * 12)
    assert tekst_i(kari) == "i den andre"
    nyeste = hent(kari)
    assert nyeste is not None
    assert nyeste.fane == "b" * 12
    assert tekst_i(kari, "a" * 12) == "i den ene"
    assert utkast.slett(konto=kari, objekt_type="referat", objekt_id=OBJEKT, fane="b" * 12) == 1
    assert tekst_i(kari) == "i den ene"


def test_slett_lar_det_som_er_skrevet_siden_staa(naa: datetime) -> None:
    kari = ansatt()
    lagre(kari, "skrevet etterpå", naa + timedelta(minutes=1))
    assert utkast.slett(konto=kari, objekt_type="referat", objekt_id=OBJEKT, uendret_siden=naa) == 0
    assert hent(kari) is not None


def test_hvem_som_skriver_naa(naa: datetime) -> None:
    kari, tone = ansatt(navn="Kari Østby"), ansatt(navn="Tone Bakke")
    lagre(kari, "a", naa - timedelta(seconds=59))
    lagre(kari, "b", naa - timedelta(seconds=10), fane="a" * 12)
    sted: Any = {"objekt_type": "referat", "objekt_id": OBJEKT}
    assert utkast.andre_som_skriver(konto=tone, naa=naa, **sted) == ["Kari Østby"]
    assert utkast.andre_som_skriver(konto=kari, naa=naa, **sted) == []
    assert utkast.andre_som_skriver(konto=tone, naa=naa + timedelta(minutes=1), **sted) == []
    assert utkast.andre_med_utkast(konto=tone, **sted) == ["Kari Østby"]


def test_rydd_tar_det_som_er_over_30_dager(naa: datetime) -> None:
    kari, tone = ansatt(), ansatt()
    lagre(kari, "gammel", naa - timedelta(days=30, seconds=1))
    lagre(tone, "ny", naa - timedelta(days=30))
    assert utkast.rydd(naa) == 1
    assert hent(tone) is not None
