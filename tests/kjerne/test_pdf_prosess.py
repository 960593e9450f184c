"""The drawing process: alone, without secrets, within its limits, never in the next document's way (ADR 0016)."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from tests.kjerne.pdf_proever import REFERAT
from tests.kjerne.test_dokumenter import NAA, bestill
from tok.kjerne import dokumenter, pdf
from tok.kjerne.models import Dokument
from tok.kjerne.pdf import Tegnefeil, Tegner, motor
from tok.kjerne.pdf.tegner import SEKUNDER

SIDE = "<!doctype html><html lang=nb><title>Prøve</title><h1>Prøve</h1></html>"
# Rows enough for minutes of work and gigabytes.
TUNG = f"<!doctype html><html lang=nb><title>Tung</title><table>{'<tr><td>a<td>b' * 200_000}</table></html>"

TRANGT = 340 * 1024 * 1024  # a little more than an ordinary document needs
STORT = 60 * 1024 * 1024


@pytest.fixture(scope="module")
def felles() -> Iterator[Tegner]:
    """One for the file; it starts again by itself when a test has ended its process."""
    tegner = Tegner()
    yield tegner
    tegner.lukk()


@pytest.fixture
def tegner(felles: Tegner) -> Tegner:
    """It has drawn a page, so that no start-up is measured with the next."""
    felles.sekunder = SEKUNDER
    assert felles.tegn(SIDE).startswith(b"%PDF-")
    return felles


def nummer(tegner: Tegner) -> int:
    assert tegner._prosess is not None
    return tegner._prosess.pid


def test_samme_prosess_tegner_neste(tegner: Tegner) -> None:
    """No start-up for each document (ytelse.md choice 7)."""
    foer = nummer(tegner)
    tegner.tegn(SIDE)
    assert nummer(tegner) == foer


def test_den_som_bruker_for_lang_tid_stanses_og_neste_gaar_bra(tegner: Tegner) -> None:
    foer = nummer(tegner)
    tegner.sekunder = 1
    with pytest.raises(Tegnefeil) as feil:
        tegner.tegn(TUNG)
    assert feil.value.navn == "ForLangTid"
    tegner.sekunder = SEKUNDER
    assert tegner.tegn(SIDE).startswith(b"%PDF-")
    assert nummer(tegner) != foer


def test_den_som_bruker_for_mye_minne_stanses_og_neste_gaar_bra() -> None:
    """An error of its own or the end of the process, as the libraries take it; never the machine's memory."""
    tegner = Tegner(minne=TRANGT)
    with pytest.raises(Tegnefeil) as feil:
        tegner.tegn(SIDE + "x" * STORT)
    assert feil.value.navn in {"MemoryError", "TegnerenDoede"}
    assert tegner.tegn(SIDE).startswith(b"%PDF-")
    tegner.lukk()


def test_den_som_er_drept_startes_igjen(tegner: Tegner) -> None:
    os.kill(nummer(tegner), signal.SIGKILL)
    os.waitid(os.P_PID, nummer(tegner), os.WEXITED | os.WNOWAIT)
    assert tegner.tegn(SIDE).startswith(b"%PDF-")


def test_prosessen_kjenner_ingen_hemmeligheter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither keys nor database: a hole in the drawing library finds nothing to take."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://hemmelig")
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    tegner = Tegner()
    tegner.tegn(SIDE)
    miljoe = Path(f"/proc/{nummer(tegner)}/environ").read_bytes()
    aapne = {os.readlink(fil) for fil in Path(f"/proc/{nummer(tegner)}/fd").iterdir()}
    assert b"hemmelig" not in miljoe
    assert not [fil for fil in aapne if fil.startswith("socket:")]
    tegner.lukk()


@pytest.mark.parametrize("hendelse", ["socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"])
def test_prosessen_har_verken_nett_eller_andre_programmer(hendelse: str) -> None:
    with pytest.raises(motor.UtenforKartet):
        motor._steng(hendelse, ())


def test_ingenting_blir_liggende_igjen(tegner: Tegner) -> None:
    mappe = Path(tegner.mappe)
    assert mappe.is_dir()
    prosess = tegner._prosess
    assert tegner.lukk() == 0, "it ends by itself when nobody asks any more"
    assert prosess is not None
    assert prosess.poll() == 0
    assert not mappe.exists()


def test_flere_traader_faar_hver_sitt_svar(tegner: Tegner) -> None:
    svar: dict[int, bytes] = {}

    def spoer(tall: int) -> None:
        svar[tall] = tegner.tegn(SIDE.replace("<title>Prøve", f"<title>Nummer {tall}"))

    traader = [threading.Thread(target=spoer, args=(tall,)) for tall in range(4)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    for tall, fil in svar.items():
        with pikepdf.open(io.BytesIO(fil)) as lest:
            assert lest.docinfo["/Title"] == f"Nummer {tall}"
    assert len(svar) == 4


@pytest.mark.django_db
def test_et_for_tungt_dokument_staar_synlig_og_ikke_i_veien(monkeypatch: pytest.MonkeyPatch, tegner: Tegner) -> None:
    """It waits for its next try with its reason; the one behind it is made at once (N18)."""
    monkeypatch.setattr(pdf, "_tegner", tegner)
    tungt = REFERAT | {"naasituasjon": "Emma øver på å gå til skolen.\n\n" * 50_000}
    bestill("tungt", innhold=tungt, naa=NAA - timedelta(minutes=1))
    bestill("lett")
    tegner.sekunder = 1
    assert dokumenter.lag_neste(naa=NAA, antall=1) == 0
    tegner.sekunder = SEKUNDER
    assert dokumenter.lag_neste(naa=NAA) == 1
    tungt_, lett = Dokument.objects.get(noekkel="tungt"), Dokument.objects.get(noekkel="lett")
    assert (tungt_.tilstand, tungt_.forsoek, tungt_.feil) == (Dokument.Tilstand.BESTILT, 1, "ForLangTid")
    assert lett.tilstand == Dokument.Tilstand.LAGET
