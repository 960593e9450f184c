"""The set-up: lock files without addresses, the promised commands, and settings that say what is missing."""

import json
import logging
import os
import re
import subprocess
import sys

import pytest

from tok.settings.logg import Loggformat
from verktoey.prosess import ROOT

PACKAGE_LINE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[.*\])?==\S+")
LAASER = ("requirements.txt", "requirements-demo.txt", "requirements-dev.txt", "requirements-node.txt")
NOEKKEL = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PROD = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP",
    "ALLOWED_HOSTS": "tok.example",
    "TOK_NETTADRESSE": "https://tok.example",
    "TOK_FNR_NOEKLER": json.dumps({"k1": NOEKKEL}),
    "TOK_UTKAST_NOEKLER": json.dumps({"k1": NOEKKEL}),
    "TOK_FIL_NOEKLER": json.dumps({"k1": NOEKKEL}),
    "TOK_BLINDINDEKS_NOEKKEL": NOEKKEL,
    "DATABASE_URL": "postgresql://tok_app@localhost/tok",
    "CELERY_BROKER_URL": "redis://localhost/0",
    "TOK_CACHE_URL": "redis://localhost/1",
    "EMAIL_HOST": "localhost",
    "DEFAULT_FROM_EMAIL": "no-reply@tok.example",
    "TOK_SEGL_MAPPE": "/var/lib/tok/segl",
}


def _prod(program: str, **miljoe: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python over the production settings, with nothing else in the environment."""
    return subprocess.run(
        [sys.executable, "-c", f"from tok.settings import prod; {program}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **miljoe},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("fil", LAASER)
def test_python_lock_files_have_hashes_and_no_addresses(fil: str) -> None:
    """Packages are installed by hash from whatever registry the machine is set to (stack.md §9)."""
    tekst = (ROOT / fil).read_text()
    assert "://" not in tekst
    assert "index-url" not in tekst
    for blokk in re.split(r"\n(?=\S)", tekst.strip()):
        assert PACKAGE_LINE.match(blokk), blokk
        assert "--hash=sha256:" in blokk, blokk


def test_npm_lock_file_has_hashes_and_no_addresses() -> None:
    """`npm install --omit-lockfile-registry-resolved`; funding links are not package addresses."""
    pakker = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for navn, pakke in pakker.items():
        assert "resolved" not in pakke, navn
        assert not navn or pakke["integrity"].startswith("sha512-"), navn


@pytest.mark.parametrize("maal", ["demo", "demo-reset", "test", "test-motorer", "lint", "format", "laas"])
def test_the_promised_commands_stand(maal: str) -> None:
    """README and .ci/run name these."""
    assert re.search(rf"^{maal}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_the_build_server_runs_lint_and_both_sets_of_engines_and_fails_on_red() -> None:
    """Red in any is red."""
    tekst = (ROOT / ".ci" / "run").read_text()
    assert "set -euo pipefail" in tekst
    assert tekst.index("make lint") < tekst.index("make test </dev/null") < tekst.index("make test-motorer")


def test_the_demos_lock_is_the_runtimes_and_more_and_the_tests_are_the_demos_and_more() -> None:
    """One version of each package everywhere: `make test` after `make demo` only adds (ADR 0013)."""
    drift, demo, alt = (set(re.findall(r"^\S+==\S+", (ROOT / fil).read_text(), re.MULTILINE)) for fil in LAASER[:3])
    assert drift < demo < alt


@pytest.mark.parametrize("mangler", sorted(PROD))
def test_production_names_the_variable_that_is_missing(mangler: str) -> None:
    """One clear line in Norwegian."""
    svar = _prod("", **{navn: verdi for navn, verdi in PROD.items() if navn != mangler})
    assert svar.returncode != 0
    assert f"Miljøvariabelen {mangler} mangler." in svar.stderr.splitlines()[-1]


def test_migrations_in_production_need_the_owners_address() -> None:
    """The web process does without it; `TOK_DB_ROLLE=eier` asks for it (two database roles)."""
    assert "DATABASE_URL_EIER mangler" in _prod("", TOK_DB_ROLLE="eier", **PROD).stderr


def test_production_is_hardened() -> None:
    """`__Host-` cookies, HTTPS, TOTP, no inline script or style, time limits in the database (ASVS 3.3, 3.4; P17)."""
    svar = _prod(
        "import json; print(json.dumps([prod.SESSION_COOKIE_NAME, prod.CSRF_COOKIE_NAME, prod.SESSION_COOKIE_SECURE,"
        "prod.SECURE_SSL_REDIRECT, prod.DEBUG, prod.TOK_KREV_TOTP, prod.TOK_DEMO, prod.TOK_TILLAT_SYNTETISKE_NUMMER,"
        "'tok.demo' in prod.INSTALLED_APPS, 'unsafe' in str(prod.CONTENT_SECURITY_POLICY),"
        "prod.DATABASES['default']['OPTIONS']['options']]))",
        **PROD,
    )
    assert json.loads(svar.stdout) == [
        *("__Host-sessionid", "__Host-csrftoken", True, True),
        *(False, True, False, False, False, False),
        "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
        " -c plan_cache_mode=force_generic_plan",
    ]


def test_log_lines_hold_no_query_no_key_and_no_error_text() -> None:
    """ASVS 14.2.1, 16.2.5, 16.4.1: a database error quotes rows, an address may carry a search."""
    rad_i_basen = "Key (navn)=(Kari Nordmann) already exists"
    try:
        raise ValueError(rad_i_basen)
    except ValueError:
        rad = logging.LogRecord(
            "tok",
            logging.ERROR,
            "fil",
            1,
            "GET /sok/?q=Kari\nny linje %s",
            ("/password/reset/key/1-abc/",),
            sys.exc_info(),
        )
    linje = Loggformat("%(message)s").format(rad)
    assert "Kari" not in linje
    assert linje.startswith("GET /sok/\\nny linje /password/reset/key/***/")
    assert "ValueError" in linje
