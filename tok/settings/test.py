"""The tests: fixed synthetic keys, a quick password hasher, the tests' own PostgreSQL and mail sink."""

import base64
import os

from tok.settings.base import *  # noqa: F403 -- a settings module is a list of names over another
from tok.settings.base import INSTALLED_APPS
from tok.settings.miljoe import database_fra_miljoe
from verktoey import postgres
from verktoey.prosess import VAR
from verktoey.redistjener import baser


def _synthetic_key(navn: str) -> str:
    return base64.b64encode(navn.ljust(32, ".").encode()).decode()


SECRET_KEY = "bare-for-tester"  # noqa: S105 -- synthetic, and test settings only
TOK_FNR_NOEKLER = {"test": _synthetic_key("fnr")}
TOK_UTKAST_NOEKLER = {"test": _synthetic_key("utkast")}
TOK_FIL_NOEKLER = {"test": _synthetic_key("fil")}
TOK_BLINDINDEKS_NOEKKEL = _synthetic_key("blindindeks")

INSTALLED_APPS = [*INSTALLED_APPS, "tok.demo"]
TOK_TILLAT_SYNTETISKE_NUMMER = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; test settings only

# tests/conftest.py starts the server before anything connects.
_roller = postgres.roller(postgres.testserver(), os.environ.get("TOK_TESTBASE", "tok"))
DATABASES = {"default": database_fra_miljoe(_roller.app, _roller.eier)}
_arbeider = os.environ.get("PYTEST_XDIST_WORKER", "")  # processes side by side share no folder and no queue
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
if "TOK_TESTREDIS" in os.environ:  # verktoey/motorer.py has set empty databases aside
    CELERY_BROKER_URL, _mellomlager = baser(os.environ["TOK_TESTREDIS"], _arbeider)
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _mellomlager}}

EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "1025"))
DEFAULT_FROM_EMAIL = "no-reply@test.example"
_mappe = VAR / "test" / (_arbeider or "alene")
TOK_EPOST_MAPPE = _mappe / "epost"
TOK_MOTTAKSLOGG = TOK_EPOST_MAPPE / "mottatt.log"

STATIC_ROOT = _mappe / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = _mappe / "filer"
