"""A state table decides the step, the buttons and the drawing (arkitektur.md §5)."""

import pytest

from tok.kjerne.tilstand import Steg, UlovligSteg, lovlige, mermaid, neste

STEG = {
    "send": Steg({"utkast"}, "sendt"),
    "avlys": Steg({"utkast", "sendt"}, "avlyst"),
}


def test_lovlig_steg() -> None:
    assert neste(STEG, "send", "utkast") == "sendt"
    assert neste(STEG, "avlys", "sendt") == "avlyst"


def test_ulovlig_steg_sier_det_med_vanlige_ord() -> None:
    with pytest.raises(UlovligSteg) as feil:
        neste(STEG, "send", "avlyst")
    assert (feil.value.handling, feil.value.tilstand) == ("send", "avlyst")
    assert "Last siden på nytt" in feil.value.melding


def test_et_ukjent_steg_er_en_programfeil() -> None:
    with pytest.raises(KeyError):
        neste(STEG, "finnes_ikke", "utkast")


def test_lovlige() -> None:
    assert lovlige(STEG, "utkast") == {"send", "avlys"}
    assert lovlige(STEG, "sendt") == {"avlys"}
    assert lovlige(STEG, "avlyst") == frozenset()


def test_en_tekst_er_ikke_en_mengde() -> None:
    with pytest.raises(TypeError):
        Steg("utkast", "sendt")


def test_tegningen_er_lik_hver_gang() -> None:
    assert mermaid(STEG) == (
        "stateDiagram-v2\n    utkast --> sendt: send\n    sendt --> avlyst: avlys\n    utkast --> avlyst: avlys\n"
    )
