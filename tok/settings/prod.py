"""In operation: everything from the environment, HTTPS only, and one clear line about what is missing."""

import os
from pathlib import Path

from tok.settings.base import *  # noqa: F403 -- a settings module is a list of names over another
from tok.settings.base import BASE_DIR, STORAGES
from tok.settings.miljoe import database, er_eier, krev, krev_noekler, liste

SECRET_KEY = krev("SECRET_KEY")
SECRET_KEY_FALLBACKS = [noekkel for noekkel in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if noekkel]
ALLOWED_HOSTS = liste("ALLOWED_HOSTS")
TOK_NETTADRESSE = krev("TOK_NETTADRESSE").rstrip("/")

# Key rings {"id": base64 of 32 bytes}: the first writes, all read; outside the database and its backups.
TOK_FNR_NOEKLER = krev_noekler("TOK_FNR_NOEKLER")
TOK_UTKAST_NOEKLER = krev_noekler("TOK_UTKAST_NOEKLER")
TOK_FIL_NOEKLER = krev_noekler("TOK_FIL_NOEKLER")
TOK_BLINDINDEKS_NOEKKEL = krev("TOK_BLINDINDEKS_NOEKKEL")

# Web and worker need only the application's role; migrations run with TOK_DB_ROLLE=eier.
DATABASES = {
    "default": database(
        krev("DATABASE_URL"),
        krev("DATABASE_URL_EIER") if er_eier() else "",
        conn_max_age=60,
    )
}
CELERY_BROKER_URL = krev("CELERY_BROKER_URL")
# Shared by all web processes: rate limits and used TOTP codes stand here.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": krev("TOK_CACHE_URL")}}

EMAIL_HOST = krev("EMAIL_HOST")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = krev("DEFAULT_FROM_EMAIL")
# The local mail server's list of Message-IDs it has taken, if it keeps one; else a broken sending waits for a person.
TOK_MOTTAKSLOGG = Path(os.environ["TOK_MOTTAKSLOGG"]) if "TOK_MOTTAKSLOGG" in os.environ else None

STATIC_ROOT = Path(os.environ.get("TOK_STATIC_ROOT", BASE_DIR / "var" / "static"))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

# HTTPS. gunicorn believes X-Forwarded-Proto from FORWARDED_ALLOW_IPS alone, so no header is trusted here (ASVS 4.1.3).
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TOK_ANTALL_PROXYER", "1"))
