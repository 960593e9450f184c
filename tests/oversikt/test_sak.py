"""The case page shows each role what it may see, and its queries do not grow (domene.md §2, L13, N1)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.fabrikker import (
    I_DAG,
    NAA,
    DeltakelseFabrikk,
    KontaktFabrikk,
    PersonFabrikk,
    SakFabrikk,
    koordinator_i,
    samtykke_for,
    tok_ansatt,
)
from tests.oversikt.rader import frist
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.oversikt.sporringer import saken
from tok.sak.models import Avkryssing, Deltakelse, Hendelse, Innsyn, Sak, Sjekkpunkt, Tiltak

pytestmark = pytest.mark.django_db


def tiltak(sak: Sak, tekst: str, ansvarlig: Deltakelse | None = None) -> None:
    with som_system("test data"):
        Tiltak.objects.create(
            sak=sak,
            tekst=tekst,
            ansvarlig="Noen",
            ansvarlig_deltakelse=ansvarlig,
            frist_dato=I_DAG,
            kilde_type="referat",
            kilde_id=uuid4(),
        )


def hendelse(sak: Sak, konto: Konto) -> None:
    Hendelse.objects.create(
        sak=sak,
        tid=NAA,
        konto=konto,
        konto_navn=konto.navn,
        handling="proeve.finnes_ikke",
        objekt_type="Sak",
        objekt_id=sak.pk,
    )


def sett(sak: Sak, konto: Konto) -> tuple[list[str], bool, bool]:
    """The tasks, and whether diary and checklists are shown."""
    oversikt = saken.les_sak(sak, konto, I_DAG)
    return sorted(t.tekst for t in oversikt.tiltak), oversikt.dagbok is not None, oversikt.sjekklister is not None


def test_hver_rolle_ser_sitt() -> None:
    sak = SakFabrikk()
    leder = koordinator_i(sak)
    med, uten = DeltakelseFabrikk(sak=sak), DeltakelseFabrikk(sak=sak)
    personen = DeltakelseFabrikk(sak=sak, rolle="person")
    kontoret = tok_ansatt(sak)
    samtykke_for(sak, med)
    tiltak(sak, "felles")
    tiltak(sak, "eget", uten)
    assert sett(sak, leder) == (["eget", "felles"], True, True)
    assert sett(sak, med.konto) == (["eget", "felles"], False, False)
    assert sett(sak, uten.konto) == (["eget"], False, False)
    assert sett(sak, kontoret) == ([], True, True)
    assert sett(sak, personen.konto)[1:] == (True, False)


def test_kontoret_leser_tiltakene_naar_samtykket_omfatter_det() -> None:
    sak = SakFabrikk()
    tiltak(sak, "felles")
    kontoret = tok_ansatt(sak)
    samtykke = samtykke_for(sak, formaal=["tok"])
    assert sett(sak, kontoret)[0] == ["felles"]
    with som_system("test data"):
        samtykke.trukket_tid, samtykke.trukket_registrert_av = NAA, kontoret
        samtykke.save(update_fields=["trukket_tid", "trukket_registrert_av"])
    assert sett(sak, kontoret)[0] == []


def test_deltakerne_staar_i_fast_rekkefoelge() -> None:
    sak = SakFabrikk(person=PersonFabrikk(fornavn="Amina", etternavn="Warsame"))
    DeltakelseFabrikk(sak=sak, konto__navn="Østen Fast")
    DeltakelseFabrikk(sak=sak, konto__navn="Ærlig Fast")
    DeltakelseFabrikk(sak=sak, rolle="ved_behov", konto=None, kontakt=KontaktFabrikk(navn="Fastlegen"))
    DeltakelseFabrikk(sak=sak, konto__navn="Sluttet Fast", til_dato=I_DAG)
    koordinator_i(sak, navn="Ingrid Sæther")
    DeltakelseFabrikk(sak=sak, rolle="person", konto=None)
    oversikt = saken.les_sak(sak, tok_ansatt(sak), I_DAG)
    assert [d.navn for d in oversikt.faste] == ["Amina Warsame", "Ingrid Sæther", "Ærlig Fast", "Østen Fast"]
    assert [d.navn for d in oversikt.ved_behov] == ["Fastlegen"]


def test_sjekklista_teller_kryss() -> None:
    sak = SakFabrikk()
    liste = saken.sjekkstatus(sak, I_DAG)[0]
    assert liste.gjort == 0 < liste.alle
    with som_system("test data"):
        punkt = Sjekkpunkt.objects.get(pk=liste.punkter[0].id)
        Avkryssing.objects.create(sak=sak, punkt=punkt, av=tok_ansatt(sak), tid=NAA)
    assert saken.sjekkstatus(sak, I_DAG)[0].gjort == 1


def test_siden_har_like_mange_spoerringer_med_mange_rader(client: Client) -> None:
    sak = SakFabrikk()
    konto = koordinator_i(sak)
    client.force_login(konto)

    def fyll(antall: int) -> None:
        for nr in range(antall):
            tiltak(sak, f"tiltak {nr}", DeltakelseFabrikk(sak=sak))
            frist(sak, I_DAG + timedelta(days=nr))
            hendelse(sak, konto)

    fyll(5)
    client.get(f"/saker/{sak.pk}/")
    with CaptureQueriesContext(connection) as faa:
        assert client.get(f"/saker/{sak.pk}/").status_code == 200
    fyll(45)
    with CaptureQueriesContext(connection) as mange:
        assert client.get(f"/saker/{sak.pk}/").status_code == 200
    assert len(faa) == len(mange)


def test_lesingen_logges_og_andre_faar_404(client: Client) -> None:
    sak = SakFabrikk()
    konto = koordinator_i(sak)
    client.force_login(konto)
    svar = client.get(f"/saker/{sak.pk}/")
    assert sak.person.navn in svar.content.decode()
    assert Innsyn.objects.filter(sak=sak, konto=konto, handling="les").count() == 1
    client.force_login(koordinator_i(SakFabrikk()))
    assert client.get(f"/saker/{sak.pk}/").status_code == 404


def test_uten_koordinator_har_kontoret_ansvaret_for_fristen(client: Client) -> None:
    """What a coordinator should have done stands on the office's Min dag meanwhile, and the case page says so (L3)."""
    konto = tok_ansatt()
    sak = SakFabrikk(kontor=konto.ansettelser.get().enhet)
    frist(sak, I_DAG + timedelta(days=2))
    client.force_login(konto)
    til_noen = "til noen er oppnevnt"
    assert til_noen in client.get(f"/saker/{sak.pk}/").content.decode()
    koordinator_i(sak)
    assert til_noen not in client.get(f"/saker/{sak.pk}/").content.decode()
