"""The sealed logs: whoever alters a row is found, and the row is named, also when the seals were altered too (N5)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection
from pytest_django import Settings

from tests.kjerne.loggrader import LOGGER, NEKTET, Mester, brudd, forsegl, skriv, verifiser
from tests.testbase import Testbase
from tok.kjerne import segl
from tok.kjerne.segl import Blokk
from tok.sak.models import Innsyn


def test_an_untouched_log_is_whole(
    forseglet: None, hodemappe: Path, monkeypatch: pytest.MonkeyPatch, naa: datetime
) -> None:
    monkeypatch.setattr("tok.kjerne.klokke.naa", lambda: naa)
    skriv(1, naa=naa)
    ut = verifiser()
    for tabell in LOGGER:
        assert f"{tabell}: 12 rader i 3 segl er som de var. 1 venter på segl." in ut
    assert "Kontrollerte 36 rader på " in ut
    assert f"Sammenliknet med 9 linjer i {hodemappe}." in ut
    assert "Løsningen sletter ingenting i dem." in ut
    assert ut.endswith("Loggen er hel.\n")


@pytest.mark.parametrize(("aar", "lenge"), [(None, "så lenge journalen"), (7, "i minst 7 år")])
@pytest.mark.django_db
def test_the_control_says_how_long_the_logs_are_kept(aar: int | None, lenge: str, settings: Settings) -> None:
    """N8: one setting, and it deletes nothing."""
    settings.TOK_LOGG_AAR = aar
    assert f"Loggene skal oppbevares {lenge} (TOK_LOGG_AAR). Løsningen sletter ingenting i dem." in verifiser()


def test_one_byte_in_a_row_names_the_row(forseglet: None, mester: Mester, naa: datetime) -> None:
    for tabell in LOGGER:
        mester.endre(tabell, "UPDATE {tabell} SET {felt} = overlay({felt} PLACING 'X' FROM 1) WHERE id = 7")
        assert brudd(tabell, naa) == "rad 7 er endret"
        with pytest.raises(CommandError, match=rf"^Loggen er IKKE hel\. {tabell}: rad 7 er endret\.$"):
            verifiser()
        assert [brudd(annen, naa) for annen in LOGGER if annen != tabell] == ["", ""]
        mester.angre()


def test_a_row_that_is_gone_is_named(forseglet: None, mester: Mester, naa: datetime) -> None:
    for tabell in LOGGER:
        for rad in (1, 5, 6, 12):
            mester.endre(tabell, "DELETE FROM {tabell} WHERE id = %s", rad)
            assert brudd(tabell, naa) == f"rad {rad} er fjernet"
            mester.angre()


def test_a_row_put_in_back_in_time_is_named(ekte_db: Testbase, hodemappe: Path, mester: Mester, naa: datetime) -> None:
    """Also in the gap a rolled-back transaction left, and below the first key."""
    skriv(2, naa=naa)
    mester.c.execute("SELECT nextval('kjerne_sikkerhetslogg_id_seq')")
    skriv(2, naa=naa)
    forsegl(naa)
    for rad in (-(2**63), -1, 0, 3):
        mester.c.execute(NEKTET, [rad])
        assert brudd("kjerne_sikkerhetslogg", naa) == f"rad {rad} er satt inn etter forseglingen"
        mester.c.execute("DELETE FROM kjerne_sikkerhetslogg WHERE id = %s", [rad])
    assert brudd("kjerne_sikkerhetslogg", naa) == ""


def test_rows_and_seals_all_gone_is_no_whole_log(forseglet: None, mester: Mester, naa: datetime) -> None:
    mester.endre("sak_innsyn", "DELETE FROM {tabell}")
    mester.endre("kjerne_segl", "DELETE FROM {tabell} WHERE tabell = 'sak_innsyn'")
    assert brudd("sak_innsyn", naa) == "rad 1 er fjernet"


def forfalsk(mester: Mester, tabell: str) -> None:
    """Alter a row and make all its table's seals anew over what stands there now, as the best forger would."""
    mester.endre(tabell, "UPDATE {tabell} SET {felt} = 'forfalsket' WHERE id = 7")
    forrige = None
    for blokk in list(segl.seglene(tabell)):
        rader = list(segl.rader(tabell, blokk.kolonner, fra=blokk.fra, til=blokk.til))
        forrige = Blokk.over(forrige, tabell=tabell, kolonner=blokk.kolonner, tid=blokk.forseglet_tid, rader=rader)
        mester.c.execute(
            "UPDATE kjerne_segl SET merker = %s, sha256 = %s WHERE tabell = %s AND nr = %s",
            [forrige.merker, forrige.sha256, tabell, blokk.nr],
        )


def test_the_row_is_named_when_the_seals_were_altered_to_match(
    forseglet: None, mester: Mester, naa: datetime, settings: Settings, hodemappe: Path
) -> None:
    """The head outside is what tells; without it the forger would go free, and the command says so."""
    for tabell in LOGGER:
        settings.TOK_SEGL_MAPPE = hodemappe
        forfalsk(mester, tabell)
        assert brudd(tabell, naa) == "rad 7 er endret"
        settings.TOK_SEGL_MAPPE = None
        assert brudd(tabell, naa) == ""
    assert "den som endrer rader og segl sammen, blir ikke oppdaget" in verifiser()


