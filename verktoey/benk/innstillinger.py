"""Ours as in operation, but for the addresses and made-up keys: DEBUG off, TOTP required, static files by manifest."""

import base64
import os
from pathlib import Path

from tok.settings.base import *  # noqa: F403 -- a settings module is a list of names over another
from tok.settings.base import INSTALLED_APPS as APPER
from tok.settings.base import MIDDLEWARE as LAG
from tok.settings.base import STORAGES as LAGRE
from tok.settings.miljoe import database


def _noekkel(navn: str) -> str:
    return base64.b64encode(navn.ljust(32, ".").encode()).decode()


SECRET_KEY = "bare-for-benken"  # noqa: S105 -- synthetic, and the benchmark only
TOK_FNR_NOEKLER = {"benk": _noekkel("fnr")}
TOK_UTKAST_NOEKLER = {"benk": _noekkel("utkast")}
TOK_FIL_NOEKLER = {"benk": _noekkel("fil")}
TOK_BLINDINDEKS_NOEKKEL = _noekkel("blindindeks")
TOK_TILLAT_SYNTETISKE_NUMMER = True
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [*APPER, "tok.demo"]  # for demodata alone; its pages are not mounted
MIDDLEWARE = ["verktoey.benk.teller.Spoerringsteller", *LAG]
DATABASES = {"default": database(os.environ["DATABASE_URL"], os.environ["DATABASE_URL_EIER"], conn_max_age=60)}
CELERY_BROKER_URL = "memory://"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = "no-reply@benk.example"
STATIC_ROOT = Path(os.environ["TOK_STATIC_ROOT"])
STORAGES = {**LAGRE, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
