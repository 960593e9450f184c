"""Access never changes unseen: what `vis_tilgang` prints is a file somebody has read (arkitektur.md §4)."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from tok.sak.tilgang import Rett
from tok.sak.tilgang.roller import ANSETTELSESROLLER, DELTAKERROLLER, Omfang, Rolle

RETTIGHETER = Path(__file__).with_name("rettigheter.txt")


def test_the_printed_table_is_the_reviewed_one() -> None:
    ut = StringIO()
    call_command("vis_tilgang", stdout=ut)
    assert ut.getvalue().strip() == RETTIGHETER.read_text().strip(), (
        "Who may do what has changed. If the office wants it so:"
        " .venv/bin/python manage.py vis_tilgang > tests/tilgang/rettigheter.txt, and have the difference reviewed."
    )


def test_the_default_is_no_access() -> None:
    """A right names its roles; there is none that all have, and none without a role (N1)."""
    for rett in Rett:
        assert rett.roller, f"{rett.name} has no role: take the line out, or say who may"
        assert rett.roller < set(ANSETTELSESROLLER | DELTAKERROLLER | {Rolle.UNNTAK})


def test_rights_over_a_case_come_from_the_case_or_its_office() -> None:
    """A leader or an administrator reaches no case by being one (domene.md §2)."""
    utenfor = ANSETTELSESROLLER - {"tok"}
    for rett in Rett:
        if rett.omfang is Omfang.SAK:
            assert not rett.roller & utenfor, f"{rett.name}: give the role a place in the case instead"
