"""What is the same everywhere: apps, middleware, language, log-in rules, security headers and Celery."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

from tok.settings.logg import logging_config

django_stubs_ext.monkeypatch()  # lets forms and views name their model in brackets, as mypy wants them to

BASE_DIR = Path(__file__).resolve().parent.parent.parent
NODE = BASE_DIR / "node_modules"

DEBUG = False
ROOT_URLCONF = "tok.urls"
WSGI_APPLICATION = "tok.wsgi.application"
ASGI_APPLICATION = "tok.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "django_htmx",
    # Our own stand before allauth, so that our templates win over its.
    "tok.kjerne",
    "tok.sak",
    "koordinator",
    "ansvarsgruppe",
    "tok.oversikt",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tok.kjerne.mellomvare.Svarhoder",
    "tok.kjerne.helse.Helse",  # before session and host check
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tok.kjerne.oekter.Oektspor",
    "tok.kjerne.mellomvare.OektGrense",
    "tok.kjerne.innlogging.Forespoerselsmerke",
    "tok.kjerne.innlogging.KrevTofaktor",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tok.kjerne.feilsider.KnappUtenSide",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tok.kjerne.kontekst.ramme",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "ds"
CRISPY_TEMPLATE_PACK = "ds"

# Language: sources are bokmål, nynorsk is a translation (arkitektur.md §6, N21).
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

# Static files: our own, and no more of the npm packages than their finished folders (stack.md §4).
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("ds", NODE / "@digdir" / "designsystemet-css" / "dist"),
    ("ds-web", NODE / "@digdir" / "designsystemet-web" / "dist" / "umd"),
    ("inter", NODE / "@fontsource-variable" / "inter"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TOK_PDF_SKRIFT = NODE / "@fontsource" / "inter"

# Log-in: e-mail and password with a code or a passkey, or a passkey alone; nobody signs up (ASVS 6.2, 6.3, 6.5).
AUTH_USER_MODEL = "kjerne.Konto"
AUTHENTICATION_BACKENDS = ["tok.kjerne.innlogging.Innlogging"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("epost", "navn")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "tok.kjerne.innlogging.Kontoadapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "epost"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # a whole office may share one address
    "login_failed": "20/m/ip,5/300s/key",
    "change_password": "5/m/user",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "tok.kjerne.tofaktor.Tofaktoradapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "TOK"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # so that a passkey is two factors (ADR 0014)
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip", "webauthn_begin": "120/m/ip"}  # as "login" above
MFA_FORMS = {
    "add_webauthn": "tok.kjerne.passnoekkel.NyPassnoekkel",
    "edit_webauthn": "tok.kjerne.passnoekkel.EndreNavn",
    "login_webauthn": "tok.kjerne.passnoekkel.Innlogging",
    "authenticate_webauthn": "tok.kjerne.passnoekkel.Tofaktor",
    "reauthenticate_webauthn": "tok.kjerne.passnoekkel.Bekreftelse",
}
TOK_KREV_TOTP = True  # two factors, by code or passkey

# Sessions: 15 minutes idle here, 8 hours at most in OektGrense (ASVS 7.3.1, 7.3.2). Oektspor saves once a minute.
SESSION_ENGINE = "tok.kjerne.oektlager"
SESSION_COOKIE_AGE = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
TOK_OEKT_HOEYST_TIMER = 8
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the form
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tok.kjerne.skrevet.csrf_feil"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers (ASVS 3.4). No inline script or style anywhere; data: is the QR code of the TOTP page.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # form text; files have their own limit at the field
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Celery holds nothing that cannot be lost: rows in PostgreSQL do (P1, P3; stack.md §2).
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 240  # seconds
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # worker and clock wait for the broker for as long as it takes
CELERY_BEAT_SCHEDULER = "tok.klokkegang:Klokkegang"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # above the longest task
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 5,
    "socket_timeout": 30,
}
CELERY_TIMEZONE = TIME_ZONE

# Mail goes out from the outbox only, from a sender nobody can answer (N19).
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = "no-reply@localhost"
TOK_NETTADRESSE = "http://localhost:8000"  # what links in e-mail begin with
TOK_EPOST_MAPPE: Path | None = None  # where the local mail sink puts what it takes (demo, test)
TOK_MOTTAKSLOGG: Path | None = None  # Message-IDs the mail server has taken, one on each line, where it can be asked

# The database's two roles (arkitektur.md §5); post_migrate gives the application's role its grants.
TOK_DB_APPROLLE = "tok_app"
TOK_DB_EIERROLLE = "tok_eier"

TOK_BLINDINDEKS_NOEKKEL_NY = ""  # set only while the key is changed (docs/drift.md, «Bytt nøkler»)
TOK_SEGL_MAPPE: Path | None = None  # where the head of the logs' seals is kept, outside the database (N5)
TOK_LOGG_AAR: int | None = None  # years the logs are kept, at least 5; None is as long as the record (N8)

TOK_DEMO = False
TOK_TILLAT_SYNTETISKE_NUMMER = False  # production refuses synthetic numbers (N24)

LOGGING = logging_config()
