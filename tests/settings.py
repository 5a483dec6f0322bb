"""The settings of the tests: production's, but for what follows, whatever the environment of whoever runs them."""

import os

# Nothing of the developer's own environment may change a test, but for the database server.
_url = os.environ.get("DATABASE_URL", "")
for _name in ("SECRET_KEY_FALLBACKS", "CSRF_TRUSTED_ORIGINS", "CACHE_URL", "EMAIL_URL", "TRUSTED_PROXIES"):
    os.environ.pop(_name, None)
os.environ |= {
    "DATABASE_URL": _url,
    "DEBUG": "0",
    "SECRET_KEY": "for-tests-only-" + "0123456789" * 4,
    "WITHDRAWAL_KEY": "for-tests-only-" + "9876543210" * 4,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "HTTPS": "0",  # the test client and the live server speak plain HTTP
    "DATABASE_POOL": "0",
    "DATABASE_MAX_AGE": "0",  # a connection kept by a thread of the live server would hold the test database
    "DATABASE_STATEMENT_TIMEOUT": "300000",  # busy machines; all of France in one statement
    "DATABASE_LOCK_TIMEOUT": "20000",
    "LOG_LEVEL": "WARNING",
}

from config.settings import *  # noqa: E402, F403
from config.settings import STORAGES, TEMPLATES  # noqa: E402
from tests.strict_templates import Undefined  # noqa: E402

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()
# Slow by design, the real hashers would take most of the time of tests that need accounts.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The files as they are in static/: no collectstatic before the tests (one test runs it, with production's storage).
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
