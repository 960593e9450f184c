"""docker-compose.yml and Dockerfile start the same commands as docs/drift.md, and give nobody more than they need."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml

from tests.drift import veiledning
from tok import noekler
from tok.settings.miljoe import TABELL, VARIABLER
from verktoey.prosess import ROOT

FIL: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
TJENESTER: dict[str, Any] = FIL["services"]
VAARE = ("web", "arbeider", "klokke", "migrering")
LANGE = ("web", "arbeider", "klokke")
DOCKERFILE = (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("tjeneste", LANGE)
def test_services_run_the_guides_command(tjeneste: str) -> None:
    assert TJENESTER[tjeneste]["command"] == shlex.split(veiledning.kommando(tjeneste))


def test_the_migration_job_runs_the_guides_command_as_the_owner() -> None:
    migrering = TJENESTER["migrering"]
    assert migrering["command"] == shlex.split(veiledning.kommandoer(7)[0].strip().splitlines()[-1])
    assert migrering["env_file"] == ["tok.env", "eier.env"]
    assert [navn for navn in VAARE if "eier.env" in TJENESTER[navn]["env_file"]] == ["migrering"]


def test_redis_runs_the_guides_command() -> None:
    skall, c, linje = TJENESTER["redis"]["command"]
    assert (skall, c) == ("sh", "-c")
    assert linje.replace("$$", "$") == f"exec {veiledning.kommando('redis')}"


@pytest.mark.parametrize("tjeneste", LANGE)
def test_nobody_serves_before_the_migrations_are_done(tjeneste: str) -> None:
    assert TJENESTER[tjeneste]["depends_on"] == {"migrering": {"condition": "service_completed_successfully"}}
    venter = {navn: {"condition": "service_healthy"} for navn in ("database", "redis")}
    assert TJENESTER["migrering"]["depends_on"] == venter
    assert TJENESTER["migrering"]["restart"] == "no"


@pytest.mark.parametrize(("tjeneste", "navn"), [("web", "nett"), ("arbeider", "arbeider"), ("klokke", "klokke")])
def test_each_service_has_its_health_check(tjeneste: str, navn: str) -> None:
    assert TJENESTER[tjeneste]["healthcheck"]["test"] == ["CMD", "python", "-m", "tok.puls", navn]
    assert f"python -m tok.puls {navn}" in veiledning.FIL.read_text()


@pytest.mark.parametrize("tjeneste", VAARE)
def test_our_containers_can_do_little(tjeneste: str) -> None:
    """Non-root, read-only, no capabilities, limits."""
    t = TJENESTER[tjeneste]
    assert (t["read_only"], t["user"], t["cap_drop"]) == (True, "10001:10001", ["ALL"])
    assert t["security_opt"] == ["no-new-privileges:true"]
    assert t["mem_limit"]
    assert t["pids_limit"]
    assert t.get("volumes", []) == (["segl:/var/lib/tok/segl"] if tjeneste == "arbeider" else [])


def test_only_the_worker_reaches_the_seals() -> None:
    """The head of the logs is of worth only where whoever has the database cannot write (N5)."""
    assert [navn for navn, t in TJENESTER.items() if "segl" in str(t.get("volumes"))] == ["arbeider"]
    assert "TOK_SEGL_MAPPE='/var/lib/tok/segl'" in noekler.filer("d:1", "r:1", "/var/lib/tok/segl")["tok.env"]
    assert "--owner tok --group tok --mode 700 /var/lib/tok/segl" in DOCKERFILE


def test_only_web_is_published_and_only_to_the_host_itself() -> None:
    assert {navn for navn, t in TJENESTER.items() if "ports" in t} == {"web"}
    assert TJENESTER["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert FIL["networks"]["bak"] == {"internal": True}
    assert {navn for navn, t in TJENESTER.items() if set(t["networks"]) - {"bak"}} == {"web", "arbeider"}
    proxy = FIL["networks"]["front"]["ipam"]["config"][0]["gateway"]
    assert TJENESTER["web"]["environment"]["FORWARDED_ALLOW_IPS"] == proxy


def test_the_files_name_variables_that_exist_and_hold_no_secret() -> None:
    satt = {navn for t in VAARE for navn in TJENESTER[t].get("environment", {})}
    satt |= set(re.findall(r"\b([A-Z_]+)=", re.findall(r"ENV PATH.*?(?=\nWORKDIR)", DOCKERFILE, re.DOTALL)[0]))
    assert {navn for navn in satt if navn.startswith("TOK_")} <= set(TABELL)
    for fil in ("docker-compose.yml", "Dockerfile", ".env.example"):
        tekst = re.sub(r"^# .*$", "", (ROOT / fil).read_text(), flags=re.MULTILINE)
        assert not re.search(
            r"(PASSWORD|PASSORD|SECRET_KEY|NOEKLER|NOEKKEL)\s*[:=][ \t]*['\"]?[A-Za-z0-9+/{]{6}", tekst
        ), fil
        assert "://" not in tekst.replace("https://vertsnavn", ""), fil


def test_the_image_is_made_of_hashed_packages_and_serves_as_nobody() -> None:
    assert "npm ci --omit=dev --omit=optional --ignore-scripts" in DOCKERFILE
    assert "--require-hashes --only-binary :all: -r /bygg/requirements.txt" in DOCKERFILE
    kjoer = DOCKERFILE.split(" AS kjoer\n")[1]
    assert re.findall(r"^USER (.*)$", kjoer, re.MULTILINE) == ["10001:10001"]
    assert kjoer.index("collectstatic") < kjoer.index("USER 10001")
    assert 'CMD ["gunicorn", "tok.wsgi:application"]' in kjoer
    assert "requirements-dev" not in DOCKERFILE
    kopiert = {
        ord_ for linje in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE) for ord_ in linje.split()
    }
    assert all((ROOT / navn).exists() for navn in kopiert)
    slippes_inn = {linje[1:] for linje in (ROOT / ".dockerignore").read_text().splitlines() if linje.startswith("!")}
    assert slippes_inn == kopiert


def test_every_package_of_ours_is_in_the_image() -> None:
    """A new floor is copied too."""
    pakker = {fil.parent.name for fil in ROOT.glob("*/apps.py")} | {"tok"}
    assert pakker <= set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE, re.MULTILINE))


def test_the_guides_table_and_the_example_are_the_codes_own() -> None:
    """One table; write a new variable there, then `python -m tok.noekler --eksempel > .env.example`."""
    assert (ROOT / ".env.example").read_text() == noekler.tok_env({})
    rader = re.findall(r"^\| `([A-Z_]+)` \| (ja|nei) \| (.*?) ?\| (.*) \|$", veiledning.FIL.read_text(), re.MULTILINE)
    assert [(navn, krav == "ja", hva) for navn, krav, _standard, hva in rader] == [
        (v.navn, v.paakrevd, v.hva) for v in VARIABLER
    ]


def test_step_two_installs_as_the_image_does() -> None:
    veiledningen = veiledning.FIL.read_text()
    for kommando in (
        "pip install --require-hashes --only-binary :all: -r requirements.txt",
        "npm ci --omit=dev --omit=optional --ignore-scripts",
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    ):
        assert kommando in veiledningen
        assert kommando.replace("-r requirements", "-r /bygg/requirements") in DOCKERFILE
