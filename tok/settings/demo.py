"""The demo: synthetic data, plain HTTP on loopback, keys and passwords made at the first start and kept in var/demo."""

import json
import os

from tok.settings.base import *  # noqa: F403 -- a settings module is a list of names over another
from tok.settings.base import AUTH_PASSWORD_VALIDATORS, INSTALLED_APPS, STORAGES
from tok.settings.miljoe import MiljoeFeil, cache, database_fra_miljoe, en
from verktoey import postgres
from verktoey.prosess import VAR

DEMO_MAPPE = VAR / "demo"

try:
    _noekler = json.loads((DEMO_MAPPE / "noekler.json").read_text())
except FileNotFoundError:
    raise MiljoeFeil("Demoen er ikke satt opp ennå. Kjør: make demo") from None

SECRET_KEY = _noekler["SECRET_KEY"]
TOK_FNR_NOEKLER = {"demo": _noekler["TOK_FNR_NOEKKEL"]}
TOK_UTKAST_NOEKLER = {"demo": _noekler["TOK_UTKAST_NOEKKEL"]}
TOK_FIL_NOEKLER = {"demo": _noekler["TOK_FIL_NOEKKEL"]}
TOK_BLINDINDEKS_NOEKKEL = _noekler["TOK_BLINDINDEKS_NOEKKEL"]

TOK_DEMO = True
LOGIN_URL = "demo:start"  # who is not logged in chooses a role; /konto/login/ is there too
TOK_KREV_TOTP = False
TOK_TILLAT_SYNTETISKE_NUMMER = True
INSTALLED_APPS = [*INSTALLED_APPS, "tok.demo"]
AUTH_PASSWORD_VALIDATORS = [v for v in AUTH_PASSWORD_VALIDATORS if "MinimumLength" not in v["NAME"]]

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]  # verktoey/demo.py binds to loopback only
TOK_NETTADRESSE = f"http://localhost:{os.environ.get('PORT', '8000')}"

_roller = postgres.roller(postgres.demoklynge().admin_url(), "tok")
DATABASES = {"default": database_fra_miljoe(_roller.app, _roller.eier)}
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
if "TOK_CACHE_URL" in os.environ:
    CACHES = cache(os.environ["TOK_CACHE_URL"])

EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = en("EMAIL_PORT", 1025)
DEFAULT_FROM_EMAIL = "no-reply@demo.example"
TOK_EPOST_MAPPE = DEMO_MAPPE / "epost"
TOK_MOTTAKSLOGG = TOK_EPOST_MAPPE / "mottatt.log"
TOK_SEGL_MAPPE = DEMO_MAPPE / "segl"
TOK_SEGL_MAPPE.mkdir(exist_ok=True)

STATIC_ROOT = DEMO_MAPPE / "static"
MEDIA_ROOT = DEMO_MAPPE / "filer"
# Hashed names as in operation; compressed for loopback they would only make `make demo` wait.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
