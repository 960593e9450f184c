"""For building the image: collects static files, and can do nothing else; no secret, no database."""

import secrets

from tok.settings.base import *  # noqa: F403 -- a settings module is a list of names over another
from tok.settings.base import BASE_DIR, STORAGES
from tok.settings.miljoe import en

SECRET_KEY = secrets.token_urlsafe(50)  # forgotten when the step ends
STATIC_ROOT = en("TOK_STATIC_ROOT") or BASE_DIR / "var" / "static"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
