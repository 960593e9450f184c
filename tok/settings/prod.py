"""In operation: everything from the environment, HTTPS only, and one clear line about what is missing."""

from tok.settings.base import *  # noqa: F403 -- a settings module is a list of names over another
from tok.settings.base import BASE_DIR, STORAGES
from tok.settings.miljoe import alle, cache, database

_miljoe = alle()  # the table, with what each one is, stands in tok/settings/miljoe.py

SECRET_KEY = _miljoe["SECRET_KEY"]
SECRET_KEY_FALLBACKS = _miljoe["SECRET_KEY_FALLBACKS"]
ALLOWED_HOSTS = _miljoe["ALLOWED_HOSTS"]
TOK_NETTADRESSE = _miljoe["TOK_NETTADRESSE"]

# Key rings {"id": base64 of 32 bytes}: the first writes, all read; outside the database and its backups.
TOK_FNR_NOEKLER = _miljoe["TOK_FNR_NOEKLER"]
TOK_UTKAST_NOEKLER = _miljoe["TOK_UTKAST_NOEKLER"]
TOK_FIL_NOEKLER = _miljoe["TOK_FIL_NOEKLER"]
TOK_BLINDINDEKS_NOEKKEL = _miljoe["TOK_BLINDINDEKS_NOEKKEL"]
TOK_BLINDINDEKS_NOEKKEL_NY = _miljoe["TOK_BLINDINDEKS_NOEKKEL_NY"]

# Web and worker need only the application's role; migrations run with TOK_DB_ROLLE=eier.
DATABASES = {"default": database(_miljoe["DATABASE_URL"], _miljoe["DATABASE_URL_EIER"], conn_max_age=60)}
CELERY_BROKER_URL = _miljoe["CELERY_BROKER_URL"]
# Shared by all web processes: rate limits and used TOTP codes stand here.
CACHES = cache(_miljoe["TOK_CACHE_URL"])

EMAIL_HOST = _miljoe["EMAIL_HOST"]
EMAIL_PORT = _miljoe["EMAIL_PORT"]
EMAIL_HOST_USER = _miljoe["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _miljoe["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _miljoe["EMAIL_USE_TLS"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _miljoe["DEFAULT_FROM_EMAIL"]
# The local mail server's list of Message-IDs it has taken, if it keeps one; else a broken sending waits for a person.
TOK_MOTTAKSLOGG = _miljoe["TOK_MOTTAKSLOGG"]

TOK_SEGL_MAPPE = _miljoe["TOK_SEGL_MAPPE"]
TOK_LOGG_AAR = _miljoe["TOK_LOGG_AAR"]

STATIC_ROOT = _miljoe["TOK_STATIC_ROOT"] or BASE_DIR / "var" / "static"
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
ALLAUTH_TRUSTED_PROXY_COUNT = _miljoe["TOK_ANTALL_PROXYER"]
