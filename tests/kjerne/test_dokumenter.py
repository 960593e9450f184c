"""Documents: ordered once, rendered once, never lost and never changed (arkitektur.md §5, N18, P2)."""

import hashlib
import logging
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.kjerne.pdf_proever import REFERAT
from tok.kjerne import dokumenter
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Dokument

NAA = datetime(2026, 11, 22, 9, 0, tzinfo=OSLO)
Tilstand = Dokument.Tilstand


def bestill(noekkel: str = "referat:1", **endret: Any) -> Dokument:
    felt: dict[str, Any] = {"mal": "referat", "tittel": "Referat", "innhold": REFERAT, "naa": NAA} | endret
    return dokumenter.bestill(noekkel=noekkel, **felt)


def daarlig(noekkel: str = "referat:1") -> Dokument:
    """An order that can never be rendered, because its template does not exist."""
    return bestill(noekkel, mal="finnes_ikke")


@pytest.mark.django_db
def test_samme_bestilling_er_samme_dokument() -> None:
    assert bestill() == bestill()
    assert Dokument.objects.count() == 1


@pytest.mark.parametrize(
    "endret", [{"innhold": {**REFERAT, "sted": "Et annet sted"}}, {"tittel": "Annen"}, {"maalform": "nn"}]
)
@pytest.mark.django_db
def test_samme_noekkel_med_annet_innhold_avvises(endret: dict[str, Any]) -> None:
    bestill()
    with pytest.raises(dokumenter.AnnetInnhold) as feil:
        bestill(**endret)
    assert "sted" not in str(feil.value)


@pytest.mark.django_db
def test_bestillingen_forsvinner_med_transaksjonen() -> None:
    with transaction.atomic():
        bestill()
        transaction.set_rollback(True)
    assert not Dokument.objects.exists()


@pytest.mark.django_db
def test_lag_neste_lager_og_lagrer() -> None:
    for nummer in range(3):
        bestill(f"referat:{nummer}")
    assert dokumenter.lag_neste(naa=NAA, antall=2) == 2
    assert dokumenter.lag_neste(naa=NAA) == 1
    assert dokumenter.lag_neste(naa=NAA) == 0
    for dokument in Dokument.objects.all():
        assert dokument.tilstand == Tilstand.LAGET
        assert dokument.laget_tid == NAA
        assert dokument.pdf is not None
        assert dokument.sha256 == hashlib.sha256(bytes(dokument.pdf)).hexdigest()
        assert bytes(dokument.pdf).startswith(b"%PDF-")


@pytest.mark.usefixtures("ekte_db")
def test_hent_pdf_venter_ikke_paa_noen_og_lager_bare_en_gang() -> None:
    dokument = bestill()
    foerst = dokumenter.hent_pdf(dokument, naa=NAA)
    assert dokumenter.lag_neste(naa=NAA) == 0
    # A finished document is read alone, so that a page may do it in its read-only transaction.
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        assert dokumenter.hent_pdf(dokument, naa=NAA + timedelta(days=400)) == foerst
    dokument.refresh_from_db()
    assert dokument.forsoek == 1


def leid(dokument: Dokument, *, forsoek: int = 1) -> None:
    """Leave the row as a worker leaves it that took the document and was killed."""
    Dokument.objects.filter(pk=dokument.pk).update(
        tilstand=Tilstand.LAGES, laas_til=NAA + dokumenter.LEIETID, forsoek=forsoek
    )


@pytest.mark.django_db
def test_hent_pdf_naar_en_arbeider_holder_paa() -> None:
    """The user takes the lease over; the slow worker's bytes are thrown away, so only one file ever leaves."""
    dokument = bestill()
    leid(dokument)
    arbeiderens = Dokument.objects.get()
    hentet = dokumenter.hent_pdf(dokument, naa=NAA)
    assert dokumenter.lag(arbeiderens, naa=NAA) is False
    dokument.refresh_from_db()
    assert dokument.pdf is not None
    assert bytes(dokument.pdf) == hentet
    assert (dokument.tilstand, dokument.forsoek) == (Tilstand.LAGET, 2)


