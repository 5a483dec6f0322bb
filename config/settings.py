"""Every setting, typed. Each variable of the environment is in the README's table; a test compares the two.

A variable that is missing or malformed stops the start with a sentence that says what to do.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_email_url
import django_cache_url
import pghistory
from csp.constants import NONE, SELF

from config.environment import at_least, database, env, is_cache_url, is_email_url, one_of, read, secret

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What changes from one installation to the next -------------------------------------------------------------

YES_OR_NO = "write 1 for yes or 0 for no."
A_NUMBER = "write a whole number, 0 or more."
A_KEY = (
    "write at least 50 random characters, for instance those that "
    "`python -c 'import secrets; print(secrets.token_urlsafe(50))'` prints (or DEBUG=1 on a developer's machine)."
)
_DEVELOPMENT = "for-development-only-" + "0123456789" * 5

DEBUG = read(env.bool, "DEBUG", YES_OR_NO, default=False)
# In development nothing is at stake, and a newcomer should not have to invent keys: these variables get a default.
_secret: dict[str, Any] = {"validate": secret} | ({"default": _DEVELOPMENT} if DEBUG else {})
SECRET_KEY = read(env.str, "SECRET_KEY", A_KEY, **_secret)
SECRET_KEY_FALLBACKS = read(
    env.list, "SECRET_KEY_FALLBACKS", "write the former keys, separated by commas.", default=[]
)
# Remembers who withdrew without keeping a name. Apart from SECRET_KEY, which is changed from time to time: were this
# one to change, whoever withdrew would come back with the next import.
WITHDRAWAL_KEY = read(env.str, "WITHDRAWAL_KEY", A_KEY, **_secret)
ALLOWED_HOSTS = read(
    env.list,
    "ALLOWED_HOSTS",
    "write the names under which the site is reached, separated by commas (ALLOWED_HOSTS=annuaire.example.fr).",
    **({"default": ["127.0.0.1", "localhost"]} if DEBUG else {}),
)
CSRF_TRUSTED_ORIGINS = read(
    env.list,
    "CSRF_TRUSTED_ORIGINS",
    "write addresses with their scheme, separated by commas (https://annuaire.example.fr).",
    default=[],
)
HTTPS = read(env.bool, "HTTPS", YES_OR_NO, default=not DEBUG)
HSTS_SECONDS = read(env.int, "HSTS_SECONDS", A_NUMBER, default=365 * 24 * 3600, validate=at_least(0))
TRUSTED_PROXIES = read(
    env.int,
    "TRUSTED_PROXIES",
    "write how many reverse proxies of yours stand in front of the application (0, 1, 2…).",
    default=0,
    validate=at_least(0),
)
DATABASE_POOL = read(env.int, "DATABASE_POOL", A_NUMBER, default=0, validate=at_least(0))
DATABASE_MAX_AGE = read(
    env.int, "DATABASE_MAX_AGE", A_NUMBER, default=0 if DEBUG else 60, validate=at_least(0)
)
DATABASE_STATEMENT_TIMEOUT = read(
    env.int, "DATABASE_STATEMENT_TIMEOUT", A_NUMBER, default=10_000, validate=at_least(0)
)
DATABASE_LOCK_TIMEOUT = read(env.int, "DATABASE_LOCK_TIMEOUT", A_NUMBER, default=3_000, validate=at_least(0))
DATABASES = {
    "default": database(
        env.dj_db_url,
        "write the address of a PostgreSQL database (postgres://user:password@host:5432/passerelles), "
        "or type `make demo` or `make run`, which bring their own.",
    )
}
CACHE_URL = read(
    env.str,
    "CACHE_URL",
    "write locmem:// (one process), or redis://host:6379/0 and install the package redis (several).",
    default="locmem://",
    validate=is_cache_url,
)
EMAIL_URL = read(
    env.str,
    "EMAIL_URL",
    "write submission://user:password@host:587, smtp://host:25, console:// or dummy://.",
    default="console://" if DEBUG else "dummy://",
    validate=is_email_url,
)
DEFAULT_FROM_EMAIL = read(
    env.str,
    "DEFAULT_FROM_EMAIL",
    "write the address that e-mails come from.",
    default="Passerelles <noreply@localhost>",
)
ANIMATOR_EMAILS = read(
    env.list,
    "ANIMATOR_EMAILS",
    "write the addresses to warn of a new request, separated by commas.",
    default=[],
)
PUBLISHER_NAME = read(env.str, "PUBLISHER_NAME", "write who publishes the site.", default="")
PUBLISHER_ADDRESS = read(env.str, "PUBLISHER_ADDRESS", "write the publisher's postal address.", default="")
PUBLISHER_DIRECTOR = read(
    env.str, "PUBLISHER_DIRECTOR", "write who answers for what is published.", default=""
)
HOST_NAME = read(env.str, "HOST_NAME", "write who hosts the site, with its address.", default="")
LOG_LEVEL = read(
    env.str,
    "LOG_LEVEL",
    "write DEBUG, INFO, WARNING or ERROR.",
    default="INFO",
    validate=one_of("DEBUG", "INFO", "WARNING", "ERROR"),
)

# --- What the house is made of ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "foundations.admin_config.HouseAdminConfig",  # django.contrib.admin with the site of the house
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "django_filters",
    "django_htmx",
    "csp",
    "foundations.admin_config.HouseAxesConfig",
    "foundations",
    "territories",
    "actors",
    "workshops",
    "ecosystems",
    "directory",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Our words in French typography as they are read; everything compiled once (Django's default, spelt out).
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "foundations.typeset_templates.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# --- Database ---------------------------------------------------------------------------------------------------

# A request must not hold the house up: PostgreSQL itself ends what lasts too long. Sent as connection options, so it
# costs no query; 0 sends nothing (a console command may take its time, and PgBouncer wants these on the role).
_limits = {
    "statement_timeout": DATABASE_STATEMENT_TIMEOUT,
    "lock_timeout": DATABASE_LOCK_TIMEOUT,
    # A transaction left open blocks others as surely as a slow query.
    "idle_in_transaction_session_timeout": 6 * DATABASE_STATEMENT_TIMEOUT,
}
_options = DATABASES["default"]["OPTIONS"]
_asked = [_options["options"]] if "options" in _options else []
if _asked or any(_limits.values()):
    _options["options"] = " ".join(
        [*_asked, *(f"-c {name}={value}" for name, value in _limits.items() if value)]
    )
if DATABASE_POOL:
    # The pool keeps connections itself: Django refuses to do so as well.
    _options["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 10}
DATABASES["default"] |= {
    "ATOMIC_REQUESTS": False,  # reads need no transaction; every write is an atomic action
    "CONN_MAX_AGE": 0 if DATABASE_POOL else DATABASE_MAX_AGE,
    "CONN_HEALTH_CHECKS": True,  # a restarted database must not cost a visitor an error
}
# Who changed what, deletions included: a fact that was removed must be found again and can be put back.
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
# Who did it is noted with each write; a GET makes none.
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)
CACHES = {"default": django_cache_url.parse(CACHE_URL)}

# --- The way of a request ---------------------------------------------------------------------------------------

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "foundations.middleware.BoundedRequestMiddleware",
    "foundations.middleware.RevalidationMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Below here nothing a GET does may reach the database as a write, the session's own upkeep excepted.
    "foundations.middleware.SafeRequestsReadOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "foundations.middleware.NullFreeFormMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    # Last, as its documentation asks: it turns a locked log-in into an answer.
    "axes.middleware.AxesMiddleware",
]
# In a cookie: the other storages write to the session when a page (a GET) shows the message.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# A form of the administration with many rows stays below; a flood of fields gets a 400.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a request, files apart

# --- Safety -----------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],  # htmx
        "manifest-src": [SELF],
        "worker-src": [SELF],  # the telephone's page, kept for when there is no network
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    }
}
# No page uses any of these; a browser that denies them denies them to whatever slips in as well.
_DENIED = """accelerometer autoplay browsing-topics camera display-capture encrypted-media geolocation
    gyroscope hid idle-detection local-fonts magnetometer microphone midi payment picture-in-picture
    publickey-credentials-get screen-wake-lock serial sync-xhr usb xr-spatial-tracking"""
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in _DENIED.split()}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
# A load balancer asks in the clear, from inside.
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Preloading binds a whole domain for months: its owner decides, not an application on one of its names.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if TRUSTED_PROXIES:
    # Without a proxy of ours anyone could send this header.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# The prefix makes the browser refuse a cookie planted by a neighbouring subdomain.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # seconds: a working day
LANGUAGE_COOKIE_HTTPONLY = True

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked account is not even looked up
    "django.contrib.auth.backends.ModelBackend",
    "ecosystems.backends.EcosystemBackend",  # answers for one row: the rights of an animator are per ecosystem
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",  # resists graphics cards
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # reads accounts made elsewhere; rewritten at log-in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
# By account (many machines, one name) and by address (one machine, many names).
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Otherwise whoever keeps knocking would keep an animator out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Otherwise someone with an account of their own could clear the count between two guesses.
AXES_RESET_ON_SUCCESS = False
AXES_CLIENT_IP_CALLABLE = "foundations.clients.throttled_address"
AXES_DISABLE_ACCESS_LOG = True  # who logged in when is nobody's business
AXES_VERBOSE = False  # no greeting in the logs of each command

# --- Static files -----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG  # the developer's server reads the files where they are
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Development reads files as they are saved; production reads its list once.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# --- E-mail and logs --------------------------------------------------------------------------------------------

vars().update(dj_email_url.parse(EMAIL_URL))  # EMAIL_BACKEND, EMAIL_HOST and their like
EMAIL_TIMEOUT = 10  # seconds: a deaf mail server must not hold a visitor
SERVER_EMAIL = DEFAULT_FROM_EMAIL
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "foundations.logs.WithoutSecrets"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "message": {"format": "{message}", "style": "{"},
    },
    # To the error stream only: whoever runs the service (systemd, a container) keeps it, for as long as it may.
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]},
        "stderr_bare": {"class": "logging.StreamHandler", "formatter": "message"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Not even DEBUG: it would print each query.
        "django": {
            "handlers": ["stderr"],
            "level": "INFO" if LOG_LEVEL == "DEBUG" else LOG_LEVEL,
            "propagate": False,
        },
        # Words that found nobody, one line of JSON each, without the hour: `manage.py gather_unanswered` reads them.
        "passerelles.search.unanswered": {"handlers": ["stderr_bare"], "level": "INFO", "propagate": False},
        # Robots knock with any Host header, all day long.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        **{
            name: {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False}
            for name in ("foundations", "territories", "actors", "workshops", "ecosystems", "directory")
        },
    },
}
