"""Called by the newest sending, once per account: two roles give one invitation, who is left out is out (N2, R62)."""

from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar

from ansvarsgruppe import sporringer
from ansvarsgruppe.handlinger.moete import avlys_moete
from ansvarsgruppe.models import Innkalling, Moete
from tests.ansvarsgruppe.moeterom import NAA, Rom, dager, endre, innkalt, lag_rom, send
from tests.fabrikker import DeltakelseFabrikk
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto, Varsel
from tok.oversikt.sporringer.mine import egne
from tok.sak.models import Deltakelse

pytestmark = pytest.mark.django_db


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def hendelse(tekst: str) -> Any:
    return Calendar.from_ical(tekst).walk("VEVENT")[0]


def moeter(konto: Konto) -> int:
    (moetene, _tiltak), _saker = egne(konto, NAA)
    return moetene.funnet


def test_den_som_er_fast_og_koordinator_faar_en_innkalling_og_en_avlysning(rom: Rom) -> None:
    DeltakelseFabrikk(sak=rom.sak, konto=rom.koordinator, rolle="fast")
    moete = innkalt(rom)
    rader = Innkalling.objects.filter(deltakelse__konto=rom.koordinator)
    assert [rad.deltakelse.rolle for rad in rader] == ["koordinator"]
    avlys_moete(moete=moete, grunn="Sykdom", av=rom.koordinator, naa=NAA)
    kalendre = [v.kalender for v in Varsel.objects.filter(mottaker=rom.koordinator).order_by("pk")]
    assert sorted(str(Calendar.from_ical(k)["METHOD"]) for k in kalendre) == ["CANCEL", "REQUEST"]
    assert len({str(hendelse(k)["UID"]) for k in kalendre}) == 1


def test_ny_rolle_mellom_to_utsendinger_oppdaterer_samme_moete_i_kalenderen(rom: Rom) -> None:
    """The teacher becomes coordinator: the same event with a higher SEQUENCE, and no word of being called off."""
    moete = innkalt(rom)
    with som_system("test data"):
        Deltakelse.objects.filter(sak=rom.sak, rolle="koordinator").update(til_dato=NAA.date())
        rom.deltakelse(rom.laerer)
        ny = DeltakelseFabrikk(sak=rom.sak, konto=rom.laerer, rolle="koordinator", fra_dato=NAA.date())
    rom.koordinator = rom.laerer
    endre(rom, moete, sted="Rom 3")
    send(rom, moete)
    kalendre = [v.kalender for v in Varsel.objects.filter(mottaker=rom.laerer)]
    assert [str(Calendar.from_ical(k)["METHOD"]) for k in kalendre] == ["REQUEST", "REQUEST"]
    assert len({str(hendelse(k)["UID"]) for k in kalendre}) == 1
    assert {int(hendelse(k)["SEQUENCE"]) for k in kalendre} == {0, 1}
    assert sporringer.egen_innkalling(moete, rom.laerer.pk).get().deltakelse == ny


def test_fast_som_er_utelatt_ser_ikke_moetet_paa_min_dag(rom: Rom) -> None:
    moete = innkalt(rom)
    assert moeter(rom.laerer) == 1
    endre(rom, moete, sted="Rom 3")
    send(rom, moete, rom.deltakelse(rom.koordinator))
    assert moeter(rom.laerer) == 0
    assert moeter(rom.koordinator) == 1
    assert not sporringer.egen_innkalling(moete, rom.laerer.pk).exists()


def test_ved_behov_som_er_utelatt_ser_ikke_moetet_paa_min_dag(rom: Rom) -> None:
    spesialist = rom.deltakelse(rom.spesialist)
    moete = innkalt(rom, spesialist)
    assert moeter(rom.spesialist) == 1
    endre(rom, moete, sted="Rom 3")
    send(rom, moete, rom.deltakelse(rom.koordinator))
    assert moeter(rom.spesialist) == 0


def test_den_som_er_ute_av_saken_har_ingen_moeter(rom: Rom) -> None:
    innkalt(rom)
    with som_system("test data"):
        Deltakelse.objects.filter(konto=rom.laerer).update(til_dato=NAA.date())
    assert moeter(rom.laerer) == 0


def test_min_dag_har_fast_antall_spoerringer(rom: Rom, django_assert_num_queries: Any) -> None:
    innkalt(rom)
    with django_assert_num_queries(2):
        moeter(rom.laerer)
    for nr in range(1, 5):
        innkalt(rom, start_tid=Moete.objects.first().start_tid + dager(nr))  # type: ignore[union-attr]
    with django_assert_num_queries(2):
        assert moeter(rom.laerer) == 5