ENDRET = "segl 2 er endret"


@pytest.mark.parametrize("med_hodet", [True, False])
def test_an_altered_seal_is_named(
    med_hodet: bool, forseglet: None, mester: Mester, naa: datetime, settings: Settings
) -> None:
    """With the head outside and, as long as not all seals are made anew, without it too."""
    if not med_hodet:
        settings.TOK_SEGL_MAPPE = None
    for endring, svar in (
        ("UPDATE {tabell} SET sha256 = repeat('0', 64) WHERE nr = 2", ENDRET),
        ("UPDATE {tabell} SET merker = set_byte(merker, 12, 7) WHERE nr = 2", ENDRET if med_hodet else "rad 6 er"),
        ("UPDATE {tabell} SET merker = '' WHERE nr = 2", ENDRET),
        ("UPDATE {tabell} SET til = til - 1 WHERE nr = 2", ENDRET),
        ("UPDATE {tabell} SET forseglet_tid = now() WHERE nr = 2", ENDRET),
        ("UPDATE {tabell} SET kolonner = 'id,borte' WHERE nr = 2", ENDRET if med_hodet else "segl 2 eller"),
        ("DELETE FROM {tabell} WHERE nr = 2", "segl 2 mangler i databasen"),
    ):
        mester.endre("kjerne_segl", endring)
        for tabell in LOGGER:
            assert brudd(tabell, naa).startswith(svar), endring
        mester.angre()


def test_a_line_that_is_gone_or_altered_is_named(forseglet: None, hodemappe: Path, naa: datetime) -> None:
    fil = hodemappe / "sak_innsyn.000000.txt"
    linjer = fil.read_text().splitlines()
    fil.write_text("\n".join([linjer[0], linjer[2], ""]))
    assert brudd("sak_innsyn", naa) == "segl 2 mangler i TOK_SEGL_MAPPE"
    fil.write_text("\n".join([linjer[0], "noe annet", linjer[2], ""]))
    assert brudd("sak_innsyn", naa) == f"Linje 2 i {fil} er ikke et segl."


def test_the_application_can_only_add_seals(forseglet: None, ekte_db: Testbase) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), psycopg.connect(ekte_db.roller.app) as c:
        c.execute("UPDATE kjerne_segl SET nr = 9")
    with pytest.raises(psycopg.errors.RaiseException), psycopg.connect(ekte_db.roller.admin) as c:
        c.execute("DELETE FROM kjerne_segl")


def test_the_sum_of_a_row_hangs_on_no_setting(forseglet: None) -> None:
    def rader() -> list[list[segl.Rad]]:
        return [
            list(segl.rader(modell._meta.db_table, segl.kolonner(modell), fra=1, til=12))
            for modell in segl.forseglede()
        ]

    foer = rader()
    with connection.cursor() as cursor:
        cursor.execute("SET TimeZone = 'Asia/Kathmandu'; SET DateStyle = 'German, DMY'; SET bytea_output = 'escape'")
    try:
        assert rader() == foer
    finally:
        connection.close()


def test_a_column_that_is_added_later_leaves_old_seals_as_they_are(
    forseglet: None, mester: Mester, naa: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mester.c.execute("ALTER TABLE sak_innsyn ADD COLUMN ny text NOT NULL DEFAULT 'x'")
    skriv(4, naa=naa)
    foer = segl.kolonner
    monkeypatch.setattr(segl, "kolonner", lambda modell: foer(modell) + ",ny" * (modell is Innsyn))
    forsegl(naa)
    assert brudd("sak_innsyn", naa) == ""
    mester.c.execute("UPDATE sak_innsyn SET ny = 'y' WHERE id = 14")
    assert brudd("sak_innsyn", naa) == "rad 14 er endret"


SLAG = """
    SELECT string_agg(attname || ' ' || typname, ' ' ORDER BY attname) FROM pg_attribute a
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attname = ANY(%s)
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tabell", "kolonner"),
    [
        (
            "kjerne_sikkerhetslogg",
            "hva varchar id int8 konto_id uuid objekt_id varchar objekt_type varchar rett varchar tid timestamptz",
        ),
        (
            "sak_hendelse",
            "data jsonb handling varchar id int8 konto_id uuid konto_navn varchar objekt_id uuid objekt_type varchar "
            "sak_id uuid tid timestamptz",
        ),
        (
            "sak_innsyn",
            "antall int4 arbeidsgiver varchar enhet varchar er_beskyttet bool forespoersel_id uuid formaal varchar "
            "formaal_kode varchar grunnlag_id uuid grunnlag_type varchar handling varchar id int8 innlogging varchar "
            "kategori varchar konto_id uuid konto_navn varchar objekt_id uuid objekt_type varchar person_id uuid "
            "rett varchar rolle varchar sak_id uuid tid timestamptz",
        ),
    ],
)
def test_what_is_sealed_keeps_its_columns_and_their_types(tabell: str, kolonner: str) -> None:
    """A column may be added; one that is renamed, retyped or dropped would break every seal over it (ADR 0017)."""
    with connection.cursor() as cursor:
        cursor.execute(SLAG, [tabell, kolonner.split()[::2]])
        assert cursor.fetchone() == (kolonner,)
