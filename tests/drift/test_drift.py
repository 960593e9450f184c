"""docs/drift.md, followed to the letter: it comes up, works, goes on without its broker, and can be restored."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator

import pytest

from tests.drift import veiledning
from tests.drift.anlegg import VERT, Anlegg, vent_til
from tests.kjerne.pdf_proever import REFERAT

pytestmark = pytest.mark.timeout(300)  # twenty programs are started one after the other, on a machine with others

HANNE = "hanne.solvik@fjordvik.example"
PAAL = "paal.systad@fjordvik.example"
BESTILL = """
    INSERT INTO kjerne_dokument
      (id, noekkel, mal, tittel, maalform, innhold, tilstand, sha256, bestilt_tid, neste_forsoek_tid, forsoek, feil)
    VALUES (gen_random_uuid(), 'proeve:1', 'referat', 'Referat', 'nb', $innhold${}$innhold$,
            'bestilt', '', now(), now(), 0, '')
"""
NEKTET = """
    INSERT INTO kjerne_sikkerhetslogg (tid, hva, rett, objekt_type, objekt_id) VALUES (now(), 'nektet', '', '', '')
"""
FRA_FRAMTIDA = "INSERT INTO django_migrations (app, name, applied) VALUES ('sak', '9999_fra_framtida', now())"
GLEM_FRAMTIDA = "DELETE FROM django_migrations WHERE name = '9999_fra_framtida'"


@pytest.fixture(scope="module")
def anlegg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anlegg]:
    """Steps 3 to 9, where the clock is started after something has fallen due."""
    anlegg = Anlegg(tmp_path_factory.mktemp("drift"))
    try:
        anlegg.start_tjenere()
        for steg in range(3, 9):
            for kommando in veiledning.kommandoer(steg):
                anlegg.kjoer(kommando)
            if steg == 3:
                anlegg.fyll_ut()
            if steg == 5:
                anlegg.start("redis")
        anlegg.start("web")
        anlegg.start("arbeider")
        vent_til(anlegg.lever, "web")
        assert be_om_passord(anlegg, HANNE) == 302
        anlegg.sql(BESTILL.format(json.dumps(REFERAT)))
        anlegg.sql(NEKTET)
        anlegg.start("klokke")
        yield anlegg
    finally:
        anlegg.stopp()


def be_om_passord(anlegg: Anlegg, epost: str) -> int:
    """What the first case worker does in step 8."""
    return anlegg.send_skjema("/konto/password/reset/", f"email={epost}").status


def test_secrets_are_for_their_owner_alone_and_never_written_over(anlegg: Anlegg) -> None:
    for navn in ("tok.env", "eier.env", "tjenere.env"):
        assert stat.S_IMODE((anlegg.oppsett / navn).stat().st_mode) == 0o600
    foer = (anlegg.oppsett / "tok.env").read_text()
    svar = anlegg.proev(veiledning.kommandoer(3)[0])
    assert svar.returncode == 1
    assert "finnes alt" in svar.stderr
    assert (anlegg.oppsett / "tok.env").read_text() == foer


def test_the_worker_sends_the_mail_and_makes_the_pdf(anlegg: Anlegg) -> None:
    """Web → row → clock → worker → mail server; what fell due while the clock stood still is done at once."""
    vent_til(lambda: bool(anlegg.post_til(HANNE)), "the message with the link")
    lenker = re.findall(rf"https://{VERT}/konto/password/reset/key/\S+", anlegg.post_til(HANNE)[0])
    assert len(lenker) == 1
    laget = "SELECT tilstand, length(pdf) > 10000 FROM kjerne_dokument"
    vent_til(lambda: anlegg.sql(laget) == [("laget", True)], "the PDF")


def test_all_is_well_by_step_11(anlegg: Anlegg) -> None:
    (kommando,) = veiledning.kommandoer(11)
    vent_til(lambda: "venter" not in anlegg.spoer("GET", "/readyz", {}).tekst, "the first tick")
    svar = anlegg.kjoer(kommando)
    assert svar.count("ok\n") == 12, "both commands say ok for six parts"
    for program in ("arbeider", "klokke"):
        anlegg.kjoer(anlegg.med_miljoe(f"python -m tok.puls {program}"))


def test_the_logs_are_sealed_outside_the_database_and_can_be_checked(anlegg: Anlegg) -> None:
    """Step 18: the worker seals in its first hour, and the operator's command reads what it wrote (N5)."""
    (kommando,) = veiledning.kommandoer(18)
    vent_til(lambda: anlegg.sql("SELECT 1 FROM kjerne_segl") != [], "the first seal")
    svar = anlegg.kjoer(kommando)
    assert f" linjer i {anlegg.mappe / 'segl'}." in svar
    assert svar.endswith("Loggen er hel.\n")
    assert stat.S_IMODE((anlegg.mappe / "segl").stat().st_mode) == 0o700


