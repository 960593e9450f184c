"""Three-way merge of minutes: what one changed is taken, what both changed is shown, nothing disappears (P7)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansvarsgruppe.handlinger.fletting import Felter, er_flettet_inn, flett, samlet, tomme, ulikheter


def med(**endret: Any) -> Felter:
    return tomme() | endret


@pytest.mark.parametrize(
    ("felt", "base", "mine", "andres", "venter", "konflikt"),
    [
        ("maal", "a", "a", "a", "a", False),
        ("maal", "a", "b", "a", "b", False),
        ("maal", "a", "a", "c", "c", False),
        ("maal", "a", "b", "b", "b", False),
        ("maal", "a", "b", "c", "c\nb", True),
        ("maal", "", "b", "c", "c\nb", True),
        ("maal", "a", "", "c", "c\n", True),
        ("neste_sted", "", "skolen", "PPT", "PPT / skolen", True),
        ("fikk_ordet_foerst", False, True, False, True, False),
        ("medvirkning_vekt", "", "stor", "noe", "stor", True),
        ("neste_tid", [], [], ["t1", "t2"], ["t1", "t2"], False),
        ("neste_tid", [], ["t3", "t4"], ["t1", "t2"], ["t3", "t4"], True),
        (
            "avtaler",
            [["a", "", ""]],
            [["a", "", ""], ["b", "", ""]],
            [["a", "", ""]],
            [["a", "", ""], ["b", "", ""]],
            False,
        ),
        ("avtaler", [], [["b", "", ""]], [["c", "", ""]], [["c", "", ""], ["b", "", ""]], True),
        ("oppmoete", {}, {"x": "forfall"}, {}, {"x": "forfall"}, False),
        ("oppmoete", {"x": "forfall"}, {"x": "forfall"}, {}, {}, False),
    ],
)
def test_tabell(felt: str, base: Any, mine: Any, andres: Any, venter: Any, konflikt: bool) -> None:
    svar = flett(med(**{felt: base}), med(**{felt: mine}), med(**{felt: andres}))
    assert svar.felter == med(**{felt: venter})
    assert bool(svar.konflikter) is konflikt


def test_oppmoete_i_konflikt_navngir_deltakeren() -> None:
    svar = flett(med(), med(oppmoete={"x": "forfall", "y": "til_stede"}), med(oppmoete={"x": "til_stede"}))
    assert svar.konflikter == ("oppmoete.x",)
    assert svar.felter["oppmoete"] == {"x": "forfall", "y": "til_stede"}


def test_uten_grunnlag_er_hver_forskjell_en_konflikt() -> None:
    assert flett(None, med(maal="a"), med(maal="b")).konflikter == ("maal",)
    assert flett(None, med(maal="a"), med(maal="a")).konflikter == ()


def test_det_ulike_er_merket_ord_for_ord() -> None:
    biter = ulikheter("Et rolig sted hver dag", "Et rolig sted")
    assert "".join(bit.tekst for bit in biter) == "Et rolig sted hver dag"
    assert "".join(bit.tekst for bit in biter if bit.er_ulik).strip() == "hver dag"


def test_et_utkast_som_alt_er_med_er_ikke_nytt() -> None:
    base, mine, rad = med(maal="a"), med(maal="b"), med(maal="b", naa_situasjon="andre skrev her")
    assert er_flettet_inn(base, mine, rad)
    assert not er_flettet_inn(base, med(maal="c"), rad)


linjer = st.lists(st.text(alphabet="ab ø", max_size=4), max_size=5).map("\n".join)


@given(linjer, linjer)
def test_begge_sammen_holder_hver_linje_av_begge(foerste: str, andre: str) -> None:
    samlede = samlet(foerste, andre).split("\n")
    assert set(foerste.split("\n")) | set(andre.split("\n")) == set(samlede)


@given(linjer, linjer, linjer)
def test_uten_konflikt_er_svaret_den_enes_eller_den_andres(base: str, mine: str, andres: str) -> None:
    svar = flett(med(maal=base), med(maal=mine), med(maal=andres))
    if svar.konflikter:
        assert base not in (mine, andres)
        assert mine != andres
    else:
        assert svar.felter["maal"] == (andres if mine == base else mine)


@given(linjer, linjer)
def test_ulikheter_mister_ingen_tegn(foerste: str, andre: str) -> None:
    assert "".join(bit.tekst for bit in ulikheter(foerste, andre)) == foerste