@pytest.mark.django_db
def test_arbeider_som_doer_gir_dokumentet_til_neste() -> None:
    leid(bestill())
    assert dokumenter.lag_neste(naa=NAA + timedelta(minutes=1)) == 0
    assert dokumenter.lag_neste(naa=NAA + dokumenter.LEIETID) == 1


@pytest.mark.django_db
def test_dokument_som_dreper_arbeideren_hver_gang_gis_opp() -> None:
    leid(bestill(), forsoek=dokumenter.STOERSTE_FORSOEK)
    assert dokumenter.lag_neste(naa=NAA + dokumenter.LEIETID) == 0
    dokument = Dokument.objects.get()
    assert (dokument.tilstand, dokument.feil) == (Tilstand.FEILET, "Avbrutt")


@pytest.mark.django_db
def test_feil_proeves_igjen_og_gis_opp_synlig(caplog: pytest.LogCaptureFixture) -> None:
    """Waits longer each time, gives up after five, and keeps nothing but the class of the error."""
    daarlig()
    caplog.set_level(logging.DEBUG)
    naa = NAA
    for ventetid in dokumenter.VENTETIDER:
        assert dokumenter.lag_neste(naa=naa) == 0
        dokument = Dokument.objects.get()
        assert (dokument.tilstand, dokument.neste_forsoek_tid) == (Tilstand.BESTILT, naa + ventetid)
        assert dokumenter.lag_neste(naa=naa + ventetid - timedelta(seconds=1)) == 0
        assert Dokument.objects.get().forsoek == dokument.forsoek
        naa += ventetid
    assert dokumenter.lag_neste(naa=naa) == 0
    dokument = Dokument.objects.get()
    assert (dokument.tilstand, dokument.feil) == (Tilstand.FEILET, "TemplateDoesNotExist")
    assert dokumenter.lag_neste(naa=naa + timedelta(days=1)) == 0
    assert "Emma" not in caplog.text
    assert "TemplateDoesNotExist" in caplog.text


@pytest.mark.django_db
def test_feil_i_ett_dokument_stanser_ikke_de_andre() -> None:
    daarlig("referat:1")
    bestill("referat:2")
    assert dokumenter.lag_neste(naa=NAA) == 1


@pytest.mark.django_db
def test_brukeren_faar_vite_at_det_ikke_gikk() -> None:
    dokument = daarlig()
    with pytest.raises(dokumenter.DokumentetLagesIkke) as feil:
        dokumenter.hent_pdf(dokument, naa=NAA)
    assert "Prøv igjen" in str(feil.value.melding)
    dokument.refresh_from_db()
    assert (dokument.tilstand, dokument.forsoek) == (Tilstand.BESTILT, 1)


@pytest.mark.parametrize("endring", [{"tittel": "Annen"}, {"innhold": {}}, {"pdf": b"x"}, {"tilstand": "bestilt"}])
@pytest.mark.django_db
def test_databasen_sier_nei_til_aa_endre_et_ferdig_dokument(endring: dict[str, Any]) -> None:
    bestill()
    dokumenter.lag_neste(naa=NAA)
    with pytest.raises(DatabaseError), transaction.atomic():
        Dokument.objects.update(**endring)


@pytest.mark.usefixtures("ekte_db")
def test_fire_arbeidere_samtidig_lager_hvert_dokument_en_gang() -> None:
    for nummer in range(8):
        bestill(f"referat:{nummer}")
    laget: list[int] = []

    def arbeid() -> None:
        try:
            laget.append(dokumenter.lag_neste(naa=NAA))
        finally:
            connection.close()

    traader = [threading.Thread(target=arbeid) for _ in range(4)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    assert sum(laget) == 8
    assert set(Dokument.objects.values_list("forsoek", "tilstand")) == {(1, "laget")}