def test_the_worker_does_not_start_where_the_seals_cannot_be_written(anlegg: Anlegg) -> None:
    arbeider = veiledning.kommando("arbeider")
    svar = anlegg.proev(anlegg.med_miljoe(f"export TOK_SEGL_MAPPE=/finnes/ikke; {arbeider}"))
    assert svar.returncode == 1
    feil = svar.stderr.strip().splitlines()[-1]
    assert feil.startswith("Mappen i TOK_SEGL_MAPPE finnes ikke, eller arbeideren kan ikke skrive i den.")
    assert "Traceback" not in svar.stderr


def test_the_log_in_page_stands_behind_the_proxy_only(anlegg: Anlegg) -> None:
    """ASVS 3.4.1, 4.1.3: https as the trusted proxy says it, and the names of ALLOWED_HOSTS alone."""
    side = anlegg.spoer("GET", "/konto/login/")
    assert side.status == 200
    assert side.hoder["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Secure" in side.hoder["Set-Cookie"]
    stil = re.findall(r'href="(/static/[^"]+\.css)"', side.tekst)
    assert stil
    assert all(anlegg.spoer("GET", sti).status == 200 for sti in stil)
    til_https = anlegg.spoer("GET", "/konto/login/", {"Host": VERT})
    assert (til_https.status, til_https.hoder["Location"]) == (301, f"https://{VERT}/konto/login/")
    assert anlegg.spoer("GET", "/konto/login/", {"Host": "ond.example", "X-Forwarded-Proto": "https"}).status == 400
    helse = anlegg.spoer("GET", "/livez", {"Host": "10.0.0.7"})
    assert (helse.status, helse.tekst, helse.hoder["Set-Cookie"]) == (200, "lever\n", None)


def test_the_first_set_up_is_done_once(anlegg: Anlegg) -> None:
    svar = anlegg.proev(veiledning.kommandoer(8)[0])
    assert svar.returncode == 1
    assert "Oppsettet er gjort før" in svar.stderr
    assert anlegg.sql("SELECT rolle FROM sak_ansettelse ORDER BY rolle") == [("systemansvarlig",), ("tok",)]


def test_roles_have_the_same_rights_as_in_the_tests(anlegg: Anlegg) -> None:
    """drift/roller.sql and verktoey/postgres.py make the same two roles, so what is tested is what is run."""
    (rett,) = anlegg.sql("SELECT datacl::text, nspacl::text, nspowner::regrole::text FROM pg_database, pg_namespace "
                         "WHERE datname = 'tok' AND nspname = 'public'")  # fmt: skip
    assert rett == (
        "{tok_eier=CTc/tok_eier,tok_app=c/tok_eier}",
        "{tok_eier=UC/tok_eier,tok_app=U/tok_eier}",
        "tok_eier",
    )
    app = "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname IN ('tok_app', 'tok_eier')"
    assert anlegg.sql(app) == [(False,), (False,)]
    assert anlegg.sql("SELECT has_table_privilege('tok_app', 'sak_innsyn', 'UPDATE')") == [(False,)]


@pytest.mark.parametrize("tjeneste", ["web", "arbeider", "klokke"])
def test_nothing_serves_on_a_newer_database(anlegg: Anlegg, tjeneste: str) -> None:
    anlegg.sql(FRA_FRAMTIDA)
    try:
        svar = anlegg.proev(veiledning.tjenester()[tjeneste])
        assert svar.returncode == 1
        feil = svar.stderr.strip().splitlines()[-1]
        assert feil == "Databasen er nyere enn koden (sak.9999_fra_framtida): start den nye utgaven av koden."
        assert "Traceback" not in svar.stderr
        helse = anlegg.spoer("GET", "/readyz", {})
        assert (helse.status, helse.deler["skjema"]) == (503, "feil")
        assert anlegg.spoer("GET", "/konto/login/").status == 200, "the one that runs goes on: an upgrade takes time"
    finally:
        anlegg.sql(GLEM_FRAMTIDA)


def test_nothing_serves_on_an_empty_database(anlegg: Anlegg) -> None:
    """As when the migration job has been forgotten."""
    sjekk = anlegg.med_miljoe(
        'export DATABASE_URL="${DATABASE_URL%/tok}/tok_tom"\n' + veiledning.kommando("web"), "tjenere.env"
    )
    anlegg.kjoer(anlegg.med_miljoe("DATABASENAVN=tok_tom psql -d postgres -f drift/roller.sql", "tjenere.env"))
    svar = anlegg.proev(sjekk)
    assert svar.returncode == 1
    assert svar.stderr.strip().splitlines()[-1].startswith("Databasen er eldre enn koden (")
    assert "kjør migreringsjobben" in svar.stderr
    assert "Traceback" not in svar.stderr


def test_the_broker_and_the_cache_gone_and_back(anlegg: Anlegg) -> None:
    """Pages go on, log-in fails safe, and worker and clock find the broker again by themselves, also from the start."""
    vent_til(lambda: bool(anlegg.post_til(HANNE)), "the first message")
    anlegg.stopp("klokke", "redis")
    helse = anlegg.spoer("GET", "/readyz", {})
    assert (helse.status, helse.deler["koe"], helse.deler["mellomlager"]) == (503, "feil", "feil")
    assert helse.deler["database"] == "ok"
    assert anlegg.spoer("GET", "/livez", {}).status == 200
    assert anlegg.spoer("GET", "/personvern/").status == 200
    inn = anlegg.send_skjema("/konto/login/", f"login={HANNE}&password=feil")
    assert (inn.status, inn.hoder["Retry-After"]) == (503, "60")
    assert "nede akkurat nå" in inn.tekst
    anlegg.stopp("web", "arbeider")
    for tjeneste in ("web", "arbeider", "klokke"):  # all are started without their broker
        anlegg.start(tjeneste)
    vent_til(anlegg.lever, "web without broker")
    vent_til(lambda: "Trying again" in (anlegg.mappe / "klokke.log").read_text(), "the clock's line")
    anlegg.start("redis")
    assert be_om_passord(anlegg, PAAL) == 302
    vent_til(lambda: bool(anlegg.post_til(PAAL)), "the message sent after the outage")
    for program in ("arbeider", "klokke"):
        logg = (anlegg.mappe / f"{program}.log").read_text()
        assert anlegg.passord not in logg
        assert "Traceback" not in logg


def test_a_copy_can_be_restored(anlegg: Anlegg) -> None:
    """Steps 12 and 13: the same rows, in a database of its own, readable with the same keys."""
    vent_til(lambda: bool(anlegg.post_til(HANNE)), "the first message")
    anlegg.stopp("klokke")
    vent_til(lambda: anlegg.sql("SELECT 1 FROM kjerne_tidsluke WHERE ferdig_tid IS NULL") == [], "the worker to rest")
    for steg in (12, 13):
        for kommando in veiledning.kommandoer(steg):
            anlegg.kjoer(kommando)
    anlegg.start("klokke")
    tall = (anlegg.mappe / "kopi" / "tok.tall").read_text()
    assert "sak_ansettelse 2\n" in tall
    assert "kjerne_dokument 1\n" in tall


def test_every_step_with_commands_has_been_run() -> None:
    """A block that is added to the guide is run here too."""
    assert {b.steg for b in veiledning.bolker() if b.merke == "sh drift"} == {3, 5, 6, 7, 8, 9, 11, 12, 13, 18}
    assert set(veiledning.tjenester()) == {"redis", "web", "arbeider", "klokke"}
