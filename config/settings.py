"""Settings come from the environment alone; `DATABASE_URL` and `DEBUG` suffice for every command.

Where `DEBUG` is off the site refuses to start without `SECRET_KEY` and `ALLOWED_HOSTS`, and behind TLS without `PROXIES`.
"""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


DEBUG = flag("DEBUG", True)

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY must be set in the environment where DEBUG is off.")
    SECRET_KEY = "for-development-only-" + "0" * 50

ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
if DEBUG and not ALLOWED_HOSTS:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
    "django_tasks_db",
    "reports",
    "agencies",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.caching.headers_alone",
    "django.middleware.http.ConditionalGetMiddleware",
    "config.caching.kept_by_caches",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.unstorable.UnstorableInput",
    "config.busy.TellBusy",
    "agencies.middleware.renew_session",
    "agencies.middleware.require_new_password",
    "agencies.lockout.mark_devices",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL",
        default=f"sqlite:///{BASE_DIR / 'var' / 'nianbao.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Only the folder of the database that is used: the program's own may be read-only.
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # Writers queue at BEGIN IMMEDIATE instead of failing half-way through a transaction that began by reading.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
    }
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # The counts over the nation are long expressions: compiling them takes four seconds, running them as they are takes one.
    options = DATABASES["default"].setdefault("OPTIONS", {})
    # Whoever waits so long for a row is told that the site is busy instead of waiting for ever.
    options["options"] = f"-c jit=off -c lock_timeout=15s {options.get('options', '')}".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "agencies.backends.RequestBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "agencies.accounts.passwords.LocalizedMinimumLength",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
BEHIND_TLS = not DEBUG and flag("TLS", True)
if not os.environ.get("PROXIES", "" if BEHIND_TLS else "0").isdecimal():
    # With a proxy that is not known of, all callers have its address, and whoever guesses passwords locks everybody out.
    raise ImproperlyConfigured(
        "PROXIES must be set in the environment: how many proxies stand between the callers and this site, "
        "as 1 where one nginx ends TLS, or 0 where callers reach it directly. A site without TLS sets TLS=0 instead."
    )
# How many proxies stand before the site; what a caller says of its own address is only believed of these.
PROXIES = int(os.environ.get("PROXIES", "0"))
AXES_HANDLER = "agencies.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "agencies.lockout.address_of"
AXES_LOCKOUT_PARAMETERS = "agencies.lockout.counted_together"
# From here on one has to wait: for a name from one address, the name from anywhere, any name from one address.
AXES_FAILURE_LIMIT = 8
FAILURES_FROM_ANYWHERE = 40
FAILURES_FROM_ONE_ADDRESS = 100
AXES_COOLOFF_TIME = 1  # hours without a failure until those before are forgotten
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # it could delete who signed in; the site has pages of its own that only show it
# Office computers are shared: a visit ends with the browser, or a working day after it was last used.
ONE_TIME_PASSWORD_DAYS = int(os.environ.get("ONE_TIME_PASSWORD_DAYS", "30"))
SESSION_COOKIE_AGE = 10 * 60 * 60  # seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Mail goes to the terminal until there is a server to send it.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = flag("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "nianbao@localhost")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")  # for the links in mails

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60  # seconds
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "var" / "static"))
STORAGES = {
    "default": {"BACKEND": "reports.originals.storage.DurableFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Originals are handed out by a view that checks access, so no MEDIA_URL exists.
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "var" / "originals"))
# Signs the heads of the record: 32 bytes in hexadecimal digits. Where it is not given one is made, once, in the file.
RECORD_KEY = os.environ.get("RECORD_KEY", "")
RECORD_KEY_FILE = Path(os.environ.get("RECORD_KEY_FILE", BASE_DIR / "var" / "record-key"))
# What was taken down, a file each: kept apart from the database, to be done again to a backup that is older.
TAKEDOWN_ROOT = Path(os.environ.get("TAKEDOWN_ROOT", BASE_DIR / "var" / "takedowns"))
# The files of the data page, made by `publish_data`.
DATA_ROOT = Path(os.environ.get("DATA_ROOT", BASE_DIR / "var" / "data"))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

DATA_UPLOAD_MAX_NUMBER_FILES = 2000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# Seconds after which a job whose worker has given no sign of life is taken up by another one.
JOB_LEASE = float(os.environ.get("JOB_LEASE", 30))

DJANGO_TABLES2_TEMPLATE = "tables/ledger.html"
FILTERS_EMPTY_CHOICE_LABEL = "不限"

REST_FRAMEWORK = {
    # Only what is public is served, to everybody alike.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["reports.api.rendering.ExactJSON"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "reports.api.paging.Pages",
    "DEFAULT_SCHEMA_CLASS": "reports.api.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": os.environ.get("API_RATE", "240/min")},
    "NUM_PROXIES": PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "年报 Nianbao",
    "DESCRIPTION": "政府信息公开工作年度报告的公开数据。Public data of the annual reports on government information disclosure.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# How long a cache in front of the site may go on showing a public page after it has changed.
PUBLIC_CACHE_SECONDS = int(os.environ.get("PUBLIC_CACHE_SECONDS", "300"))
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
if not DEBUG:
    SECURE_SSL_REDIRECT = BEHIND_TLS
    SESSION_COOKIE_SECURE = BEHIND_TLS
    CSRF_COOKIE_SECURE = BEHIND_TLS
    SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
    SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
    SECURE_HSTS_PRELOAD = BEHIND_TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    # pdfminer remarks on every odd font; what that means for the figures is said by the import itself.
    "loggers": {"pdfminer": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
